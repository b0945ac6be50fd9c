import { readFileSync } from 'node:fs';
import type { FileTrial } from '../../testing/file-source-contract/trial.ts';
import type { ShopGoods, ShopRun, ShopTrial } from '../../testing/shop-contract/trial.ts';
import type { ShopHandle } from './simulator/shop/shop-handle.ts';
import { startQuickbutikSimulator, type QuickbutikSimulator } from './simulator/simulator.ts';

const SHOP = 'quickbutik/quickbutik';
const RATES = { 'KAF*': '6', 'KVARN*': '25', 'MUGG*': '25' };

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: { articleRates: RATES },
  fixtures: [
    order('order-10482-b2c-mixed-vat.json', '10482'),
    order('order-10483-discount-single-rate.json', '10483'),
    order('order-10484-b2b-eu-taxfree.json', '10484'),
    order('order-10485-bundle.json', '10485'),
    {
      file: 'product-variants.json',
      documents: [
        { kind: 'article', ref: `${SHOP}/product:310` },
        { kind: 'article', ref: `${SHOP}/product:311-4401` },
        { kind: 'article', ref: `${SHOP}/product:311-4402` },
      ],
    },
    {
      file: 'order-10482-after-partial-refund.json',
      documents: [
        { kind: 'order', ref: `${SHOP}/10482` },
        { kind: 'refund', ref: `${SHOP}/10482:refund:55` },
      ],
    },
  ],
  besides: [],
  samples: [
    {
      name: 'an array of orders',
      head: Buffer.from('['),
      parts: orders(['11111', '444444', '7777777']),
    },
  ],
};

function order(file: string, id: string): FileTrial['fixtures'][number] {
  return { file, documents: [{ kind: 'order', ref: `${SHOP}/${id}` }] };
}

/** The same order under numbers so different that no damage turns one into another. */
function orders(ids: readonly string[]): readonly Buffer[] {
  const path = new URL('./fixtures/order-10482-b2c-mixed-vat.json', import.meta.url);
  const [one] = JSON.parse(readFileSync(path, 'utf8')) as object[];
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, order_id: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}

/** What the shared suite for shops needs. Its messages are entered by a person, and unsigned. */
export const shop: ShopTrial = {
  start,
  nextState: 'done',
  signsMessages: false,
  ordersMessages: false,
};

async function start(): Promise<ShopRun> {
  const simulator = await startQuickbutikSimulator();
  const floor = simulator.shops.add({
    products: [
      { title: 'Mugg', sku: 'MUGG-BL', price: '149.00', taxRate: 25, stock: 100 },
      {
        ...{ title: 'T-shirt', price: '99.00', taxRate: 25 },
        variants: [{ sku: 'TEE-S', stock: 20, price: '99.00', values: { Storlek: 'S' } }],
      },
    ],
  });
  const { faults } = simulator;
  return {
    settings: { apiUrl: simulator.apiUrl, products: 'fetch', prices: 'with-vat' },
    secrets: { apiKey: floor.apiKey },
    buy: () => String(floor.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }] })),
    told: (order) => Promise.resolve(Object.values(floor.metadata(Number(order)))),
    loseAnswer: () => {
      for (const method of ['POST', 'PUT']) faults.add({ fault: { kind: 'lose-answer' }, method });
    },
    withdrawKeys: () => floor.withdrawKey(),
    listen: (url) => floor.listen(url),
    tellOf: async (order) => {
      floor.send(Number(order));
      await simulator.webhooks.settled();
    },
    goods: goodsOf(simulator, floor),
    stop: () => simulator.stop(),
  };
}

/** What is looked at of a product. */
type QbProduct = {
  readonly id: string;
  readonly title: string;
  readonly sku: string;
  readonly price: string;
  readonly stock: string;
  readonly visible: string;
  readonly variants: readonly {
    readonly sku: string;
    readonly price: string;
    readonly qty: string;
  }[];
};

function goodsOf(simulator: QuickbutikSimulator, floor: ShopHandle): ShopGoods {
  /** Products of which something has the number, by the shop's own API. */
  const having = async (sku: string): Promise<readonly QbProduct[]> => {
    const pair = Buffer.from(`${floor.apiKey}:${floor.apiKey}`).toString('base64');
    const headers = { authorization: `Basic ${pair}` };
    const url = `${simulator.apiUrl}/v1/products?limit=100&include_details=true`;
    const told = (await (await fetch(url, { headers })).json()) as readonly QbProduct[];
    return told.filter((one) => one.sku === sku || one.variants.some((part) => part.sku === sku));
  };
  return {
    numbers: { simple: 'MUGG-BL', variation: 'TEE-S' },
    seen: async (sku) => {
      const all = await having(sku);
      const [one] = all;
      if (one === undefined) throw new Error(`nothing is sold by ${sku}`);
      const variant = one.variants.find((part) => part.sku === sku);
      return {
        ...{ name: one.title, price: variant?.price ?? one.price, isSeen: one.visible === '1' },
        ...{ stock: Number(variant?.qty ?? one.stock), count: all.length },
      };
    },
    sell: (sku) => void floor.buy({ lines: [{ sku, qty: 1 }] }),
    remove: async (sku) => {
      for (const { id } of await having(sku)) floor.removeProduct(Number(id));
    },
    writes: () =>
      Object.entries(simulator.counts()).reduce(
        (sum, [route, times]) => sum + (route.startsWith('GET') ? 0 : times),
        0,
      ),
  };
}
