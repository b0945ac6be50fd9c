import {
  isClaimed,
  paidOtherwise,
  type PaymentClaim,
  type PaymentsBeside,
} from '../../document/payments.ts';
import { PROVIDER_NAMES, totalsOf, type Payout } from '../../document/payout.ts';
import { refKey } from '../../document/source-ref.ts';
import { isZero, subtract, sum } from '../../money.ts';
import type { Notice, Refusal } from '../../refusal.ts';
import { BOOK_CURRENCY, type PostingChoices } from '../choices.ts';

/** Provider and batch: what a payout is called in sentences. */
function nameOfPayout({ provider, batch }: Payout): string {
  return `${PROVIDER_NAMES[provider]} ${batch}`;
}

/** Reasons not to book a payout: of itself, and of other payouts with the same rows. */
export function checkPayout(
  payout: Payout,
  { country }: Pick<PostingChoices, 'country'>,
  { twice }: PaymentsBeside,
): readonly Refusal[] {
  const { currency } = payout;
  const books = BOOK_CURRENCY[country];
  const foreign: readonly Refusal[] =
    currency === books ? [] : [{ code: 'currency-not-booked', currency, books }];
  return [...foreign, ...checkTotals(payout), ...checkRows(payout, twice)];
}

function checkTotals(payout: Payout): readonly Refusal[] {
  const totals = totalsOf(payout);
  if (totals === null) return [];
  const difference = subtract(totals.stated, totals.summed);
  if (isZero(difference)) return [];
  return [{ code: 'payout-total-differs', payout: nameOfPayout(payout), ...totals, difference }];
}

function checkRows(payout: Payout, twice: PaymentsBeside['twice']): readonly Refusal[] {
  const others = new Map(twice.map(({ id, other }) => [id, other]));
  const seen = new Set<string>();
  return payout.entries.flatMap(({ id, gross }): Refusal[] => {
    if (id === null) return [];
    const other = seen.has(id) ? refKey(payout.ref) : others.get(id);
    seen.add(id);
    if (other === undefined) return [];
    const about = { payout: nameOfPayout(payout), row: id, amount: gross, other };
    return [{ code: 'payout-row-twice', ...about }];
  });
}

/** Rows named in a sentence: more help nobody, all of them stand in the preview. */
const NAMED_MAX = 5;

/** Orders told one by one. */
const TOLD_MAX = 20;

/** What a bookkeeper wants to know of how rows and orders go together; nothing waits for it. */
export function tellMatches(
  payout: Payout,
  matches: readonly (PaymentClaim | null)[],
): readonly Notice[] {
  const unknown = payout.entries.filter((entry, i) => isClaimed(entry) && matches[i] === null);
  const otherwise = paidOtherwise(payout, matches).slice(0, TOLD_MAX);
  const told = otherwise.map(({ claim, paid }): Notice => {
    const difference = subtract(claim.amount, paid);
    return {
      ...{ code: 'order-settled-otherwise', order: claim.number, claim: claim.amount },
      ...{ paid, difference },
    };
  });
  if (unknown.length === 0) return told;
  const total = sum(
    unknown.map(({ gross }) => gross),
    payout.currency,
  );
  const names = unknown.map(({ order, references, id }) => order ?? references[0] ?? id ?? '–');
  const count = unknown.length;
  const rows = [...new Set(names)].slice(0, NAMED_MAX);
  const about = { payout: nameOfPayout(payout), count, total, rows };
  return [{ code: 'payout-orders-unknown', ...about }, ...told];
}
