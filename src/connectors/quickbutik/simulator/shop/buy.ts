import {
  ADDRESS_TEXTS,
  type Address,
  type Customer,
  type Line,
  type Order,
  type Shipping,
} from './order.ts';
import type { Desk } from './desk.ts';
import { amountOf } from './product-seed.ts';
import {
  articleById,
  articleBySku,
  articlePriceOre,
  articleSku,
  takeStock,
  variantText,
  type Article,
} from './product.ts';
import { setStatus } from './order-status.ts';
import { ShopRefusal, type Shop } from './shop.ts';
import { totalsOf } from './totals.ts';

/** What a customer puts through the checkout. Amounts are texts in the order's currency. */
export type Purchase = {
  readonly lines: readonly PurchaseLine[];
  readonly customer?: CustomerSeed;
  /** By its id, or free text; none is free of charge. */
  readonly shipping?: { readonly id?: string; readonly name?: string; readonly price?: string };
  readonly payment?: { readonly method?: string; readonly transactionId?: string };
  /** False: it waits for its payment. True when absent. */
  readonly isPaid?: boolean;
  readonly discount?: string;
  readonly giftCard?: string;
  readonly currency?: string;
  readonly isTaxfree?: boolean;
  readonly isTaxontop?: boolean;
  readonly notes?: string;
};

export type PurchaseLine = {
  readonly sku?: string;
  readonly productId?: number;
  readonly variantId?: number;
  readonly qty: number;
  /** Of one piece, instead of the article's own. */
  readonly price?: string;
};

export type CustomerSeed = {
  readonly type?: Customer['type'];
  readonly email?: string;
  readonly phone?: string;
  readonly notes?: string;
  readonly address?: Partial<Address>;
  /** Where it is sent and who is billed; the same address when absent. */
  readonly shipping?: Partial<Address>;
  readonly billing?: Partial<Address>;
};

const PIECES_MAX = 100_000;

/**
 * One order, and its number.
 *
 * @throws ShopRefusal when an article is not there, there are too few, or it comes to less than 0
 */
export function buy(desk: Desk, purchase: Purchase): number {
  const { shop, nowMs, choices } = desk;
  const order: Order = {
    id: shop.next.order,
    createdMs: nowMs,
    paidMs: null,
    statusMs: nowMs,
    status: 'unpaid',
    currency: purchase.currency ?? shop.currency,
    isTaxfree: purchase.isTaxfree ?? false,
    isTaxontop: purchase.isTaxontop ?? false,
    notes: purchase.notes ?? '',
    lines: [],
    shipping: shippingOf(shop, purchase.shipping),
    discountOre: amountOf(purchase.discount ?? '0'),
    giftCardOre: amountOf(purchase.giftCard ?? '0'),
    customer: customerOf(purchase.customer ?? {}),
    payment: {
      method: purchase.payment?.method ?? shop.paymentMethods[0]?.methodId ?? '',
      transactionId: purchase.payment?.transactionId ?? desk.chance.uuid(),
    },
    refunds: [],
    metadata: new Map(),
    isCaptured: false,
    tracking: null,
  };
  const lines = linesOf(shop, order, purchase.lines);
  const { payOre } = totalsOf({ ...order, lines }, choices);
  if (payOre < 0) throw new ShopRefusal('the discount is larger than the order');
  order.lines = numbered(shop, lines);
  shop.next.order += 1;
  shop.orders.set(order.id, order);
  moveStock(desk, order.lines, 1);
  if (purchase.isPaid ?? true) setStatus(desk, order, { to: 'paid' });
  else if (choices.unpaidOrders === 'told') desk.tell('order.new', order.id);
  return order.id;
}

/**
 * Lines that are not numbered yet, at the prices and rates of now.
 *
 * @throws ShopRefusal when there is none, an article is not there, or there are too few of it
 */
