import { planAsideAgain } from '../store/aside.ts';
import { setFourEyes } from '../store/approvals.ts';
import {
  addFlow,
  changeFlow,
  listFlows,
  type Company,
  type Connection,
  type Flow,
} from '../store/registry.ts';
import type { ArticleTrouble } from '../ports/article-trouble.ts';
import type { StockTrouble } from '../ports/stock-trouble.ts';
import type { ShopFinding } from '../ports/health.ts';
import { articleFault } from './articles/article-fault.ts';
import type { Hub } from './hub.ts';
import { tellEachMorning } from './schedules.ts';
import { stockFault, type FlowWish } from './stock/stock-fault.ts';

/** What a person says of a flow that is new. */
export type FlowSeed = {
  readonly source: Connection;
  readonly target: Connection;
  readonly mode: Flow['mode'];
  readonly choices: unknown;
  readonly startDate: string | null;
};

/** Why a flow cannot be. */
export type FlowFault =
  /** The target takes nothing that the source gives. */
  | { readonly kind: 'takes-nothing' }
  /** Nothing goes the other way, so there is nothing to tell back. */
  | { readonly kind: 'nothing-to-tell' }
  /** The shop cannot be told anything, as with keys that may only read. */
  | { readonly kind: 'cannot-be-told'; readonly says: string }
  | GoodsFault;

/** Why what a flow is to keep of goods could not be kept. */
export type GoodsFault =
  | { readonly kind: 'stock'; readonly trouble: StockTrouble }
  | { readonly kind: 'articles'; readonly trouble: ArticleTrouble };

/** Why a flow, as it is about to stand, could not keep stock or articles; null: it can. */
export async function goodsFault(hub: Hub, wish: FlowWish): Promise<GoodsFault | null> {
  const ofStock = await stockFault(hub, wish);
  if (ofStock !== null) return { kind: 'stock', trouble: ofStock };
  const ofArticles = await articleFault(hub, wish);
  return ofArticles === null ? null : { kind: 'articles', trouble: ofArticles };
}

/** A flow that has been added. */
export type FlowAdded = {
  readonly id: string;
  readonly isReturn: boolean;
  /** When it is looked each day for what has not come; null: nothing new is looked for. */
  readonly lookedForAt: readonly string[] | null;
};

/** Whether a flow between these would take something back to where documents come from. */
export function isReturn(hub: Hub, source: Connection, target: Connection): boolean {
  const keepsBooks = (hub.connectors.get(source.connector)?.takes.length ?? 0) > 0;
  return keepsBooks && (hub.connectors.get(target.connector)?.hears ?? []).length > 0;
}

/** Whether a ledger takes any of what a source gives. */
export function isTaken(hub: Hub, source: Connection, target: Connection): boolean {
  const gives = hub.connectors.get(source.connector)?.gives ?? [];
  const takes = hub.connectors.get(target.connector)?.takes ?? [];
  return gives.some((kind) => takes.includes(kind));
}

/** What a person should know of a shop that is told something. */
export async function examineShop(hub: Hub, shop: Connection): Promise<readonly ShopFinding[]> {
  return (await hub.openShop(shop.id))?.examine() ?? [];
}

/**
 * Adds a flow: into a ledger, or back from it to a shop. A shop that cannot be told anything gets
 * none: nothing would be told, one delivery after the other.
 */
export async function setUpFlow(
  hub: Hub,
  company: Company,
  seed: FlowSeed,
): Promise<FlowAdded | FlowFault> {
  const { source, target } = seed;
  const { db } = hub.database;
  if (isReturn(hub, source, target)) {
    const flows = await listFlows(db, company.id);
    const isThere = flows.some((f) => f.source.id === target.id && f.target.id === source.id);
    if (!isThere) return { kind: 'nothing-to-tell' };
    const problem = (await examineShop(hub, target)).find(({ state }) => state === 'problem');
    if (problem !== undefined) return { kind: 'cannot-be-told', says: problem.facts['why'] ?? '' };
    const fault = await goodsFault(hub, { id: null, company, ...seed, isReturn: true });
    if (fault !== null) return fault;
    const id = await addFlow(db, { ...seed, isReturn: true });
    return { id, isReturn: true, lookedForAt: null };
  }
  if (!isTaken(hub, source, target)) return { kind: 'takes-nothing' };
  const fault = await goodsFault(hub, { id: null, company, ...seed, isReturn: false });
  if (fault !== null) return fault;
  const id = await addFlow(db, seed);
  return { id, isReturn: false, lookedForAt: await tellEachMorning(hub, company, source) };
}

/** What a person changes of a flow; absent: as before. */
export type FlowChange = {
  readonly choices?: unknown;
  readonly mode?: Flow['mode'];
  readonly startDate?: string | null;
  /** Above this amount two people let a document go; null: one is enough. */
  readonly fourEyesMinor?: bigint | null;
};

/**
 * Changes a flow, and plans again what waited for its choices. What is held is planned again on
 * request.
 *
 * @returns how many are planned again
 */
export async function setFlow(hub: Hub, flowId: string, change: FlowChange): Promise<number> {
  const { fourEyesMinor, ...others } = change;
  const { db } = hub.database;
  if (Object.keys(others).length > 0) await changeFlow(db, flowId, others);
  if (fourEyesMinor !== undefined) await setFourEyes(db, flowId, fourEyesMinor);
  return planAsideAgain(db, hub.jobs, flowId);
}
