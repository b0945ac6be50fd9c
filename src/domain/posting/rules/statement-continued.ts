import { stableJson } from '../../../lib/json.ts';
import type { AccountStatement, StatementEntry } from '../../document/account-statement.ts';
import { subtract, sum, type Money } from '../../money.ts';
import type { Refusal } from '../../refusal.ts';

/** What a new version of a day has beyond the one that is booked, or that it says otherwise. */
export type Continued =
  | { readonly kind: 'added'; readonly entries: readonly StatementEntry[] }
  | { readonly kind: 'otherwise'; readonly refusal: Refusal };

/**
 * Compares a day of an account with the version of it that is booked.
 *
 * An export that was taken in the middle of a day is completed by the next one: what both have is
 * booked, the rest is new. Entries are the same when they say the same, wherever in the day they
 * stand. Where a booked one is gone or has changed, a person corrects the ledger: payments of
 * invoices are not taken back by a voucher.
 */
export function continuedStatement(
  now: AccountStatement,
  booked: { readonly document: AccountStatement; readonly label: string },
): Continued {
  const left = new Map<string, number>();
  for (const entry of booked.document.entries) {
    const key = contentOf(entry);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const added = now.entries.filter((entry) => {
    const key = contentOf(entry);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
  const isAllThere = [...left.values()].every((count) => count <= 0);
  if (isAllThere) return { kind: 'added', entries: added };
  const [before, after] = [movedIn(booked.document), movedIn(now)];
  const numbers = { before, after, difference: subtract(after, before) };
  const bookedAs = booked.label;
  return { kind: 'otherwise', refusal: { code: 'statement-revised', bookedAs, ...numbers } };
}

/** Everything but the place in the day and the account keeper's reference that stands with it. */
function contentOf({ id: _place, ...entry }: StatementEntry): string {
  return stableJson(entry);
}

function movedIn({ entries, currency }: AccountStatement): Money {
  return sum(
    entries.map(({ amount }) => amount),
    currency,
  );
}
