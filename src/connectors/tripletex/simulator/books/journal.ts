import { decimalText } from '../wire/decimal-text.ts';
import type { Ledger } from './ledger.ts';

/**
 * The books as an hledger journal, so that a program which shares no line with this one proves
 * them: each voucher balances, and by assertions the trial balance is the sum of the vouchers.
 */
export function journalOf({ vouchers, trialBalance }: Ledger): string {
  const lines = ['decimal-mark .', 'commodity 1000.00 NOK', ''];
  for (const { number, year, date, description, postings } of vouchers) {
    lines.push(`${date} (${number}-${year}) ${plain(description)}`);
    for (const { account, amount } of postings) {
      lines.push(`    ${account}  ${decimalText(amount)} NOK`);
    }
    lines.push('');
  }
  const last = vouchers
    .map(({ date }) => date)
    .toSorted()
    .at(-1);
  if (last !== undefined) {
    lines.push(`${last} trial balance`);
    for (const { account, balance } of trialBalance) {
      lines.push(`    ${account}  0.00 NOK = ${decimalText(balance)} NOK`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A semicolon would begin a comment, and a bar split the text. */
function plain(text: string): string {
  return text.replaceAll(/[;|\r\n]/g, ' ').trim();
}
