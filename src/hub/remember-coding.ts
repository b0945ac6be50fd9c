import type { WrittenChoices } from '../engine/flow-choices.ts';
import { listDeliveries } from '../store/deliveries.ts';
import { changeFlow, listFlows } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/**
 * Codes the suppliers of held invoices with an account from now on, in the choices of their flows.
 * What an invoice's own accounting cost says still comes first.
 *
 * @returns the names of the suppliers
 */
export async function rememberCoding(
  hub: Pick<Hub, 'database'>,
  of: { readonly companyId: string; readonly ids: readonly string[]; readonly account: string },
): Promise<readonly string[]> {
  const { companyId, ids, account } = of;
  const { db } = hub.database;
  const deliveries = await listDeliveries(db, { companyId, ids });
  const names = new Set<string>();
  for (const flow of await listFlows(db, companyId)) {
    const uncoded = deliveries
      .filter(({ flowId }) => flowId === flow.id)
      .flatMap(({ refusals }) => refusals)
      .flatMap((refusal) => (refusal.code === 'invoice-not-coded' ? [refusal] : []));
    if (uncoded.length === 0) continue;
    const learnt = Object.fromEntries(uncoded.map(({ id }) => [`purchases/${id}`, account]));
    const choices = flow.choices as WrittenChoices;
    const accounts = { ...choices.accounts, ...learnt };
    await changeFlow(db, flow.id, { choices: { ...choices, accounts } });
    for (const { supplier } of uncoded) names.add(supplier);
  }
  return [...names];
}
