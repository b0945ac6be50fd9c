/** A shop's times carry no zone. Swedish time is inferred; nothing documents it. */
const ZONE = 'Europe/Stockholm';

/** `2026-05-04 10:15:02`, in Swedish time. */
export function momentText(atMs: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(ZONE);
  const [date, time = ''] = local.toPlainDateTime().toString({ smallestUnit: 'second' }).split('T');
  return `${date} ${time}`;
}

/** The instant of `2026-05-04 10:15:02` in Sweden. @returns null when there is no such moment */
export function readMoment(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/.exec(text);
  if (!match) return null;
  try {
    return Temporal.PlainDateTime.from(`${match[1]}T${match[2]}`).toZonedDateTime(ZONE)
      .epochMilliseconds;
  } catch {
    return null;
  }
}
