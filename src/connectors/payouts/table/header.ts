import { DELIMITERS, isFault, splitFields, type CsvStyle } from '../../../lib/csv-fields.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Problem } from '../../../ports/source.ts';
import { COLUMNS_MAX, LINES_BEFORE_MAX } from '../limits.ts';
import type { PayoutSettings } from '../settings.ts';
import { foldName, type TableProvider } from './provider.ts';
import type { NumberedLine } from './records.ts';

/** Where a table begins, and whose it is. */
export type Header = {
  readonly provider: TableProvider;
  readonly style: CsvStyle;
  /** Its place among the lines. */
  readonly at: number;
  /** The place of each field's column. */
  readonly columns: ReadonlyMap<string, number>;
  /** The folded names of the columns that are read. */
  readonly names: readonly string[];
  /** Fields that each row must have: later ones have no name. */
  readonly width: number;
};

/**
 * Looks for the line that names a provider's columns, with each delimiter. Of several providers the
 * one counts that knows the most of the columns.
 *
 * @returns null when no line does; a problem when a column that is read stands there twice
 */
export function findHeader(
  lines: readonly NumberedLine[],
  providers: readonly TableProvider[],
  settings: PayoutSettings,
): Header | Problem | null {
  for (const [at, line] of lines.slice(0, LINES_BEFORE_MAX).entries()) {
    const found = DELIMITERS.flatMap((delimiter) => {
      const style = { delimiter, quote: '"' };
      const names = splitFields(line.text, style);
      if (isFault(names) || names.length > COLUMNS_MAX) return [];
      return providers.flatMap((provider) => {
        const header = headerOf(names, { provider, settings });
        return header === null ? [] : [{ ...header, style }];
      });
    });
    const [best] = found.toSorted((a, b) => b.columns.size - a.columns.size);
    if (best === undefined) continue;
    if (best.twice !== null) {
      return problemAt('column-twice', { line: line.number, column: 1 }, { field: best.twice });
    }
    const { twice: _none, ...header } = best;
    return { ...header, at };
  }
  return null;
}

type HeaderFields = Omit<Header, 'style' | 'at'> & {
  readonly twice: string | null;
};

function headerOf(
  names: readonly string[],
  of: { readonly provider: TableProvider; readonly settings: PayoutSettings },
): HeaderFields | null {
  const { provider, settings } = of;
  const folded = names.map(foldName);
  const own = settings.columns[provider.provider] ?? {};
  const columns = new Map<string, number>();
  let twice: string | null = null;
  for (const [field, known] of Object.entries(provider.columns)) {
    const said = own[field];
    const wanted = said === undefined ? known : [foldName(said)];
    const name = wanted.find((one) => folded.includes(one));
    if (name === undefined) continue;
    columns.set(field, folded.indexOf(name));
    if (folded.indexOf(name) !== folded.lastIndexOf(name)) {
      twice ??= names[folded.indexOf(name)] ?? name;
    }
  }
  const isWhole = provider.required.every((field) => columns.has(field));
  const read = [...columns.values()].map((at) => folded[at] ?? '');
  return isWhole ? { provider, columns, names: read, width: widthOf(names), twice } : null;
}

/** Spreadsheets leave delimiters behind the last name. */
function widthOf(names: readonly string[]): number {
  return names.findLastIndex((name) => name.trim() !== '') + 1;
}
