/**
 * How far each look reaches into the one before it. `lastmodified` names minutes in Swedish time,
 * which nobody has promised: three hours take in the hours to Greenwich as well.
 */
const OVERLAP_MS = 3 * 3_600_000;

/** From when on the next look asks what has changed. */
export function markBefore(nowMs: number): string {
  return swedishMinute(nowMs - OVERLAP_MS);
}

/** `2026-11-20 14:05`, by the clocks of Stockholm. */
export function swedishMinute(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Stockholm',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(ms));
}
