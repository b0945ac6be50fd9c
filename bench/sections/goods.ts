import { setTimeout as sleep } from 'node:timers/promises';
import { addRigCompany, startRig } from '../../src/app/demo/rig.ts';
import { FORTNOX_RATE } from '../../src/connectors/fortnox/simulator/rate.ts';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { dayAt } from '../../src/domain/date.ts';
import { articleFlows } from '../../src/hub/articles/article-flow.ts';
import {
  compareAllArticles,
  type AllCompared,
} from '../../src/hub/articles/compare-all-articles.ts';
import { compareShopArticles } from '../../src/hub/articles/compare-shop-articles.ts';
import { shopArticleFlows } from '../../src/hub/articles/shop-article-flow.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { keepFeed } from '../../src/hub/fetch/keep-feed.ts';
import { compareWhole, type WholeProgress } from '../../src/hub/stock/compare-whole.ts';
import type { StockLooked } from '../../src/hub/stock/look-at-stock.ts';
import { stockFlows } from '../../src/hub/stock/stock-flow.ts';
import { present } from '../../src/lib/assert.ts';
import type { Json } from '../../src/lib/json.ts';
import { textOf } from '../../src/lib/json-object.ts';
import { addConnection, addFlow } from '../../src/store/registry.ts';
import type { BenchRun } from '../bench-run.ts';
import { BARS } from '../bars.ts';
import { measured, type About, type Figure, type Section } from '../figure.ts';
import { shareOfLimit } from '../limit-share.ts';

/** What is written when every article differs: articles to the shop and to the ledger, and stock. */
export const goods: Readonly<Record<string, (run: BenchRun) => Promise<Section>>> = {
  'articles-to-shop': (run) => differing(run, 'to-shop'),
  'articles-to-ledger': (run) => differing(run, 'to-ledger'),
  'stock-to-ledger': (run) => differing(run, 'stock'),
};

function differing(run: BenchRun, id: KindId): Promise<Section> {
  return sectionOf(run, {
    id: `goods.${id}`,
    kind: id,
    title: 'Articles and stock of which everything differs, under Fortnox’ limit',
    what: `${run.plan.changedArticles} articles that all differ`,
  });
}

/** What it costs to find the few articles of a whole register that somebody has changed. */
export function register(run: BenchRun): Promise<Section> {
  return sectionOf(run, {
    ...{ id: 'register', kind: 'whole' },
    title: 'A shop’s articles compared with the whole register, under Fortnox’ limit',
    what: `${run.plan.articles} articles, of which one in ${SELDOM} was changed in the ledger`,
  });
}

async function sectionOf(
  run: BenchRun,
  of: {
    readonly id: string;
    readonly title: string;
    readonly what: string;
    readonly kind: KindId;
  },
): Promise<Section> {
  const { id, title, what, kind } = of;
  const runs = await measure(run, KINDS[kind]);
  return {
    ...{ id, title },
    how: [
      `${what}, each measured, none reckoned: hub, embedded PostgreSQL (durable) and both ` +
        'simulators on one machine, Fortnox’ with its limit, the shop WooCommerce’s; `bokbro sync ' +
        'articles --full` and `bokbro sync stock --full`, as a process does it.',
      'Wrong are articles of which name, price or quantity stands otherwise afterwards. Time is that ' +
        'of the machine, not of a virtual clock.',
    ],
    figures: runs.flatMap((one) => figuresOf(id, one)),
  };
}

function figuresOf(id: string, one: Measured): readonly Figure[] {
  const about = (what: string, name: string, unit: string): About => {
    return { id: `${id}.${one.id}.${what}`, name: `${one.name}: ${name}`, unit };
  };
  const limited = { ...about('limited', 'answers 429', 'calls'), bars: BARS.limitedCalls };
  return [
    measured(about('calls', 'calls to Fortnox', 'calls'), [one.calls]),
    measured(about('each', 'calls to Fortnox per article', 'calls'), [one.calls / one.count]),
    measured(about('shop', 'calls to the shop', 'calls'), [one.shopCalls]),
    measured(about('seconds', 'time', 's'), [one.seconds]),
    measured(about('share', 'share of the limit', '%'), [one.share]),
    measured(limited, [one.limited]),
    measured(about('wrong', 'wrong afterwards', 'articles'), [one.wrong]),
  ];
}

type Measured = {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly calls: number;
  readonly shopCalls: number;
  readonly seconds: number;
  readonly share: number | null;
  readonly limited: number;
  readonly wrong: number;
};

type Bench = {
  readonly rig: Awaited<ReturnType<typeof startRig>>;
  readonly company: Awaited<ReturnType<typeof addRigCompany>>;
  readonly simulator: WooCommerceSimulator;
  readonly ids: readonly number[];
};

/** Who follows whom, and what happens before each run of it. */
type Kind = {
  readonly isReturn: boolean;
  readonly choices: Readonly<Record<string, unknown>>;
  /** Whether it is the whole register, which the hub has read before. */
  readonly isWhole: boolean;
  /** What the ledger has of each article. */
  readonly there: (number: string, i: number) => Readonly<Record<string, unknown>>;
  readonly isInLedger: boolean;
  readonly act: (bench: Bench, told: Told) => Promise<AllCompared | StockLooked>;
  readonly runs: readonly Run[];
};

