import type { Document } from '../domain/document/document.ts';
import type { SalesInvoice } from '../domain/document/sales-invoice.ts';
import type { AgencyScheme, DayReportLine, TenderMeans } from '../domain/document/day-report.ts';
import { parseLocalDate, type LocalDate } from '../domain/date.ts';
import { add, money, negate, parseMoney, subtract, type Money } from '../domain/money.ts';
import type { Voucher, VoucherRow } from '../domain/posting/voucher.ts';
import { vatBoxesOf } from '../domain/vat/boxes.ts';
import { parsePercent, vatInGross, type Country } from '../domain/vat/rates.ts';
import { BOOK_CURRENCY } from '../domain/posting/choices.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import { planDocument } from '../engine/plan.ts';
import type { BookedBefore } from '../ports/store.ts';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { ADVANCE_FIELDS, readAdvanceExample } from './advance-examples.ts';
import { withCredited } from './credited-examples.ts';
import { isByVatCode, readVatCodeExample } from './vat-code-examples.ts';
import { isRecord, type Fields } from './fields.ts';
import {
  PAYOUT_FIELDS,
  readPayoutExample,
  type PayoutExample,
  type ReadExampleFile,
} from './payout-examples.ts';
import { RECEIPT_FIELDS, receiptLines } from './receipt-examples.ts';
import { readSaleExample, SALE_FIELDS, SALE_SCHEMES_OF_EXAMPLES } from './sale-examples.ts';
import { readSupplierExample, SUPPLIER_FIELDS, SUPPLIER_RATES } from './supplier-examples.ts';

/** What became of one worked example. */
export type ExampleResult = {
  readonly id: string;
  readonly title: string;
  readonly result: 'pass' | 'fail' | 'not yet';
  /** Why it is not yet covered, or what differs. */
  readonly says: readonly string[];
  readonly vouchers: readonly {
    readonly date: string;
    readonly text: string;
    readonly lines: readonly { readonly account: string; readonly ore: number }[];
  }[];
};

/**
 * Runs worked examples, in the format of `worked-examples.json`, through the planner that books
 * documents, and compares the vouchers to the öre.
 *
 * @throws Error when the file has no list of cases
 */
export function runExamples(
  file: unknown,
  readFile: ReadExampleFile = (path) => `${path} is not here`,
): readonly ExampleResult[] {
  const cases = isRecord(file) ? file['cases'] : file;
  if (!Array.isArray(cases)) throw new Error('the file has no list of "cases"');
  const all = cases.filter(isRecord);
  return all.map((example) => {
    const input = isRecord(example['input']) ? withCredited(example['input'], all) : {};
    return runExample({ ...example, input }, readFile);
  });
}

function runExample(example: Fields, readFile: ReadExampleFile): ExampleResult {
  const about = { id: String(example['id']), title: String(example['title'] ?? '') };
  const country: Country = example['country'] === 'NO' ? 'NO' : 'SE';
  const input = isRecord(example['input']) ? example['input'] : {};
  const expected = isRecord(example['expect']) ? example['expect'] : {};
  const read = readInput(input, country, readFile);
  if (read.kind === 'not yet') {
    return { ...about, result: 'not yet', says: [read.says], vouchers: [] };
  }
  const outcomes = [read, ...(read.further ?? [])].map((one) => plan(one, country));
  const booked = outcomes.flatMap((one) => (one.kind === 'plan' ? one.plan.vouchers : []));
  const refused = outcomes.flatMap((one) => {
    return one.kind === 'held' ? one.refusals.map((refusal) => refusal.code) : [];
  });
  const says = [
    ...compareRefusals(expected, refused),
    ...compareVouchers(expected, booked),
    ...compareBoxes(expected, country, booked),
  ];
  return { ...about, result: says.length === 0 ? 'pass' : 'fail', says, vouchers: shown(booked) };
}

type Input =
  | { readonly kind: 'not yet'; readonly says: string }
  | {
      readonly kind: 'document';
      readonly document: Document;
      readonly accounts: Readonly<Record<string, string>>;
      readonly booked: BookedBefore | null;
      /** What is known and chosen beside a payout; absent: nothing. */
      readonly beside?: Pick<PayoutExample, 'claims' | 'payoutFees'>;
      /** The day it is, where corrections stand. */
      readonly today: LocalDate;
      /** Documents that come after it. */
      readonly further?: readonly DocumentInput[];
    };

