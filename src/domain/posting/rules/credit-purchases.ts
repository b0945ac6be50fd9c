import type { CreditPurchases } from '../../document/credit-purchases.ts';
import { negate, sum } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { answerRole, tenderRole, type AccountRole } from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';

/**
 * Moves what a customer bought on account from the account of credit sales to the customer, receipt
 * by receipt. Revenue and VAT are not touched: the till's day reports have booked them.
 *
 * @see docs/accounting/credit-purchases.md, with a worked example
 */
export function postCreditPurchases(
  document: CreditPurchases,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const { currency, customer, purchases } = document;
  const words = LEDGER_WORDS[choices.language];
  const total = sum(
    purchases.map((purchase) => purchase.gross),
    currency,
  );
  const rows: VoucherRow[] = [];
  const refusals: Refusal[] = [];
  const add = (role: AccountRole, row: Pick<VoucherRow, 'amount' | 'text'>): void => {
    const answer = answerRole(role, '', choices);
    if (answer === null) {
      refusals.push({ code: 'account-not-chosen', role, line: row.text });
      return;
    }
    const { account, key, from } = answer;
    rows.push({ ...row, account, role: key, why: words.why({ line: row.text, key, from }) });
  };
  add('customers', { amount: total, text: words.creditPurchases(customer.number) });
  for (const { receipt, date, reference, gross } of purchases) {
    const text = words.creditPurchase({ receipt, date, reference });
    add(tenderRole('credit'), { amount: negate(gross), text });
  }
  const joined = joinRows(rows);
  if (refusals.length === 0 && joined.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0) return { kind: 'refused', refusals, draft: joined, notices: [] };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const voucher = closeVoucher({
    date: bookOn?.date ?? document.date,
    text: words.creditPurchases(customer.number),
    currency,
    rows: joined,
    origin: document.ref,
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: [] };
}
