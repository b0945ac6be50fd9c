import { day, parseLocalDate, plusDays, type LocalDate } from '../../../domain/date.ts';
import { readDay } from '../report/values.ts';

/** Days as Excel counts them, from a day that makes 1 the first of January 1900 (nearly). */
const EXCEL = 'excel';
const EXCEL_ZERO = day('1899-12-30');

/** Up to the end of the year 9999. */
const EXCEL_DAYS_MAX = 2_958_465;

const PARTS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<year>\\d{2})',
  MM: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{1,2})',
};

/** Midnight, which spreadsheets write behind a day. */
const MIDNIGHT = '(?:[ T]0?0[:.]00(?:[:.]00(?:\\.0+)?)?)?';

/** Whether a pattern names a year, a month and a day once each, or is `excel`. */
export function isDayPattern(pattern: string): boolean {
  if (pattern === EXCEL) return true;
  const parts = pattern.match(/yyyy|yy|MM|dd|[A-Za-z]+/g) ?? [];
  return ['yyyy,MM,dd', 'yy,MM,dd'].includes(parts.toSorted(byOrder).join(','));
}

function byOrder(a: string, b: string): number {
  const order = 'yyyy,yy,MM,dd';
  return order.indexOf(a) - order.indexOf(b);
}

/** Reads days as a profile says they are written. Built once for a profile. */
export function dayReader(pattern: string): (text: string) => LocalDate | null {
  if (pattern === EXCEL) return (text) => readSerial(text) ?? readDay(text);
  const source = pattern.replaceAll(/yyyy|yy|MM|dd|./g, (part) => PARTS[part] ?? escape(part));
  const regexp = new RegExp(`^${source}${MIDNIGHT}$`);
  return (text) => {
    const found = regexp.exec(text.slice(0, 40))?.groups;
    if (found === undefined) return readDay(text);
    const { year = '', month = '', day: date = '' } = found;
    const full = year.length === 2 ? `20${year}` : year;
    return parseLocalDate(`${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  };
}

function readSerial(text: string): LocalDate | null {
  const days = /^(\d{1,7})(?:[.,]0+)?$/.exec(text)?.[1];
  if (days === undefined || Number(days) < 1 || Number(days) > EXCEL_DAYS_MAX) return null;
  return plusDays(EXCEL_ZERO, Number(days));
}

function escape(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&');
}
