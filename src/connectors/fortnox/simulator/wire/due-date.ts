import { plusDays, type LocalDate } from '../../../../domain/date.ts';

/** Terms of payment whose code is a number are that many days; others are due at once. */
export function dueDate(from: LocalDate, terms: string): LocalDate {
  return /^\d{1,3}$/.test(terms) ? plusDays(from, Number(terms)) : from;
}
