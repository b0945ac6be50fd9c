import { addRigCompany, addRigSource, startRig } from '../../src/app/demo/rig.ts';
import { startWooCommerceSimulator } from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { dayAt } from '../../src/domain/date.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { keepFeed } from '../../src/hub/fetch/keep-feed.ts';
import { compareWhole } from '../../src/hub/stock/compare-whole.ts';
import { stockFlows } from '../../src/hub/stock/stock-flow.ts';
import { present } from '../../src/lib/assert.ts';
import { addFlow } from '../../src/store/registry.ts';
import type { BenchRun } from '../bench-run.ts';
import { measured, type Section } from '../figure.ts';

const ID = 'stock';
const TITLE = 'Every article’s stock compared, and written to a shop, under Fortnox’ limit';

/** What comparing everything costs when nothing differs, and when everything does. */
export async function stock(run: BenchRun): Promise<Section> {
  const { articles } = run.plan;
  run.tell(`stock of ${articles} articles`);
  const runs = await compare(run, articles);
  return {
    id: ID,
    title: TITLE,
    how: [
      `${articles} articles in Fortnox and as many products in a WooCommerce shop: hub, embedded ` +
        'PostgreSQL (durable) and both simulators on one machine, Fortnox’ with its limit; ' +
        '`bokbro sync stock --full`, as a process does it.',
      'The shop answers at once: a real one takes some tenths of a second for each call. Time is ' +
        'that of the machine, not of a virtual clock.',
    ],
    figures: runs.flatMap((one) => {
      const about = (what: string, name: string, unit: string) => {
        return { id: `${ID}.${one.id}.${what}`, name: `${name}, ${one.name}`, unit };
      };
      return [
        measured(about('ledger', 'calls to Fortnox', 'calls'), [one.ledger]),
        measured(about('reads', 'calls that read in the shop', 'calls'), [one.reads]),
        measured(about('writes', 'calls that write in the shop', 'calls'), [one.writes]),
        measured(about('seconds', 'time', 's'), [one.seconds]),
        measured(about('wrong', 'quantities that are wrong after it', ''), [one.wrong]),
        measured(about('limited', 'answers 429', 'calls'), [one.limited]),
      ];
    }),
  };
}

async function compare(run: BenchRun, articles: number) {
  const rig = await startRig();
  const stopRig = run.cleanup.add(() => rig.stop());
  const ids = Array.from({ length: articles }, (_, i) => 100 + i);
  const sku = (id: number): string => `ART-${String(id).padStart(6, '0')}`;
  const simulator = await startWooCommerceSimulator({
    shop: {
      products: ids.map((id) => {
        return { id, name: sku(id), sku: sku(id), regularPrice: '10.00', stockQuantity: 7 };
      }),
    },
  });
  const stopShop = run.cleanup.add(() => simulator.stop());
  const company = await addRigCompany(rig, { name: 'Lager AB' });
  const tenant = rig.simulator.tenants.get(company.tenantId);
  const counted = { StockGoods: true, QuantityInStock: 7 };
  tenant.set({
    objects: {
      articles: ids.map((id) => ({ ArticleNumber: sku(id), Description: sku(id), ...counted })),
    },
  });
  const { source } = await addRigSource(rig, company, {
    connector: 'woocommerce',
    settings: { url: simulator.url, login: 'header' },
    choices: { invoicing: { as: 'booked-invoice' }, attachFile: false },
  });
  const { consumerKey, consumerSecret } = simulator.shop.newKey('read_write');
  await addSecrets(rig.hub, source.id, { consumerKey, consumerSecret });
  const today = dayAt(new Date(), 'Europe/Stockholm');
  await keepFeed(rig.hub, source.id, { today });
  await addFlow(rig.hub.database.db, {
    ...{ source: company.target, target: source, mode: 'automatic', startDate: null },
    ...{ isReturn: true, choices: { news: 'off', stock: { follows: true } } },
  });
  const [flow] = await stockFlows(rig.hub, company.company);
  const { id, ...rest } = present(flow, 'the flow');
  const worker = await rig.hub.startWorker();
  const runs = [];
  for (const kind of ['unchanged', 'changed'] as const) {
    const stands = kind === 'unchanged' ? 7 : 1;
    for (const one of ids) {
      if (stands !== 7) simulator.shop.setStock({ id: one, quantity: stands });
    }
    const before = { ledger: tenant.tally(), shop: new Map(simulator.counts.routes) };
    const startedMs = performance.now();
    const looked = await compareWhole(rig.hub, { ...rest, id: present(id, 'its id') }, (at) => {
      run.tell(`stock ${kind}, ${at.done} of ${articles}`);
    });
    if (looked.kind !== 'looked') throw new Error(`stock: ${JSON.stringify(looked)}`);
    const seconds = (performance.now() - startedMs) / 1_000;
    const shop = [...simulator.counts.routes].map(([route, times]) => {
      return { route, times: times - (before.shop.get(route) ?? 0) };
    });
    const sum = (isMeant: (route: string) => boolean): number =>
      shop.reduce((all, { route, times }) => all + (isMeant(route) ? times : 0), 0);
    const after = tenant.tally();
    runs.push({
      id: kind,
      name: kind === 'unchanged' ? 'nothing differs' : 'everything differs',
      ledger: after.calls - before.ledger.calls,
      reads: sum((route) => route.startsWith('GET')),
      writes: sum((route) => !route.startsWith('GET')),
      seconds,
      wrong: ids.filter((one) => simulator.shop.stockOf(one) !== 7).length,
      limited: after.limited - before.ledger.limited,
    });
  }
  await worker.stop();
  await stopShop();
  await stopRig();
  return runs;
}
