import { compactDate } from '../date.ts';
import { cite } from './diagnostics.ts';
import { forbiddenLabels, mandatoryLabels } from './labels.ts';
import type { SieField, SieLineWriter } from './line-writer.ts';
import type {
  SieAccount,
  SieBalance,
  SieBalanceKind,
  SieDate,
  SieHead,
  SieHeader,
  SieType,
  SieYear,
} from './model.ts';
import type { SieProblemList } from './problems.ts';
import { formatAmount, isPeriod, isQuantity } from './values.ts';

/** What the parts of the writer share. */
export type WriteContext = {
  readonly type: SieType;
  readonly lines: SieLineWriter;
  readonly problems: SieProblemList;
  /** Accounts that have a name; null when the file type asks for none. */
  readonly declared: ReadonlySet<string> | null;
};

const BALANCE_LABELS: Readonly<Record<SieBalanceKind, string>> = {
  opening: '#IB',
  closing: '#UB',
  result: '#RES',
  'object-opening': '#OIB',
  'object-closing': '#OUB',
  period: '#PSALDO',
  budget: '#PBUDGET',
};

/** A header record: its label, its fields, and how many of them must be filled. */
type HeaderRecord = readonly [label: string, fields: readonly SieField[], fieldsMin: number];

/** Writes all that stands before the vouchers, in the order of the standard. */
export function writeHead(head: SieHead, context: WriteContext, hasChecksum: boolean): void {
  checkLabels(head, context);
  writeIdentity(head.header, context, hasChecksum);
  for (const year of head.years) writeYear(year, context);
  for (const [label, fields, fieldsMin] of afterYears(head.header, context)) {
    context.lines.write({ label, where: label, fields, fieldsMin });
  }
  for (const account of head.accounts) writeAccount(account, context);
  for (const { number, name, parent } of head.dimensions) {
    const label = parent === null ? '#DIM' : '#UNDERDIM';
    writeNamed(label, parent === null ? [number, name] : [number, name, parent], context);
  }
  for (const { dimension, code, name } of head.objects) {
    writeNamed('#OBJEKT', [dimension, code, name], context);
  }
  for (const balance of head.balances) writeBalance(balance, context);
}

/** The text of a day, with what is wrong with it told. */
export function dateField(date: SieDate | null, where: string, problems: SieProblemList): string {
  if (date === null) return '';
  if (date.day === null) problems.add('bad-date', where, `${cite(date.raw)} is no day`);
  else if (date.raw !== compactDate(date.day)) {
    problems.add('bad-date', where, `${cite(date.raw)} is not ${compactDate(date.day)}`);
  }
  return date.raw;
}

/** The text of an amount, with its absence told. */
export function amountField(
  amountMinor: bigint | null,
  where: string,
  problems: SieProblemList,
): string {
  if (amountMinor === null) problems.add('missing-amount', where, 'there is no amount');
  return amountMinor === null ? '' : formatAmount(amountMinor);
}

/** The text of a quantity, with what is wrong with it told. */
export function quantityField(
  quantity: string | null,
  where: string,
  problems: SieProblemList,
): string {
  if (quantity !== null && !isQuantity(quantity)) {
    problems.add('bad-quantity', where, `${cite(quantity)} is not a quantity such as -12.5`);
  }
  return quantity ?? '';
}

/** Tells what is wrong with an account that is used. */
export function checkAccount(account: string, where: string, context: WriteContext): void {
  const { problems, declared } = context;
  if (account === '') problems.add('missing-account', where, 'the account number is empty');
  else if (!/^\d+$/.test(account)) {
    problems.add('non-numeric-account', where, `account ${cite(account)} is not only digits`);
  } else if (declared !== null && !declared.has(account)) {
    problems.add('account-not-declared', where, `account ${account} has no #KONTO`);
  }
}

function checkLabels(head: SieHead, { type, problems }: WriteContext): void {
  const present = presentLabels(head);
  for (const label of mandatoryLabels(type)) {
    if (present.has(label)) continue;
    problems.add('record-missing', label, `a file of type ${type} must have ${label}`);
  }
  for (const label of forbiddenLabels(type)) {
    if (!present.has(label)) continue;
    problems.add('record-not-allowed', label, `a file of type ${type} must not have ${label}`);
  }
}

function presentLabels(head: SieHead): ReadonlySet<string> {
  const { header } = head;
  const labels = new Set(['#SIETYP', ...head.balances.map(({ kind }) => BALANCE_LABELS[kind])]);
  const parts: readonly (readonly [string, boolean])[] = [
    ['#FLAGGA', header.imported !== null],
    ['#PROGRAM', header.program !== null],
    ['#FORMAT', header.format !== null],
    ['#GEN', header.generated !== null],
    ['#FNAMN', header.companyName !== null && header.companyName !== ''],
    ['#BKOD', header.industry !== null],
    ['#OMFATTN', header.balancesThrough !== null],
    ['#RAR', head.years.length > 0],
    ['#KONTO', head.accounts.length > 0],
    ['#DIM', head.dimensions.some(({ parent }) => parent === null)],
    ['#UNDERDIM', head.dimensions.some(({ parent }) => parent !== null)],
    ['#OBJEKT', head.objects.length > 0],
  ];
  for (const [label, isPresent] of parts) if (isPresent) labels.add(label);
  return labels;
}

