import type { PayoutEntry, PayoutEntryKind } from '../../../domain/document/payout.ts';
import { day } from '../../../domain/date.ts';
import { money, negate, type Currency, type Money } from '../../../domain/money.ts';
import type { PayoutSettings } from '../settings.ts';
import type { RowRead, RowSays, TableProvider } from '../table/provider.ts';
import type { Row } from '../table/row.ts';

/** Types of the Finance API. Everything else a person says. */
const KINDS: Readonly<Record<string, PayoutEntryKind | 'transfer'>> = {
  PAYMENT: 'sale',
  CARD_PAYMENT: 'sale',
  INVOICE_PAYMENT: 'sale',
  REFUND: 'refund',
  CARD_REFUND: 'refund',
  PAYMENT_FEE: 'fee',
  CARD_PAYMENT_FEE: 'fee',
  INVOICE_PAYMENT_FEE: 'fee',
  CARD_PAYMENT_FEE_REFUND: 'fee',
  PAYOUT: 'transfer',
  PAYMENT_PAYOUT: 'transfer',
  FAILED_PAYOUT: 'transfer',
  FROZEN_FUNDS: 'reserve',
};

/**
 * Zettle's account, by the names of its Finance API: payments, fees and payouts are rows of their
 * own. One payout for each day. Which heads its report has is not known for certain.
 */
export const zettle: TableProvider = {
  provider: 'zettle',
  columns: {
    date: ['timestamp', 'date', 'datum'],
    type: ['originatortransactiontype', 'transactiontype'],
    amount: ['amount', 'belopp'],
    id: ['originatingtransactionuuid', 'transactionuuid'],
    currency: ['currency', 'currencyid', 'valuta'],
  },
  required: ['date', 'type', 'amount', 'id'],
  amounts: ['amount'],
  days: ['date'],
  begin: (_rows, settings) => (row) => readRow(row, settings),
};

function readRow(row: Row, settings: PayoutSettings): RowRead {
  const currency = row.currency('currency', settings.currency);
  const date = row.day('date');
  if (date === null) row.wanted('date');
  const says: RowSays =
    currency === null
      ? { kind: 'none' }
      : zettleSays({
          type: row.wanted('type'),
          amount: row.amount('amount', currency),
          date: date ?? NO_DAY,
          id: row.wanted('id'),
        });
  const batch = zettleBatch(date ?? row.text('date'), currency);
  return { account: '', batch, closing: 'running', currency, date, says, balance: null };
}

const NO_DAY = day('1970-01-01');

/** A day of the account. */
export function zettleBatch(date: string, currency: Currency | null): string {
  return `${date} ${currency ?? ''}`.trim();
}

/** What a transaction is; a payment and its fee have the same id. */
export function zettleSays(of: {
  readonly type: string;
  readonly amount: Money;
  readonly date: PayoutEntry['date'];
  readonly id: string;
}): RowSays {
  const { amount, date, id } = of;
  const type = of.type.toUpperCase();
  const kind = type === 'PAYMENT' && amount.minor < 0n ? 'refund' : (KINDS[type] ?? 'adjustment');
  if (kind === 'transfer') return { kind, transfer: { reference: id, amount: negate(amount) } };
  const nothing = money(0n, amount.currency);
  const amounts =
    kind === 'fee' ? { gross: nothing, fee: negate(amount) } : { gross: amount, fee: nothing };
  const about = { id: `${type} ${id}`, kind, date, order: null, references: [id], original: null };
  return { kind: 'entry', entry: { ...about, ...amounts, feeVat: null } };
}
