import type { PayoutEntry, PayoutEntryKind } from '../../../domain/document/payout.ts';
import { day, type LocalDate } from '../../../domain/date.ts';
import {
  add,
  money,
  parseCurrency,
  subtract,
  type Currency,
  type Money,
} from '../../../domain/money.ts';
import type { RowRead, RowSays, TableProvider } from '../table/provider.ts';
import type { Row } from '../table/row.ts';

/** Types of rows. Everything else a person says. */
const KINDS: Readonly<Record<string, PayoutEntryKind | 'transfer'>> = {
  settled: 'sale',
  refunded: 'refund',
  refundedreversed: 'refund',
  chargeback: 'chargeback',
  secondchargeback: 'chargeback',
  chargebackreversed: 'chargeback',
  fee: 'fee',
  misccosts: 'fee',
  invoicededuction: 'fee',
  merchantpayout: 'transfer',
  balancetransfer: 'carried',
  depositcorrection: 'reserve',
};

const FEES = ['commission', 'markup', 'scheme', 'interchange'];

/**
 * Adyen's settlement details: one batch is one payout, and everything that it comes to is in its
 * rows, what is carried from and to other batches too.
 */
export const adyen: TableProvider = {
  provider: 'adyen',
  columns: {
    account: ['merchantaccount'],
    psp: ['pspreference'],
    order: ['merchantreference'],
    created: ['creationdate'],
    booked: ['bookingdate'],
    type: ['type'],
    modification: ['modificationreference'],
    grossCurrency: ['grosscurrency'],
    grossDebit: ['grossdebitgc'],
    grossCredit: ['grosscreditgc'],
    currency: ['netcurrency'],
    netDebit: ['netdebitnc'],
    netCredit: ['netcreditnc'],
    commission: ['commissionnc'],
    markup: ['markupnc'],
    scheme: ['schemefeesnc'],
    interchange: ['interchangenc'],
    batch: ['batchnumber'],
  },
  required: ['psp', 'type', 'currency', 'netDebit', 'netCredit', 'batch', 'created'],
  amounts: ['grossDebit', 'grossCredit', 'netDebit', 'netCredit', ...FEES],
  days: ['created', 'booked'],
  begin: () => readRow,
};

function readRow(row: Row): RowRead {
  const currency = row.currency('currency');
  const date = row.firstDay('booked', 'created');
  if (date === null) row.wanted('created');
  const batch = row.wanted('batch');
  // The batch closes with its last payment; its fees and payout are written a while after that.
  const isPayment = row.text('psp') !== '';
  return {
    account: row.text('account'),
    batch,
    closing: 'closed',
    currency,
    date: isPayment ? date : null,
    says: currency === null ? { kind: 'none' } : saysOf(row, currency, date ?? NO_DAY),
    balance: null,
  };
}

/** Stands for the day of a row that is not read because it has none. */
const NO_DAY: LocalDate = day('1970-01-01');

function saysOf(row: Row, currency: Currency, date: LocalDate): RowSays {
  const net = subtract(row.amount('netCredit', currency), row.amount('netDebit', currency));
  const kind = KINDS[row.text('type').toLowerCase()] ?? 'adjustment';
  if (kind === 'transfer') {
    const reference = row.text('modification').split(/[\s,]/)[0] || null;
    return { kind, transfer: { reference, amount: money(-net.minor, currency) } };
  }
  const nothing = money(0n, currency);
  const fee = FEES.map((field) => row.amount(field, currency)).reduce(add, nothing);
  const original = originalOf(row, { currency, net, fee });
  const amounts =
    kind === 'fee'
      ? { gross: nothing, fee: money(-net.minor, currency) }
      : { gross: add(net, fee), fee };
  const isPayment = row.text('psp') !== '';
  const modification = row.text('modification');
  const entry: PayoutEntry = {
    id: isPayment ? `${row.text('psp')} ${row.text('type')} ${modification}` : null,
    ...{ kind, date, ...amounts, feeVat: null },
    order: row.text('order') || null,
    references: isPayment ? row.texts('psp', 'modification') : [],
    original,
  };
  return { kind: 'entry', entry };
}

/** Checks gross − fees = net where both are in one currency; else what the customer paid. */
function originalOf(
  row: Row,
  { currency, net, fee }: { readonly currency: Currency; readonly net: Money; readonly fee: Money },
): PayoutEntry['original'] {
  if (row.text('grossCurrency') === '') return null;
  const paidIn = parseCurrency(row.text('grossCurrency').toUpperCase());
  if (paidIn === null) return null;
  const gross = subtract(row.amount('grossCredit', paidIn), row.amount('grossDebit', paidIn));
  if (paidIn !== currency) return { gross, fee: null };
  row.same('gross − fees = net', subtract(gross, fee), net);
  return null;
}
