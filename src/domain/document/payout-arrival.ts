import { plusDays, type LocalDate } from '../date.ts';
import type { Money } from '../money.ts';
import type { StatementEntry } from './account-statement.ts';
import { PROVIDER_NAMES, type PayoutProvider } from './payout.ts';

/** A payout that is booked: the bank's statement will have it, or has it already. */
export type BookedPayout = {
  readonly provider: PayoutProvider;
  /** What the provider calls it, and what the bank may say. */
  readonly names: readonly string[];
  readonly date: LocalDate;
  readonly amount: Money;
  /** Where it was booked: money on its way, or the bank's own account. */
  readonly account: string;
};

/** A payout is on the bank's account so many days after the provider dates it, at most. */
export const ARRIVES_DAYS_MAX = 10;

/** Shorter names stand in other words by chance. */
const NAME_CHARS_MIN = 6;

/**
 * Which booked payout an entry of a bank's statement is: one of just this amount that the entry
 * names, else one of a provider that it names, when no other fits.
 *
 * @returns null when none is, or several may be
 */
export function payoutOf(
  entry: Pick<StatementEntry, 'id' | 'amount' | 'text' | 'reference' | 'counterparty'>,
  on: LocalDate,
  payouts: readonly BookedPayout[],
): BookedPayout | null {
  // The id has the bank's own reference, which its notification of the payments has too.
  const { id, text: words, reference, counterparty } = entry;
  const text = [id, words, reference ?? '', counterparty ?? ''].join(' ');
  const said = text.toUpperCase();
  const fits = payouts.filter(
    ({ amount, date }) =>
      amount.minor === entry.amount.minor &&
      amount.currency === entry.amount.currency &&
      date <= plusDays(on, 1) &&
      date >= plusDays(on, -ARRIVES_DAYS_MAX),
  );
  const named = fits.filter(({ names }) =>
    names.some((name) => name.length >= NAME_CHARS_MIN && said.includes(name.toUpperCase())),
  );
  if (named.length > 0) return named.length === 1 ? (named[0] ?? null) : null;
  // A statement says “bank” of anything.
  const byProvider = fits.filter(
    ({ provider }) => provider !== 'bank' && said.includes(PROVIDER_NAMES[provider].toUpperCase()),
  );
  return byProvider.length === 1 ? (byProvider[0] ?? null) : null;
}
