/** Offset of a zone from GMT at an instant, in milliseconds: positive east of Greenwich. */
export function offsetMs(zone: string, atMs: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.trunc(atMs)).toZonedDateTimeISO(zone);
  return at.offsetNanoseconds / 1_000_000;
}

/** `2026-11-22T00:26:41`: GMT without saying so, and without parts of a second. */
function gmtText(atMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(atMs / 1000) * 1000)
    .toString()
    .replace('Z', '');
}

/** The same in the shop's own time. */
function localText(zone: string, atMs: number): string {
  return gmtText(atMs + offsetMs(zone, atMs));
}

/** A date and its `_gmt` twin, null when it has not come. */
export function twins(
  name: string,
  atMs: number | null,
  zone: string,
): Record<string, string | null> {
  return {
    [name]: atMs === null ? null : localText(zone, atMs),
    [`${name}_gmt`]: atMs === null ? null : gmtText(atMs),
  };
}
