import { z } from 'zod';
import { ENTRY_KINDS } from '../../../domain/document/account-statement.ts';
import { parsePercent } from '../../../domain/vat/rates.ts';
import { PROFILE_RULES_MAX } from '../limits.ts';
import { isLineKind, RECORDS_OF_KIND, type LineKind } from '../report/line.ts';
import { readSum, type Sum } from './sum.ts';
import {
  dayPatternSchema,
  headerSchema,
  headersSchema,
  patternSchema,
  transformsSchema,
} from './transform-schema.ts';

const text = z.string().max(200);
const name = text.min(1);

function list<T extends z.ZodType>(item: T): z.ZodArray<T> {
  return z.array(item).max(PROFILE_RULES_MAX);
}

const kind = name.transform((value, context): LineKind | 'ignore' => {
  if (value === 'ignore' || isLineKind(value)) return value;
  const kinds = [...Object.keys(RECORDS_OF_KIND), 'ignore'].join(', ');
  context.issues.push({ code: 'custom', input: value, message: `one of ${kinds}` });
  return z.NEVER;
});

/** 6, "6", "25 %" → hundredths of a percent. */
const rate = z.union([z.number(), text]).transform((value, context): number => {
  const read = parsePercent(String(value));
  if (read !== null) return read;
  context.issues.push({ code: 'custom', input: value, message: 'a percentage, such as 25' });
  return z.NEVER;
});

const sum = text.transform((value, context): Sum => {
  const read = readSum(value);
  if (!('fault' in read)) return read;
  context.issues.push({ code: 'custom', input: value, message: read.fault });
  return z.NEVER;
});

/** Formats that are thought of and not read yet: refused by name, not as a spelling mistake. */
const format = z
  .enum(['csv', 'xml', 'xlsx', 'fixed', 'json'])
  .refine((value) => value !== 'fixed' && value !== 'json', {
    error: 'fixed and json are not read yet; export the file as CSV, XML or xlsx',
  });

const input = z.strictObject({
  format,
  encoding: z.enum(['utf-8', 'windows-1252', 'cp850', 'utf-16le', 'utf-16be']).optional(),
  delimiter: z.string().length(1).optional(),
  quote: z.string().length(1).default('"'),
  decimal: z.enum([',', '.', 'either']).default(','),
  thousands: z.array(z.string().length(1)).max(5).default([]),
  date: dayPatternSchema.default('yyyy-MM-dd'),
  /** xlsx only: the name of the sheet; without it the first. */
  sheet: name.optional(),
  skip_until_header: patternSchema.optional(),
  stop_at: patternSchema.optional(),
  comment: name.optional(),
  /** XML only: the element that is a row. */
  row: name.optional(),
});

const from = { default: text.optional(), transform: transformsSchema };

const column = z.union(
  [
    z.strictObject({ header: headersSchema, ...from }),
    z.strictObject({ index: z.int().min(0).max(1_000), ...from }),
    z.strictObject({ const: text, ...from }),
  ],
  { error: 'an object with one of header, index and const, and maybe default and transform' },
);

const IDENTITY = ['store_no', 'business_date', 'register', 'report_no'] as const;

/** The fields that a profile finds in columns. */
export const PROFILE_FIELDS = [
  ...IDENTITY,
  'receipts',
  'control_gross',
  'control_vat',
  'kind',
  'code',
  'label',
  'vat_rate',
  'gross',
  'vat',
  // Of account statements.
  'account',
  'date',
  'amount',
  'debit',
  'credit',
  'balance',
  'text',
  'reference',
  'counterparty',
  'invoice_no',
  'entry_id',
] as const;

const sign = z.enum(['as_is', 'negate']).default('as_is');

/** The amount column of a wide file that becomes a line of the report. */
const line = z.strictObject({
  header: headersSchema,
  kind,
  code: text.default(''),
  label: text.optional(),
  vat_rate: rate.optional(),
  vat_header: headersSchema.optional(),
  sign,
});

/** What a row of a long file is, by the text in one of its columns. */
const rule = z.strictObject({
  column: headersSchema,
  matches: patternSchema,
  kind,
  code: text.optional(),
  label: text.optional(),
  vat_rate: rate.optional(),
  sign,
});

/** What a row of an account statement is, by the text in one of its columns. */
const entryRule = z.strictObject({
  column: headersSchema,
  matches: patternSchema,
  kind: z.enum([...ENTRY_KINDS, 'ignore']),
  code: text.optional(),
});

const check = z.strictObject({
  sum,
  equals: sum,
  tolerance: z
    .string()
    .regex(/^\d{1,9}(?:[.,]\d{1,2})?$/)
    .default('0'),
});

