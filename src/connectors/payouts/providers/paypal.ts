import type { PayoutEntry, PayoutEntryKind } from '../../../domain/document/payout.ts';
import { day, type LocalDate } from '../../../domain/date.ts';
import { add, money, negate, type Currency, type Money } from '../../../domain/money.ts';
import type { RowRead, RowSays, TableProvider } from '../table/provider.ts';
import type { Row } from '../table/row.ts';

/** What a row is, by its words in English, Spanish and Swedish; the first that fits counts. */
const WORDS: readonly (readonly [RegExp, PayoutEntryKind | 'transfer'])[] = [
  [/currency conversion|conversi[oó]n de divisa|valutaväxling|valutaomräkning/i, 'conversion'],
  [/withdrawal|retirada|transferencia a.*banc|uttag|överföring till bank/i, 'transfer'],
  [/bank deposit|ingreso desde.*banc|insättning från bank/i, 'transfer'],
  [/chargeback|dispute|contracargo|disputa|tvist/i, 'chargeback'],
  [/hold|release|reserve|retenci[oó]n|liberaci[oó]n|reserv|spärr/i, 'reserve'],
  [/refund|reversal|reembolso|devoluci[oó]n|anulaci[oó]n|återbetal|återför/i, 'refund'],
  [/\bfee\b|comisi[oó]n|avgift/i, 'fee'],
];

/** Rows that never became anything. */
const VOID = /denied|cancel|expired|failed|rechazad|caducad|nekad|avbruten|utgång/i;
/** Not yet anything; what leaves for the bank is counted at once, by its balance too. */
const PENDING = /pending|pendiente|väntande/i;

/**
 * PayPal's activity and statements: an account in each currency, from which money is taken out when
 * somebody says so. One payout for each day and currency.
 */
export const paypal: TableProvider = {
  provider: 'paypal',
  columns: {
    date: ['date', 'fecha', 'datum'],
    type: ['type', 'description', 'tipo', 'descripcion', 'typ', 'beskrivning'],
    status: ['status', 'estado'],
    currency: ['currency', 'divisa', 'valuta'],
    gross: ['gross', 'bruto', 'brutto'],
    fee: ['fee', 'comision', 'avgift'],
    net: ['net', 'neto', 'netto'],
    balance: ['balance', 'saldo'],
    id: ['transactionid', 'iddetransaccion', 'transaktionsid'],
    reference: ['referencetxnid', 'iddereferenciadetrans', 'referenstransaktionsid'],
    invoice: ['invoicenumber', 'invoiceid', 'iddefactura', 'numerodefactura', 'fakturanummer'],
  },
  required: ['date', 'type', 'currency', 'gross', 'fee', 'net', 'id'],
  amounts: ['gross', 'fee', 'net', 'balance'],
  days: ['date'],
  // English is written in both ways: by where the reader is.
  usualDates: { fecha: 'day-first', datum: 'day-first' },
  begin: () => readRow,
};

function readRow(row: Row): RowRead {
  const currency = row.currency('currency');
  const date = row.day('date');
  if (date === null) row.wanted('date');
  const read = currency === null ? null : saysOf(row, currency, date ?? NO_DAY);
  const isOpen = PENDING.test(row.text('status')) && read?.kind !== 'transfer';
  const isVoid = VOID.test(row.text('status'));
  const counts = !isVoid && !isOpen && currency !== null;
  return {
    account: '',
    batch: isOpen ? null : `${date ?? row.text('date')} ${row.text('currency')}`,
    closing: 'running',
    currency,
    date,
    says: isVoid || read === null ? { kind: 'none' } : read,
    balance: counts && row.text('balance') !== '' ? row.amount('balance', currency) : null,
  };
}

/** Stands for the day of a row that is not read because it has none. */
const NO_DAY: LocalDate = day('1970-01-01');

function saysOf(row: Row, currency: Currency, date: LocalDate): RowSays {
  const gross = row.amount('gross', currency);
  // PayPal writes what it takes as negative.
  const fee = negate(row.amount('fee', currency));
  const net = row.amount('net', currency);
  row.same('net = gross + fee', net, add(gross, negate(fee)));
  const id = row.wanted('id');
  const kind = kindOf(row, gross);
  if (kind === 'transfer') {
    return { kind, transfer: { reference: id, amount: negate(net) } };
  }
  const nothing = money(0n, currency);
  const amounts = kind === 'fee' ? { gross: nothing, fee: negate(net) } : { gross, fee };
  const entry: PayoutEntry = {
    ...{ id, kind, date, ...amounts, feeVat: null },
    order: row.text('invoice') || null,
    references: row.texts('id', 'reference'),
    original: null,
  };
  return { kind: 'entry', entry };
}

/** Money that came in without another name for it is a payment; what we have paid is not a sale. */
function kindOf(row: Row, gross: Money): PayoutEntryKind | 'transfer' {
  const type = row.text('type');
  const said = WORDS.find(([words]) => words.test(type))?.[1];
  return said ?? (gross.minor >= 0n ? 'sale' : 'adjustment');
}
