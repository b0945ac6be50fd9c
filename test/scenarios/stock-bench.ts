import assert from 'node:assert/strict';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { lookAtStock, type StockLooked } from '../../src/hub/stock/look-at-stock.ts';
import { stockFlows } from '../../src/hub/stock/stock-flow.ts';
import { present } from '../../src/lib/assert.ts';
import { textOf } from '../../src/lib/json-object.ts';
import { command, type Ended } from './command.ts';
import { commandWith, fetchFrom } from './fetching.ts';
import { addPlayer, untilQuiet, type Player, type Stage } from './stage.ts';

/** Noon in Stockholm: orders of the tests are of this day. */
const AT_MS = Date.UTC(2026, 10, 20, 11, 0);

type ShopSeed = NonNullable<Parameters<typeof startWooCommerceSimulator>[0]>['shop'];

/** An article of the ledger that is counted. */
export type Counted = { readonly number: string; readonly quantity: number };

/** A shop and a ledger that have the same articles. */
export type StockBench = {
  readonly player: Player;
  readonly simulator: WooCommerceSimulator;
  readonly shop: WooCommerceSimulator['shop'];
  readonly name: string;
  /** A command about the company. */
  bokbro(...argv: readonly string[]): Promise<Ended>;
  /** One look at the company's stock, and everything that it has written. */
  look(hub?: Hub): Promise<StockLooked>;
  /** Fetches orders and waits until they are where they go. */
  fetch(): Promise<void>;
  buy(sku: string, quantity?: number): number;
  /** As Fortnox shows it: in stock, and what is free of that. */
  inLedger(number: string): Promise<string>;
  /** Calls to the shop or the ledger since the last time, by route. */
  calls(system: 'shop' | 'ledger'): readonly string[];
  count(article: string, quantity: number): void;
  stop(): Promise<void>;
};

let benches = 0;

/** Starts a shop beside a ledger with articles that are counted. No flow stands between them. */
export async function startStockBench(
  stage: Stage,
  of: { readonly shop: ShopSeed; readonly articles: readonly Counted[] },
): Promise<StockBench> {
  const simulator = await startWooCommerceSimulator({
    clock: { kind: 'frozen', atMs: AT_MS },
    ...(of.shop === undefined ? {} : { shop: of.shop }),
  });
  benches += 1;
  const player = await addPlayer(stage, { name: `Lager ${benches} AB` });
  const tenant = stage.simulator.tenants.get(player.tenantId);
  tenant.set({
    setup: { roundsOff: false },
    objects: {
      articles: of.articles.map(({ number, quantity }) => ({
        ArticleNumber: number,
        Description: number,
        StockGoods: true,
        QuantityInStock: quantity,
      })),
    },
  });
  const company = ['--company', player.company.name];
  const name = `lager-${benches}`;
  const { consumerKey, consumerSecret } = simulator.shop.newKey('read_write');
  const where = ['--name', name, '--set', `url=${simulator.url}`, '--set', 'login=header'];
  const connected = await commandWith(
    stage,
    { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret },
    ...['connect', 'woocommerce', ...company, ...where, '--since', '2026-11-20'],
  );
  assert.equal(connected.code, 0, connected.err);
  const { accessToken: token } = tenant.grant({ isService: true });
  const before = { shop: new Map<string, number>(), ledger: new Map<string, number>() };
  return {
    player,
    simulator,
    shop: simulator.shop,
    name,
    bokbro: (...argv) => command(stage, ...argv, ...company),
    look: async (hub = stage.hub) => {
      const [flow] = await stockFlows(hub, player.company);
      const { id, ...rest } = present(flow, 'a flow that keeps stock');
      const looked = await lookAtStock(hub, { ...rest, id: present(id, 'its id') });
      await untilQuiet(player);
      return looked;
    },
    fetch: async () => {
      assert.equal((await fetchFrom(stage.hub, name)).kind, 'looked');
      await untilQuiet(player);
    },
    buy: (sku, quantity = 1) =>
      simulator.shop.buy({ lines: [{ sku, quantity }], payment: 'swish' }),
    inLedger: async (number) => {
      const reply = await ask(`${stage.simulator.apiUrl}/3/articles/${number}`, { token });
      const article = reply.one('Article');
      return `${textOf(article, 'QuantityInStock')} ${textOf(article, 'DisposableQuantity')}`;
    },
    calls: (system) => {
      const now =
        system === 'shop'
          ? new Map(simulator.counts.routes)
          : new Map(Object.entries(tenant.tally().routes));
      const made = [...now].flatMap(([route, times]) => {
        const more = times - (before[system].get(route) ?? 0);
        return more > 0 ? [`${route} ${more}`] : [];
      });
      before[system] = now;
      return made.toSorted();
    },
    count: (article, quantity) => tenant.count({ article, quantity }),
    stop: () => simulator.stop(),
  };
}

/** Orders become invoices, and stock follows the ledger. */
export async function followLedger(
  bench: StockBench,
  ...choices: readonly string[]
): Promise<void> {
  const there = ['series=K', 'attachFile=false', 'invoicing.as=booked-invoice'];
  for (const [from, to, set] of [
    [bench.name, 'fortnox', there],
    ['fortnox', bench.name, ['news=off', 'stock.follows=true', ...choices]],
  ] as const) {
    const options = set.flatMap((choice) => ['--set', choice]);
    const added = await bench.bokbro('flow', 'add', from, to, ...options);
    assert.equal(added.code, 0, added.err);
  }
}
