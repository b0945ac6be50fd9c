import type { LocalDate } from '../date.ts';

/** An invoice that has been booked, and what its costs stand on. */
export type CodedInvoice = {
  readonly number: string;
  readonly date: LocalDate;
  /** Cost rows by account, in minor units; debit positive. */
  readonly costs: readonly { readonly account: string; readonly minor: bigint }[];
};

/**
 * An account that an invoice may belong on, by what was done with earlier ones. It is shown, never
 * booked by itself: only a person knows that this invoice is like those.
 */
export type CodingSuggestion = {
  readonly account: string;
  /** How many of the invoices that were looked at stand on it. */
  readonly invoices: number;
  readonly of: number;
  /** Whose memory it is: the hub's of this kind, or the ledger's of the supplier. */
  readonly from: 'hub' | 'ledger';
  readonly latest: Pick<CodedInvoice, 'number' | 'date'>;
  /** Where the others stand, most invoices first. */
  readonly others: readonly { readonly account: string; readonly invoices: number }[];
};

/**
 * The account that most earlier invoices stand on with most of what they cost; of equals the one
 * that was used last.
 *
 * @param earlier - in any order
 * @returns null when no earlier invoice has a cost
 */
export function suggestCoding(
  earlier: readonly CodedInvoice[],
  from: CodingSuggestion['from'],
): CodingSuggestion | null {
  const newestFirst = earlier.toSorted((a, b) => compareTexts(b.date, a.date));
  const votes = new Map<string, CodedInvoice[]>();
  for (const invoice of newestFirst) {
    const account = mainAccount(invoice);
    if (account !== null) votes.set(account, [...(votes.get(account) ?? []), invoice]);
  }
  // Accounts stand in the order of their latest invoice, which a stable sort keeps among equals.
  const [best, ...others] = [...votes].sort(([, a], [, b]) => b.length - a.length);
  const latest = best?.[1][0];
  if (best === undefined || latest === undefined) return null;
  const [account, invoices] = best;
  return {
    account,
    invoices: invoices.length,
    of: [...votes.values()].reduce((count, { length }) => count + length, 0),
    from,
    latest: { number: latest.number, date: latest.date },
    others: others.map(([other, { length }]) => ({ account: other, invoices: length })),
  };
}

/** Where most of an invoice stands, whichever side it is on. */
function mainAccount({ costs }: CodedInvoice): string | null {
  const sums = new Map<string, bigint>();
  for (const { account, minor } of costs) sums.set(account, (sums.get(account) ?? 0n) + minor);
  const [first] = [...sums].sort(([, a], [, b]) => compareSizes(b, a));
  return first === undefined ? null : first[0];
}

function compareSizes(a: bigint, b: bigint): number {
  return Number(size(a) > size(b)) - Number(size(a) < size(b));
}

function size(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