type DocumentInput = Extract<Input, { readonly kind: 'document' }>;

function plan(input: DocumentInput, country: Country) {
  const language = country === 'SE' ? 'sv' : 'nb';
  const { claims, payoutFees } = input.beside ?? { claims: [], payoutFees: {} };
  const rates = { reverseChargeRates: SUPPLIER_RATES, ...SALE_SCHEMES_OF_EXAMPLES };
  const own = { accounts: input.accounts, ...rates, payoutFees, invoices: { as: 'booked' } };
  const written = { ...own, revisions: 'correct', attachFile: false };
  const read = readFlowChoices(written, { country, language });
  if (!('choices' in read)) throw new Error(read.problems.map((p) => p.says).join(', '));
  return planDocument({
    document: input.document,
    doubts: [],
    decisions: [],
    choices: read.choices,
    startDate: null,
    books: UNKNOWN_BOOKS,
    purchases: null,
    booked: input.booked,
    overlaps: null,
    credit: [],
    payments: { claims, twice: [] },
    today: input.today,
  });
}

/** The choices that the examples are made with; Swish and credit vary from company to company. */
const EXAMPLE_ACCOUNTS: Readonly<Record<Country, Readonly<Record<string, string>>>> = {
  SE: { 'tender.credit': '1510' },
  NO: {},
};

function readInput(input: Fields, country: Country, readFile: ReadExampleFile): Input {
  const type = String(input['type']);
  const reader = READERS[type];
  if (reader === undefined) {
    const why = OF_THE_LEDGER[type] ?? `documents of type "${type}" have no posting rule yet`;
    return { kind: 'not yet', says: why };
  }
  const unknown = Object.keys(input).filter((field) => !reader.fields.includes(field));
  if (unknown.length > 0) {
    return { kind: 'not yet', says: `the input has fields we do not read: ${unknown.join(', ')}` };
  }
  return reader.read(new Reader(input, country), readFile);
}

/** What no document brings about: the ledger that keeps the invoices books it itself. */
const OF_THE_LEDGER: Readonly<Record<string, string>> = {
  payment:
    'payments of single invoices are registered in the ledger, which knows what is open, and at ' +
    'which rate of exchange: the hub books statements, payouts and journals',
  year_end_open_invoice:
    'what is open at the end of the year the ledger books itself (bokslutsmetoden)',
};

type InputReader = {
  readonly fields: readonly string[];
  readonly read: (reader: Reader, readFile: ReadExampleFile) => Input;
};

const READERS: Readonly<Record<string, InputReader>> = {
  z_report: {
    fields: [
      ...['type', 'date', 'register', 'number', 'sales', 'deposit_sold', 'deposit_returned'],
      ...['giftcards_sold', 'gaming', 'agency', 'rounding', 'payments', 'cash_counted'],
      ...['total', 'file', 'receipts', 'bank_deposit'],
    ],
    read: (reader) => reader.zReport(),
  },
  cash_count: { fields: ['type', 'date', 'expected', 'counted'], read: (r) => r.cashCount() },
  bank_deposit: { fields: ['type', 'date', 'amount'], read: (r) => r.bankDeposit() },
  invoice: {
    fields: [...SALE_FIELDS, 'clearing_account'],
    read: (reader) => reader.invoice(),
  },
  order: { fields: SALE_FIELDS, read: (reader) => reader.sale({}) },
  refund: { fields: SALE_FIELDS, read: (reader) => reader.sale({}) },
  receipt: { fields: RECEIPT_FIELDS, read: (reader) => reader.receipt() },
  credit_note: { fields: SALE_FIELDS, read: (reader) => reader.invoice() },
  supplier_invoice: { fields: SUPPLIER_FIELDS, read: (reader) => reader.supplierInvoice() },
  payout: { fields: PAYOUT_FIELDS, read: (reader, readFile) => reader.payout(readFile) },
  'advance+final': { fields: ADVANCE_FIELDS, read: (reader) => reader.advance() },
  correction: { fields: ['type', 'date', 'wrong', 'right_rate'], read: (r) => r.correction() },
};

