const ZONE = 'Europe/Stockholm';

/** `2026-05-12`: the Swedish day at an instant. */
export function swedishDay(atMs: number): string {
  return localOf(atMs).toPlainDate().toString();
}

/** `2026-05-29T16:02:11+02:00`. */
export function swedishMoment(atMs: number): string {
  return localOf(atMs).toString({ smallestUnit: 'second', timeZoneName: 'never' });
}

function localOf(atMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(ZONE);
}
