import { readOre, total } from '../amounts.ts';
import type { Invoice, Payment } from '../billing/ledger.ts';
import { partsOf, type PercentOf } from '../quote/calendar.ts';
import type { Quote } from '../quote/project.ts';
import { csvFile, type Cell, type Writing } from './csv.ts';
import { LOCALES, type LocaleName } from './locale.ts';

/** What is asked of the invoice journal. Days are included. */
export type JournalRequest = {
  readonly from: string;
  readonly to: string;
  readonly locale?: LocaleName;
  readonly thousands?: Writing['thousands'];
  readonly encoding?: Writing['encoding'];
  readonly lineEnd?: Writing['lineEnd'];
};

export type JournalFile = { readonly name: string; readonly bytes: Uint8Array };

export type Books = {
  readonly quotes: readonly Quote[];
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly percentOf: PercentOf;
};

/**
 * The four files of the invoice journal, always in this order: headers, payment calendars,
 * registered payments, item lines. A file without rows has its header.
 *
 * | Uncertain                          | Chosen                                                  |
 * |------------------------------------|---------------------------------------------------------|
 * | Names of files and columns         | Own ones; the Norwegian headers are a fixture's         |
 * | Which calendars are in a range     | Those accepted in it, as they are now                   |
 * | Encoding, line end, thousands      | Windows-1252 and CRLF, as the locale has it; switchable |
 * | Amounts of credit notes            | Negative, as in the fixture                             |
 */
export function journalFiles(books: Books, request: JournalRequest): JournalFile[] {
  const locale = LOCALES[request.locale ?? 'nb'];
  const writing: Writing = {
    locale,
    thousands: request.thousands ?? 'locale',
    encoding: request.encoding ?? 'win1252',
    lineEnd: request.lineEnd ?? '\r\n',
  };
  const isIn = (iso: string): boolean => iso >= request.from && iso <= request.to;
  const printed = books.invoices
    .filter((invoice) => invoice.number !== null && isIn(invoice.date))
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const quotes = books.quotes.filter((quote) => isIn(quote.acceptedAt));
  const payments = books.payments.filter((payment) => isIn(payment.date));
  const file = (name: keyof typeof locale.columns, rows: Cell[][]): JournalFile => ({
    name: `${FILE_NAMES[name]}.csv`,
    bytes: csvFile(locale.columns[name], rows, writing),
  });
  return [
    file(
      'headers',
      printed.map((invoice) => headerRow(invoice, locale.words)),
    ),
    file(
      'calendars',
      quotes.flatMap((quote) => calendarRows(quote, books)),
    ),
    file('payments', payments.map(paymentRow)),
    file('lines', printed.flatMap(lineRows)),
  ];
}

const FILE_NAMES = {
  headers: 'invoice-headers',
  calendars: 'payment-calendars',
  payments: 'registered-payments',
  lines: 'item-lines',
} as const;

function headerRow(
  { number, quote, kind, date, dueDate, lines }: Invoice,
  words: Readonly<Record<Invoice['kind'], string>>,
): Cell[] {
  const netOre = total(lines.map((line) => line.netOre));
  const grossOre = total(lines.map((line) => line.grossOre));
  return [
    text(String(number)),
    day(date),
    day(dueDate),
    ...quoteCells(quote),
    text(quote.contractNo ?? ''),
    text(quote.project.customer.number ?? ''),
    text(quote.project.customer.name),
    amount(netOre),
    amount(grossOre - netOre),
    amount(grossOre),
    text(words[kind]),
  ];
}

function calendarRows(quote: Quote, { invoices, percentOf }: Books): Cell[][] {
  const parts = partsOf(quote, percentOf);
  return quote.calendar.map((line, index) => {
    const invoice = invoices.find((one) => one.quote === quote && one.seq === index + 1);
    return [
      ...quoteCells(quote),
      text(String(index + 1)),
      text(line.type),
      text(line.label ?? ''),
      line.basis === 'percent' ? amount(readOre(line.percent)) : text(''),
      amount(parts[index]?.grossOre ?? 0),
      day(line.dueDate ?? null),
      text(invoice?.number == null ? '' : String(invoice.number)),
    ];
  });
}

function paymentRow({ number, date, invoice, ore, method, reverses }: Payment): Cell[] {
  return [
    text(String(number)),
    day(date),
    text(String(invoice.number)),
    text(invoice.quote.project.customer.number ?? ''),
    amount(ore),
    text(method),
    text(reverses === null ? '' : String(reverses)),
  ];
}

function lineRows({ number, lines }: Invoice): Cell[][] {
  return lines.map((line, index) => [
    text(String(number)),
    text(String(index + 1)),
    text(line.code),
    text(line.text),
    amount(Math.round(line.vatRate * 100)),
    amount(line.netOre),
    amount(line.grossOre - line.netOre),
    amount(line.grossOre),
  ]);
}

function quoteCells({ project, alternatives }: Quote): Cell[] {
  return [text(project.number), text(alternatives.join('+'))];
}

function text(value: string): Cell {
  return { kind: 'text', text: value };
}

function amount(ore: number): Cell {
  return { kind: 'amount', ore };
}

function day(iso: string | null): Cell {
  return { kind: 'date', iso };
}