type Told = (progress: WholeProgress) => void;

type Run = {
  readonly id: string;
  readonly name: string;
  readonly before?: (bench: Bench) => void;
  /** How an article stands that follows, as a text. */
  readonly wanted: (number: string) => string;
};

type KindId = 'to-shop' | 'to-ledger' | 'stock' | 'whole';

const KINDS: Readonly<Record<KindId, Kind>> = {
  'to-shop': {
    isReturn: true,
    choices: { news: 'off', articles: 'update' },
    there: (number) => ({ Description: `Nytt namn ${number}` }),
    ...{ isInLedger: true, isWhole: false },
    act: async ({ rig, company }, told) => {
      const [flow] = await articleFlows(rig.hub, company.company);
      return compareAllArticles(rig.hub, present(flow, 'the flow'), told);
    },
    runs: [
      {
        ...{ id: 'to-shop', name: 'articles to the shop, all changed' },
        wanted: (number) => `Nytt namn ${number}`,
      },
    ],
  },
  'to-ledger': {
    isReturn: false,
    choices: { articles: 'create' },
    there: () => ({}),
    ...{ isInLedger: false, isWhole: false },
    act: compareShop,
    runs: [
      {
        ...{ id: 'new', name: 'articles to Fortnox, all new' },
        wanted: (number) => `${number} 100`,
      },
      {
        ...{ id: 'changed', name: 'articles to Fortnox, name and price changed' },
        before: ({ simulator: { shop }, ids }) => {
          for (const id of ids) {
            shop.renameProduct({ id, name: `Nytt namn ${skuOf(id)}` });
            shop.setPrice({ id, price: '250.00' });
          }
        },
        wanted: (number) => `Nytt namn ${number} 200`,
      },
    ],
  },
  stock: {
    isReturn: false,
    choices: { stock: { follows: true } },
    there: (number) => ({ Description: number, StockGoods: true, QuantityInStock: 1 }),
    ...{ isInLedger: true, isWhole: false },
    act: async ({ rig, company }, told) => {
      const [flow] = await stockFlows(rig.hub, company.company);
      const { id, ...rest } = present(flow, 'the flow');
      return compareWhole(rig.hub, { ...rest, id: present(id, 'its id') }, told);
    },
    runs: [{ id: 'stock', name: 'stock to Fortnox, all changed', wanted: () => '7' }],
  },
  whole: {
    isReturn: false,
    choices: { articles: 'create' },
    there: (number, i) => ({ Description: i % SELDOM === 0 ? 'Omdöpt' : number }),
    ...{ isInLedger: true, isWhole: true },
    act: compareShop,
    runs: [
      {
        ...{ id: 'whole', name: 'the whole register to Fortnox, few changed' },
        wanted: (number) => `${number} 100`,
      },
    ],
  },
};

/** One of so many articles of a whole register is changed. */
const SELDOM = 100;

async function compareShop({ rig, company }: Bench, told: Told): Promise<AllCompared> {
  const [flow] = await shopArticleFlows(rig.hub, company.company);
  return compareShopArticles(rig.hub, present(flow, 'the flow'), told);
}

function skuOf(id: number): string {
  return `ART-${String(id).padStart(6, '0')}`;
}

/** Each of a kind's runs, on a hub of its own. */
async function measure(run: BenchRun, kind: Kind): Promise<readonly Measured[]> {
  const rig = await startRig();
  const stopRig = run.cleanup.add(() => rig.stop());
  const ids = Array.from(
    { length: kind.isWhole ? run.plan.articles : run.plan.changedArticles },
    (_, i) => 1_000 + i,
  );
  const simulator = await startWooCommerceSimulator({
    shop: {
      products: ids.map((id) => {
        const sku = skuOf(id);
        return { id, name: sku, sku, regularPrice: '125.00', stockQuantity: 7 };
      }),
    },
  });
  const stopShop = run.cleanup.add(() => simulator.stop());
  const company = await addRigCompany(rig, { name: 'Sortiment AB' });
  const bench = { rig, company, simulator, ids };
  await connect(bench, kind);
  const worker = await rig.hub.startWorker();
  const measured: Measured[] = [];
  for (const one of kind.runs) measured.push(await measureOne(run, bench, { kind, one }));
  await worker.stop();
  await stopShop();
  await stopRig();
  return measured;
}