/** How the examples name means of payment; others are names of the till's own. */
const MEANS: Readonly<Record<string, TenderMeans>> = {
  card: 'card',
  DEBCARD: 'card',
  CREDITCARD: 'card',
  swish: 'swish',
  cash: 'cash',
  CASH: 'cash',
  giftcard: 'gift-card',
  credit: 'credit',
  ica_bonus: 'bonus',
  bonus: 'bonus',
  ica_giftcard: 'chain-gift-card',
};

/** Reads the input of an example into a canonical document. */
class Reader {
  readonly #input: Fields;
  readonly #country: Country;

  constructor(input: Fields, country: Country) {
    this.#input = input;
    this.#country = country;
  }

  zReport(): Input {
    const lines: DayReportLine[] = [
      ...this.#list('sales').map((sale) => this.#sold('sale', sale, 1n)),
      ...this.#list('deposit_sold').map((sold) => this.#sold('deposit-sold', sold, 1n)),
      ...this.#list('deposit_returned').map((back) => this.#sold('deposit-returned', back, -1n)),
      ...this.#amounts('giftcards_sold', 'gift-card-sold'),
      ...this.#agency('gaming', 'gaming'),
      ...this.#agency('agency', 'other'),
      // The examples count what the store gained, a day report what it gave away.
      ...this.#amounts('rounding', 'cash-rounding').map(negated),
      ...this.#tenders(),
      ...this.#amounts('cash_counted', 'cash-count'),
      ...this.#amounts('bank_deposit', 'bank-deposit'),
    ];
    return this.#report([...lines, ...this.#roundingToTotal(lines)]);
  }

