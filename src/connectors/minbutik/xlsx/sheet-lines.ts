import type { CsvStyle } from '../../../lib/csv-fields.ts';
import { LINE_CHARS_MAX } from '../limits.ts';
import type { Profile } from '../profile/schema.ts';
import type { Line } from '../text/lines.ts';
import type { Outcome } from './archive.ts';
import type { SheetCell, SheetRow } from './workbook.ts';

/** How a sheet is written as CSV, for the profile that reads it. */
export function sheetStyle({ input }: Profile): CsvStyle {
  return { delimiter: input.delimiter ?? ';', quote: input.quote };
}

/** Columns of a sheet: rows end with their last cell, and must have the fields of the header. */
export async function widthOf(rows: AsyncIterable<Outcome<SheetRow>>): Promise<Outcome<number>> {
  let width = 0;
  for await (const row of rows) {
    if (row.kind === 'broken') return row;
    for (const column of row.value.cells.keys()) width = Math.max(width, column + 1);
  }
  return { kind: 'read', value: width };
}

/** A row of a sheet as a line of CSV, numbered as in Excel. */
export function lineOf({ number, cells }: SheetRow, width: number, profile: Profile): Line {
  const style = sheetStyle(profile);
  const fields = Array.from({ length: width }, (_, column) => {
    const cell = cells.get(column);
    return cell === undefined ? '' : quoted(textOf(cell, profile), style);
  });
  const text = fields.join(style.delimiter);
  const tooLong = text.length >= LINE_CHARS_MAX;
  return { text: tooLong ? text.slice(0, LINE_CHARS_MAX) : text, number, ended: true, tooLong };
}

/** A number gets the decimal mark that the profile expects of texts. */
function textOf({ text, isNumber }: SheetCell, { input }: Profile): string {
  if (!isNumber) return text.replaceAll(/\s*[\r\n]+\s*/g, ' ');
  const plain = plainNumber(text);
  return input.decimal === ',' ? plain.replace('.', ',') : plain;
}

const LONG = /\d[\d.]{16,}|e/i;

/**
 * A number as Excel shows it. The file may hold 1234.56 as 1234.5599999999999: Excel itself counts
 * with 15 digits, so no amount is changed by writing 15.
 */
function plainNumber(text: string): string {
  if (!LONG.test(text)) return text;
  const number = Number(text);
  if (!Number.isFinite(number) || Math.abs(number) >= 1e15) return text;
  const rounded = Number(number.toPrecision(15));
  // What a formula leaves over that comes to zero: 5.7E-14.
  return Math.abs(rounded) < 1e-6 ? '0' : String(rounded);
}

function quoted(text: string, { delimiter, quote }: CsvStyle): string {
  const isPlain = !text.includes(delimiter) && !text.includes(quote);
  return isPlain ? text : quote + text.replaceAll(quote, quote + quote) + quote;
}
