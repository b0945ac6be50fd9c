import type { DayReportLine } from '../../../domain/document/day-report.ts';
import { formatMoney, type Currency } from '../../../domain/money.ts';
import { percentText } from '../../../domain/vat/rates.ts';
import { fileKindOf } from '../report/line.ts';
import { readAmount, STANDARD_DECIMALS } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import type { Problem } from '../../../ports/source.ts';
import { readStatementRow } from '../statement/row.ts';
import { layOut, type Layout } from './layout.ts';
import { readLongRow, identifyLongRow } from './long-row.ts';
import { isStatement, type Profile } from './schema.ts';
import { readWideRow, type WideReport } from './wide-row.ts';

/** What became of one sample row of a profile. */
export type SampleOutcome = {
  /** Counted from 0, as in the profile. */
  readonly index: number;
  /** Empty when the row came out as expected. */
  readonly differences: readonly SampleDifference[];
};

/** One thing that came out otherwise than the profile says. */
type SampleDifference = {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
};

type Sample = Profile['tests'][number];

/** Runs the sample rows that a profile brings along, so that a change to it can be tried. */
export function testProfile(profile: Profile, terms: Terms): readonly SampleOutcome[] {
  return profile.tests.map((sample, index) => ({
    index,
    differences: compareSample(profile, sample, terms),
  }));
}

function compareSample(
  profile: Profile,
  sample: Sample,
  terms: Terms,
): readonly SampleDifference[] {
  const outcome = layOut(profile, Object.keys(sample.row), 1);
  if ('lacking' in outcome) {
    return [{ path: 'row', expected: outcome.lacking.join(', '), found: '' }];
  }
  const { layout } = outcome;
  if (isStatement(profile)) return compareEntry(sample, layout, terms);
  const row = { cells: Object.values(sample.row), place: { line: 2, columnOf: () => 1 } };
  const using = { layout, terms, rowInExtract: 2 };
  const isWide = profile.lines.length > 0;
  const report = isWide ? readWideRow(row, using) : readAsReport(row, using);
  const problems = report.problems.flatMap(problemShown);
  return [...problems, ...compareIdentity(sample, report), ...compareContent(sample, report)];
}

/** A row of an account statement is one entry, or none. */
function compareEntry(
  { row, expect }: Sample,
  layout: Layout,
  terms: Terms,
): readonly SampleDifference[] {
  const cells = { cells: Object.values(row), place: { line: 2, columnOf: () => 1 } };
  const read = readStatementRow(cells, { layout, terms });
  if (read === null) return differ('entry.kind', expect.entry?.kind ?? 'ignore', 'ignore');
  const { entry, balance } = read;
  const found = {
    ...{ kind: entry.kind, code: entry.code, amount: formatMoney(entry.amount) },
    balance: balance === null ? '' : formatMoney(balance),
    reference: entry.reference ?? '',
    counterparty: entry.counterparty ?? '',
    invoices: entry.invoices.join(' '),
  };
  const { currency } = terms;
  const wanted: Readonly<Record<string, string | undefined>> = {
    ...expect.entry,
    amount: plainAmount(expect.entry?.amount, currency),
    balance: plainAmount(expect.entry?.balance, currency),
    invoices: expect.entry?.invoices?.join(' '),
  };
  const parked = String((read.doubts?.(2) ?? []).length > 0);
  return [
    ...read.problems.flatMap(problemShown),
    ...differ('account', expect.account ?? read.account, read.account),
    ...differ('date', expect.date ?? read.day ?? '', read.day ?? ''),
    ...Object.entries(found).flatMap(([name, text]) =>
      differ(`entry.${name}`, wanted[name] ?? text, text),
    ),
    ...differ('parked', String(expect.parked ?? false), parked),
  ];
}

function plainAmount(text: string | undefined, currency: Currency): string | undefined {
  if (text === undefined) return undefined;
  const amount = readAmount(text, currency, STANDARD_DECIMALS);
  return amount === null ? text : formatMoney(amount);
}

function problemShown({ code, facts }: Problem): readonly SampleDifference[] {
  const texts = Object.values(facts);
  return [{ path: texts.slice(0, 1).join(''), expected: '', found: `${code} ${texts.join(' ')}` }];
}

function readAsReport(...[row, using]: Parameters<typeof readLongRow>): WideReport {
  const { line, ...content } = readLongRow(row, using);
  return { ...content, identity: identifyLongRow(row, using), lines: line === null ? [] : [line] };
}

function compareIdentity({ expect }: Sample, { identity }: WideReport): SampleDifference[] {
  const found = {
    store_no: identity.storeNumber,
    business_date: identity.businessDate,
    register: identity.register,
    report_no: identity.reportNumber,
  };
  const names = ['store_no', 'business_date', 'register', 'report_no'] as const;
  return names.flatMap((path) => differ(path, expect[path] ?? found[path], found[path]));
}

function compareContent({ expect }: Sample, report: WideReport): readonly SampleDifference[] {
  const parked = String(report.doubts.length > 0);
  const differences = differ('parked', String(expect.parked ?? false), parked);
  if (expect.lines === undefined) return differences;
  const [wanted, found] = [expect.lines, report.lines];
  const counts = differ('lines', String(wanted.length), String(found.length));
  const byLine = wanted.flatMap((expected, at) => {
    const line = found[at];
    return line === undefined ? [] : compareLine(`lines.${at}`, expected, line);
  });
  return [...differences, ...counts, ...byLine];
}

type ExpectedLine = NonNullable<Sample['expect']['lines']>[number];

/** Only what the sample names is compared. */
function compareLine(
  path: string,
  expected: ExpectedLine,
  line: DayReportLine,
): readonly SampleDifference[] {
  const { currency } = line.gross;
  const plain = (text: string): string => plainAmount(text, currency) ?? text;
  const rate = 'rate' in line && line.rate !== null ? percentText(line.rate) : '';
  const vat = 'vat' in line && line.vat !== null ? formatMoney(line.vat) : '';
  const { code, label, vat_rate } = expected;
  const wantedRate = vat_rate === undefined ? rate : String(vat_rate);
  return [
    ...differ(`${path}.kind`, expected.kind, fileKindOf(line)),
    ...differ(`${path}.code`, code ?? line.code, line.code),
    ...differ(`${path}.label`, label ?? line.label, line.label),
    ...differ(`${path}.vat_rate`, wantedRate, rate),
    ...differ(`${path}.gross`, plain(expected.gross), formatMoney(line.gross)),
    ...differ(`${path}.vat`, plain(expected.vat ?? vat), vat),
  ];
}

function differ(path: string, expected: string, found: string): readonly SampleDifference[] {
  return expected === found ? [] : [{ path, expected, found }];
}
