import type { Reconciliation } from '../engine/reconcile.ts';
import { readReconciliation } from '../store/reconciliations.ts';
import type { Hub } from './hub.ts';

/** A reconciliation as it was when it was made: nothing is read anew. */
export type KeptReconciliation = {
  readonly flowId: string;
  readonly from: string;
  readonly to: string;
  readonly madeAtMs: number;
  readonly result: Reconciliation;
};

/** @returns null when the company has none of this id */
export async function keptReconciliation(
  hub: Hub,
  of: { readonly companyId: string; readonly id: string },
): Promise<KeptReconciliation | null> {
  const kept = await readReconciliation(hub.database.db, of);
  if (kept === null) return null;
  const read = JSON.parse(kept.result, revive) as Omit<Reconciliation, 'parts'> &
    Partial<Pick<Reconciliation, 'parts'>>; // Written by `keepReconciliation`.
  // The oldest do not say what their figures are made of.
  return { ...kept, result: { ...read, parts: read.parts ?? [] } };
}

/** Names that hold an amount in minor units, or text of another kind that no digits make up. */
const AMOUNTS: ReadonlySet<string> = new Set([
  ...['source', 'hub', 'ledger', 'minor', 'reported', 'invoiced', 'difference', 'trialBalance'],
  ...['statement', 'closing', 'opening', 'moved', 'explained'],
]);

function revive(name: string, value: unknown): unknown {
  return AMOUNTS.has(name) && typeof value === 'string' && /^-?\d+$/.test(value)
    ? BigInt(value)
    : value;
}
