import type { Call } from '../api/call.ts';
import type { ShelfName } from '../tenant/tenant.ts';
import { textOf, type Fields } from '../wire/record.ts';
import { refuse, type RefusalName } from '../wire/refusals.ts';

type Reference = { readonly shelf: ShelfName; readonly refusal: RefusalName };

/** Fields that name an object of a register, and what is said when there is no such object. */
const REFERENCES = {
  CostCenter: { shelf: 'costcenters', refusal: 'cost-center-unknown' },
  Currency: { shelf: 'currencies', refusal: 'currency-not-found' },
  CustomerNumber: { shelf: 'customers', refusal: 'customer-unknown' },
  ModeOfPayment: { shelf: 'modesofpayments', refusal: 'mode-of-payment-unknown' },
  PriceList: { shelf: 'pricelists', refusal: 'price-list-unknown' },
  Project: { shelf: 'projects', refusal: 'project-unknown' },
  SupplierNumber: { shelf: 'suppliers', refusal: 'supplier-unknown' },
  TermsOfDelivery: { shelf: 'termsofdeliveries', refusal: 'terms-of-delivery-unknown' },
  TermsOfPayment: { shelf: 'termsofpayments', refusal: 'terms-of-payment-unknown' },
  Unit: { shelf: 'units', refusal: 'unit-unknown' },
  WayOfDelivery: { shelf: 'wayofdeliveries', refusal: 'way-of-delivery-unknown' },
} as const satisfies Record<string, Reference>;

type ReferenceName = keyof typeof REFERENCES;

const NAMES = Object.keys(REFERENCES).filter((name): name is ReferenceName =>
  Object.hasOwn(REFERENCES, name),
);

/**
 * Looks up every register object that the sent fields name, except those in `own`: the field that
 * names the object itself.
 *
 * @throws Refused for the first that does not exist
 */
export function checkReferences(call: Call, sent: Fields, own: readonly string[] = []): void {
  for (const name of NAMES) {
    const key = textOf(sent, name);
    if (key !== '' && !own.includes(name)) requireKept(call, name, key);
  }
}

/** The named object. @throws Refused when there is none */
export function requireKept(call: Call, name: ReferenceName, key: string): Fields {
  const { shelf, refusal } = REFERENCES[name];
  return call.tenant.shelves[shelf].entries.get(key)?.fields ?? refuse(refusal, key);
}
