import type { Call } from '../api/call.ts';
import { changeArticle, removeProduct, type ProductChange } from '../shop/change-product.ts';
import { newProduct, type VariantSeed } from '../shop/product-seed.ts';
import { articleById, articleBySku, PRODUCT_TEXTS, type Article } from '../shop/product.ts';
import { ShopRefusal } from '../shop/shop.ts';
import { amountText, readOre } from '../wire/amounts.ts';
import {
  isGiven,
  objectOf,
  rowsOf,
  switchOf,
  textOf,
  textsIn,
  wholeOf,
  type Fields,
} from '../wire/fields.ts';

/** One item of `POST /products`. That the answer tells the number is inferred. */
export function addProduct({ desk }: Call, item: Fields): Fields {
  const title = textOf(item, 'title');
  if (title === '') throw new ShopRefusal('title is missing');
  const change = changeIn(item);
  const { texts, rate, stock, weight, variants, visible, disableMinusqty, priceOre = 0 } = change;
  const product = newProduct(
    desk.shop,
    {
      title,
      price: amountText(priceOre),
      ...(texts === undefined ? {} : { texts, sku: texts.sku ?? '' }),
      ...(rate === undefined ? {} : { taxRate: rate / 100 }),
      ...(stock === undefined ? {} : { stock }),
      ...(weight === undefined ? {} : { weight }),
      ...(variants === undefined ? {} : { variants }),
      ...(visible === undefined ? {} : { visible }),
      ...(disableMinusqty === undefined ? {} : { disableMinusqty }),
    },
    desk.nowMs,
  );
  desk.tell('product.add', product.id);
  return { product_id: String(product.id) };
}

/** One item of `PUT /products`: by product, by variant, or by an article number of one only. */
export function updateProduct({ desk }: Call, item: Fields): Fields {
  changeArticle(desk, articleIn(desk.shop.products, item), changeIn(item));
  setMetadata(articleIn(desk.shop.products, item), objectOf(item, 'metadata'));
  return {};
}

/** One item of `DELETE /products`. Its body is not documented: as that of PUT. */
export function deleteProduct({ desk }: Call, item: Fields): Fields {
  removeProduct(desk, wholeOf(item, 'product_id') ?? 0);
  return {};
}

function articleIn(products: Call['desk']['shop']['products'], item: Fields): Article {
  const [productId, variantId] = [wholeOf(item, 'product_id'), wholeOf(item, 'variant_id')];
  const article =
    productId === null && variantId === null
      ? articleBySku(products.values(), textOf(item, 'sku'))
      : articleById(products, productId ?? productOf(products, variantId), variantId ?? 0);
  if (article === 'ambiguous') throw new ShopRefusal('sku is not unique');
  if (article === null) throw new ShopRefusal('product not found');
  return article;
}

function productOf(products: Call['desk']['shop']['products'], variantId: number | null): number {
  const owner = [...products.values()].find((product) =>
    product.variants.some(({ id }) => id === variantId),
  );
  return owner?.id ?? 0;
}

/** Every field that is there must be readable: half of a change is none. */
function changeIn(item: Fields): ProductChange {
  const variants = rowsOf(objectOf(item, 'variants'), 'sync');
  const images = item['images'];
  return {
    texts: textsIn(item, PRODUCT_TEXTS),
    ...amountIn(item, 'price', 'priceOre'),
    ...amountIn(item, 'before_price', 'beforePriceOre'),
    ...amountIn(item, 'purchase_price', 'purchasePriceOre'),
    ...amountIn(item, 'tax_rate', 'rate'),
    ...wholeNamed(item, 'stock'),
    ...wholeNamed(item, 'weight'),
    ...switchNamed(item, 'visible', 'visible'),
    ...switchNamed(item, 'disable_minusqty', 'disableMinusqty'),
    ...(Array.isArray(images) ? { images: images.map(String) } : {}),
    ...(variants.length > 0 ? { variants: variants.map(variantIn) } : {}),
  };
}

/** Amounts and rates alike are kept in hundredths. */
function amountIn<N extends string>(item: Fields, name: string, as: N): Partial<Record<N, number>> {
  if (!isGiven(item, name)) return {};
  const ore = readOre(item[name]);
  if (ore === null || ore < 0) throw new ShopRefusal(`${name} is not valid`);
  return { [as]: ore } as Record<N, number>;
}

function wholeNamed<N extends string>(item: Fields, name: N): Partial<Record<N, number>> {
  if (!isGiven(item, name)) return {};
  const value = wholeOf(item, name);
  if (value === null) throw new ShopRefusal(`${name} is not valid`);
  return { [name]: value } as Record<N, number>;
}

function switchNamed<N extends string>(
  item: Fields,
  name: string,
  as: N,
): Partial<Record<N, boolean>> {
  const value = switchOf(item, name);
  return value === null ? {} : ({ [as]: value } as Record<N, boolean>);
}

function variantIn(row: Fields): VariantSeed & { readonly hidden?: boolean } {
  const id = wholeOf(row, 'id') ?? wholeOf(row, 'variant_id');
  const price = amountIn(row, 'price', 'ore').ore;
  const stock = wholeOf(row, 'stock') ?? wholeOf(row, 'qty');
  return {
    ...(id === null ? {} : { id }),
    ...textsIn(row, ['sku']),
    ...(stock === null ? {} : { stock }),
    ...(price === undefined ? {} : { price: amountText(price) }),
    ...wholeNamed(row, 'weight'),
    ...switchNamed(row, 'hidden', 'hidden'),
  };
}

function setMetadata({ product }: Article, fields: Fields): void {
  for (const name of Object.keys(fields)) product.metadata.set(name, textOf(fields, name));
}
