import { areBalancesDue } from '../engine/balances-due.ts';
import {
  keepSnapshot,
  snapshotPlans,
  type KeptSnapshot,
  type SnapshotPlan,
} from '../store/balance-snapshots.ts';
import { listCompanies, listFlows, type Company, type Flow } from '../store/registry.ts';
import { balancesOf } from './customer-balances.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';

const LOOK_MS = 30_000;

/**
 * Keeps the balances of customers as tills fetch them, made anew on time and when they have
 * changed: however often a till asks, the ledger is not asked for it.
 */
export function keepSnapshots(hub: Hub): KeptUp {
  const failed = 'it could not be looked whose balances are to be made';
  return keepDoing(hub, { everyMs: LOOK_MS, failed }, () => makeDueSnapshots(hub));
}

/** Makes those that are due now. One that fails stays as it was, and keeps none of the others. */
export async function makeDueSnapshots(hub: Hub): Promise<void> {
  const companies = new Map((await listCompanies(hub.database.db)).map((one) => [one.id, one]));
  for (const plan of await snapshotPlans(hub.database.db)) {
    const company = companies.get(plan.companyId);
    if (company === undefined) continue;
    if (!areBalancesDue(plan, company.timeZone, hub.clock.nowMs())) continue;
    await tried(hub, plan, company);
  }
}

async function tried(hub: Hub, { flowId }: SnapshotPlan, company: Company): Promise<void> {
  try {
    const flows = await listFlows(hub.database.db, company.id);
    const flow = flows.find(({ id }) => id === flowId);
    if (flow !== undefined) await makeSnapshot(hub, { company, flow });
  } catch (error) {
    const about = { flow: flowId, error: String(error) };
    hub.log.warn(about, 'the balances of customers could not be made yet');
  }
}

/**
 * Makes the balances of a flow's customers now, and keeps them.
 *
 * @throws OperatorError when the ledger does not tell, or the source takes no balances
 * @throws ConnectorError when the ledger cannot be read
 */
export async function makeSnapshot(
  hub: Hub,
  of: { readonly company: Company; readonly flow: Flow },
): Promise<KeptSnapshot> {
  // Before the ledger is asked: what changes meanwhile is newer than the snapshot.
  const madeAtMs = hub.clock.nowMs();
  const { snapshot, file } = await balancesOf(hub, of);
  const kept = { madeAtMs, asOf: snapshot.asOf, ...file };
  await keepSnapshot(hub.database.db, of.flow.id, kept);
  hub.log.info({ flow: of.flow.id, file: file.name }, 'made the balances of customers anew');
  return kept;
}
