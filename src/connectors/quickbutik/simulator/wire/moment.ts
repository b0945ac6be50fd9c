/** A shop's times carry no zone. Swedish time is inferred; nothing documents it. */
const ZONE = 'Europe/Stockholm';

/** `2026-05-04 10:15:02`, in Swedish time. */
export function momentText(atMs: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(ZONE);
  const [date, time = ''] = local.toPlainDateTime().toString({ smallestUnit: 'second' }).split('T');
  return `${date} ${time}`;
}
