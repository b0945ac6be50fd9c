import type { PlanOutcome } from '../domain/plan.ts';
import { turnoverOf } from '../domain/posting/voucher.ts';
import { ConnectorError } from '../ports/errors.ts';
import { approve, fourEyesOf } from '../store/approvals.ts';
import { addAudit } from '../store/audit.ts';
import { listDeliveries, type DeliveryView, type Resolution } from '../store/deliveries.ts';
import type { Company } from '../store/registry.ts';
import type { Hub } from './hub.ts';
import { planDecided } from './plan-decided.ts';

/** Which deliveries a decision lets go, and which wait for somebody else to decide the same. */
export type FourEyes = { readonly go: readonly string[]; readonly first: readonly string[] };

/**
 * Above the amount that a flow says, two people have to decide the same before anything is booked.
 * What the ledger does not let us reckon counts as above it. Who leaves something out decides
 * alone.
 */
export async function fourEyes(
  hub: Hub,
  of: {
    readonly company: Company;
    readonly ids: readonly string[];
    readonly resolution: Resolution;
    readonly by: string;
  },
): Promise<FourEyes> {
  const { company, ids, resolution, by } = of;
  const { db } = hub.database;
  const limits = await fourEyesOf(db, company.id);
  if (limits.size === 0 || resolution.kind === 'skip' || ids.length === 0) {
    return { go: ids, first: [] };
  }
  const { decision } = resolution;
  const go: string[] = [];
  const first: string[] = [];
  for (const delivery of await listDeliveries(db, { companyId: company.id, ids })) {
    const { id: deliveryId, flowId } = delivery;
    const limit = limits.get(flowId);
    const isAbove = limit !== undefined && !(await isWithin(hub, { ...of, delivery, limit }));
    const act = { companyId: company.id, deliveryId, decision, by };
    const isFirst = isAbove && (await approve(db, act)) === 'first';
    (isFirst ? first : go).push(deliveryId);
  }
  const about = { ids: first, resolution };
  if (first.length > 0) {
    await addAudit(db, { by, companyId: company.id, act: 'held.first-eyes', about });
  }
  return { go, first };
}

/** Whether one person is enough for what a document becomes; not when that is not known. */
export function isWithinLimit(outcome: PlanOutcome | null, limit: bigint): boolean {
  if (outcome?.kind !== 'plan') return false;
  return outcome.plan.vouchers.every(({ rows, currency }) => {
    return turnoverOf(rows, currency).minor <= limit;
  });
}

async function isWithin(
  hub: Hub,
  of: {
    readonly company: Company;
    readonly resolution: Resolution;
    readonly delivery: DeliveryView;
    readonly limit: bigint;
  },
): Promise<boolean> {
  const { company, resolution, delivery, limit } = of;
  const decision = resolution.kind === 'again' ? resolution.decision : null;
  const decisions = decision === null ? [] : [decision];
  try {
    const outcome = await planDecided(hub, { company, deliveryId: delivery.id }, decisions);
    return isWithinLimit(outcome, limit);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return false;
  }
}
