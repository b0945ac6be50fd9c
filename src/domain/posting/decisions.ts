import { ACCEPTABLE, type Decision, type Refusal } from '../refusal.ts';

/** The reasons that remain when a person has accepted some of them. */
export function withoutAccepted(
  refusals: readonly Refusal[],
  decisions: readonly Decision[],
): Refusal[] {
  const accepted = new Set(decisions.flatMap((d) => (d.kind === 'accept' ? [d.code] : [])));
  return refusals.filter((r) => !(ACCEPTABLE.has(r.code) && accepted.has(r.code)));
}
