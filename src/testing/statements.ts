import { day } from '../domain/date.ts';
import type { AccountStatement, StatementEntry } from '../domain/document/account-statement.ts';
import type { OpenInvoice, PurchaseLedger } from '../domain/purchase-ledger.ts';
import { kr } from './day-reports.ts';

/** An entry as a source reads it; `entry('fee', '-25')`. */
export function entry(
  kind: StatementEntry['kind'],
  amount: string,
  change: Partial<StatementEntry> = {},
): StatementEntry {
  const none = { reference: null, counterparty: null, invoices: [] };
  return { id: '1', kind, amount: kr(amount), code: '', text: 'Betalning', ...none, ...change };
}

/**
 * A day of a running account with a chain: 100 000.00 to begin with; 92 310.50 of card sales in, an
 * invoice of 39 565.00, 50 000.00 to the bank and a fee of 25.00 out.
 *
 * 100 000.00 + 92 310.50 − 39 565.00 − 50 000.00 − 25.00 = 102 720.50
 */
export function statement(change: Partial<AccountStatement> = {}): AccountStatement {
  return {
    kind: 'account-statement',
    ref: { system: 'minbutik', account: 'KEDJEKONTO-1234', id: 'statement:2026-05-14' },
    accountId: 'KEDJEKONTO-1234',
    date: day('2026-05-14'),
    currency: 'SEK',
    opening: kr('100 000'),
    closing: kr('102 720.50'),
    entries: [
      entry('card-settlement', '92 310.50', { id: '1', code: 'KORT' }),
      entry('invoice', '-39 565', { id: '2', reference: '7004512881 3' }),
      entry('transfer', '-50 000', { id: '3' }),
      entry('fee', '-25', { id: '4' }),
    ],
    ...change,
  };
}

/** The invoice that `statement` pays. */
export function openInvoice(change: Partial<OpenInvoice> = {}): OpenInvoice {
  return {
    id: '17',
    number: '7004512881',
    references: ['70045128813'],
    supplier: 'Kedjegrossisten AB',
    date: day('2026-05-04'),
    balance: kr('39 565'),
    ...change,
  };
}

/** A ledger that can be paid from the chain's account, 1940. */
export function purchaseLedger(...invoices: readonly OpenInvoice[]): PurchaseLedger {
  return { invoices, paysFrom: { '1930': 'BG', '1940': 'KK' }, isWhole: true };
}
