import iconv from 'iconv-lite';
import type { Locale } from './locale.ts';

/** One field, before it is written as the locale writes it. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'amount'; readonly ore: number }
  /** Empty when it is null. */
  | { readonly kind: 'date'; readonly iso: string | null };

export type Writing = {
  readonly locale: Locale;
  /** Between thousands: as the locale has it, a no-break space, or nothing. */
  readonly thousands: 'locale' | 'no-break' | 'none';
  readonly encoding: 'utf8' | 'utf8-bom' | 'win1252';
  readonly lineEnd: '\r\n' | '\n';
};

const NO_BREAK_SPACE = '\u00a0';

/** A file of a header and rows, as bytes. */
export function csvFile(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  writing: Writing,
): Uint8Array {
  const { locale, lineEnd, encoding } = writing;
  const records = [header, ...rows.map((row) => row.map((cell) => cellText(cell, writing)))];
  const text = records
    .map((record) => record.map((field) => quoted(field, locale)).join(locale.separator) + lineEnd)
    .join('');
  return encoding === 'utf8-bom'
    ? iconv.encode(text, 'utf8', { addBOM: true })
    : iconv.encode(text, encoding);
}

function cellText(cell: Cell, writing: Writing): string {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'amount':
      return numberText(cell.ore, writing);
    case 'date':
      return cell.iso === null || cell.iso === '' ? '' : writing.locale.date(cell.iso);
  }
}

function numberText(ore: number, { locale, thousands }: Writing): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  const mark = { locale: locale.thousands, 'no-break': NO_BREAK_SPACE, none: '' }[thousands];
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, mark);
  return `${ore < 0 ? '-' : ''}${whole}${locale.decimal}${digits.slice(-2)}`;
}

function quoted(field: string, { separator }: Locale): string {
  const needsQuotes = field.includes(separator) || /["\r\n]/.test(field);
  return needsQuotes ? `"${field.replaceAll('"', '""')}"` : field;
}
