import { readFlowChoices } from '../../engine/flow-choices.ts';
import { isForPerson, type StockTrouble } from '../../ports/stock-trouble.ts';
import type { Company, Connection, Flow } from '../../store/registry.ts';
import type { Hub } from '../hub.ts';
import { unlessStopped } from './look-at-stock.ts';
import { stockSides, type StockFlow } from './stock-flow.ts';

/** A flow as it is about to stand. */
export type FlowWish = {
  /** null: it is new. */
  readonly id: string | null;
  readonly company: Company;
  readonly source: Connection;
  readonly target: Connection;
  readonly isReturn: boolean;
  readonly mode: Flow['mode'];
  readonly choices: unknown;
};

/** Why a flow could not keep stock without selling twice; null: it can, or is to keep none. */
export async function stockFault(hub: Hub, wish: FlowWish): Promise<StockTrouble | null> {
  const { id, company, source, target, isReturn, mode } = wish;
  const read = readFlowChoices(wish.choices, company);
  if (!('choices' in read) || !read.choices.stock.follows) return null;
  const [ledger, shop] = isReturn ? [source, target] : [target, source];
  const way = isReturn ? 'to-shop' : 'to-ledger';
  const flow: StockFlow = { id, company, way, ledger, shop, mode, choices: read.choices };
  const sides = await unlessStopped(flow, () => stockSides(hub, flow));
  return 'trouble' in sides && isForPerson(sides.trouble) ? sides.trouble : null;
}
