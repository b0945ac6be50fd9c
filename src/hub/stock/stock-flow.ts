import type { FlowChoices } from '../../domain/posting/choices.ts';
import type { StockWay } from '../../domain/stock.ts';
import type { StockReader } from '../../ports/stock.ts';
import type { StockTrouble } from '../../ports/stock-trouble.ts';
import type { LooksOf } from '../../store/goods-looks.ts';
import { findFeed } from '../../store/pickups.ts';
import {
  listCompanies,
  listFlows,
  listReturns,
  type Company,
  type Connection,
  type Flow,
} from '../../store/registry.ts';
import { choicesOf } from '../choices-of-flow.ts';
import type { Hub } from '../hub.ts';

/** A flow whose target follows its source in stock. */
export type StockFlow = {
  /** null: it is about to be added. */
  readonly id: string | null;
  readonly company: Company;
  readonly way: StockWay;
  readonly ledger: Connection;
  readonly shop: Connection;
  readonly mode: Flow['mode'];
  readonly choices: FlowChoices;
};

/** Its looks, as they are kept. */
export function stockOf({ id }: { readonly id: string }): LooksOf {
  return { flowId: id, what: 'stock' };
}

/** The flows of a company, or of all, whose targets follow their sources in stock. */
export async function stockFlows(hub: Hub, only?: Company): Promise<readonly StockFlow[]> {
  const { db } = hub.database;
  const found: StockFlow[] = [];
  for (const company of only === undefined ? await listCompanies(db) : [only]) {
    for (const flow of await listFlows(db, company.id)) {
      found.push(...stockFlow(company, flow, 'to-ledger'));
    }
    for (const flow of await listReturns(db, company.id)) {
      found.push(...stockFlow(company, flow, 'to-shop'));
    }
  }
  return found;
}

/** @returns none when the flow keeps no stock */
function stockFlow(company: Company, flow: Flow, way: StockWay): StockFlow[] {
  const choices = choicesOf(flow, company);
  if (!choices.stock.follows) return [];
  const [ledger, shop] =
    way === 'to-shop' ? [flow.source, flow.target] : [flow.target, flow.source];
  return [{ id: flow.id, company, way, ledger, shop, mode: flow.mode, choices }];
}

/** The two sides of a flow's stock, and whose sales count. */
export type StockSides = {
  readonly master: StockReader;
  readonly follower: StockReader;
  /** Flows whose orders the ledger takes from its count. */
  readonly countedFlows: readonly string[];
  /** Every shop whose orders have to be known first. */
  readonly shops: readonly Connection[];
};

/** The two sides of a flow's stock, or why neither is asked. */
export async function stockSides(
  hub: Hub,
  flow: StockFlow,
): Promise<StockSides | { readonly trouble: StockTrouble }> {
  const { company, way, ledger, shop } = flow;
  const { db } = hub.database;
  const names = { shop: shop.name, ledger: ledger.name };
  if (flow.mode === 'review') return { trouble: { code: 'review', ...names } };
  const others = (await stockFlows(hub, company)).filter((one) => {
    return one.ledger.id === ledger.id && one.shop.id === shop.id && one.way !== way;
  });
  if (others.length > 0) return { trouble: { code: 'both-ways', ...names } };
  const selling = (await listFlows(db, company.id)).filter(({ source, target }) => {
    const gives = hub.connectors.get(source.connector)?.gives ?? [];
    return target.id === ledger.id && gives.includes('order');
  });
  const countedFlows: string[] = [];
  for (const one of selling) {
    const trouble = salesTrouble(choicesOf(one, company), {
      shop: one.source.name,
      ledger: ledger.name,
    });
    if (trouble?.code === 'drafts' || (trouble !== null && way === 'to-shop')) return { trouble };
    if (trouble === null) countedFlows.push(one.id);
  }
  const shops = [...new Map([shop, ...selling.map((one) => one.source)].map((s) => [s.id, s]))];
  for (const [id, { name }] of shops) {
    if ((await findFeed(db, id)) === null) {
      return { trouble: { code: 'orders-not-fetched', shop: name } };
    }
  }
  const [ofLedger, ofShop] = [await hub.openStock(ledger.id), await hub.openStock(shop.id)];
  if (ofLedger === null) return { trouble: { code: 'cannot-tell', system: ledger.name } };
  if (ofShop === null) return { trouble: { code: 'cannot-tell', system: shop.name } };
  const refused = way === 'to-ledger' ? await ofLedger.refusesWrites() : null;
  if (refused !== null) return { trouble: { code: refused, ledger: ledger.name } };
  const [master, follower] = way === 'to-shop' ? [ofLedger, ofShop] : [ofShop, ofLedger];
  return { master, follower, countedFlows, shops: shops.map(([, one]) => one) };
}

/** Whether the ledger takes what is sold by a flow from its count. */
function salesTrouble(
  { invoicing, perVoucher }: FlowChoices,
  names: { readonly shop: string; readonly ledger: string },
): StockTrouble | null {
  if (invoicing.as === 'invoice') return { code: 'drafts', ...names };
  const hasArticles = invoicing.as !== 'voucher' && invoicing.articles === 'sku';
  const isSure = hasArticles && invoicing.otherwise === 'ask' && perVoucher === 'order';
  return isSure ? null : { code: 'sales-move-nothing', ...names };
}
