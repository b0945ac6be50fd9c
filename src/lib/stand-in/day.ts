/** The day it is in a time zone. */
export function dayTeller<Day>(of: {
  readonly zone: string;
  readonly nowMs: () => number;
  readonly dayAt: (instant: Date, zone: string) => Day;
}): () => Day {
  let known = around(of);
  return () => {
    const nowMs = of.nowMs();
    if (nowMs < known.fromMs || nowMs >= known.untilMs) known = around(of);
    return known.day;
  };
}

/** Kept between midnights: finding the day costs more than the rest of a small request. */
function around<Day>({ zone, nowMs, dayAt }: Parameters<typeof dayTeller<Day>>[0]) {
  const atMs = nowMs();
  const start = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).startOfDay();
  return {
    day: dayAt(new Date(atMs), zone),
    fromMs: start.epochMilliseconds,
    untilMs: start.add({ days: 1 }).epochMilliseconds,
  };
}
