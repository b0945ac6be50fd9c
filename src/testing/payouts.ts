import { day } from '../domain/date.ts';
import type { PaymentClaim } from '../domain/document/payments.ts';
import type { Payout, PayoutEntry } from '../domain/document/payout.ts';
import { kr } from './day-reports.ts';

/** A closed payout of Stripe on 8 May 2026, with what is changed of it. */
export function payout(entries: readonly PayoutEntry[], change: Partial<Payout> = {}): Payout {
  return {
    kind: 'payout',
    ref: { system: 'payouts', account: 'stripe', id: 'po_1' },
    provider: 'stripe',
    batch: 'po_1',
    date: day('2026-05-08'),
    currency: 'SEK',
    opening: kr('0'),
    closing: kr('0'),
    entries,
    transfers: [],
    ...change,
  };
}

/** A row of a payout: gross, and what is changed of it. */
export function entry(
  kind: PayoutEntry['kind'],
  gross: string,
  change: Partial<PayoutEntry> = {},
): PayoutEntry {
  const known = { id: null, order: null, references: [], original: null };
  const amounts = { gross: kr(gross), fee: kr('0'), feeVat: null };
  return { kind, date: day('2026-05-06'), ...known, ...amounts, ...change };
}

/** What an order claims of the provider. */
export function claim(
  number: string,
  amount: string,
  change: Partial<PaymentClaim> = {},
): PaymentClaim {
  return {
    document: `woocommerce/shop/${number}`,
    kind: 'sale',
    method: 'stripe',
    number,
    transaction: `ch_${number}`,
    date: day('2026-05-05'),
    amount: kr(amount),
    settled: kr('0'),
    ...change,
  };
}
