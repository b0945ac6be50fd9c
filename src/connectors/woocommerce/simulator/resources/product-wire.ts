import type { Json } from '../../../../lib/json.ts';
import { amountOf, fixed } from '../arithmetic/amount.ts';
import { textOf, type Fields } from '../api/fields.ts';
import { twins } from '../shop/place-and-time.ts';
import { priceOf, slugOf, type Product } from '../shop/product.ts';
import { stockHolder } from '../shop/products.ts';
import type { Shop } from '../shop/shop.ts';
import { CHANGEABLE, linksOf } from './links.ts';
import { metaFields, type Style } from './order-wire.ts';

/** Fields of every product that mean nothing to the simulator, as WooCommerce has them at first. */
const COMMON: Fields = {
  description: '',
  date_on_sale_from: null,
  date_on_sale_from_gmt: null,
  date_on_sale_to: null,
  date_on_sale_to_gmt: null,
  downloads: [],
  download_limit: -1,
  download_expiry: -1,
  low_stock_amount: null,
  weight: '',
  dimensions: { length: '', width: '', height: '' },
  shipping_class: '',
  shipping_class_id: 0,
  menu_order: 0,
};

const OF_PRODUCTS: Fields = {
  featured: false,
  catalog_visibility: 'visible',
  short_description: '',
  external_url: '',
  button_text: '',
  sold_individually: false,
  reviews_allowed: true,
  average_rating: '0.00',
  rating_count: 0,
  upsell_ids: [],
  cross_sell_ids: [],
  purchase_note: '',
  categories: [{ id: 15, name: 'Uncategorized', slug: 'uncategorized' }],
  brands: [],
  tags: [],
  images: [],
  default_attributes: [],
  grouped_products: [],
  related_ids: [],
  post_password: '',
};

const OF_VARIATIONS: Fields = { image: null, gallery_image_ids: [] };

/** Names of fields that are kept as they come. */
export function freeFields(type: Product['type']): readonly string[] {
  const own = type === 'variation' ? OF_VARIATIONS : OF_PRODUCTS;
  return [...Object.keys(COMMON), ...Object.keys(own)];
}

/** A product as `products` shows it; variations too, when they are asked for by their own id. */
export function productFields(product: Product, style: Style): Fields {
  const { shop, api, home } = style;
  const children = variationsOf(shop, product);
  const parent = product.type === 'variation' ? { parent_id: product.parentId } : { parent_id: 0 };
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    permalink: `${home}/product/${product.slug}/`,
    type: product.type,
    ...COMMON,
    ...OF_PRODUCTS,
    ...shared(product, children, style),
    shipping_required: !product.isVirtual,
    shipping_taxable: !product.isVirtual && product.taxStatus !== 'none',
    ...parent,
    total_sales: product.totalSales,
    attributes: [...product.attributes],
    variations: children.map(({ id }) => id),
    price_html: '',
    has_options: children.length > 0,
    ...product.other,
    _links: linksOf({ api, collection: 'products', id: product.id, allow: CHANGEABLE }),
  };
}

/** A variation as its parent's `variations` show it. */
export function variationFields(variation: Product, style: Style): Fields {
  const { api, home, shop } = style;
  const parent = shop.products.get(variation.parentId);
  const options = variation.attributes.map((one) => textOf(one, 'option'));
  const query = new URLSearchParams(
    variation.attributes.map((one) => [
      `attribute_${slugOf(textOf(one, 'name'))}`,
      textOf(one, 'option'),
    ]),
  );
  return {
    id: variation.id,
    type: 'variation',
    permalink: `${home}/product/${parent?.slug ?? ''}/?${query.toString()}`,
    ...COMMON,
    ...OF_VARIATIONS,
    ...shared(variation, [], style),
    attributes: [...variation.attributes],
    name: options.filter(Boolean).join(', '),
    parent_id: variation.parentId,
    ...variation.other,
    _links: linksOf({
      api,
      collection: `products/${variation.parentId}/variations`,
      id: variation.id,
      allow: CHANGEABLE,
      up: `products/${variation.parentId}`,
    }),
  };
}

function variationsOf(shop: Shop, product: Product): Product[] {
  if (product.type !== 'variable') return [];
  return [...shop.products.values()].filter(({ parentId }) => parentId === product.id);
}

function shared(product: Product, children: readonly Product[], style: Style): Fields {
  const { shop } = style;
  const price = cheapest(product, children);
  return {
    ...twins('date_created', product.createdMs, shop.zone),
    ...twins('date_modified', product.modifiedMs, shop.zone),
    status: product.status,
    sku: product.sku,
    global_unique_id: product.globalUniqueId,
    price: money(price, style.places),
    regular_price: money(product.regularPrice, style.places),
    sale_price: money(product.salePrice, style.places),
    on_sale: product.salePrice !== '' || children.some(({ salePrice }) => salePrice !== ''),
    purchasable: product.status === 'publish' && price !== '',
    virtual: product.isVirtual,
    downloadable: product.isDownloadable,
    tax_status: product.taxStatus,
    tax_class:
      product.taxClass === 'parent' ? (parentClass(shop, product) ?? '') : product.taxClass,
    ...stockFields(shop, product, children),
    meta_data: metaFields(product.meta),
  };
}

/** Of a product with variations it is the lowest that counts. */
function cheapest(product: Product, children: readonly Product[]): string {
  const own = product.salePrice === '' ? product.regularPrice : product.salePrice;
  const priced = children.filter(({ regularPrice }) => regularPrice !== '');
  const [first] = priced.sort((a, b) => Number(priceOf(a) - priceOf(b)));
  if (!first) return own;
  return first.salePrice === '' ? first.regularPrice : first.salePrice;
}

function parentClass(shop: Shop, product: Product): string | undefined {
  return shop.products.get(product.parentId)?.taxClass;
}

function stockFields(shop: Shop, product: Product, children: readonly Product[]): Fields {
  const holder = stockHolder(shop, product);
  const isParents = holder !== product;
  const managed: Json = isParents ? 'parent' : product.managesStock;
  const isLeft = children.some(({ stockStatus }) => stockStatus === 'instock');
  const ofChildren = isLeft ? 'instock' : 'outofstock';
  const counts = children.length > 0 && !product.managesStock;
  const { backorders, stockStatus } = holder;
  return {
    manage_stock: managed,
    stock_quantity: holder.managesStock ? holder.stockQuantity : null,
    stock_status: counts ? ofChildren : stockStatus,
    backorders,
    backorders_allowed: backorders !== 'no',
    backordered: stockStatus === 'onbackorder',
  };
}

/** At least the shop's decimals; a price with more keeps them. */
function money(text: string, places: number): string {
  if (text === '') return '';
  const own = text.split('.')[1]?.length ?? 0;
  return fixed(amountOf(text), Math.max(own, places));
}
