import type { Address, Party } from '../../../domain/document/party.ts';
import type { WooSettings } from '../settings.ts';
import type { WooAddress, WooMeta, WooOrder } from '../wire.ts';
import { readText } from './text.ts';

/**
 * Fields that plugins keep a buyer's VAT number in: EU VAT Number, Aelia, YITH, WPFactory and the
 * like.
 */
const VAT_NUMBER_KEYS = [
  '_billing_vat_number',
  '_vat_number',
  'vat_number',
  'yweu_billing_vat',
  '_billing_eu_vat_number',
];

/** Fields that Swedish plugins keep a buyer's organisation number in. */
const ORG_NUMBER_KEYS = ['_organisation_number', '_billing_company_number'];

/** Who buys. Empty texts of the shop are nothing, never a key to look for somebody by. */
export function customerOf(order: WooOrder, settings: WooSettings): Party {
  const { billing, meta_data: meta } = order;
  const person = [billing.first_name, billing.last_name].map(readText).filter(Boolean).join(' ');
  const vatNumber = firstOf(meta, [...settings.vatNumberKeys, ...VAT_NUMBER_KEYS]);
  const orgNumber = firstOf(meta, [...settings.orgNumberKeys, ...ORG_NUMBER_KEYS]);
  const email = billing.email.trim().toLowerCase();
  return {
    name: readText(billing.company) || person,
    orgNumber: orgNumber.replaceAll(/\D/g, '') || null,
    vatNumber: vatNumber.replaceAll(/[^A-Za-z\d]/g, '').toUpperCase() || null,
    endpoint: null,
    address: addressOf(billing),
    email: email || null,
  };
}

/** Where the goods go, when the shop says another place than the customer's own. */
export function deliveryOf({ billing, shipping }: WooOrder): Address | null {
  const [to, home] = [addressOf(shipping), addressOf(billing)];
  return to === null || JSON.stringify(to) === JSON.stringify(home) ? null : to;
}

function addressOf(of: WooAddress): Address | null {
  const street = [of.address_1, of.address_2].map(readText).filter(Boolean).join(', ');
  const address = {
    street,
    postcode: readText(of.postcode),
    city: readText(of.city),
    country: of.country.trim().toUpperCase(),
  };
  return Object.values(address).every((part) => part === '') ? null : address;
}

function firstOf(meta: readonly WooMeta[], keys: readonly string[]): string {
  for (const key of keys) {
    const value = meta.find((one) => one.key === key)?.value;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return '';
}
