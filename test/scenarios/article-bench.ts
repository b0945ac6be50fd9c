import assert from 'node:assert/strict';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { articleFlows } from '../../src/hub/articles/article-flow.ts';
import { lookAtArticles, type ArticlesLooked } from '../../src/hub/articles/look-at-articles.ts';
import { present } from '../../src/lib/assert.ts';
import { command, type Ended } from './command.ts';
import { commandWith } from './fetching.ts';
import { addPlayer, untilQuiet, type Player, type Stage } from './stage.ts';

/** Noon in Stockholm. */
const AT_MS = Date.UTC(2026, 10, 20, 11, 0);

type Fields = Readonly<Record<string, unknown>>;

/** A shop that follows the articles of a ledger. */
export type ArticleBench = {
  readonly player: Player;
  readonly simulator: WooCommerceSimulator;
  readonly name: string;
  /** A command about the company. */
  bokbro(...argv: readonly string[]): Promise<Ended>;
  /** Lets the shop follow the ledger. */
  follow(...choices: readonly string[]): Promise<Ended>;
  /** One look, and everything that it has written. */
  look(): Promise<ArticlesLooked>;
  /** A person changes something in the ledger. */
  inLedger(method: 'POST' | 'PUT', path: string, body: Fields): Promise<void>;
  /** Products of a number as the shop shows them: all that is there, drafts as well. */
  products(sku: string): Promise<readonly Fields[]>;
  /** Calls to the shop or the ledger since the last time, by route. */
  calls(system: 'shop' | 'ledger'): readonly string[];
  stop(): Promise<void>;
};

/** An article as it is entered in the ledger, with its price of list A. */
export type Entered = Fields & { readonly ArticleNumber: string; readonly price?: number };

let benches = 0;

/** Starts a shop beside a ledger. Orders go from the shop to the ledger; nothing goes back yet. */
export async function startArticleBench(
  stage: Stage,
  of: {
    readonly products?: NonNullable<
      NonNullable<Parameters<typeof startWooCommerceSimulator>[0]>['shop']
    >['products'];
    readonly articles?: readonly Entered[];
    /** Settings of the shop's connection. */
    readonly shop?: readonly string[];
    /** Choices of the flow from the shop to the ledger. */
    readonly choices?: readonly string[];
  },
): Promise<ArticleBench> {
  const simulator = await startWooCommerceSimulator({
    clock: { kind: 'frozen', atMs: AT_MS },
    shop: { products: [...(of.products ?? [])] },
  });
  benches += 1;
  const name = `sortiment-${benches}`;
  const player = await addPlayer(stage, { name: `Sortiment ${benches} AB` });
  const tenant = stage.simulator.tenants.get(player.tenantId);
  tenant.set({ objects: { pricelists: [{ Code: 'B', Description: 'Webb' }] } });
  const company = ['--company', player.company.name];
  const { consumerKey, consumerSecret } = simulator.shop.newKey('read_write');
  const settings = [`url=${simulator.url}`, 'login=header', ...(of.shop ?? [])];
  const where = ['--name', name, ...settings.flatMap((one) => ['--set', one])];
  const connected = await commandWith(
    stage,
    { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret },
    ...['connect', 'woocommerce', ...company, ...where, '--since', '2026-11-20'],
  );
  assert.equal(connected.code, 0, connected.err);
  const bokbro = (...argv: readonly string[]): Promise<Ended> =>
    command(stage, ...argv, ...company);
  const chosen = ['series=K', ...(of.choices ?? [])].flatMap((one) => ['--set', one]);
  const there = await bokbro('flow', 'add', name, 'fortnox', ...chosen);
  assert.equal(there.code, 0, there.err);
  const { accessToken: token } = tenant.grant({ isService: true });
  const inLedger: ArticleBench['inLedger'] = async (method, path, body) => {
    const reply = await ask(stage.simulator.apiUrl + path, {
      ...{ token, method, body: JSON.stringify(body) },
    });
    assert.ok(reply.status < 300, `${method} ${path} answered ${reply.status}`);
  };
  for (const { price, ...article } of of.articles ?? []) {
    await inLedger('POST', '/3/articles', { Article: { Description: 'Namnlös', ...article } });
    if (price === undefined) continue;
    const { ArticleNumber } = article;
    const body = { PriceList: 'A', ArticleNumber, FromQuantity: 0, Price: price };
    await inLedger('POST', '/3/prices', { Price: body });
  }
  const own = simulator.shop.newKey('read_write');
  const pair = Buffer.from(`${own.consumerKey}:${own.consumerSecret}`).toString('base64');
  const before = { shop: new Map<string, number>(), ledger: new Map<string, number>() };
  return {
    ...{ player, simulator, name, bokbro, inLedger },
    follow: (...choices) => {
      const set = ['news=off', 'articles=create', ...choices].flatMap((one) => ['--set', one]);
      return bokbro('flow', 'add', 'fortnox', name, ...set);
    },
    look: async () => {
      const [flow] = await articleFlows(stage.hub, player.company);
      const looked = await lookAtArticles(stage.hub, present(flow, 'a flow that keeps articles'));
      await untilQuiet(player);
      return looked;
    },
    products: async (sku) => {
      const address = `${simulator.url}/wp-json/wc/v3/products?sku=${sku}&status=any`;
      const response = await fetch(address, { headers: { authorization: `Basic ${pair}` } });
      return (await response.json()) as readonly Fields[];
    },
    calls: (system) => {
      const now =
        system === 'shop'
          ? new Map(simulator.counts.routes)
          : new Map(Object.entries(tenant.tally().routes));
      const made = [...now].flatMap(([route, times]) => {
        const more = times - (before[system].get(route) ?? 0);
        return more > 0 && !route.includes('oauth') ? [`${route} ${more}`] : [];
      });
      before[system] = now;
      return made.toSorted();
    },
    stop: () => simulator.stop(),
  };
}

/** Some fields of a product in a row, for a test to compare. */
export function shown(product: Fields | undefined, ...names: readonly string[]): string {
  return names.map((name) => String(product?.[name])).join(' | ');
}
