import type { Step } from '../../../domain/plan.ts';
import { parseQuantity } from '../../../domain/stock.ts';
import type { StockLevel, StockReader } from '../../../ports/stock.ts';
import { stockInput, type StockBy } from '../../../ports/stock-writes.ts';
import type { Write } from '../../../ports/target.ts';
import type { ShopClient } from './client.ts';
import { sentItems } from './product-writes.ts';
import {
  allProducts,
  articlesOf,
  idsOf,
  PRODUCTS_PAGE,
  productsAt,
  productsIn,
  type QbShopProduct,
} from './products.ts';

const CALL = 'PUT /v1/products';

/**
 * Stock of a shop: of its products, and of the variants that some are sold in.
 *
 * There is no asking by article number nor for what has changed. What is known to lie somewhere is
 * asked for there; else all there is comes, five hundred products a call.
 */
export function quickbutikStock(shop: ShopClient): StockReader {
  return {
    page: async ({ at }) => {
      const offset = typeof at === 'number' ? at : 0;
      const products = await productsIn(shop, {
        ...{ offset: String(offset), limit: String(PRODUCTS_PAGE) },
      });
      const isLast = products.length < PRODUCTS_PAGE;
      const next = isLast ? null : offset + PRODUCTS_PAGE;
      return { levels: products.flatMap(levelsOf), next, mark: '', total: null };
    },
    of: async (asked) => {
      const wanted = new Set(asked.map(({ number }) => number));
      const places = asked.flatMap(({ place }) => (place === null ? [] : [place]));
      const there = await levelsAt(shop, places);
      const isFound = new Set(there.map(({ number }) => number));
      const known = there.filter(({ number }) => wanted.has(number));
      if (asked.every(({ number }) => isFound.has(number))) return known;
      return (await allProducts(shop)).flatMap(levelsOf).filter(({ number }) => wanted.has(number));
    },
    refusesWrites: () => Promise.resolve(null),
  };
}

/** One call for all: how many it may hold is not documented. */
export function setStockWrites({
  id,
  setting: { askedAtMs, changes },
}: Extract<Step, { readonly kind: 'set-stock' }>): readonly Write[] {
  const input = stockInput({ parent: '', askedAtMs, changes: [...changes] });
  return [{ id: `${id}.1`, call: CALL, input }];
}

export function isStockWrite({ call }: Write): boolean {
  return call === CALL;
}

/** How quantities are asked for and set: there is no other guard against a sale meanwhile. */
export function stockBy(shop: ShopClient): StockBy {
  return {
    standing: async ({ changes }) => {
      const places = changes.map(({ place }) => place);
      const levels = await levelsAt(shop, places);
      return new Map(levels.map(({ place, stands }) => [place, stands]));
    },
    send: (due) => {
      const items = due.map(({ place, to }) => ({ ...idsOf(place), stock: to / 100 }));
      return sentItems(shop, 'PUT', items);
    },
  };
}

async function levelsAt(
  shop: ShopClient,
  places: readonly string[],
): Promise<readonly StockLevel[]> {
  return (await productsAt(shop, places)).flatMap(levelsOf);
}

/** A product that is sold in variants is counted by these. */
function levelsOf(product: QbShopProduct): StockLevel[] {
  return articlesOf(product).map(({ number, place, stock }) => {
    const quantity = parseQuantity(stock);
    const stands = quantity ?? 0;
    return { number, place, free: stands, stands, isCounted: quantity !== null };
  });
}
