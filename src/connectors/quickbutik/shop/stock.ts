import { z } from 'zod';
import type { StockSetting } from '../../../domain/document/stock-balance.ts';
import type { Step } from '../../../domain/plan.ts';
import { parseQuantity, type Hundredths } from '../../../domain/stock.ts';
import { jsonIn } from '../../../lib/json.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import {
  dueStock,
  stockRemote,
  type StockLevel,
  type StockReader,
  type StockWritten,
} from '../../../ports/stock.ts';
import type { Found, Write, WriteOutcome } from '../../../ports/target.ts';
import type { ShopClient } from './client.ts';
import { PRODUCTS_PAGE, productsIn, type QbShopProduct } from './products.ts';

/** Products asked for by their ids at once: these are the address. */
const ASKED = 100;

const CALL = 'PUT /v1/products';

const settingSchema = z.object({
  askedAtMs: z.number(),
  changes: z.array(
    z.object({ number: z.string(), place: z.string(), from: z.number(), to: z.number() }),
  ),
});

const resultsSchema = z.looseObject({
  results: z.record(
    z.string(),
    z.looseObject({
      success: z.boolean(),
      errors: z.array(z.coerce.string()).default([]),
    }),
  ),
});

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
      return (await allLevels(shop)).filter(({ number }) => wanted.has(number));
    },
    refusesWrites: () => Promise.resolve(null),
  };
}

/** One call for all: how many it may hold is not documented. */
export function setStockWrites({
  id,
  setting,
}: Extract<Step, { readonly kind: 'set-stock' }>): readonly Write[] {
  const { askedAtMs, changes } = setting;
  return [{ id: `${id}.1`, call: CALL, input: { askedAtMs, changes: [...changes] } }];
}

export function isStockWrite({ call }: Write): boolean {
  return call === CALL;
}

/** Sets what still stands as it was seen: there is no other guard against a sale meanwhile. */
export async function writeStock(
  shop: ShopClient,
  clock: Pick<Clock, 'nowMs'>,
  write: Write,
): Promise<WriteOutcome> {
  const setting = settingSchema.parse(write.input);
  const { due, told } = dueStock(setting, await standing(shop, setting), clock.nowMs());
  if (due.length === 0) return done(told);
  const items = due.map(({ place, to }) => ({ ...idsOf(place), stock: to / 100 }));
  const answer = await shop.change('PUT', '/products', items);
  const read = resultsSchema.safeParse(jsonIn(answer ?? ''));
  if (!read.success) {
    const says = `${shop.host} did not say what it changed.`;
    throw new ConnectorError(says, { kind: 'unanswered' });
  }
  const written = [...told.written];
  const left = [...told.left];
  for (const [i, { number, to }] of due.entries()) {
    const result = read.data.results[String(i)];
    if (result?.success === true) written.push([number, to]);
    else left.push([number, result?.errors.join('; ') || 'not-counted', to]);
  }
  return done({ written, left });
}

/** Quantities are set, not moved: what stands as it should needs no second call. */
export async function findStock(shop: ShopClient, write: Write): Promise<readonly Found[]> {
  const setting = settingSchema.parse(write.input);
  const stands = await standing(shop, setting);
  if (!setting.changes.every(({ number, to }) => stands.get(number) === to)) return [];
  const written = setting.changes.map(({ number, to }): [string, number] => [number, to]);
  return [{ remote: stockRemote('', { written, left: [] }), differences: [] }];
}

async function standing(
  shop: ShopClient,
  { changes }: StockSetting,
): Promise<ReadonlyMap<string, Hundredths>> {
  const levels = await levelsAt(
    shop,
    changes.map(({ place }) => place),
  );
  const places = new Map(levels.map(({ place, stands }) => [place, stands]));
  return new Map(
    changes.flatMap(({ number, place }) => {
      const stands = places.get(place);
      return stands === undefined ? [] : [[number, stands] as const];
    }),
  );
}

async function levelsAt(
  shop: ShopClient,
  places: readonly string[],
): Promise<readonly StockLevel[]> {
  const ids = [...new Set(places.map((place) => idsOf(place).product_id))];
  const levels: StockLevel[] = [];
  for (let at = 0; at < ids.length; at += ASKED) {
    const some = ids.slice(at, at + ASKED);
    const query = { product_id: some.join(','), limit: String(ASKED) };
    levels.push(...(await productsIn(shop, query)).flatMap(levelsOf));
  }
  return levels;
}

async function allLevels(shop: ShopClient): Promise<readonly StockLevel[]> {
  const levels: StockLevel[] = [];
  for (let offset = 0; ; offset += PRODUCTS_PAGE) {
    const query = { offset: String(offset), limit: String(PRODUCTS_PAGE) };
    const products = await productsIn(shop, query);
    levels.push(...products.flatMap(levelsOf));
    if (products.length < PRODUCTS_PAGE) return levels;
  }
}

/** A product that is sold in variants is counted by these. */
function levelsOf(product: QbShopProduct): StockLevel[] {
  const { id, variants, sku, stock } = product;
  if (variants.length === 0) return levelOf({ sku, stock, place: `product:${id}` });
  return variants.flatMap((variant) => {
    const place = `variant:${id}/${variant.id}`;
    return levelOf({ sku: variant.sku, stock: variant.qty, place });
  });
}

function levelOf(of: {
  readonly sku: string;
  readonly stock: string;
  readonly place: string;
}): StockLevel[] {
  const { place } = of;
  const number = of.sku.trim();
  if (number === '') return [];
  const quantity = parseQuantity(of.stock);
  const stands = quantity ?? 0;
  return [{ number, place, free: stands, stands, isCounted: quantity !== null }];
}

/** `product:310`, `variant:310/4401` */
function idsOf(place: string): {
  readonly product_id: string;
  readonly variant_id?: string;
} {
  const [product_id = '', variant_id] = place.replace(/^\w+:/, '').split('/');
  return variant_id === undefined ? { product_id } : { product_id, variant_id };
}

function done(told: StockWritten): WriteOutcome {
  return { kind: 'done', remote: stockRemote('', told), differences: [] };
}