async function connect({ rig, company, simulator, ids }: Bench, kind: Kind): Promise<void> {
  const { hub } = rig;
  const { db } = hub.database;
  if (kind.isInLedger) {
    const articles = ids.map((id, i) => {
      return { ArticleNumber: skuOf(id), ...kind.there(skuOf(id), i) };
    });
    const prices = ids.map((id) => {
      return { PriceList: 'A', ArticleNumber: skuOf(id), FromQuantity: 0, Price: 100 };
    });
    rig.simulator.tenants.get(company.tenantId).set({ objects: { articles, prices } });
  }
  const source = await addConnection(db, {
    ...{ companyId: company.company.id, connector: 'woocommerce', name: 'woocommerce' },
    settings: { url: simulator.url, login: 'header', products: 'fetch' },
  });
  const { consumerKey, consumerSecret } = simulator.shop.newKey('read_write');
  await addSecrets(hub, source.id, { consumerKey, consumerSecret });
  if (kind.isWhole) await readAll(hub, source.id);
  await addFlow(db, {
    ...{ source, target: company.target, mode: 'automatic', startDate: null },
    choices: { attachFile: false, ...(kind.isReturn ? {} : kind.choices) },
  });
  await keepFeed(hub, source.id, { today: dayAt(new Date(), 'Europe/Stockholm') });
  if (!kind.isReturn) return;
  await addFlow(db, {
    ...{ source: company.target, target: source, mode: 'automatic', startDate: null },
    ...{ isReturn: true, choices: kind.choices },
  });
}

/** As a hub that has followed the shop for long: it knows every article. */
async function readAll(hub: Bench['rig']['hub'], connectionId: string): Promise<void> {
  const again = present((await hub.openFeed(connectionId))?.again, 'articles of the shop');
  for (let cursor: Json | null = null; ;) {
    const page: Awaited<ReturnType<typeof again>> = await again(cursor);
    if (page.file !== null) {
      const { name, bytes } = page.file;
      const open = async function* (): AsyncGenerator<Uint8Array> {
        yield bytes;
      };
      await hub.takeFile({ connectionId, name, via: 'feed', bytes: open() });
    }
    if (!page.isMore) return;
    cursor = page.cursor;
  }
}

async function measureOne(
  run: BenchRun,
  bench: Bench,
  { kind, one }: { readonly kind: Kind; readonly one: Run },
): Promise<Measured> {
  one.before?.(bench);
  const { simulator, ids } = bench;
  const tenant = bench.rig.simulator.tenants.get(bench.company.tenantId);
  const shopCalls = (): number => [...simulator.counts.routes.values()].reduce((a, b) => a + b, 0);
  const before = { ledger: tenant.tally(), shop: shopCalls() };
  const startedMs = performance.now();
  const looked = await kind.act(bench, ({ done }) => run.tell(`${one.name}, ${done}`));
  if (looked.kind !== 'looked') throw new Error(`${one.name}: ${JSON.stringify(looked)}`);
  const seconds = (performance.now() - startedMs) / 1_000;
  const after = tenant.tally();
  const { acceptedAtMs } = tenant.usage();
  const calledShop = shopCalls() - before.shop;
  const stands = kind.isReturn ? await inShop(bench) : await inLedger(bench, kind);
  // What was looked at just now counts against the limit of the run that follows.
  await sleep(FORTNOX_RATE.windowMs);
  return {
    id: one.id,
    name: one.name,
    count: ids.length,
    calls: after.calls - before.ledger.calls,
    shopCalls: calledShop,
    seconds,
    share: shareOfLimit(acceptedAtMs.slice(before.ledger.accepted)),
    limited: after.limited - before.ledger.limited,
    wrong: ids.filter((id) => stands.get(skuOf(id)) !== one.wanted(skuOf(id))).length,
  };
}

/** As the shop shows them to its owner: the name of each, by number. */
async function inShop({ simulator, ids }: Bench): Promise<ReadonlyMap<string, string>> {
  const { consumerKey, consumerSecret } = simulator.shop.newKey('read_write');
  const pair = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  const names = new Map<string, string>();
  for (let page = 1; names.size < ids.length; page += 1) {
    const address = `${simulator.url}/wp-json/wc/v3/products?status=any&per_page=100&page=${page}`;
    const response = await fetch(address, { headers: { authorization: `Basic ${pair}` } });
    const products = (await response.json()) as readonly { readonly sku: string; name: string }[];
    if (products.length === 0) break;
    for (const { sku, name } of products) names.set(sku, name);
  }
  return names;
}

/** As the ledger lists them: name and price, or what is in stock, by number. */
async function inLedger(
  { rig, company }: Bench,
  { choices }: Kind,
): Promise<ReadonlyMap<string, string>> {
  const tenant = rig.simulator.tenants.get(company.tenantId);
  const { accessToken: token } = tenant.grant({ isService: true });
  const found = new Map<string, string>();
  for (let page = 1; ; page += 1) {
    const url = `${rig.simulator.apiUrl}/3/articles?limit=500&page=${page}`;
    const reply = await ask(url, { token });
    if (reply.status === 429) {
      await sleep(FORTNOX_RATE.windowMs);
      page -= 1;
      continue;
    }
    const rows = reply.all('Articles');
    for (const row of rows) {
      const names = 'stock' in choices ? ['QuantityInStock'] : ['Description', 'SalesPrice'];
      found.set(textOf(row, 'ArticleNumber'), names.map((name) => textOf(row, name)).join(' '));
    }
    if (rows.length < 500) return found;
  }
}
