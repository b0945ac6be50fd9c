import { dismissFindings } from '../store/findings.ts';
import { wakeHeldForSettings } from '../store/setting-findings.ts';
import type { Hub } from './hub.ts';

/**
 * Says of findings that they are as they should be: what is missing will never come, what a shop
 * has changed is right. Orders that were held for that are planned again in the same transaction.
 * With `dismissal` null they stand open after all.
 *
 * @returns the ids of those that were changed
 */
export async function answerFindings(
  hub: Hub,
  of: Parameters<typeof dismissFindings>[1],
): Promise<readonly string[]> {
  return hub.database.db.transaction().execute(async (trx) => {
    const changed = await dismissFindings(trx, of);
    if (changed.length === 0 || of.dismissal === null) return changed;
    await wakeHeldForSettings(trx, { companyId: of.companyId, jobs: hub.jobs });
    return changed;
  });
}
