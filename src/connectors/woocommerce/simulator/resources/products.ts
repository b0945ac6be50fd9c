import type { Answer } from '../api/answer.ts';
import { idAt, type Call, type Route } from '../api/call.ts';
import { badDates, isBetween } from '../api/dates.ts';
import { textOf, type Fields } from '../api/fields.ts';
import { answerList, badChoice, numbersIn, readListing, type Listing } from '../api/listing.ts';
import { refuse } from '../api/refusal.ts';
import { addProduct } from '../shop/products.ts';
import type { Product } from '../shop/product.ts';
import { routesOf } from './batch.ts';
import { styleOf } from './order-wire.ts';
import { productFields, variationFields } from './product-wire.ts';
import { PRODUCT_SHAPES, refuseVariation, writeProduct } from './product-writes.ts';

export const PRODUCT_ROUTES: readonly Route[] = [
  ...routesOf({
    path: 'products',
    shapes: PRODUCT_SHAPES,
    list: listProducts,
    read: (call, id) => write(call, productAt(call, id, 404)),
    create: createProduct,
    update: updateProduct,
    remove: removeProduct,
    hasBatch: true,
  }),
  ...routesOf({
    path: 'products/{parent}/variations',
    shapes: PRODUCT_SHAPES,
    list: listVariations,
    read: (call, id) => writeVariation(call, variationAt(call, id)),
    create: createVariation,
    update: updateVariation,
    remove: removeVariation,
    hasBatch: true,
  }),
];

const ORDER_BY = [
  'date',
  'id',
  'include',
  'title',
  'slug',
  'modified',
  'price',
  'popularity',
  'rating',
  'menu_order',
];

function write(call: Call, product: Product): Fields {
  return productFields(product, styleOf(call));
}

function writeVariation(call: Call, product: Product): Fields {
  return variationFields(product, styleOf(call));
}

