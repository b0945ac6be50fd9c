import { cite } from './diagnostics.ts';
import type { SieDiagnosticCode } from './diagnostics.ts';
import type { SieLine } from './line.ts';
import type {
  SieBalance,
  SieBalanceKind,
  SieDate,
  SieHeader,
  SieObject,
  SieRecord,
} from './model.ts';
import type { SieDates } from './values.ts';
import { dateRemark, isPeriod, parseYearIndex, readAmount, readQuantity } from './values.ts';

/** What reading the fields of one line needs and where it tells what it finds. */
export type FieldContext = {
  readonly dates: SieDates;
  readonly report: (code: SieDiagnosticCode, message: string) => void;
};

const BALANCES: ReadonlyMap<string, SieBalanceKind> = new Map([
  ['#IB', 'opening'],
  ['#UB', 'closing'],
  ['#RES', 'result'],
  ['#OIB', 'object-opening'],
  ['#OUB', 'object-closing'],
  ['#PSALDO', 'period'],
  ['#PBUDGET', 'budget'],
]);

const NO_OBJECTS: readonly SieObject[] = [];

/**
 * Reads a record that is not part of a voucher.
 *
 * @param name the label in upper case.
 * @returns null when there is nothing in it to keep; what was wrong is then reported.
 */
export function readRecord(name: string, line: SieLine, context: FieldContext): SieRecord | null {
  const balance = BALANCES.get(name);
  if (balance !== undefined) return readBalance(balance, line, context);
  const part = readHeader(name, line, context);
  if (part !== null) return { kind: 'header', part };
  if (name === '#RAR') return readYear(line, context);
  return readChart(name, line, context);
}

/** The parts of an object list in pairs. */
export function readObjects(line: SieLine, context: FieldContext): readonly SieObject[] {
  const parts = line.list;
  if (parts === null || parts.length === 0) return NO_OBJECTS;
  const objects: SieObject[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    objects.push({ dimension: parts[at] ?? '', code: parts[at + 1] ?? '' });
  }
  if (parts.length % 2 === 1) {
    context.report(
      'list-odd',
      `dimension ${cite(parts.at(-1) ?? '')} has no object; it is skipped`,
    );
  }
  return objects;
}

/** An amount field, with what is wrong with it reported. */
export function takeAmount(text: string, context: FieldContext): bigint | null {
  const { amountMinor, remark } = readAmount(text);
  if (remark !== null) context.report(remark, amountMessage(text, remark));
  return amountMinor;
}

/** A quantity field, with what is wrong with it reported. */
export function takeQuantity(text: string | undefined, context: FieldContext): string | null {
  if (text === undefined || text === '') return null;
  const { quantity, remark } = readQuantity(text);
  if (remark !== null) context.report(remark, `${cite(text)} is not a quantity such as -12.5`);
  return quantity;
}

/** A date field that may be empty, with what is wrong with it reported. */
export function takeDate(text: string | undefined, context: FieldContext): SieDate | null {
  const date = text === undefined ? null : context.dates.read(text);
  const remark = date === null ? null : dateRemark(date);
  if (date !== null && remark !== null) context.report(remark, dateMessage(date, remark));
  return date;
}

/** What to say of a day that is wrong. */
export function dateMessage(date: SieDate, remark: 'bad-date' | 'date-form'): string {
  return remark === 'bad-date'
    ? `${cite(date.raw)} is no day YYYYMMDD`
    : `${cite(date.raw)} should be YYYYMMDD; it was read as ${date.day ?? ''}`;
}

function amountMessage(text: string, remark: SieDiagnosticCode): string {
  if (remark === 'missing-amount') return 'there is no amount';
  if (remark === 'amount-decimals') {
    return `the amount ${cite(text)} has more than two decimals; it was not rounded but left out`;
  }
  return remark === 'number-form'
    ? `the amount ${cite(text)} should be written as -1234.50; it was read all the same`
    : `${cite(text)} is not an amount such as -1234.50`;
}

/** @returns null when the record is no header record. */
function readHeader(name: string, line: SieLine, context: FieldContext): Partial<SieHeader> | null {
  const [first = '', second = '', third = '', fourth = ''] = line.fields;
  switch (name) {
    case '#FLAGGA':
      return { imported: takeFlag(first, context) };
    case '#PROGRAM':
      return { program: first === '' ? null : { name: first, version: second } };
    case '#FORMAT':
      return { format: filled(first) };
    case '#GEN':
      return { generated: { date: takeDate(first, context), sign: second } };
    case '#PROSA':
      return { comment: filled(tailText(line, 0)) };
    case '#FTYP':
      return { companyType: filled(first) };
    case '#FNR':
      return { companyId: filled(tailText(line, 0)) };
    case '#ORGNR':
      return { organisation: takeOrganisation(line, context) };
    case '#BKOD':
      return { industry: filled(first) };
    case '#ADRESS':
      return { address: { contact: first, street: second, postal: third, phone: fourth } };
    case '#FNAMN':
      return { companyName: filled(tailText(line, 0)) };
    case '#TAXAR':
      return { taxYear: takeTaxYear(first, context) };
    case '#OMFATTN':
      return { balancesThrough: takeDate(first, context) };
    case '#KPTYP':
      return { chartType: filled(tailText(line, 0)) };
    case '#VALUTA':
      return { currency: filled(first) };
    default:
      return null;
  }
}