  receipt(): Input {
    const of = { country: this.#country, date: this.#day('date') };
    return this.#report(receiptLines(this.#input, of));
  }

  cashCount(): Input {
    const gross = subtract(this.#money('counted'), this.#money('expected'));
    return this.#report([{ kind: 'cash-difference', code: '', label: '', gross }]);
  }

  bankDeposit(): Input {
    return this.#report(this.#amounts('amount', 'bank-deposit'));
  }

  sale(accounts: Readonly<Record<string, string>>): Input {
    if (isByVatCode(this.#input)) {
      const document = readVatCodeExample(this.#input);
      return { kind: 'document', document, accounts: {}, booked: null, today: document.date };
    }
    const document = readSaleExample(this.#input, this.#country);
    if (typeof document === 'string') return { kind: 'not yet', says: document };
    return { kind: 'document', document, accounts, booked: null, today: document.date };
  }

  /** An invoice of a sale; or of what a day report has booked already. */
  invoice(): Input {
    const lines = this.#list('lines');
    if (lines.length === 0 || lines.some((one) => one['already_booked_via'] !== 'z_report')) {
      // An invoice is a claim on the customer.
      return this.sale({ payment: this.#country === 'SE' ? '1510' : '1500' });
    }
    const date = this.#day('date');
    const number = String(this.#input['customer']);
    const nobody = { orgNumber: null, vatNumber: null, endpoint: null, address: null, email: null };
    const purchases = lines.map((one, index) => ({
      ...{ receipt: String(index + 1), register: 'ALL', date, reference: '', vat: [] },
      gross: this.#amount(String(one['gross'])),
    }));
    return {
      kind: 'document',
      document: {
        kind: 'credit-purchases',
        ref: { system: 'example', account: '1', id: number },
        storeNumber: '1',
        ...{ date, currency: BOOK_CURRENCY[this.#country], reference: null, purchases },
        customer: { ...nobody, number, name: number },
      },
      accounts: { 'tender.credit': String(this.#input['clearing_account']) },
      booked: null,
      today: date,
    };
  }

  supplierInvoice(): Input {
    const date = this.#day('date');
    const read = readSupplierExample(this.#input, date);
    if (typeof read === 'string') return { kind: 'not yet', says: read };
    return { kind: 'document', document: read, accounts: {}, booked: null, today: date };
  }

  /** A part payment that is paid to the bank as it is asked for, and the final invoice. */
  advance(): Input {
    const [first, last] = readAdvanceExample(this.#input);
    const inputOf = (document: SalesInvoice, claim: string): DocumentInput => {
      const accounts = { customers: claim };
      return { kind: 'document', document, accounts, booked: null, today: document.date };
    };
    return { ...inputOf(first, '1930'), further: [inputOf(last, '1510')] };
  }

  payout(readFile: ReadExampleFile): Input {
    const read = readPayoutExample(this.#input, readFile);
    if (typeof read === 'string') return { kind: 'not yet', says: read };
    const { document, ...beside } = read;
    const { date: today } = document;
    return { kind: 'document', document, accounts: {}, booked: null, beside, today };
  }

  /** A voucher booked at the wrong rate, and the same sale at the right one. */
  correction(): Input {
    const wrong = isRecord(this.#input['wrong']) ? this.#input['wrong'] : {};
    const label = String(wrong['voucher']);
    const lines = Array.isArray(wrong['lines']) ? (wrong['lines'] as [string, string][]) : [];
    const rows = lines.map(([account, amount]): VoucherRow => {
      return { account, amount: this.#amount(amount), text: '', why: '', role: '' };
    });
    const date = this.#day('date');
    const rate = parsePercent(String(this.#input['right_rate'])) ?? 0;
    const paid = rows.find((row) => row.amount.minor > 0n);
    const gross = paid?.amount ?? this.#amount('0');
    const vat = vatInGross(gross, rate);
    const means: TenderMeans = paid?.account === '1910' ? 'cash' : 'card';
    const right = this.#report([
      { kind: 'sale', code: '', label: '', rate, gross, vat },
      { kind: 'tender', code: '', label: '', means, gross },
    ]);
    if (right.kind === 'not yet') return right;
    const currency = BOOK_CURRENCY[this.#country];
    const origin = right.document.ref;
    const voucher: Voucher = { date, text: label, currency, rows, origin };
    return { ...right, booked: { label, vouchers: [voucher], results: {} } };
  }

  #report(lines: readonly DayReportLine[]): Input {
    const { register, number, receipts } = this.#input;
    const date = this.#day('date');
    return {
      kind: 'document',
      document: {
        kind: 'day-report',
        ref: { system: 'example', account: '1', id: String(number ?? '1') },
        storeNumber: '1',
        businessDate: date,
        register: String(register ?? 'ALL'),
        reportNumber: `Z ${String(number ?? '1')}`,
        currency: BOOK_CURRENCY[this.#country],
        lines,
        ...(typeof receipts === 'number' ? { receipts } : {}),
      },
      accounts: EXAMPLE_ACCOUNTS[this.#country],
      booked: null,
      today: date,
    };
  }

  #sold(
    kind: 'sale' | 'deposit-sold' | 'deposit-returned',
    fields: Fields,
    sign: bigint,
  ): DayReportLine {
    const rate = parsePercent(String(fields['rate']));
    const vat = this.#amount(String(fields['vat'] ?? '0'));
    const gross =
      fields['gross'] === undefined
        ? add(this.#amount(String(fields['net'])), vat)
        : this.#amount(String(fields['gross']));
    const label = String(fields['group'] ?? '');
    const turn = (amount: Money): Money => money(sign * amount.minor, amount.currency);
    return { kind, code: '', label, rate, gross: turn(gross), vat: turn(vat) };
  }

  #agency(field: string, scheme: AgencyScheme): DayReportLine[] {
    const fields = this.#input[field];
    if (!isRecord(fields)) return [];
    const lines: DayReportLine[] = [];
    const said = { code: '', label: '', scheme };
    if (fields['sales'] !== undefined) {
      lines.push({ kind: 'agency-sold', ...said, gross: this.#amount(String(fields['sales'])) });
    }
    if (fields['prizes'] !== undefined) {
      const gross = negate(this.#amount(String(fields['prizes'])));
      lines.push({ kind: 'agency-paid-out', ...said, gross });
    }
    return lines;
  }

  #tenders(): DayReportLine[] {
    const payments = this.#input['payments'];
    if (!isRecord(payments)) return [];
    return Object.entries(payments).map(([code, amount]): DayReportLine => {
      const means = MEANS[code] ?? 'other';
      return { kind: 'tender', code, label: code, means, gross: this.#amount(String(amount)) };
    });
  }

  /** The official Norwegian example states no rounding: it is what payments lack of the total. */
  #roundingToTotal(lines: readonly DayReportLine[]): DayReportLine[] {
    if (this.#input['total'] === undefined || this.#input['rounding'] !== undefined) return [];
    const paid = lines.filter((l) => l.kind === 'tender').map((l) => l.gross);
    const gross = paid.reduce(subtract, this.#money('total'));
    return [{ kind: 'cash-rounding', code: '', label: '', gross }];
  }

  #amounts(
    field: string,
    kind: 'gift-card-sold' | 'cash-rounding' | 'cash-count' | 'bank-deposit',
  ): (DayReportLine & { kind: typeof kind })[] {
    if (this.#input[field] === undefined) return [];
    return [{ kind, code: '', label: '', gross: this.#money(field) }];
  }

  #list(field: string): readonly Fields[] {
    const value = this.#input[field];
    if (Array.isArray(value)) return value.filter(isRecord);
    return isRecord(value) ? [value] : [];
  }

  #money(field: string): Money {
    return this.#amount(String(this.#input[field]));
  }

  #amount(text: string): Money {
    const amount = parseMoney(text, BOOK_CURRENCY[this.#country]);
    if (amount === null) throw new Error(`"${text}" is not an amount`);
    return amount;
  }

  #day(field: string): LocalDate {
    const date = parseLocalDate(String(this.#input[field]));
    if (date === null) throw new Error(`"${String(this.#input[field])}" is not a day`);
    return date;
  }
}

function negated<Line extends DayReportLine>(line: Line): Line {
  return { ...line, gross: negate(line.gross) };
}

/** An example that must not be booked says so by an error in place of vouchers. */
function compareRefusals(expected: Fields, refused: readonly string[]): string[] {
  const wanted = expected['errors'] ?? expected['error'];
  if (wanted === undefined) return refused.map((code) => `held: ${code}`);
  return refused.length > 0 ? [] : [`is booked, but ${JSON.stringify(wanted)} is expected`];
}

function compareVouchers(expected: Fields, booked: readonly Voucher[]): string[] {
  const wanted = Array.isArray(expected['vouchers']) ? expected['vouchers'].filter(isRecord) : [];
  const says: string[] = [];
  for (let i = 0; i < Math.max(wanted.length, booked.length); i += 1) {
    const [want, got] = [wanted[i], booked[i]];
    const number = `voucher ${i + 1}`;
    if (want === undefined || got === undefined) {
      says.push(`${number} is ${got === undefined ? 'missing' : 'one too many'}`);
      continue;
    }
    if (want['date'] !== got.date) {
      says.push(`${number}: ${String(want['date'])} expected, dated ${got.date}`);
    }
    const lines = Array.isArray(want['lines']) ? want['lines'].filter(isRecord) : [];
    const sums = perAccount(lines.map((l) => [String(l['account']), BigInt(Number(l['ore']))]));
    const ours = perAccount(got.rows.map((row) => [row.account, row.amount.minor]));
    says.push(...compareSums(number, sums, ours));
  }
  return says;
}

function compareBoxes(expected: Fields, country: Country, booked: readonly Voucher[]): string[] {
  const wanted = expected['vat_boxes_ore'];
  if (!isRecord(wanted)) return [];
  const boxes = Object.entries(wanted).map(([box, ore]) => [box, BigInt(Number(ore))] as const);
  const rows = booked.flatMap((voucher) => voucher.rows);
  return compareSums('VAT box', perAccount(boxes), vatBoxesOf(country, rows));
}

function compareSums(
  what: string,
  wanted: ReadonlyMap<string, bigint>,
  got: ReadonlyMap<string, bigint>,
): string[] {
  const names = [...new Set([...wanted.keys(), ...got.keys()])].sort();
  return names.flatMap((name) => {
    const [want, have] = [wanted.get(name) ?? 0n, got.get(name) ?? 0n];
    return want === have ? [] : [`${what} ${name}: ${want} öre expected, ${have} booked`];
  });
}

function perAccount(rows: readonly (readonly [string, bigint])[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [account, ore] of rows) sums.set(account, (sums.get(account) ?? 0n) + ore);
  return sums;
}

function shown(vouchers: readonly Voucher[]): ExampleResult['vouchers'] {
  return vouchers.map((voucher) => ({
    date: voucher.date,
    text: voucher.text,
    lines: voucher.rows.map((row) => ({ account: row.account, ore: Number(row.amount.minor) })),
  }));
}
