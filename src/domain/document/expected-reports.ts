import { plusDays, weekdayOf, type LocalDate, type Period } from '../date.ts';

/** A day on which a till or store has reported. */
export type ReportDay = {
  readonly store: string;
  /** The till, or `ALL` for reports of the whole store. */
  readonly register: string;
  readonly day: LocalDate;
};

/** Days on which no report is expected: of a whole company, one of its stores or one till. */
export type ClosedDays = {
  /** null: every store. */
  readonly store: string | null;
  /** null: every till. */
  readonly register: string | null;
  readonly from: LocalDate;
  /** null: from then on. */
  readonly to: LocalDate | null;
  /** `mon` … `sun`: only these of them. Empty: all. */
  readonly weekdays: readonly string[];
};

const WEEK = 7;
/** Of so many weeks before a day, … */
const WEEKS = 4;
/** … so many with a report on the same weekday make one expected. */
const WEEKS_EXPECTED = 3;

/**
 * The days on which a report was to be expected and none has come.
 *
 * A till is expected to report on a weekday when it did in three of the four weeks before; a day
 * that is missing counts as one on which it should have, so that a till that falls silent goes on
 * being missed. Nothing is expected of the first weeks of a till, nor of the last day: it may still
 * come. A day on which a store was closed is not missing, and counts as if a report had come when
 * one would have been expected: after a summer's rest the till is missed as before.
 *
 * @param reports - from four weeks before the period on, in any order, also repeated
 * @param known.today - the company's own day; it and later days are not expected yet
 */
export function missingReports(
  reports: readonly ReportDay[],
  period: Period,
  known: { readonly today: LocalDate; readonly closed: readonly ClosedDays[] },
): readonly ReportDay[] {
  const tills = Map.groupBy(reports, ({ store, register }) => `${store}\n${register}`);
  const missing = [...tills.values()].flatMap((till) => missingOf(till, period, known));
  return missing.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function missingOf(
  reports: readonly ReportDay[],
  period: Period,
  { today, closed }: Parameters<typeof missingReports>[2],
): readonly ReportDay[] {
  const [till] = reports;
  if (till === undefined) return [];
  const expected = new Set<LocalDate>();
  const days = new Set(reports.map((report) => report.day));
  const first = [...days].sort()[0] ?? today;
  const missing: ReportDay[] = [];
  for (let day = first; day <= period.to && day < today; day = plusDays(day, 1)) {
    const before = Array.from({ length: WEEKS }, (_, i) => plusDays(day, -WEEK * (i + 1)));
    const seen = before.filter((one) => days.has(one) || expected.has(one));
    if (days.has(day) || seen.length < WEEKS_EXPECTED) continue;
    expected.add(day);
    const missed = { ...till, day };
    if (day >= period.from && !closed.some((one) => covers(one, missed))) missing.push(missed);
  }
  return missing;
}

function covers(closed: ClosedDays, { store, register, day }: ReportDay): boolean {
  const { from, to, weekdays } = closed;
  if (day < from || (to !== null && day > to)) return false;
  if (weekdays.length > 0 && !weekdays.includes(weekdayOf(day))) return false;
  return (closed.store ?? store) === store && (closed.register ?? register) === register;
}

function keyOf({ day, store, register }: ReportDay): string {
  return [day, store, register].join('\n');
}
