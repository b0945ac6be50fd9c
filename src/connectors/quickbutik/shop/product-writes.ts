import { z } from 'zod';
import {
  productWishes,
  type NewProduct,
  type ProductFields,
  type ProductWish,
} from '../../../domain/keep-products.ts';
import type { Step } from '../../../domain/plan.ts';
import { type Json, jsonIn } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import {
  changeInput,
  changeProducts,
  findChanged,
  findMade,
  makeInput,
  makeProducts,
  rateNotices,
  type ChangesBy,
  type MakesBy,
  type Said,
  type StandingProduct,
} from '../../../ports/products.ts';
import type { Found, Route, Write, WriteOutcome } from '../../../ports/target.ts';
import type { QbSettings } from '../settings.ts';
import type { ShopClient } from './client.ts';
import { allProducts, articlesOf, idsOf, productsAt, type QbShopProduct } from './products.ts';

const CHANGE = 'PUT /v1/products (articles)';
const MAKE = 'POST /v1/products (new articles)';

/** What the API says of each item of a call, by its place in it. */
export const resultsSchema = z.looseObject({
  results: z.record(
    z.string(),
    z.looseObject({ success: z.boolean(), errors: z.array(z.coerce.string()).default([]) }),
  ),
});

/** One call for what is changed and one for what is made: how many they may hold is not said. */
export function keepProductsWrites(
  { id, keeping }: Extract<Step, { readonly kind: 'keep-products' }>,
  { prices }: QbSettings,
): Extract<Route, { readonly kind: 'route' }> {
  const { changes, makes, withoutRate } = productWishes(keeping, prices === 'with-vat');
  const rated = makes.filter(({ percent }) => percent !== null);
  const without = makes.flatMap(({ number, percent }) => (percent === null ? [number] : []));
  const writes: Write[] = [];
  if (changes.length > 0) {
    writes.push({ id: `${id}.1`, call: CHANGE, input: changeInput('', changes) });
  }
  if (rated.length > 0) writes.push({ id: `${id}.2`, call: MAKE, input: makeInput(rated) });
  return { kind: 'route', writes, notices: rateNotices([...withoutRate, ...without]) };
}

export function isProductWrite({ call }: Write): boolean {
  return call === CHANGE || call === MAKE;
}

export function writeProducts(shop: ShopClient, write: Write): Promise<WriteOutcome> {
  return write.call === MAKE
    ? makeProducts(write, makesBy(shop))
    : changeProducts(write, changesBy(shop));
}

export function findProducts(shop: ShopClient, write: Write): Promise<readonly Found[]> {
  return write.call === MAKE ? findMade(write, makesBy(shop)) : findChanged(write, changesBy(shop));
}

function changesBy(shop: ShopClient): ChangesBy {
  return {
    standing: async ({ changes }) => {
      const places = changes.map(({ place }: ProductWish) => place);
      return (await productsAt(shop, places)).flatMap(standingOf);
    },
    send: (changes) => {
      const items = changes.map(({ place, fields }) => ({ ...idsOf(place), ...bodyOf(fields) }));
      return sentItems(shop, 'PUT', items);
    },
  };
}

/** There is no asking by article number: all that there is comes, five hundred a call. */
function makesBy(shop: ShopClient): MakesBy {
  return {
    numbersThere: async (numbers) => {
      const wanted = new Set(numbers);
      const there = (await allProducts(shop)).flatMap(articlesOf).map(({ number }) => number);
      return new Set(there.filter((number) => wanted.has(number)));
    },
    send: (makes) => sentItems(shop, 'POST', makes.map(newBody)),
  };
}

/** What the shop said of each item that is to be changed or made. */
export async function sentItems(
  shop: ShopClient,
  method: 'POST' | 'PUT',
  items: readonly Json[],
): Promise<Said> {
  const answer = await shop.change(method, '/products', items);
  const read = resultsSchema.safeParse(jsonIn(answer ?? ''));
  if (!read.success) {
    const says = `${shop.host} did not say what it changed.`;
    throw new ConnectorError(says, { kind: 'unanswered' });
  }
  const { results } = read.data;
  return items.map((_, i) => {
    const result = results[String(i)];
    return result?.success === true ? null : (result?.errors.join('; ') ?? '');
  });
}

/** Name, description and whether it is seen are the product's; each variant has its own price. */
function standingOf(product: QbShopProduct): StandingProduct[] {
  const { title: name, description, visible } = product;
  const whole = { name, ...(description === undefined ? {} : { description }) };
  const seen = visible === undefined ? {} : { active: visible ? 'yes' : 'no' };
  return articlesOf(product).map(({ number, place, price, gtin, isVariant }) => {
    const fields: ProductFields = { price, ean: gtin, ...(isVariant ? {} : { ...whole, ...seen }) };
    return { number, place, fields };
  });
}

/** Booleans are documented as texts. */
function bodyOf({ name, description, ean, price, active }: ProductFields): Record<string, Json> {
  return {
    ...(name === undefined ? {} : { title: name }),
    ...(description === undefined ? {} : { description }),
    ...(ean === undefined ? {} : { gtin: ean }),
    ...(price === undefined ? {} : { price }),
    ...(active === undefined ? {} : { visible: String(active === 'yes') }),
  };
}

/** A product that the ledger counts cannot be bought before somebody says how many there are. */
function newBody(product: NewProduct): Record<string, Json> {
  const { number, fields, isCounted, isPublished, percent } = product;
  return {
    ...{ sku: number, ...bodyOf(fields), tax_rate: percent ?? '' },
    visible: String(isPublished),
    ...(isCounted ? { stock: 0, disable_minusqty: 'true' } : {}),
  };
}
