import { resolveDeliveries, type Resolution } from '../store/deliveries.ts';
import type { Company } from '../store/registry.ts';
import { fourEyes } from './four-eyes.ts';
import type { Hub } from './hub.ts';
import { rememberCoding, rememberReverseRate, type Learnt } from './remember-coding.ts';

/** What a person says of deliveries that wait for them. */
export type Settling = {
  readonly company: Company;
  readonly ids: readonly string[];
  readonly resolution: Resolution;
  readonly by: string;
  /** With an account or a rate: the supplier, kind or code from now on, and what waits already. */
  readonly isRemembered: boolean;
  /** So long it can be taken back. */
  readonly afterMs?: number;
};

/** What it came to: what goes on, what goes on for the same reason, and what was learnt. */
export type Settled = {
  readonly moved: readonly string[];
  readonly alike: readonly string[];
  /** These wait for a second person to decide the same. */
  readonly awaiting: readonly string[];
  readonly learnt: Learnt | null;
};

/** Settles held deliveries, approves those in review, takes up those that were skipped. */
export async function settleHeld(hub: Hub, settling: Settling): Promise<Settled> {
  const { company, resolution, by, afterMs } = settling;
  const { db } = hub.database;
  const act = { companyId: company.id, by, ...(afterMs === undefined ? {} : { afterMs }) };
  const { go: ids, first: awaiting } = await fourEyes(hub, settling);
  const isLearnt = settling.isRemembered && ids.length > 0;
  const learnt = isLearnt ? await learn(hub, { ...settling, ids }) : null;
  const moved = await resolveDeliveries(db, hub.jobs, { ...act, ids, resolution });
  if (learnt === null) return { moved, alike: [], awaiting, learnt };
  const again = { kind: 'again', decision: null } as const;
  const like = { company, ids: learnt.alike, resolution: again, by };
  const others = await fourEyes(hub, like);
  const rest = { ...act, ids: others.go, resolution: again };
  const alike = await resolveDeliveries(db, hub.jobs, rest);
  return { moved, alike, awaiting: [...awaiting, ...others.first], learnt };
}

async function learn(hub: Hub, { company, ids, resolution }: Settling): Promise<Learnt | null> {
  const decision = resolution.kind === 'again' ? resolution.decision : null;
  const of = { companyId: company.id, ids };
  if (decision?.kind === 'reverse-rate') {
    return rememberReverseRate(hub, { ...of, rate: decision.rate });
  }
  if (decision?.kind !== 'code-as') return null;
  return rememberCoding(hub, { ...of, account: decision.account });
}
