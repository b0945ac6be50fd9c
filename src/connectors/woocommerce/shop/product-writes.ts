import { z } from 'zod';
import {
  productWishes,
  type NewProduct,
  type ProductFields,
} from '../../../domain/keep-products.ts';
import type { Step } from '../../../domain/plan.ts';
import { parsePercent } from '../../../domain/vat/rates.ts';
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
  type ChangesAsked,
  type ChangesBy,
  type MakesBy,
  type ProductChange,
  type Said,
  type StandingProduct,
} from '../../../ports/products.ts';
import type { Found, Route, Write, WriteOutcome } from '../../../ports/target.ts';
import type { WooSettings } from '../settings.ts';
import type { ShopClient } from './client.ts';
import { escaped, plainText } from './html.ts';
import { idOf, inBatches, parentOf, pathOf } from './places.ts';
import { skuAddresses } from './stock.ts';

/** Products that one call makes: a host may give up on a call that makes a hundred. */
const MAKE_MAX = 50;

const CHANGE = 'POST /products/batch (articles)';
const CHANGE_VARIATIONS = 'POST /products/{id}/variations/batch (articles)';
const MAKE = 'POST /products/batch (new articles)';

const FIELDS =
  'id,sku,type,parent_id,name,description,regular_price,global_unique_id,status,tax_status';

const idSchema = z.union([z.number(), z.string()]).transform(String);
const productSchema = z.looseObject({
  id: idSchema,
  sku: z.string().nullish(),
  type: z.string().default('variation'),
  name: z.string().default(''),
  description: z.string().default(''),
  regular_price: z.union([z.string(), z.number()]).transform(String).default(''),
  /** Shops before WooCommerce 9.1 have none. */
  global_unique_id: z.string().optional(),
  status: z.string().default(''),
});

type Product = z.infer<typeof productSchema>;

const resultSchema = z.looseObject({
  error: z.looseObject({ message: z.string() }).optional(),
});
const answerSchema = z.looseObject({
  update: z.array(resultSchema).default([]),
  create: z.array(resultSchema).default([]),
});

/** The calls that keep products like the ledger's articles: as few as WooCommerce lets it be. */
export function keepProductsWrites(
  { id, keeping }: Extract<Step, { readonly kind: 'keep-products' }>,
  settings: WooSettings,
): Extract<Route, { readonly kind: 'route' }> {
  const wishes = productWishes(keeping, settings.prices === 'with-vat');
  const { changes, makes } = wishes;
  const hasClass = ({ percent }: NewProduct): boolean => {
    return percent !== null && taxClassOf(percent, settings) !== null;
  };
  const byParent = Map.groupBy(changes, ({ place }) => parentOf(place));
  const calls = [...byParent].flatMap(([parent, own]) =>
    inBatches(own).map((some): Omit<Write, 'id'> => {
      return {
        call: parent === '' ? CHANGE : CHANGE_VARIATIONS,
        input: changeInput(parent, some),
      };
    }),
  );
  const made = inBatches(makes.filter(hasClass), MAKE_MAX).map((some): Omit<Write, 'id'> => {
    return { call: MAKE, input: makeInput(some) };
  });
  const writes = [...calls, ...made].map((one, i) => ({ id: `${id}.${i + 1}`, ...one }));
  const without = makes.filter((one) => !hasClass(one)).map(({ number }) => number);
  return { kind: 'route', writes, notices: rateNotices([...wishes.withoutRate, ...without]) };
}

export function isProductWrite({ call }: Write): boolean {
  return call === CHANGE || call === CHANGE_VARIATIONS || call === MAKE;
}

export function writeProducts(
  shop: ShopClient,
  settings: WooSettings,
  write: Write,
): Promise<WriteOutcome> {
  return write.call === MAKE
    ? makeProducts(write, makesBy(shop, settings))
    : changeProducts(write, changesBy(shop));
}

export function findProducts(
  shop: ShopClient,
  settings: WooSettings,
  write: Write,
): Promise<readonly Found[]> {
  return write.call === MAKE
    ? findMade(write, makesBy(shop, settings))
    : findChanged(write, changesBy(shop));
}

function changesBy(shop: ShopClient): ChangesBy {
  return {
    standing: async ({ parent, changes }) => {
      const ids = changes.map(({ place }) => idOf(place));
      const query = { include: ids.join(','), orderby: 'id', order: 'asc', status: 'any' };
      return (await listed(shop, pathOf(parent), query)).map((one) => standingOf(one, parent));
    },
    send: async (changes, { parent }: ChangesAsked) => {
      const update = changes.map(({ place, fields }: ProductChange) => {
        return { id: Number(idOf(place)), ...bodyOf(fields, parent !== '') };
      });
      return sent(shop, `${pathOf(parent)}/batch`, { update });
    },
  };
}

