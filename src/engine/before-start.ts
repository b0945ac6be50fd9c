import { documentDate } from '../domain/document/document.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { PlanInput } from './plan-input.ts';

/** What is from before the day that a flow begins on was booked in another way. */
export function beforeStart({ document, startDate }: PlanInput): Refusal[] {
  const date = documentDate(document);
  if (date === null || startDate === null || date >= startDate) return [];
  return [{ code: 'before-start-date', date, start: startDate }];
}
