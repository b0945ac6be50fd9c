import type { PayoutEntry } from '../../../domain/document/payout.ts';
import { absolute, money, negate } from '../../../domain/money.ts';
import type { PayoutSettings } from '../settings.ts';
import type { RowRead, TableProvider } from '../table/provider.ts';
import type { Row } from '../table/row.ts';

/** What goes back to a customer, where no sign says it. The banks' own words are not known. */
const BACK = /åter|retur|refund|debet|debit|utbetal/i;

/**
 * Swish payments as a bank's report: each goes straight to the account, so what a day comes to has
 * been paid. Names and numbers of payers are not read.
 *
 * Which heads each bank writes is not known for certain: others are named in the settings.
 */
export const swish: TableProvider = {
  provider: 'swish',
  columns: {
    booked: ['bokforingsdatum', 'bokforingsdag', 'bokfdag', 'bokfdatum', 'bookingdate'],
    date: ['transaktionsdatum', 'transdag', 'datum', 'transactiondate'],
    amount: ['belopp', 'amount'],
    type: ['transaktionstyp', 'transactiontype'],
    currency: ['valuta', 'currency'],
    number: ['swishnummer', 'mottagarnr', 'mottagarnummer', 'marknadsnummer', 'swishnumber'],
    reference: ['betalningsreferens', 'betalreferens', 'referens', 'paymentreference'],
    order: ['orderid', 'orderreferens', 'ordernummer', 'orderreference'],
  },
  required: ['amount', 'number', 'reference'],
  amounts: ['amount'],
  days: ['booked', 'date'],
  begin: (_rows, settings) => (row) => readRow(row, settings),
};

function readRow(row: Row, settings: PayoutSettings): RowRead {
  const currency = row.currency('currency', settings.currency);
  const date = row.firstDay('booked', 'date');
  if (date === null) row.wanted('date');
  const batch = date ?? '';
  const account = row.text('number').replace(/\D/g, '');
  const about = { account, batch, closing: 'paid', currency, date, balance: null } as const;
  if (currency === null || date === null) return { ...about, says: { kind: 'none' } };
  const stated = row.amount('amount', currency);
  const gross = BACK.test(row.text('type')) ? negate(absolute(stated)) : stated;
  const entry: PayoutEntry = {
    id: row.text('reference') || null,
    kind: gross.minor < 0n ? 'refund' : 'sale',
    ...{ date, gross, fee: money(0n, currency), feeVat: null },
    order: row.text('order') || null,
    references: row.texts('reference'),
    original: null,
  };
  return { ...about, says: { kind: 'entry', entry } };
}