export function linesOf(
  shop: Shop,
  order: Pick<Order, 'customer'>,
  lines: readonly PurchaseLine[],
): Line[] {
  if (lines.length === 0) throw new ShopRefusal('an order has at least one line');
  return lines.map((line) => lineOf(shop, order.customer, line));
}

/** Gives lines that are kept the numbers that follow. */
export function numbered(shop: Shop, lines: readonly Line[]): Line[] {
  return lines.map((line) => {
    if (line.id !== 0) return line;
    shop.next.line += 1;
    return { ...line, id: shop.next.line - 1 };
  });
}

/** Takes what lines have sold from the stock; `times` -1 puts it back. */
export function moveStock(desk: Desk, lines: readonly Line[], times: 1 | -1): void {
  const { products } = desk.shop;
  for (const { productId, variantId, qty } of lines) {
    const article = articleById(products, productId, variantId);
    if (!article) continue;
    takeStock(products, article, times * qty);
    if (desk.choices.soldStock === 'told') desk.tell('product.update', productId);
  }
}

function lineOf(shop: Shop, customer: Customer, asked: PurchaseLine): Line {
  const article = articleOf(shop, asked);
  const { product, variant } = article;
  const { qty } = asked;
  if (!Number.isInteger(qty) || qty < 1 || qty > PIECES_MAX) {
    throw new ShopRefusal(`${qty} is not a number of pieces`);
  }
  if (product.disableMinusqty && (variant ?? product).stock < qty) {
    throw new ShopRefusal(`there are too few of ${articleSku(article)}`);
  }
  const rateOf = (rate: number): number => rateThere(shop, customer, rate);
  const bundle = product.bundle && {
    priced: product.bundle.priced,
    components: product.bundle.components.map((part) => ({
      ...part,
      rate: rateOf(shop.products.get(part.productId)?.rate ?? product.rate),
    })),
  };
  return {
    id: 0,
    productId: product.id,
    variantId: variant?.id ?? 0,
    title: product.texts.title,
    priceOre: asked.price === undefined ? articlePriceOre(article) : amountOf(asked.price),
    qty,
    sku: articleSku(article),
    variant: variantText(variant),
    weight: variant?.weight ?? product.weight,
    rate: rateOf(product.rate),
    bundle,
  };
}

/** Consumers in another country pay its VAT where the shop has entered it. */
function rateThere(shop: Shop, customer: Customer, rate: number): number {
  if (customer.type !== 'consumer') return rate;
  return shop.foreignRates.get(customer.address.country)?.get(rate) ?? rate;
}

function articleOf(shop: Shop, { sku, productId, variantId }: PurchaseLine): Article {
  const article =
    productId === undefined
      ? articleBySku(shop.products.values(), sku ?? '')
      : articleById(shop.products, productId, variantId ?? 0);
  if (article === null || article === 'ambiguous') {
    throw new ShopRefusal(`there is no article ${productId ?? sku}`);
  }
  return article;
}

function shippingOf(shop: Shop, asked: Purchase['shipping']): Shipping {
  const method = shop.shippingMethods.find(({ id }) => id === asked?.id);
  const price = asked?.price;
  return {
    id: asked?.id ?? '',
    name: asked?.name ?? method?.title ?? '',
    priceOre: price === undefined ? (method?.priceOre ?? 0) : amountOf(price),
  };
}

function customerOf(seed: CustomerSeed): Customer {
  const address = addressOf(seed.address ?? { full_name: 'Eva Exempel', country: 'SE' });
  return {
    type: seed.type ?? 'consumer',
    email: seed.email ?? 'eva.exempel@example.se',
    phone: seed.phone ?? '',
    notes: seed.notes ?? '',
    address,
    shipping: seed.shipping ? addressOf(seed.shipping) : address,
    billing: seed.billing ? addressOf(seed.billing) : address,
  };
}

function addressOf(given: Partial<Address>): Address {
  const empty = Object.fromEntries(ADDRESS_TEXTS.map((name) => [name, '']));
  return { ...(empty as Address), ...given };
}
