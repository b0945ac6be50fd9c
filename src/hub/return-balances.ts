import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { areBalancesDue } from '../engine/balances-due.ts';
import { PickupError, type PickupTrouble } from '../ports/pickup.ts';
import {
  balanceReturns,
  noteNotReturned,
  noteReturned,
  type BalanceReturn,
} from '../store/balance-returns.ts';
import { listCompanies, listFlows } from '../store/registry.ts';
import { balancesOf } from './customer-balances.ts';
import { putAtPickup } from './fetch/put-at-pickup.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';

const LOOK_MS = 30_000;
/** A server that refused is not asked at each look: that may lock an account. */
const AFTER_REFUSAL_MS = 15 * 60_000;

/** Puts the balances of customers where tills read them, on time and when they have changed. */
export function returnBalances(hub: Hub): KeptUp {
  const failed = 'it could not be looked whose balances are due';
  return keepDoing(hub, { everyMs: LOOK_MS, failed }, () => returnDueBalances(hub));
}

/** Puts those there that are due now. One that fails is due again, and keeps none of the others. */
export async function returnDueBalances(hub: Hub): Promise<void> {
  const companies = new Map((await listCompanies(hub.database.db)).map((one) => [one.id, one]));
  for (const one of await balanceReturns(hub.database.db)) {
    const company = companies.get(one.companyId);
    if (company === undefined || isResting(one, hub.clock.nowMs())) continue;
    const made = { ...one, madeAtMs: one.returnedAtMs };
    if (!areBalancesDue(made, company.timeZone, hub.clock.nowMs())) continue;
    try {
      const flows = await listFlows(hub.database.db, company.id);
      const flow = flows.find(({ id }) => id === one.flowId);
      if (flow === undefined) continue;
      const atMs = hub.clock.nowMs();
      const { file } = await balancesOf(hub, { company, flow });
      if (one.pickupId === null) await putWhole(one.folder, file);
      else await putAtPickup(hub, { pickupId: one.pickupId, folder: one.folder, file });
      await noteReturned(hub.database.db, one.flowId, atMs);
      hub.log.info({ flow: one.flowId, file: file.name }, 'put the balances of customers there');
    } catch (error) {
      const about = { flow: one.flowId, folder: one.folder, error: String(error) };
      if (one.failed === null) {
        hub.log.warn(about, 'the balances of customers could not be put there yet');
      }
      const failed = { atMs: hub.clock.nowMs(), trouble: troubleOf(error, one.folder) };
      await noteNotReturned(hub.database.db, one.flowId, failed);
    }
  }
}

function troubleOf(error: unknown, folder: string): PickupTrouble {
  if (error instanceof PickupError) return error.trouble;
  const why = error instanceof Error ? error.message : String(error);
  return { code: 'cannot-put', facts: { folder, why } };
}

/** Whether a server that failed the latest time is let alone for now. */
function isResting({ pickupId, failed }: BalanceReturn, nowMs: number): boolean {
  return pickupId !== null && failed !== null && nowMs - failed.atMs < AFTER_REFUSAL_MS;
}

/** Whoever reads the folder sees the file before or the new one, and never half of one. */
async function putWhole(
  folder: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const half = join(folder, `.${file.name}.new`);
  await writeFile(half, file.bytes);
  await rename(half, join(folder, file.name));
}