function writeIdentity(header: SieHeader, context: WriteContext, hasChecksum: boolean): void {
  const { lines, problems, type } = context;
  lines.write({
    label: '#FLAGGA',
    where: '#FLAGGA',
    fields: [header.imported ? '1' : '0'],
    fieldsMin: 1,
  });
  if (hasChecksum) lines.beginChecksum();
  if (header.format !== null && header.format !== 'PC8') {
    problems.add('bad-format', '#FORMAT', `the format is ${cite(header.format)} and not PC8`);
  }
  const { program, generated, organisation, address } = header;
  if (program !== null) requireFields('#PROGRAM', [program.name, program.version], problems);
  if (generated !== null && generated.date === null) requireFields('#GEN', [''], problems);
  const records: readonly (HeaderRecord | null)[] = [
    program && ['#PROGRAM', [program.name, program.version], 2],
    ['#FORMAT', ['PC8'], 1],
    generated && ['#GEN', [dateField(generated.date, '#GEN', problems), generated.sign], 1],
    ['#SIETYP', [type.slice(0, 1)], 1],
    single('#PROSA', header.comment),
    single('#FTYP', header.companyType),
    single('#FNR', header.companyId),
    organisation && [
      '#ORGNR',
      [organisation.number, organisation.acquisition, organisation.activity],
      1,
    ],
    single('#BKOD', header.industry),
    address && ['#ADRESS', [address.contact, address.street, address.postal, address.phone], 4],
    single('#FNAMN', header.companyName),
  ];
  for (const record of records) {
    if (record === null) continue;
    const [label, fields, fieldsMin] = record;
    lines.write({ label, where: label, fields, fieldsMin });
  }
}

function afterYears(header: SieHeader, { problems }: WriteContext): readonly HeaderRecord[] {
  const { taxYear, balancesThrough } = header;
  if (taxYear !== null && !/^\d{4}$/.test(taxYear)) {
    problems.add('bad-tax-year', '#TAXAR', `${cite(taxYear)} is not four digits`);
  }
  const through = balancesThrough && dateField(balancesThrough, '#OMFATTN', problems);
  return [
    single('#TAXAR', taxYear),
    single('#OMFATTN', through),
    single('#KPTYP', header.chartType),
    single('#VALUTA', header.currency),
  ].filter((record) => record !== null);
}

function writeYear({ index, start, end }: SieYear, { lines, problems }: WriteContext): void {
  const where = `#RAR ${index}`;
  checkYearIndex(index, where, problems);
  if (start === null || end === null) {
    problems.add('bad-date', where, 'the year has no first or no last day');
  } else if (start.day !== null && end.day !== null && end.day < start.day) {
    problems.add('year-reversed', where, `the year ends ${end.day} and begins ${start.day}`);
  }
  const days = [dateField(start, where, problems), dateField(end, where, problems)];
  lines.write({ label: '#RAR', where, fields: [String(index), ...days], fieldsMin: 3 });
}

function writeAccount({ number, name, type, unit, sru }: SieAccount, context: WriteContext): void {
  const { lines, problems } = context;
  const where = `#KONTO ${number}`;
  checkAccount(number, where, { ...context, declared: null });
  if (name === null) {
    problems.add('account-not-declared', where, `account ${cite(number)} has no name`);
  }
  if (type !== null && !/^[TSKI]$/.test(type)) {
    problems.add('bad-account-type', where, `the type is ${cite(type)} and not T, S, K or I`);
  }
  if (unit === '' || sru.includes('')) requireFields(where, [''], problems);
  lines.write({ label: '#KONTO', where, fields: [number, name ?? ''], fieldsMin: 2 });
  if (type !== null) lines.write({ label: '#KTYP', where, fields: [number, type], fieldsMin: 2 });
  if (unit !== null) lines.write({ label: '#ENHET', where, fields: [number, unit], fieldsMin: 2 });
  for (const code of sru) {
    lines.write({ label: '#SRU', where, fields: [number, code], fieldsMin: 2 });
  }
}

/** A dimension or an object. Its name may be empty, its keys may not. */
function writeNamed(label: string, fields: readonly string[], context: WriteContext): void {
  const where = `${label} ${fields[0] ?? ''}`;
  const keys = label === '#OBJEKT' ? fields.slice(0, 2) : [fields[0] ?? '', ...fields.slice(2)];
  requireFields(where, keys, context.problems);
  context.lines.write({ label, where, fields, fieldsMin: fields.length });
}

function writeBalance(balance: SieBalance, context: WriteContext): void {
  const { lines, problems } = context;
  const { kind, year, period, account } = balance;
  const label = BALANCE_LABELS[kind];
  const where = `${label} ${year} ${period === null ? '' : `${period} `}${account}`;
  checkYearIndex(year, where, problems);
  checkAccount(account, where, context);
  const hasPeriod = kind === 'period' || kind === 'budget';
  if (hasPeriod && !isPeriod(period ?? '')) {
    problems.add('bad-period', where, `${cite(period ?? '')} is no month YYYYMM`);
  }
  const isPlain = kind === 'opening' || kind === 'closing' || kind === 'result';
  const fields = [
    String(year),
    ...(hasPeriod ? [period ?? ''] : []),
    account,
    ...(isPlain ? [] : [balance.objects]),
    amountField(balance.amountMinor, where, problems),
    quantityField(balance.quantity, where, problems),
  ];
  lines.write({ label, where, fields, fieldsMin: fields.length - 1 });
}

function single(label: string, text: string | null): HeaderRecord | null {
  return text === null || text === '' ? null : [label, [text], 1];
}

function requireFields(where: string, fields: readonly string[], problems: SieProblemList): void {
  if (fields.some((field) => field === '')) {
    problems.add('field-missing', where, `${where} lacks a field that it must have`);
  }
}

function checkYearIndex(index: number, where: string, problems: SieProblemList): void {
  if (Number.isInteger(index) && Math.abs(index) <= 99) return;
  problems.add('bad-year-index', where, `${index} is no year index`);
}
