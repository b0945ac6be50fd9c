import type { ReadyVoucher } from '../../document/ready-voucher.ts';
import { isZero, negate, subtract, sum, type Money } from '../../money.ts';
import type { Decision } from '../../refusal.ts';
import type { PostingChoices } from '../choices.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';

/**
 * Books a voucher that the source has coded itself: its rows as they stand.
 *
 * The company may move an account of the source to one of its own: role `account/3210`.
 */
export function postReadyVoucher(
  ready: ReadyVoucher,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const words = LEDGER_WORDS[choices.language];
  const rows = ready.rows.map((row): VoucherRow => {
    const key = `account/${row.account}`;
    const moved = choices.accounts[key];
    return {
      account: moved ?? row.account,
      amount: row.amount,
      text: row.text,
      why:
        moved === undefined
          ? [row.text, words.whyAsGiven].filter(Boolean).join(' · ')
          : words.why({ line: row.text || row.account, key, from: 'company' }),
      role: key,
      ...(row.costCentre === undefined ? {} : { costCentre: row.costCentre }),
      ...(row.project === undefined ? {} : { project: row.project }),
    };
  });
  const joined = joinRows(rows);
  const debit = sideOf(rows, 1n);
  const credit = negate(sideOf(rows, -1n));
  const difference = subtract(debit, credit);
  if (!isZero(difference)) {
    const refusals = [{ code: 'voucher-does-not-balance', debit, credit, difference } as const];
    return { kind: 'refused', refusals, draft: joined, notices: [] };
  }
  if (joined.length === 0) {
    return { kind: 'refused', refusals: [{ code: 'empty-document' }], draft: [], notices: [] };
  }
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const voucher = closeVoucher({
    date: bookOn?.date ?? ready.date,
    text: ready.text.trim(),
    currency: ready.currency,
    rows,
    origin: ready.ref,
    ...(choices.series === null ? {} : { series: choices.series }),
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: [] };

  function sideOf(all: readonly VoucherRow[], sign: bigint): Money {
    const amounts = all.map((row) => row.amount).filter((a) => a.minor * sign > 0n);
    return sum(amounts, ready.currency);
  }
}
