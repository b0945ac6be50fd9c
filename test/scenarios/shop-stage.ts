import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command, type Ended } from './command.ts';
import { commandWith } from './fetching.ts';
import { addPlayer, ledgerOf, type Player, type Stage } from './stage.ts';

const PRODUCTS = [{ name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' }];
/** Noon in Stockholm: orders of the tests are of this day. */
const AT_MS = Date.UTC(2026, 10, 20, 11, 0);

/** A simulated shop beside a company, and the hub's own web server with an address it reaches. */
export type ShopStage = {
  readonly shop: WooCommerceSimulator;
  readonly player: Player;
  /** The stage with a hub that has an address of its own. */
  readonly stage: Stage;
  readonly server: HubServer;
  /** Connects the shop with new keys, by a header: its clock stands still, ours does not. */
  connect(scope: 'read' | 'read_write', ...more: readonly string[]): Promise<Ended>;
  /** Its orders go to the company's books from now on. */
  book(...more: readonly string[]): Promise<void>;
  buy(quantity?: number): number;
  /** First lines of the vouchers in the ledger. */
  texts(): readonly string[];
  stop(): Promise<void>;
};

export async function startShopStage(
  on: Stage,
  of: { readonly name: string; readonly storage?: 'hpos' | 'posts' },
): Promise<ShopStage> {
  const shop = await startWooCommerceSimulator({
    clock: { kind: 'frozen', atMs: AT_MS },
    shop: { products: PRODUCTS, ...(of.storage ? { storage: of.storage } : {}) },
  });
  const server = await openServer({ host: '127.0.0.1', port: 0 });
  const publicUrl = server.url.replace('127.0.0.1', 'localhost');
  const hub: Hub = { ...on.hub, config: { ...on.hub.config, publicUrl } };
  server.ready(hub);
  const stage: Stage = { ...on, hub };
  const player: Player = { ...(await addPlayer(on, { name: of.name })), stage };
  const company = ['--company', player.company.name];
  return {
    shop,
    player,
    stage,
    server,
    connect: (scope, ...more) => {
      const { consumerKey, consumerSecret } = shop.shop.newKey(scope);
      const secret = { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret };
      const where = ['--set', `url=${shop.url}`, '--set', 'login=header'];
      const since = ['--since', '2026-11-20'];
      const args = ['connect', 'woocommerce', ...company, ...where, ...since, ...more];
      return commandWith(stage, secret, ...args);
    },
    book: async (...more) => {
      const between = ['woocommerce', 'fortnox', '--set', 'series=K'];
      const added = await command(stage, 'flow', 'add', ...between, ...company, ...more);
      if (added.code !== 0) throw new Error(added.err);
    },
    buy: (quantity = 1) =>
      shop.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity }], payment: 'swish' }),
    texts: () => ledgerOf(player).map(([head = '']) => head),
    stop: async () => {
      await server.close();
      await shop.stop();
    },
  };
}