const expectedLine = z.strictObject({
  kind: text,
  code: text.optional(),
  label: text.optional(),
  vat_rate: z.union([z.number(), text]).optional(),
  gross: text,
  vat: text.optional(),
});

const expectedEntry = z.strictObject({
  kind: text.optional(),
  code: text.optional(),
  amount: text.optional(),
  balance: text.optional(),
  reference: text.optional(),
  counterparty: text.optional(),
  invoices: list(text).optional(),
});

const sample = z.strictObject({
  row: z.record(text, text),
  expect: z.strictObject({
    store_no: text.optional(),
    business_date: text.optional(),
    register: text.optional(),
    report_no: text.optional(),
    lines: list(expectedLine).optional(),
    account: text.optional(),
    date: text.optional(),
    entry: expectedEntry.optional(),
    parked: z.boolean().optional(),
  }),
});

/** A mapping profile as a person writes it. What it becomes is `Profile`. */
export const profileSchema = z
  .strictObject({
    $comment: z.string().max(2_000).optional(),
    profile: name,
    version: z.int().min(1),
    document: z
      .enum(['pos_day_report', 'day-report', 'account-statement'])
      .default('pos_day_report'),
    input,
    identity: z
      .array(z.enum(IDENTITY))
      .default([...IDENTITY])
      .refine((fields) => fields.includes('store_no') && fields.includes('business_date'), {
        error: 'store_no and business_date are always part of it',
      }),
    columns: z.partialRecord(z.enum(PROFILE_FIELDS), column),
    rows: z
      .strictObject({
        where: list(
          z.strictObject({
            column: headersSchema,
            matches: patternSchema,
            not: z.boolean().optional(),
          }),
        ).default([]),
      })
      .default({ where: [] }),
    lines: list(line).default([]),
    classify: list(rule).default([]),
    entries: list(entryRule).default([]),
    order: z.enum(['auto', 'oldest-first', 'newest-first']).default('auto'),
    checks: list(check).default([]),
    ignored_columns: list(headerSchema).default([]),
    unmapped_amount_columns: z.enum(['park', 'ignore']).default('park'),
    sum_rows: z.enum(['compare', 'ignore']).default('compare'),
    tests: list(sample).default([]),
  })
  .superRefine((profile, context) => {
    const tell = (path: string[], message: string): void => {
      context.addIssue({ code: 'custom', path, message });
    };
    if (profile.input.sheet !== undefined && profile.input.format !== 'xlsx') {
      tell(['input', 'sheet'], 'sheets are of xlsx');
    }
    if (profile.document === 'account-statement') {
      for (const [path, message] of statementFaults(profile)) tell([...path], message);
      return;
    }
    for (const field of ['store_no', 'business_date'] as const) {
      if (profile.columns[field] === undefined) tell(['columns', field], 'is needed');
    }
    const isWide = profile.lines.length > 0;
    if (!isWide && profile.columns.gross === undefined) {
      tell(['lines'], 'either lines (a column for each kind) or columns.gross (a row for each)');
    }
    if (!isWide && profile.columns.kind === undefined && profile.classify.length === 0) {
      tell(['classify'], 'a file with a row for each line needs classify or columns.kind');
    }
    if (profile.input.format !== 'xml') return;
    if (profile.input.row === undefined) tell(['input', 'row'], 'the element that is a row');
    if (!isWide) tell(['lines'], 'an XML file is read with a report in each row');
  });

/** What a profile of account statements lacks, or says of reports. */
function* statementFaults(profile: {
  readonly columns: Partial<Record<ProfileField, unknown>>;
  readonly input: { readonly format: string };
  readonly lines: readonly unknown[];
  readonly classify: readonly unknown[];
  readonly checks: readonly unknown[];
}): Generator<readonly [path: readonly string[], message: string]> {
  const { columns, input: of } = profile;
  for (const field of ['account', 'date'] as const) {
    if (columns[field] === undefined) yield [['columns', field], 'is needed'];
  }
  const hasSigned = columns.amount !== undefined;
  const hasSides = columns.debit !== undefined && columns.credit !== undefined;
  if (hasSigned === hasSides) yield [['columns', 'amount'], 'either amount, or debit and credit'];
  for (const key of ['lines', 'classify', 'checks'] as const) {
    if (profile[key].length > 0) yield [[key], 'is of reports; statements have entries'];
  }
  if (of.format === 'xml') yield [['input', 'format'], 'statements are read as csv or xlsx'];
}

/** Whether a profile's files are account statements. */
export function isStatement({ document }: Pick<Profile, 'document'>): boolean {
  return document === 'account-statement';
}

/** A profile that has been read: patterns compiled, defaults filled in. */
export type Profile = z.output<typeof profileSchema>;

/** The name of a field that a profile finds in a column. */
export type ProfileField = (typeof PROFILE_FIELDS)[number];
