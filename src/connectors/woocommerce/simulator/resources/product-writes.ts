import { flagOf, has, numberOf, rowsOf, textOf, type Fields } from '../api/fields.ts';
import type { Shapes } from '../api/read-body.ts';
import { refuse, Refused } from '../api/refusal.ts';
import { judgeStock } from '../shop/products.ts';
import { slugOf, titleOf, type Product } from '../shop/product.ts';
import type { Scene, Shop } from '../shop/shop.ts';
import { META_LIST } from './order-shapes.ts';
import { writeMeta } from './order-writes.ts';
import { freeFields } from './product-wire.ts';

export const PRODUCT_SHAPES: Shapes = {
  name: 'string',
  slug: 'string',
  type: 'string',
  status: { oneOf: ['draft', 'pending', 'private', 'publish', 'future', 'auto-draft', 'trash'] },
  description: 'string',
  short_description: 'string',
  sku: 'string',
  global_unique_id: 'string',
  regular_price: 'string',
  sale_price: 'string',
  virtual: 'boolean',
  downloadable: 'boolean',
  tax_status: { oneOf: ['taxable', 'shipping', 'none'] },
  tax_class: 'string',
  manage_stock: 'mixed',
  stock_quantity: 'integer',
  stock_status: { oneOf: ['instock', 'outofstock', 'onbackorder'] },
  backorders: { oneOf: ['no', 'notify', 'yes'] },
  weight: 'string',
  categories: { list: { fields: { id: 'integer' } } },
  attributes: { list: { fields: { id: 'integer', name: 'string' } } },
  meta_data: META_LIST,
  // A change of stock by so much, rather than to so much.
  inventory_delta: 'number',
};

/** Writes a body into a product. The caller saves it. @throws Refused for an SKU that is taken */
export function writeProduct(scene: Scene, product: Product, body: Fields): void {
  const { shop } = scene;
  if (has(body, 'sku')) setSku(shop, product, textOf(body, 'sku'));
  if (has(body, 'name')) {
    product.name = titleOf(textOf(body, 'name'));
    if (product.slug === '') product.slug = slugOf(product.name);
  }
  if (textOf(body, 'slug') !== '') product.slug = textOf(body, 'slug');
  if (has(body, 'status')) product.status = textOf(body, 'status');
  if (has(body, 'global_unique_id')) product.globalUniqueId = textOf(body, 'global_unique_id');
  if (has(body, 'regular_price')) product.regularPrice = textOf(body, 'regular_price');
  if (has(body, 'sale_price')) product.salePrice = textOf(body, 'sale_price');
  if (has(body, 'virtual')) product.isVirtual = flagOf(body, 'virtual');
  if (has(body, 'downloadable')) product.isDownloadable = flagOf(body, 'downloadable');
  if (has(body, 'tax_status')) product.taxStatus = taxStatusOf(textOf(body, 'tax_status'));
  if (has(body, 'tax_class')) {
    const taxClass = textOf(body, 'tax_class');
    product.taxClass = taxClass === 'standard' ? '' : taxClass;
  }
  if (has(body, 'attributes')) product.attributes = attributesOf(product, body);
  writeStock(shop, product, body);
  writeMeta(shop, product.meta, body);
  for (const name of freeFields(product.type)) {
    if (has(body, name)) product.other = { ...product.other, [name]: body[name] };
  }
}

function setSku(shop: Shop, product: Product, sku: string): void {
  const owner = [...shop.products.values()].find(
    (one) => sku !== '' && one.sku === sku && one.id !== product.id,
  );
  if (owner) {
    throw new Refused(400, 'product_invalid_sku', {
      message: 'Invalid or duplicated SKU.',
      more: { resource_id: owner.id, unique_sku: `${sku}-1` },
    });
  }
  product.sku = sku;
}

function taxStatusOf(text: string): Product['taxStatus'] {
  return text === 'none' || text === 'shipping' ? text : 'taxable';
}

/** A quantity without managed stock is passed over without a word. */
function writeStock(shop: Shop, product: Product, body: Fields): void {
  if (has(body, 'manage_stock')) {
    product.managesStock = flagOf(body, 'manage_stock');
    if (!product.managesStock) product.stockQuantity = null;
    else product.stockQuantity ??= 0;
  }
  if (has(body, 'backorders')) {
    const backorders = textOf(body, 'backorders');
    product.backorders = backorders === 'yes' || backorders === 'notify' ? backorders : 'no';
  }
  if (product.managesStock) {
    const before = product.stockQuantity ?? 0;
    if (has(body, 'stock_quantity')) product.stockQuantity = numberOf(body, 'stock_quantity');
    else if (has(body, 'inventory_delta')) {
      product.stockQuantity = before + numberOf(body, 'inventory_delta');
    }
  } else if (has(body, 'stock_status')) {
    const status = textOf(body, 'stock_status');
    const isKnown = status === 'outofstock' || status === 'onbackorder';
    product.stockStatus = isKnown ? status : 'instock';
  }
  judgeStock(shop, product);
}

/** A variation's option has the slug of its attribute beside its name. */
function attributesOf(product: Product, body: Fields): Fields[] {
  return rowsOf(body, 'attributes').map((row, position) => {
    const name = textOf(row, 'name');
    if (product.type === 'variation') {
      return { id: numberOf(row, 'id'), name, slug: slugOf(name), option: textOf(row, 'option') };
    }
    return {
      id: numberOf(row, 'id'),
      name,
      slug: name,
      position,
      visible: flagOf(row, 'visible'),
      variation: flagOf(row, 'variation'),
      options: row['options'] ?? [],
    };
  });
}

/** @throws Refused always: variations are changed under their parents */
export function refuseVariation(): never {
  const text =
    'To manipulate product variations you should use the ' +
    '/products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.';
  refuse(404, 'woocommerce_rest_invalid_product_id', text);
}
