import { textOf } from '../api/fields.ts';
import { noStockAmount, optionOf } from './options.ts';
import { slugOf, titleOf, type NewProduct, type Product } from './product.ts';
import { nextId, type Scene, type Shop } from './shop.ts';

export function addProduct(scene: Scene, given: NewProduct): Product {
  const { shop, nowMs } = scene;
  const id = given.id ?? nextId(shop, 'post');
  shop.ids.post = Math.max(shop.ids.post, id + 1);
  const product: Product = {
    id,
    parentId: given.parentId ?? 0,
    type: given.type ?? 'simple',
    name: titleOf(given.name),
    slug: slugOf(given.name),
    status: given.status ?? 'publish',
    sku: given.sku ?? '',
    globalUniqueId: '',
    regularPrice: given.regularPrice ?? '',
    salePrice: given.salePrice ?? '',
    taxStatus: given.taxStatus ?? 'taxable',
    taxClass: given.taxClass ?? '',
    isVirtual: given.isVirtual ?? false,
    isDownloadable: given.isDownloadable ?? false,
    managesStock: given.stockQuantity !== undefined,
    stockQuantity: given.stockQuantity ?? null,
    stockStatus: 'instock',
    backorders: given.backorders ?? 'no',
    totalSales: 0,
    attributes: given.attributes ?? [],
    createdMs: nowMs,
    modifiedMs: nowMs,
    meta: [],
    other: {},
  };
  shop.products.set(id, product);
  judgeStock(shop, product);
  scene.raise('product.created', product.type === 'variation' ? product.parentId : id);
  return product;
}

/** The product whose stock counts: a variation that manages none of its own has its parent's. */
export function stockHolder(shop: Shop, product: Product): Product {
  const parent = shop.products.get(product.parentId);
  return !product.managesStock && parent?.managesStock ? parent : product;
}

/** Sets the status that follows from the quantity. Without managed stock it is set by hand. */
export function judgeStock(shop: Shop, product: Product): void {
  if (!product.managesStock || optionOf(shop, 'woocommerce_manage_stock') !== 'yes') return;
  const isLeft = (product.stockQuantity ?? 0) > noStockAmount(shop);
  const without = product.backorders === 'no' ? 'outofstock' : 'onbackorder';
  product.stockStatus = isLeft ? 'instock' : without;
}

/** A change of stock saves the product, and so tells of it. */
export function changeStock(scene: Scene, product: Product, quantity: number): void {
  product.stockQuantity = quantity;
  judgeStock(scene.shop, product);
  product.modifiedMs = scene.nowMs;
  scene.raise('product.updated', product.type === 'variation' ? product.parentId : product.id);
}

export function taxClassOf(shop: Shop, product: Product): string {
  if (product.taxClass !== 'parent') return product.taxClass;
  return shop.products.get(product.parentId)?.taxClass ?? '';
}

/** As an order's line calls it: `T-shirt - S, Röd`. */
export function fullName(shop: Shop, product: Product): string {
  const parent = shop.products.get(product.parentId);
  if (product.type !== 'variation' || !parent) return product.name;
  const options = product.attributes.map((attribute) => textOf(attribute, 'option'));
  return [parent.name, options.filter(Boolean).join(', ')].filter(Boolean).join(' - ');
}

/** The product of an SKU. */
export function productBySku(shop: Shop, sku: string): Product | null {
  if (sku === '') return null;
  return [...shop.products.values()].find((one) => one.sku === sku) ?? null;
}
