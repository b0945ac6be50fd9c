import type { LocalDate } from '../../../domain/date.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import { plainText } from '../../../lib/plain-text.ts';
import { dayReader } from './day-pattern.ts';
import { PROFILE_FIELDS, type Profile, type ProfileField } from './schema.ts';
import type { HeaderName, Transform } from './transform-schema.ts';

/** Where a field of a report comes from. */
type FieldSource = {
  /** The column, counted from 0; null when the profile gives the text itself. */
  readonly index: number | null;
  readonly text: string;
  /** What stands for an empty text; may name fields in braces. */
  readonly default: string | null;
  readonly transform: readonly Transform[];
};

/** An amount column of a wide file. */
export type LineColumn = {
  readonly rule: Profile['lines'][number];
  readonly index: number;
  readonly vatIndex: number | null;
  readonly label: string;
};

/** A profile laid over the columns of one file. */
export type Layout = {
  readonly profile: Profile;
  readonly columns: ColumnNames;
  readonly fields: ReadonlyMap<ProfileField, FieldSource>;
  readonly lines: readonly LineColumn[];
  /** Columns that no rule of the profile speaks of. */
  readonly unclaimed: readonly number[];
  readonly readDay: (text: string) => LocalDate | null;
  readonly problems: readonly Problem[];
};

/** The names of a file's columns. */
class ColumnNames {
  readonly names: readonly string[];
  readonly #lower: readonly string[];
  readonly #found = new Map<readonly HeaderName[], number | null>();

  constructor(names: readonly string[]) {
    this.names = names.map((name) => plainText(name));
    this.#lower = this.names.map((name) => name.toLowerCase());
  }

  /** @returns all columns with that name, or whose name fits the pattern */
  findAll({ name, pattern }: HeaderName): readonly number[] {
    const lower = plainText(name).toLowerCase();
    const fits = (index: number): boolean =>
      pattern === null
        ? this.#lower[index] === lower
        : this.names[index] !== '' && pattern.test(this.names[index] ?? '');
    return [...this.names.keys()].filter(fits);
  }

  /** @returns the first column that one of the headers names; null when there is none */
  find(headers: readonly HeaderName[]): number | null {
    const known = this.#found.get(headers);
    if (known !== undefined) return known;
    const all = headers.flatMap((header) => this.findAll(header).slice(0, 1));
    const first = all[0] ?? null;
    this.#found.set(headers, first);
    return first;
  }

  /** `Kort`, or `column 7` for one without a name. */
  nameOf(index: number): string {
    return this.names[index] || `column ${index + 1}`;
  }
}

/** A layout, or the columns that the profile needs and the file lacks. */
export type LayoutOutcome = { readonly layout: Layout } | { readonly lacking: readonly string[] };

/** Lays a profile over the names of a file's columns, on line `line` of the file. */
export function layOut(profile: Profile, names: readonly string[], line: number): LayoutOutcome {
  const columns = new ColumnNames(names);
  const { fields, lacking } = placeFields(profile, columns);
  const lines = placeLines(profile, columns);
  if (profile.lines.length > 0 && lines.length === 0) {
    lacking.push(profile.lines.map(({ header }) => nameOf(header)).join(' | '));
  }
  if (lacking.length > 0) return { lacking };
  const claimed = new Set([
    ...[...fields.values()].flatMap(({ index }) => index ?? []),
    ...lines.flatMap(({ index, vatIndex }) => [index, vatIndex ?? index]),
    ...namedOtherwise(profile).flatMap((header) => columns.findAll(header)),
  ]);
  const unclaimed = [...columns.names.keys()].filter((index) => !claimed.has(index));
  const problems = ambiguities(profile, columns, line);
  const readDay = dayReader(profile.input.date);
  return { layout: { profile, columns, fields, lines, unclaimed, readDay, problems } };
}

const NEEDED: ReadonlySet<string> = new Set([
  'store_no',
  'business_date',
  'register',
  'report_no',
  'gross',
  'kind',
  'account',
  'date',
  'amount',
  'debit',
  'credit',
  'balance',
]);

function placeFields(
  profile: Profile,
  columns: ColumnNames,
): { fields: Map<ProfileField, FieldSource>; lacking: string[] } {
  const fields = new Map<ProfileField, FieldSource>();
  const lacking: string[] = [];
  for (const field of PROFILE_FIELDS) {
    const column = profile.columns[field];
    if (column === undefined) continue;
    const base = { text: '', default: column.default ?? null, transform: column.transform };
    if ('const' in column) {
      fields.set(field, { ...base, index: null, text: column.const });
      continue;
    }
    const found = 'header' in column ? columns.find(column.header) : column.index;
    const isThere = found !== null && found < columns.names.length;
    if (isThere) fields.set(field, { ...base, index: found });
    else if (base.default !== null) fields.set(field, { ...base, index: null });
    else if (NEEDED.has(field)) lacking.push('header' in column ? nameOf(column.header) : field);
  }
  return { fields, lacking };
}

function nameOf(headers: readonly HeaderName[]): string {
  return headers.map(({ name }) => name).join(' / ');
}

/** The first rule that names a column has it. */
function placeLines(profile: Profile, columns: ColumnNames): readonly LineColumn[] {
  const taken = new Set<number>();
  return profile.lines.flatMap((rule) => {
    const found = rule.header.flatMap((header) => columns.findAll(header));
    const free = [...new Set(found)].filter((index) => !taken.has(index));
    for (const index of free) taken.add(index);
    const vatIndex = rule.vat_header === undefined ? null : columns.find(rule.vat_header);
    return free.map((index) => {
      const label = rule.label ?? columns.nameOf(index);
      return { rule, index, vatIndex, label };
    });
  });
}

/** Columns that the profile speaks of without taking an amount from them. */
function namedOtherwise(profile: Profile): readonly HeaderName[] {
  return [
    ...profile.ignored_columns,
    ...profile.rows.where.flatMap(({ column }) => column),
    ...profile.classify.flatMap(({ column }) => column),
    ...profile.entries.flatMap(({ column }) => column),
  ];
}

/** A plain name that stands above two columns: nobody can tell which is meant. */
function ambiguities(profile: Profile, columns: ColumnNames, line: number): readonly Problem[] {
  const inFields = Object.values(profile.columns).flatMap((column) =>
    column !== undefined && 'header' in column ? column.header : [],
  );
  const inLines = profile.lines.flatMap(({ header, vat_header }) => [
    ...header,
    ...(vat_header ?? []),
  ]);
  const plain = [...inFields, ...inLines].filter(({ pattern }) => pattern === null);
  const twice = plain.filter((header) => columns.findAll(header).length > 1);
  return [...new Set(twice.map(({ name }) => name))].map((field) =>
    problemAt('column-twice', { line, column: 1 }, { field }),
  );
}
