/**
 * Why this is not left to a CSV library: a problem must name its column, a bad row must not stop
 * the rows after it, and an extract must hold the row to the letter.
 */

/** What stands between fields and around them. */
export type CsvStyle = { readonly delimiter: string; readonly quote: string };

/** A row that cannot be cut into fields, and the column where that shows. */
export type QuoteFault = {
  /** `open`: the quote does not end. `stray`: something follows the closing quote. */
  readonly fault: 'open' | 'stray';
  readonly column: number;
};

/** The delimiters that are told apart by looking, the likeliest first. */
export const DELIMITERS = [';', ',', '\t'] as const;

/**
 * Cuts a row into its fields.
 *
 * A quote opens a field only as its first character, and is doubled inside: elsewhere it is text
 * like any other (`Skärm 24"`).
 */
export function splitFields(row: string, style: CsvStyle): readonly string[] | QuoteFault {
  if (!row.includes(style.quote)) return row.split(style.delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = fieldAt(row, at, style);
    if ('fault' in field) return field;
    fields.push(field.text);
    if (field.end >= row.length) return fields;
    at = field.end + 1;
  }
}

export function isFault(cut: readonly string[] | QuoteFault): cut is QuoteFault {
  return 'fault' in cut;
}

/** The column, counted from 1, where a field begins; the row's end when it has fewer fields. */
export function columnOfField(row: string, index: number, style: CsvStyle): number {
  let at = 0;
  for (let passed = 0; passed < index; passed += 1) {
    const field = fieldAt(row, at, style);
    if ('fault' in field) return field.column;
    if (field.end >= row.length) return row.length + 1;
    at = field.end + 1;
  }
  return at + 1;
}

/** The field that begins at `at`, and where the delimiter after it stands. */
function fieldAt(
  row: string,
  at: number,
  style: CsvStyle,
): { readonly text: string; readonly end: number } | QuoteFault {
  if (row[at] === style.quote) return quotedFieldAt(row, at, style);
  const found = row.indexOf(style.delimiter, at);
  const end = found < 0 ? row.length : found;
  return { text: row.slice(at, end), end };
}

function quotedFieldAt(
  row: string,
  at: number,
  { delimiter, quote }: CsvStyle,
): { readonly text: string; readonly end: number } | QuoteFault {
  const parts: string[] = [];
  let from = at + 1;
  for (;;) {
    const close = row.indexOf(quote, from);
    if (close < 0) return { fault: 'open', column: at + 1 };
    parts.push(row.slice(from, close));
    const end = close + 1;
    if (end === row.length || row[end] === delimiter) return { text: parts.join(quote), end };
    if (row[end] !== quote) return { fault: 'stray', column: end + 1 };
    from = end + 1;
  }
}
