import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import type { NewProduct } from '../../src/connectors/woocommerce/simulator/shop/product.ts';
import type { ShopSeed } from '../../src/connectors/woocommerce/simulator/shop/seed.ts';
import { command, type Ended } from './command.ts';
import { commandWith, fetchFrom } from './fetching.ts';
import { addPlayer, startStage, untilQuiet, type Player, type Stage } from './stage.ts';

/** Noon in Stockholm: orders of the tests are of this day. */
const AT_MS = Date.UTC(2026, 10, 20, 11, 0);

/** A fridge at 25 %, tea at 12 %, a book at 6 %: prices hold their VAT. */
const PRODUCTS = [
  { name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' },
  { name: 'Glödlampa', sku: 'Glöd lampa', regularPrice: '33.33' },
];

/** What Fortnox holds, as its API shows it. */
export type Objects = readonly Readonly<Record<string, unknown>>[];

/** A web shop, and the company whose Fortnox its orders go to. */
export type ShopBench = {
  readonly player: Player;
  /** What the shop's connection is called. */
  readonly name: string;
  readonly shop: WooCommerceSimulator['shop'];
  /** Fetches what is new in the shop and waits until Fortnox has it. */
  fetch(): Promise<void>;
  /** Fetches what is new, of which something waits for what is not there yet. */
  fetchOnly(): Promise<void>;
  /** A minute goes by in the shop, whose clock stands still otherwise. */
  letTimePass(): void;
  /** A command about the company. */
  bokbro(...argv: readonly string[]): Promise<Ended>;
  /** What source, hub and ledger say of the days of the tests. */
  reconcile(): Promise<Ended>;
  /** Calls that changed something or asked for an object, since the last time. */
  calls(): readonly string[];
  /** One object with everything in it. */
  read(path: string, envelope: string): Promise<Readonly<Record<string, unknown>>>;
  list(path: string, envelope: string): Promise<Objects>;
  /** Something that somebody does in Fortnox by hand. */
  write(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void>;
  /** The shop is asked anew for everything since a day. */
  askAgain(since: string): Promise<void>;
  /** The shop is off the network from now on. */
  goOffline(): Promise<void>;
  stop(): Promise<void>;
};

let count = 0;

/** Shops for the tests of a `describe`, on one stage: each is away when its test is over. */
export function shopsOnStage(): { readonly start: StartShop } {
  let stage: Stage;
  const open: ShopBench[] = [];
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(async () => {
    for (const bench of open.splice(0)) await bench.stop();
  });
  return {
    start: async (...of) => {
      const bench = await startShop(stage, ...of);
      open.push(bench);
      return bench;
    },
  };
}

type StartShop = (
  choices: readonly string[],
  of?: Parameters<typeof startShop>[2],
) => Promise<ShopBench>;

/** Starts a shop whose orders become what `choices` say. Fortnox rounds no invoices. */
export async function startShop(
  stage: Stage,
  choices: readonly string[],
  of: {
    readonly rounds?: boolean;
    /** Articles beside the usual ones. */
    readonly products?: readonly NewProduct[];
    /** What else the shop has, or has otherwise than a usual one. */
    readonly shop?: Omit<ShopSeed, 'products'>;
    /** Settings of its connection, `name=value`. */
    readonly settings?: readonly string[];
    /** A company that another shop sells into already; absent: a new one. */
    readonly into?: Player;
  } = {},
): Promise<ShopBench> {
  const simulator = await startWooCommerceSimulator({
    clock: { kind: 'frozen', atMs: AT_MS },
    shop: { ...of.shop, products: [...PRODUCTS, ...(of.products ?? [])] },
  });
  count += 1;
  const player = of.into ?? (await addPlayer(stage, { name: `Handel ${count} AB` }));
  const tenant = stage.simulator.tenants.get(player.tenantId);
  tenant.set({ setup: { roundsOff: of.rounds ?? false } });
  const company = ['--company', player.company.name];
  const { consumerKey, consumerSecret } = simulator.shop.newKey('read');
  const name = `shop-${count}`;
  const settings = [`url=${simulator.url}`, 'login=header', ...(of.settings ?? [])];
  const where = ['--name', name, ...settings.flatMap((one) => ['--set', one])];
  const askSince = async (since: string): Promise<void> => {
    const connected = await commandWith(
      stage,
      { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret },
      ...['connect', 'woocommerce', ...company, ...where, '--since', since],
    );
    assert.equal(connected.code, 0, connected.err);
  };
  await askSince('2026-11-20');
  const set = choices.flatMap((choice) => ['--set', choice]);
  const more = ['--set', 'series=K', '--set', 'attachFile=false', ...set];
  const added = await command(stage, 'flow', 'add', name, 'fortnox', ...company, ...more);
  assert.equal(added.code, 0, added.err);
  const { accessToken: token } = tenant.grant({ isService: true });
  const get = (path: string) => ask(`${stage.simulator.apiUrl}/3/${path}`, { token });
  let before: Readonly<Record<string, number>> = {};
  const fetchOnly = async (): Promise<void> => {
    const end = await fetchFrom(stage.hub, name);
    assert.equal(end.kind, 'looked');
  };
  const bench: ShopBench = {
    player,
    name,
    shop: simulator.shop,
    fetchOnly,
    fetch: async () => {
      await fetchOnly();
      await untilQuiet(player);
    },
    letTimePass: () => simulator.clock.advance(60_000),
    bokbro: (...argv) => command(stage, ...argv, ...company),
    reconcile: () =>
      command(
        stage,
        'reconcile',
        '--source',
        name,
        '--from',
        '2026-11-01',
        '--to',
        '2026-12-31',
        ...company,
      ),
    calls: () => {
      const { routes } = tenant.tally();
      const made = Object.entries(routes).flatMap(([route, times]) =>
        Array.from({ length: times - (before[route] ?? 0) }, () => route),
      );
      before = routes;
      return made.sort();
    },
    read: async (path, envelope) => (await get(path)).one(envelope),
    list: async (path, envelope) => (await get(path)).all(envelope),
    write: async (method, path, body) => {
      const url = `${stage.simulator.apiUrl}/3/${path}`;
      const reply = await ask(url, { token, method, body: JSON.stringify(body) });
      assert.ok(reply.status < 300, reply.text);
    },
    askAgain: askSince,
    goOffline: () => simulator.goOffline(),
    stop: () => simulator.stop(),
  };
  return bench;
}