function makesBy(shop: ShopClient, settings: WooSettings): MakesBy {
  return {
    numbersThere: async (numbers) => {
      const there: string[] = [];
      for (const sku of skuAddresses(numbers)) {
        const query = { sku, orderby: 'id', order: 'asc', status: 'any' };
        there.push(...(await listed(shop, '/products', query)).map(numberOf));
      }
      return new Set(there);
    },
    send: (makes) => {
      const create = makes.map((one) => newBody(one, settings));
      return sent(shop, '/products/batch', { create });
    },
  };
}

/** What goes wrong with one product is told in its place, in an answer that says 200. */
async function sent(
  shop: ShopClient,
  path: string,
  body: Readonly<Record<string, Json>>,
): Promise<Said> {
  const answer = await shop.change('POST', path, body);
  const count = Object.values(body).flat().length;
  if (answer.kind === 'refused') return Array.from({ length: count }, () => answer.message);
  const read = answerSchema.safeParse(jsonIn(answer.text));
  if (!read.success) {
    const says = `${shop.host} did not say what it changed.`;
    throw new ConnectorError(says, { kind: 'unanswered' });
  }
  return [...read.data.update, ...read.data.create].map(({ error }) => error?.message ?? null);
}

async function listed(
  shop: ShopClient,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly Product[]> {
  // As it is edited: as it is shown, plugins set other prices, and texts are made paragraphs of.
  const all = { ...query, per_page: '100', context: 'edit', _fields: FIELDS };
  const read = z.array(productSchema).safeParse(jsonIn((await shop.get(path, all)) ?? '[]'));
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') || 'JSON';
  const says = `${shop.host} gave a list of products that cannot be read (${field}).`;
  throw new ConnectorError(says, { kind: 'unanswered' });
}

/**
 * A variation has no name of its own, and its description is a line under the options: these are
 * its product's. A product that is sold in variations has no price of its own.
 */
function standingOf(product: Product, parent: string): StandingProduct {
  const { id, type, regular_price: price, global_unique_id: ean, status } = product;
  const isVariation = parent !== '' || type === 'variation';
  const texts = { name: plainText(product.name), description: plainText(product.description) };
  const fields: ProductFields = {
    ...(isVariation ? {} : texts),
    ...(ean === undefined ? {} : { ean }),
    ...(type === 'variable' || type === 'grouped' ? {} : { price }),
    active: status === 'publish' ? 'yes' : 'no',
  };
  const place = parent === '' ? `product:${id}` : `variation:${parent}/${id}`;
  return { number: numberOf(product), place, fields };
}

function numberOf({ sku }: Product): string {
  return (sku ?? '').trim();
}

/** Fields as WooCommerce calls them. Prices are texts; descriptions are HTML. */
function bodyOf(fields: ProductFields, isVariation: boolean): Readonly<Record<string, Json>> {
  const { name, description, ean, price, active } = fields;
  // A variation is never a draft: what customers do not see of it is private.
  const hidden = isVariation ? 'private' : 'draft';
  return {
    ...(name === undefined ? {} : { name: name.replaceAll('<', '&lt;') }),
    ...(description === undefined ? {} : { description: paragraphs(description) }),
    ...(ean === undefined ? {} : { global_unique_id: ean }),
    ...(price === undefined ? {} : { regular_price: price }),
    ...(active === undefined ? {} : { status: active === 'yes' ? 'publish' : hidden }),
  };
}

/** A product that the ledger counts is counted from none on: what nobody has is not sold. */
function newBody(product: NewProduct, settings: WooSettings): Readonly<Record<string, Json>> {
  const { number, fields, isService, isCounted, isPublished, percent } = product;
  return {
    ...{ type: 'simple', sku: number, ...bodyOf(fields, false) },
    status: isPublished ? 'publish' : 'draft',
    virtual: isService,
    tax_class: taxClassOf(percent ?? '', settings) ?? '',
    ...(isCounted ? { manage_stock: true, stock_quantity: 0, backorders: 'no' } : {}),
  };
}

/** The slug of the class that is taxed so. @returns null when the settings name none */
function taxClassOf(percent: string, { taxRates }: WooSettings): string | null {
  const rate = parsePercent(percent);
  const found = Object.entries(taxRates).find(([, text]) => parsePercent(text) === rate);
  if (rate === null || found === undefined) return null;
  return found[0] === 'standard' ? '' : found[0];
}

function paragraphs(text: string): string {
  return escaped(text).replaceAll(/\r?\n/g, '<br />\n');
}
