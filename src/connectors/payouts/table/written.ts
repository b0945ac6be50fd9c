import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import { parseMoney, type Currency, type Money } from '../../../domain/money.ts';
import { readDecimal } from '../../../lib/decimal-text.ts';
import type { PayoutSettings } from '../settings.ts';

/** How a file writes amounts and days: found by looking at all of it, or said by an extract. */
export type Written = {
  /** null: no amount of the file shows it, so none has a mark. */
  readonly decimal: ',' | '.' | null;
  /** null: no day of the file shows it. */
  readonly dates: 'day-first' | 'month-first' | null;
};

const THOUSANDS = [' ', ',', '.', "'"];
const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/;

/** How amounts and days are written, by every cell of the columns that hold them. */
export function writtenIn(
  cells: { readonly amounts: readonly string[]; readonly days: readonly string[] },
  dateOrder: PayoutSettings['dateOrder'],
): Written {
  const decimal = decimalIn(cells.amounts);
  const dates = dateOrder === 'auto' ? datesIn(cells.days) : dateOrder;
  return { decimal, dates };
}

/** The last mark of an amount that has two kinds, or one or two digits behind its only one. */
function decimalIn(amounts: readonly string[]): ',' | '.' | null {
  const votes = { ',': 0, '.': 0 };
  for (const text of amounts) {
    const mark = /[.,](?=\d{1,2}\D*$)/.exec(text)?.[0];
    if (mark === ',' || mark === '.') votes[mark] += 1;
  }
  if (votes[','] === votes['.']) return null;
  return votes[','] > votes['.'] ? ',' : '.';
}

function datesIn(days: readonly string[]): Written['dates'] {
  const parts = days.map((text) => SLASHED.exec(text)).filter((match) => match !== null);
  const isDayFirst = parts.some(([, first]) => Number(first) > 12);
  const isMonthFirst = parts.some(([, , second]) => Number(second) > 12);
  if (isDayFirst === isMonthFirst) return null;
  return isDayFirst ? 'day-first' : 'month-first';
}

/** @returns null when the text is not one amount of that currency as the file writes amounts */
export function amountIn(text: string, currency: Currency, { decimal }: Written): Money | null {
  const plain = text.replace(/\s*[A-Z]{3}$/, '');
  const style = { decimal: decimal ?? '.', thousands: THOUSANDS } as const;
  const read = readDecimal(plain, style);
  return read === null ? null : parseMoney(read, currency);
}

/** @returns null when the text is no day, or one that may be two */
export function dayIn(text: string, { dates }: Written): LocalDate | null {
  const iso = /^\d{4}-\d{2}-\d{2}(?=$|[T\s])/.exec(text)?.[0];
  if (iso !== undefined) return parseLocalDate(iso);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact !== null) return parseLocalDate(compact.slice(1, 4).join('-'));
  const slashed = SLASHED.exec(text);
  if (slashed === null || dates === null) return null;
  const [, first = '', second = '', year = ''] = slashed;
  const [day, month] = dates === 'day-first' ? [first, second] : [second, first];
  return parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

const DIRECTIVE = /^#payouts decimal=([,.?]) dates=(day-first|month-first|unknown)$/;

/** The first line of an extract, which has fewer cells to tell by than the whole file had. */
export function directiveOf({ decimal, dates }: Written): string {
  return `#payouts decimal=${decimal ?? '?'} dates=${dates ?? 'unknown'}`;
}

/** @returns null when the line is none */
export function readDirective(line: string): Written | null {
  const [, mark, order] = DIRECTIVE.exec(line) ?? [];
  if (mark === undefined) return null;
  const dates = order === 'day-first' || order === 'month-first' ? order : null;
  return { decimal: mark === ',' || mark === '.' ? mark : null, dates };
}
