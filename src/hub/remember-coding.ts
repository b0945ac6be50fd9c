import type { Refusal } from '../domain/refusal.ts';
import type { WrittenChoices } from '../engine/flow-choices.ts';
import { listDeliveries } from '../store/deliveries.ts';
import { changeFlow, listFlows } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/**
 * Codes the suppliers of held invoices, and the codes of held entries of statements, with an
 * account from now on, in the choices of their flows. What an invoice's own accounting cost says
 * still comes first. An entry without a code cannot be known again: nothing is learnt of it.
 *
 * @returns the names of the suppliers, and the codes
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
      .flatMap(({ refusals }) => refusals.flatMap(learntFrom));
    if (uncoded.length === 0) continue;
    const learnt = Object.fromEntries(uncoded.map(({ role }) => [role, account]));
    const choices = flow.choices as WrittenChoices;
    const accounts = { ...choices.accounts, ...learnt };
    await changeFlow(db, flow.id, { choices: { ...choices, accounts } });
    for (const { name } of uncoded) names.add(name);
  }
  return [...names];
}

type Learnt = { readonly role: string; readonly name: string };

function learntFrom(refusal: Refusal): readonly Learnt[] {
  if (refusal.code === 'invoice-not-coded') {
    return [{ role: `purchases/${refusal.id}`, name: refusal.supplier }];
  }
  if (refusal.code !== 'entry-not-coded') return [];
  const codes = refusal.entries.map(({ code }) => code).filter((code) => code !== '');
  return codes.map((code) => ({ role: `statement-entry/${code}`, name: code }));
}
