import type { WrittenChoices } from '../engine/flow-choices.ts';
import { listDeliveries, type DeliveryView } from '../store/deliveries.ts';
import { changeFlow, listFlows } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** What was learnt from held invoices, and what else waits for the same answer. */
export type Learnt = {
  /** Names of the suppliers. */
  readonly suppliers: readonly string[];
  /** Keys in the choices of the flows: `purchases/5599990032/TJANST`. */
  readonly keys: readonly string[];
  /** Other deliveries that are held and that the same coding answers. */
  readonly alike: readonly string[];
};

/**
 * Codes the suppliers of held invoices with an account from now on, in the choices of their flows.
 * What an invoice's own accounting cost says still comes first.
 */
export async function rememberCoding(
  hub: Pick<Hub, 'database'>,
  of: { readonly companyId: string; readonly ids: readonly string[]; readonly account: string },
): Promise<Learnt> {
  const { companyId, ids, account } = of;
  const { db } = hub.database;
  const held = await listDeliveries(db, { companyId, states: ['held'] });
  const suppliers = new Set<string>();
  const keys = new Set<string>();
  const alike: string[] = [];
  for (const flow of await listFlows(db, companyId)) {
    const ofFlow = held.filter(({ flowId }) => flowId === flow.id);
    const uncoded = ofFlow.filter(({ id }) => ids.includes(id)).flatMap(uncodedIn);
    if (uncoded.length === 0) continue;
    const learnt = new Set(uncoded.map(({ id }) => id));
    const choices = flow.choices as WrittenChoices;
    const added = [...learnt].map((id) => [`purchases/${id}`, account] as const);
    const accounts = { ...choices.accounts, ...Object.fromEntries(added) };
    await changeFlow(db, flow.id, { choices: { ...choices, accounts } });
    for (const { supplier } of uncoded) suppliers.add(supplier);
    for (const [key] of added) keys.add(key);
    const others = ofFlow.filter(({ id }) => !ids.includes(id));
    const answered = others.filter((one) =>
      uncodedIn(one).some(({ id }) => isAnswered(id, learnt)),
    );
    alike.push(...answered.map(({ id }) => id));
  }
  return { suppliers: [...suppliers], keys: [...keys], alike };
}

/** What nobody has coded, and by which supplier and kind the choices would. */
function uncodedIn({ refusals }: DeliveryView) {
  return refusals.flatMap((refusal) => (refusal.code === 'invoice-not-coded' ? [refusal] : []));
}

/** A supplier that is coded as a whole is coded for each kind as well. */
function isAnswered(id: string, learnt: ReadonlySet<string>): boolean {
  return [...learnt].some((one) => id === one || id.startsWith(`${one}/`));
}
