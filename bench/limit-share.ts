import { FORTNOX_RATE } from '../src/connectors/fortnox/simulator/rate.ts';

/**
 * Calls after the first burst, against those that the limit allows in their time, in per cent.
 *
 * @returns null when there were fewer calls than one burst
 */
export function shareOfLimit(acceptedAtMs: readonly number[]): number | null {
  const { requests, windowMs } = FORTNOX_RATE;
  const [from, to] = [acceptedAtMs[requests - 1], acceptedAtMs.at(-1)];
  if (from === undefined || to === undefined || to <= from) return null;
  const allowed = ((to - from) / windowMs) * requests;
  return (100 * (acceptedAtMs.length - requests)) / allowed;
}