function productAt(call: Call, id: number, status: number): Product {
  const product = call.shop.products.get(id);
  return product ?? refuse(status, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
}

/** Products without their variations; an SKU that is asked for finds these too. */
function listProducts(call: Call): Answer {
  const { shop, query } = call;
  const status = query.get('status') ?? 'any';
  const known = ['any', 'future', 'trash', 'draft', 'pending', 'private', 'publish'];
  const bad = [badChoice('status', status, known), ...badDates(query)];
  const listing = readListing(query, { orderBy: ORDER_BY }, bad);
  const found = [...shop.products.values()].filter(
    (product) =>
      isAsked(product, query) &&
      isOfStatus(product, status) &&
      isFiltered(product, listing) &&
      isBetween(shop, query, product),
  );
  const items = found.sort(sorter(listing));
  return answerList(call, listing, { items, write: (product) => write(call, product) });
}

function isAsked(product: Product, query: Call['query']): boolean {
  const skus = query.get('sku');
  const type = query.get('type');
  const stock = query.get('stock_status');
  const slug = query.get('slug');
  const parents = numbersIn(query.get('parent'));
  const isOfKind = skus === undefined ? product.type !== 'variation' : isOneOf(product.sku, skus);
  return (
    isOfKind &&
    (type === undefined || product.type === type) &&
    (slug === undefined || product.slug === slug) &&
    (parents.length === 0 || parents.includes(product.parentId)) &&
    (stock === undefined || product.stockStatus === stock)
  );
}

function isOneOf(sku: string, skus: string): boolean {
  return skus.split(',').some((one) => one.trim() === sku);
}

function isOfStatus(product: Product, status: string): boolean {
  return status === 'any' ? product.status !== 'trash' : product.status === status;
}

function isFiltered(product: Product, { include, exclude, search }: Listing): boolean {
  return (
    (include.length === 0 || include.includes(product.id)) &&
    !exclude.includes(product.id) &&
    (search === '' || product.name.toLowerCase().includes(search))
  );
}

function sorter({ orderBy, isAscending, include }: Listing): (a: Product, b: Product) => number {
  const sign = isAscending ? 1 : -1;
  const key = (product: Product): number => {
    if (orderBy === 'modified') return Math.trunc(product.modifiedMs / 1000);
    if (orderBy === 'date') return Math.trunc(product.createdMs / 1000);
    return orderBy === 'include' ? include.indexOf(product.id) * sign : product.id;
  };
  const byName = orderBy === 'title' || orderBy === 'slug';
  return (a, b) =>
    (byName ? sign * a.name.localeCompare(b.name, 'sv') : sign * (key(a) - key(b))) ||
    sign * (a.id - b.id);
}

const TYPES = ['simple', 'variable', 'grouped', 'external'] as const;

function createProduct(call: Call, body: Fields): Fields {
  const type = TYPES.find((one) => one === textOf(body, 'type')) ?? 'simple';
  return made(call, { type, name: textOf(body, 'name') || 'Product' }, body);
}

/** A product that cannot be written was never made. */
function made(call: Call, start: Parameters<typeof addProduct>[1], body: Fields): Fields {
  const silent = { ...call, raise: () => {} };
  const product = addProduct(silent, start);
  try {
    writeProduct(call, product, body);
  } catch (error) {
    call.shop.products.delete(product.id);
    throw error;
  }
  const isVariation = product.type === 'variation';
  call.raise('product.updated', isVariation ? product.parentId : product.id);
  if (!isVariation) call.raise('product.created', product.id);
  return isVariation ? writeVariation(call, product) : write(call, product);
}

/** Saving tells of the product, also when nothing of it has changed. */
function updateProduct(call: Call, id: number, body: Fields): Fields {
  const product = productAt(call, id, 400);
  if (product.type === 'variation') refuseVariation();
  writeProduct(call, product, body);
  save(call, product);
  return write(call, product);
}

function save(call: Call, product: Product): void {
  product.modifiedMs = call.nowMs;
  call.raise('product.updated', product.type === 'variation' ? product.parentId : product.id);
}

function removeProduct(call: Call, id: number, isForced: boolean): Fields {
  const product = productAt(call, id, 404);
  if (product.type === 'variation') refuseVariation();
  if (!isForced && product.status === 'trash') {
    refuse(410, 'woocommerce_rest_already_trashed', 'The product has already been deleted.');
  }
  if (!isForced) product.status = 'trash';
  const fields = write(call, product);
  if (isForced) {
    for (const one of call.shop.products.values()) {
      if (one.parentId === id) call.shop.products.delete(one.id);
    }
    call.shop.products.delete(id);
  }
  call.raise('product.deleted', id);
  return fields;
}

function parentOf(call: Call): Product {
  const parent = call.shop.products.get(idAt(call));
  return parent ?? refuse(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
}

function variationAt(call: Call, id: number): Product {
  const product = call.shop.products.get(id);
  if (product?.type === 'variation' && product.parentId === idAt(call)) return product;
  return refuse(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.');
}

function listVariations(call: Call): Answer {
  const { query } = call;
  const parent = parentOf(call);
  const listing = readListing(query, { orderBy: ORDER_BY }, badDates(query));
  const sku = query.get('sku');
  const found = [...call.shop.products.values()].filter(
    (one) =>
      one.type === 'variation' &&
      one.parentId === parent.id &&
      (sku === undefined || isOneOf(one.sku, sku)) &&
      isFiltered(one, listing),
  );
  const items = found.sort(sorter(listing));
  return answerList(call, listing, { items, write: (one) => writeVariation(call, one) });
}

function createVariation(call: Call, body: Fields): Fields {
  const parent = parentOf(call);
  const start = { type: 'variation', parentId: parent.id, name: parent.name } as const;
  return made(call, { ...start, taxClass: 'parent' }, body);
}

function updateVariation(call: Call, id: number, body: Fields): Fields {
  const variation = variationAt(call, id);
  writeProduct(call, variation, body);
  save(call, variation);
  return writeVariation(call, variation);
}

function removeVariation(call: Call, id: number): Fields {
  const variation = variationAt(call, id);
  const fields = writeVariation(call, variation);
  call.shop.products.delete(variation.id);
  call.raise('product.updated', variation.parentId);
  return fields;
}