function readYear(line: SieLine, context: FieldContext): SieRecord | null {
  const index = takeYearIndex(line, context);
  if (index === null) return null;
  const start = takeDate(line.fields[1], context);
  const end = takeDate(line.fields[2], context);
  return { kind: 'year', year: { index, start, end } };
}

function readChart(name: string, line: SieLine, context: FieldContext): SieRecord | null {
  const [first = '', second = '', third = ''] = line.fields;
  if (name === '#DIM' || name === '#UNDERDIM') {
    const isSub = name === '#UNDERDIM';
    const text = isSub ? second : tailText(line, 1);
    const dimension = { number: first, name: text, parent: isSub ? third : null };
    return first === '' ? null : { kind: 'dimension', dimension };
  }
  if (name === '#OBJEKT') {
    const object = { dimension: first, code: second, name: tailText(line, 2) };
    return first === '' || second === '' ? null : { kind: 'object', object };
  }
  if (first === '') {
    context.report('missing-account', `${name} names no account; it is skipped`);
    return null;
  }
  if (name === '#KONTO') return { kind: 'account', number: first, name: tailText(line, 1) };
  if (second === '') return null;
  if (name === '#ENHET') return { kind: 'account-unit', number: first, unit: second };
  if (name === '#SRU') return { kind: 'account-sru', number: first, code: second };
  if (!/^[TSKI]$/.test(second)) {
    context.report('bad-account-type', `account ${cite(first)} has type ${cite(second)}`);
  }
  return { kind: 'account-type', number: first, type: second };
}

function readBalance(kind: SieBalanceKind, line: SieLine, context: FieldContext): SieRecord | null {
  const year = takeYearIndex(line, context);
  if (year === null) return null;
  const hasPeriod = kind === 'period' || kind === 'budget';
  const place = hasPeriod ? takePeriod(line, context) : { period: null, account: line.fields[1] };
  const account = place.account ?? '';
  if (account === '') context.report('missing-account', 'the balance names no account');
  const needsList = hasPeriod || kind === 'object-opening' || kind === 'object-closing';
  const next = hasPeriod ? 3 : 2;
  const amountAt = needsList ? afterList(line, next, context) : next;
  const balance: SieBalance = {
    kind,
    year,
    period: place.period,
    account,
    objects: readObjects(line, context),
    amountMinor: takeAmount(line.fields[amountAt] ?? '', context),
    quantity: takeQuantity(line.fields[amountAt + 1], context),
  };
  return { kind: 'balance', balance };
}

/** The period and the account. BL Administration 2018 wrote them the other way round. */
function takePeriod(
  line: SieLine,
  context: FieldContext,
): { readonly period: string; readonly account: string } {
  const [, first = '', second = ''] = line.fields;
  if (isPeriod(first)) return { period: first, account: second };
  if (isPeriod(second) && first !== '') {
    context.report('fields-swapped', `account ${cite(first)} stands before month ${second}`);
    return { period: second, account: first };
  }
  context.report('bad-period', `${cite(first)} is no month YYYYMM`);
  return { period: first, account: second };
}

/**
 * The number of the field that follows the object list, which belongs at `at`.
 *
 * Some programs leave an empty list out, and some write `""` for it.
 */
export function afterList(line: SieLine, at: number, context: FieldContext): number {
  if (line.listAt === at) return at + 1;
  context.report('list-missing', 'the object list {} is missing; it was read as empty');
  const stand = line.fields[at];
  const isStandIn = (stand === '' || stand === '{}') && line.fields.length > at + 1;
  return isStandIn ? at + 1 : at;
}

function takeYearIndex(line: SieLine, context: FieldContext): number | null {
  const text = line.fields[0] ?? '';
  const index = parseYearIndex(text);
  if (index === null) {
    context.report('bad-year-index', `${cite(text)} is no year such as 0 or -1; skipped`);
  }
  return index;
}

function takeFlag(text: string, context: FieldContext): boolean | null {
  if (text === '1') context.report('already-imported', '#FLAGGA is 1');
  else if (text !== '0') context.report('bad-flag', `#FLAGGA is ${cite(text)}`);
  return text === '0' || text === '1' ? text === '1' : null;
}

function takeOrganisation(line: SieLine, context: FieldContext): SieHeader['organisation'] {
  const [number = '', acquisition = '', activity = ''] = line.fields;
  if (number === '') return null;
  if (!/^\d{6}-\d{4}$/.test(number)) {
    context.report('org-number-form', `${cite(number)} is not of the form nnnnnn-nnnn`);
  }
  return { number, acquisition, activity };
}

function takeTaxYear(text: string, context: FieldContext): string | null {
  if (text === '') return null;
  if (!/^\d{4}$/.test(text)) context.report('bad-tax-year', `the tax year is ${cite(text)}`);
  return text;
}

function filled(text: string): string | null {
  return text === '' ? null : text;
}

/**
 * A text that is the last field of its record.
 *
 * Where the writer forgot the quotes, the words behind it belong to it: `#FNAMN Övningsbolaget AB`.
 */
function tailText(line: SieLine, at: number): string {
  const isBare = line.quoted >>> at === 0;
  return isBare ? line.fields.slice(at).join(' ') : (line.fields[at] ?? '');
}
