import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '../../../lib/assert.ts';
import { isFields, partOf, rowsOf, textOf, type Fields } from './api/fields.ts';
import type { Purchase } from './shop/checkout.ts';
import type { NewProduct } from './shop/product.ts';
import type { ShopSeed } from './shop/seed.ts';

/** Answers of a real WooCommerce 11.0.1 on WordPress 7.0.4, recorded in November 2026. */
const PLACE = join(import.meta.dirname, 'recordings');

export type Recording = {
  readonly name: string;
  readonly order: Fields;
  /** The same order with `dp=6`, where it was asked for. */
  readonly exact: Fields | null;
  readonly refunds: readonly Fields[];
  readonly seed: ShopSeed;
};

export function recorded(name: string): unknown {
  return JSON.parse(readFileSync(join(PLACE, `${name}.json`), 'utf8'));
}

export function recordedObject(name: string): Fields {
  const value = recorded(name);
  return isFields(value) ? value : {};
}

export function recordedHooks(): Fields[] {
  return readdirSync(join(PLACE, 'webhooks')).map((name) =>
    recordedObject(`webhooks/${name.replace('.json', '')}`),
  );
}

/** Prices as the recorded shop had them entered, with tax or without as it was set. */
const PRICES: Readonly<Record<string, string>> = {
  '': '89.90',
  'LAMPA-1': '199.00',
  'BOK-6': '149.00',
  'CHOK-12': '33.33',
  'PK-500': '500.00',
  NOLL: '100.00',
  'SKRUV-XS': '0.1375',
  'TEE-S-R': '199.00',
  'TEE-M-B': '249.00',
  'RND-3923423697-0': '215.403',
  'RND-211918734-1': '835.00',
  'RND-228089999-2': '325.00',
  'RND-4178165796-3': '886.043',
  'RND-2352952285-4': '407.17',
  'RND-3349268618-5': '700.18',
  'RND-3659928379-6': '427.197',
  'RND-394884672-7': '434.00',
};

/** Every recorded order with the settings of its shop. */
export const RECORDINGS: readonly Recording[] = readdirSync(PLACE)
  .filter((name) => /^(order|random)-/.test(name))
  .map((name) => readRecording(name.replace('.json', '')));

function readRecording(name: string): Recording {
  const all = recordedObject(name);
  const order = partOf(all, 'order');
  const exact = all['order_dp6'];
  const told = partOf(all, 'settings');
  // The names of scripted recordings say how the shop was set.
  const decimals = textOf(told, 'dec') || (/dec(\d)/.exec(name)?.[1] ?? '2');
  const isAtSubtotal = textOf(told, 'rs') === 'yes' || name.includes('subtotalround');
  return {
    name,
    order,
    exact: isFields(exact) ? exact : null,
    refunds: rowsOf(all, 'refunds'),
    seed: {
      products: productsOf(order),
      customers: [{ email: 'kund@example.test', firstName: 'Örjan', lastName: 'Åkerblom' }],
      coupons: [
        { code: 'frifrakt', type: 'percent', amount: '0', freeShipping: true },
        { code: 'styck20', type: 'fixed_product', amount: '20' },
        { code: 'hundra', type: 'fixed_cart', amount: '100' },
        { code: 'tio', type: 'percent', amount: '10' },
        { code: 'allt1795304098616', type: 'percent', amount: '100' },
      ],
      options: {
        woocommerce_price_num_decimals: decimals,
        woocommerce_tax_round_at_subtotal: isAtSubtotal ? 'yes' : 'no',
        woocommerce_prices_include_tax: order['prices_include_tax'] === true ? 'yes' : 'no',
      },
    },
  };
}

function productsOf(order: Fields): NewProduct[] {
  return rowsOf(order, 'line_items').flatMap((line) => {
    const sku = textOf(line, 'sku');
    const variation = Number(line['variation_id']);
    const product: NewProduct = {
      id: variation || Number(line['product_id']),
      name: textOf(line, 'name'),
      sku,
      regularPrice: present(PRICES[sku], `a price of ${sku}`),
      taxClass: textOf(line, 'tax_class'),
      taxStatus: sku === 'PK-500' ? 'none' : 'taxable',
      isVirtual: sku === 'PK-500',
    };
    if (variation === 0) return [product];
    const parent = Number(line['product_id']);
    return [
      { id: parent, type: 'variable' as const, name: textOf(line, 'parent_name'), sku: 'TEE' },
      { ...product, type: 'variation' as const, parentId: parent, attributes: attributesOf(line) },
    ];
  });
}

function attributesOf(line: Fields): Fields[] {
  const metas = rowsOf(line, 'meta_data').filter(
    ({ key }) => !(typeof key === 'string' && key.startsWith('_')),
  );
  const rows = metas.map((meta) => ({
    id: 0,
    name: textOf(meta, 'display_key'),
    slug: textOf(meta, 'key'),
    option: textOf(meta, 'value'),
  }));
  return rows.reverse();
}

/** What the customer must have done for the order to come about. */
export function purchaseOf(order: Fields): Purchase {
  const [shipping] = rowsOf(order, 'shipping_lines');
  return {
    lines: rowsOf(order, 'line_items').map((line) => ({
      productId: Number(line['variation_id']) || Number(line['product_id']),
      quantity: Number(line['quantity']),
    })),
    coupons: rowsOf(order, 'coupon_lines').map((coupon) => textOf(coupon, 'code')),
    billing: partOf(order, 'billing'),
    shipping: partOf(order, 'shipping'),
    payment: textOf(order, 'payment_method') || 'cod',
    note: textOf(order, 'customer_note'),
    ...(shipping ? { shippingMethod: Number(shipping['instance_id']) } : {}),
  };
}

/** Ids, dates and keys of the shop that was recorded, which another shop has others of. */
const OWN = new Set([
  'id',
  'number',
  'order_key',
  'cart_hash',
  'payment_url',
  'customer_ip_address',
  'customer_user_agent',
  'meta_data',
  '_links',
  'permalink',
  'avatar_url',
  'price_html',
  'related_ids',
]);

/** An object without what is the recorded shop's own. Every other field must be the same. */
export function withoutOwn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwn);
  if (!isFields(value)) return value;
  const kept = Object.entries(value).filter(
    ([name]) => !OWN.has(name) && !name.startsWith('date_'),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutOwn(inner)]));
}

/** The names of all fields, in their order, at every depth. */
export function namesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(namesIn);
  if (!isFields(value)) return null;
  return Object.entries(value).map(([name, inner]) =>
    name === 'settings' || name === 'options' ? [name] : [name, namesIn(inner)],
  );
}
