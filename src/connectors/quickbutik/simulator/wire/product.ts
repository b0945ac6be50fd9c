import type { Product, Variant } from '../shop/product.ts';
import { amountText, rateText } from './amounts.ts';
import type { Fields } from './fields.ts';
import { momentText } from './moment.ts';

/** What a list shows unless details are asked for. Which fields it has is not documented. */
export function productStub(product: Product): Fields {
  return {
    id: String(product.id),
    sku: product.texts.sku,
    title: product.texts.title,
    price: amountText(product.priceOre),
    stock: String(product.stock),
  };
}

export function productDetails(product: Product): Fields {
  const { texts } = product;
  return {
    id: String(product.id),
    sku: texts.sku,
    hasVariants: product.variants.length > 0,
    title: texts.title,
    qty: String(product.stock),
    qty_location: texts.qty_location,
    price: amountText(product.priceOre),
    before_price: amountText(product.beforePriceOre),
    purchase_price: amountText(product.purchasePriceOre),
    tax_rate: product.isRateTold ? rateText(product.rate) : '',
    description: texts.description,
    weight: String(product.weight),
    date_modified: momentText(product.modifiedMs),
    stock: String(product.stock),
    category_name: texts.category_name,
    disable_minusqty: product.disableMinusqty ? '1' : '0',
    supplier_name: texts.supplier_name,
    supplier_sku: texts.supplier_sku,
    images: imagesById(product),
    variants: product.variants.map((variant) => variantFields(product, variant)),
    visible: product.visible ? '1' : '0',
    gtin: texts.gtin,
    datafield_1: texts.datafield_1,
    datafield_2: texts.datafield_2,
    datafield_3: texts.datafield_3,
  };
}

/** An object keyed by the images' ids, not a list. */
function imagesById({ id, images }: Product): Fields {
  return Object.fromEntries(images.map((image, index) => [`${id}${index + 1}`, image]));
}

function variantFields(product: Product, variant: Variant): Fields {
  return {
    id: String(variant.id),
    product_id: String(product.id),
    sku: variant.sku,
    qty: String(variant.stock),
    price: amountText(variant.priceOre ?? product.priceOre),
    before_price: amountText(product.beforePriceOre),
    purchase_price: amountText(product.purchasePriceOre),
    weight: String(variant.weight ?? product.weight),
    hidden: variant.hidden ? '1' : '0',
    gtin: variant.gtin,
    values: variant.values.map(({ field, value }) => ({ ovalue_field: field, val: value })),
  };
}
