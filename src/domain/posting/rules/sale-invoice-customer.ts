import type { Order, Refund } from '../../document/sale.ts';
import { refKey } from '../../document/source-ref.ts';
import type { SalesCustomer } from '../../sales-document.ts';
import type { Country } from '../../vat/rates.ts';
import { regionOf } from '../../vat/region.ts';
import { sha256 } from '../../../lib/json.ts';
import { CARD_PARTS, type CardPolicies, type Invoicing } from '../invoicing.ts';

/** Forty bits: no two customers of a company share them, and a person can still read it out. */
const HASH_CHARS = 10;

/**
 * Who buys, and by what the ledger is searched for them. What is empty is never searched for: a
 * buyer of whom nothing is known is a customer of their order alone.
 */
export function invoiceCustomer(
  sale: Order | Refund,
  { invoicing, home }: { readonly invoicing: Invoicing; readonly home: Country },
): SalesCustomer {
  const { customer, isBusiness } = sale;
  const region = regionOf(sale, home);
  const vat = region === 'eu-business' || region === 'export' ? region : 'domestic';
  const keep = keptOf(invoicing.customerCards);
  const about = { ...customer, isBusiness, vat } as const;
  if (invoicing.customers === 'one') {
    return { ...about, knownBy: 'number', number: invoicing.customerNumber };
  }
  const { email, orgNumber } = customer;
  if (invoicing.customers === 'org-number' && orgNumber !== null && orgNumber !== '') {
    return { ...about, ...keep, knownBy: 'org-number', number: ownNumber(`org ${orgNumber}`) };
  }
  if (email !== null && email.trim() !== '') {
    return {
      ...about,
      ...keep,
      knownBy: 'email',
      number: ownNumber(`email ${email.toLowerCase()}`),
    };
  }
  const order = sale.kind === 'order' ? sale.ref : sale.of.ref;
  return { ...about, knownBy: 'none', number: ownNumber(`order ${refKey(order)}`) };
}

/** Only one who is known by something of their own is kept like the shop. */
function keptOf(policies: CardPolicies): Pick<SalesCustomer, 'keep'> {
  const kept = CARD_PARTS.flatMap((part) => {
    const policy = policies[part];
    return policy === 'never' ? [] : [[part, policy] as const];
  });
  return kept.length === 0 ? {} : { keep: Object.fromEntries(kept) };
}

/** The same for the same buyer, so that one who was made by a lost call is found again. */
function ownNumber(key: string): string {
  return `W${sha256(key).slice(0, HASH_CHARS).toUpperCase()}`;
}
