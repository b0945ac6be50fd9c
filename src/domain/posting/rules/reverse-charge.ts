import type {
  InvoiceClass,
  SupplierInvoice,
  VatCategory,
} from '../../document/supplier-invoice.ts';
import { isInUnion } from '../../vat/region.ts';
import { rateOf, type BasisPoints, type Country } from '../../vat/rates.ts';
import type { PostingChoices } from '../choices.ts';

/**
 * A purchase on which the buyer accounts for the VAT: owed and deducted at once. Each kind has
 * accounts and boxes of the VAT return of its own.
 */
export type ReverseCharge =
  | 'domestic-goods'
  | 'domestic-services'
  | 'eu-goods'
  | 'eu-services'
  | 'foreign-services';

/**
 * Which kind of purchase a VAT category of an invoice is.
 *
 * `K` is goods out of another member state; `AE` is a service from abroad, or one of the purchases
 * within the country that the buyer taxes. Where a supplier is, its VAT number says, else its
 * address.
 *
 * @returns null for other categories, and when category and country do not go together: the
 *   company decides how to book it
 */
export function reverseChargeOf(
  invoice: SupplierInvoice,
  category: VatCategory,
  of: { readonly country: Country; readonly class: InvoiceClass | null },
): ReverseCharge | null {
  // The Norwegian accounts of purchases from abroad are not known.
  if (of.country !== 'SE') return null;
  const from = countryOf(invoice);
  const isUnion = from !== of.country && isInUnion(from);
  if (category === 'K') return isUnion ? 'eu-goods' : null;
  if (category !== 'AE' || from === '') return null;
  if (from === of.country) {
    return of.class === 'goods' ? 'domestic-goods' : 'domestic-services';
  }
  return isUnion ? 'eu-services' : 'foreign-services';
}

/**
 * The rate that the buyer would have paid at home. The invoice does not say it: services have the
 * standard rate unless the company has chosen another, of goods only the company knows.
 *
 * @param codes - of the line, the invoice and the supplier, the narrowest first
 * @returns null when nobody has said it
 */
export function reverseRate(
  kind: ReverseCharge,
  asked: {
    readonly codes: readonly string[];
    readonly choices: Pick<PostingChoices, 'reverseChargeRates' | 'country'>;
    readonly decided: BasisPoints | null;
    readonly date: SupplierInvoice['date'];
  },
): BasisPoints | null {
  const { codes, choices, decided, date } = asked;
  const known = codes.find((code) => Object.hasOwn(choices.reverseChargeRates, code));
  const chosen = known === undefined ? null : (choices.reverseChargeRates[known] ?? null);
  if (decided !== null || chosen !== null) return decided ?? chosen;
  return kind === 'eu-goods' ? null : rateOf(choices.country, 'standard', date);
}

/** ISO 3166; empty when nothing tells. Greece writes EL before its VAT numbers. */
function countryOf({ supplier }: SupplierInvoice): string {
  const written = /^[A-Z]{2}/.exec(supplier.vatNumber ?? '')?.[0] ?? '';
  const country = written === 'EL' ? 'GR' : written;
  return country === '' ? (supplier.address?.country ?? '') : country;
}
