/**
 * The latest moment at or before `nowMs` that a daily schedule names, in milliseconds. A run that
 * was missed is due until it is made up for, and then once, however many were missed.
 *
 * A time that a day leaves out when clocks go forward comes as much later; one that it has twice
 * counts the first time.
 *
 * @param times - `04:00`, in the company's own time; at least one
 */
export function latestDueMs(times: readonly string[], timeZone: string, nowMs: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  // The day before yesterday, too: a time of a short day may come after midnight.
  const days = [0, 1, 2].map((back) => today.subtract({ days: back }));
  const moments = days.flatMap((day) =>
    times.map((time) => {
      const plainTime = Temporal.PlainTime.from(time);
      return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
    }),
  );
  return Math.max(...moments.filter((moment) => moment <= nowMs));
}
