import { readFileSync } from 'node:fs';
import type { FileTrial, FixtureTrial } from '../../testing/file-source-contract/trial.ts';
import type { ShopRun, ShopTrial } from '../../testing/shop-contract/trial.ts';
import { startWooCommerceSimulator } from './simulator/simulator.ts';

/** The recordings' shop. */
const SHOP = 'woocommerce/127.0.0.1:8089';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: {},
  fixtures: [
    order('order-excl-mixed-vat.json', '45'),
    order('order-excl-fees.json', '56'),
    order('order-excl-oss-fi.json', '53'),
    order('order-simulated-yith-giftcard-total-reduced.json', '234'),
    {
      file: 'product-simple.json',
      documents: [{ kind: 'article', ref: `${SHOP}/product:10` }],
    },
    {
      file: 'product-variable.json',
      documents: [{ kind: 'article', ref: `${SHOP}/product:18` }],
    },
    {
      file: 'order-excl-refunds-partial-amount-shipping.json',
      documents: [
        { kind: 'order', ref: `${SHOP}/59` },
        { kind: 'refund', ref: `${SHOP}/refund:60` },
        { kind: 'refund', ref: `${SHOP}/refund:61` },
        { kind: 'refund', ref: `${SHOP}/refund:62` },
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

function order(file: string, id: string): FixtureTrial {
  return { file, documents: [{ kind: 'order', ref: `${SHOP}/${id}` }] };
}

/** The same order under numbers so different that no damage turns one into another. */
function orders(ids: readonly string[]): readonly Buffer[] {
  const path = new URL('./fixtures/order-excl-mixed-vat.json', import.meta.url);
  const { order: one } = JSON.parse(readFileSync(path, 'utf8')) as { order: object };
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, id: Number(id), number: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}

/** What the shared suite for shops needs. */
export const shop: ShopTrial = {
  start,
  nextState: 'completed',
  signsMessages: true,
  ordersMessages: true,
};

/** What is looked at of a product. */
type WooProduct = {
  readonly name: string;
  readonly parent_id: number;
  readonly regular_price: string;
  readonly stock_quantity: number | null;
  readonly status: string;
};

/** Sold in variations. */
const TEE = 900;

async function start(): Promise<ShopRun> {
  const simulator = await startWooCommerceSimulator({
    shop: {
      products: [
        { name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00', stockQuantity: 20 },
        { id: TEE, name: 'T-shirt', type: 'variable' },
        {
          ...{ name: 'T-shirt', sku: 'TEE-S', type: 'variation', parentId: TEE },
          ...{ regularPrice: '99.00', stockQuantity: 20 },
          attributes: [{ name: 'Storlek', option: 'S' }],
        },
      ],
    },
    choices: { keyCallbacks: 'any', owner: 'approves' },
  });
  const { shop: floor, url, faults } = simulator;
  const { id, consumerKey, consumerSecret } = floor.newKey('read_write');
  const owners = floor.newKey('read_write');
  const pair = `${owners.consumerKey}:${owners.consumerSecret}`;
  /** As the owner sees and changes it, by keys of their own. */
  const ask = async (path: string, change?: object): Promise<unknown> => {
    const response = await fetch(`${url}/wp-json/wc/v3${path}`, {
      method: change === undefined ? 'GET' : 'PUT',
      headers: {
        authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(change === undefined ? {} : { body: JSON.stringify(change) }),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  };
  const hooks = () => ask('/webhooks?per_page=100') as Promise<readonly { readonly id: number }[]>;
  return {
    settings: {
      ...{ url, login: 'header', products: 'fetch' },
      ...{ prices: 'with-vat', taxRates: { standard: '25' } },
    },
    secrets: { consumerKey, consumerSecret },
    buy: () => String(floor.buy({ lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' })),
    told: async (order) => {
      const notes = (await ask(`/orders/${order}/notes`)) as readonly { readonly note: string }[];
      const { meta_data: fields } = (await ask(`/orders/${order}`)) as {
        readonly meta_data: readonly { readonly value: unknown }[];
      };
      return [...notes.map(({ note }) => note), ...fields.map(({ value }) => String(value))];
    },
    loseAnswer: () => {
      for (const method of ['POST', 'PUT']) faults.add({ fault: { kind: 'lose-answer' }, method });
    },
    withdrawKeys: () => floor.revokeKey(id),
    tellOf: async (order) => {
      floor.setStatus({ id: Number(order), status: 'completed' });
      await floor.runHooks();
    },
    switchOff: async () => {
      for (const hook of await hooks()) await ask(`/webhooks/${hook.id}`, { status: 'disabled' });
    },
    kindsSent: async () => (await hooks()).length,
    goods: {
      numbers: { simple: 'LAMPA-1', variation: 'TEE-S' },
      seen: async (sku) => {
        const all = (await ask(`/products?sku=${sku}&status=any`)) as readonly WooProduct[];
        const [one] = all;
        if (one === undefined) throw new Error(`nothing is sold by ${sku}`);
        const { name, regular_price: price, stock_quantity: stock, status } = one;
        const product = one.parent_id === 0 ? name : 'T-shirt';
        const isSeen = status === 'publish';
        return { name: product, price, stock: stock ?? 0, isSeen, count: all.length };
      },
      sell: (sku) => void floor.buy({ lines: [{ sku, quantity: 1 }], payment: 'swish' }),
      remove: (sku) => {
        for (const one of floor.idsOf(sku)) floor.deleteProduct(one);
        return Promise.resolve();
      },
      writes: () =>
        [...simulator.counts.routes].reduce(
          (sum, [route, times]) => sum + (route.startsWith('GET') ? 0 : times),
          0,
        ),
    },
    approve: async (page) => void (await fetch(page, { redirect: 'manual' })),
    stop: () => simulator.stop(),
  };
}
