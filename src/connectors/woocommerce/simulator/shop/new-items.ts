import { textOf } from '../api/fields.ts';
import { LINE_PLACES, multiply, roundTo, sum, whole, type Amount } from '../arithmetic/amount.ts';
import { baseRates } from '../arithmetic/rules.ts';
import { taxesIn } from '../arithmetic/tax.ts';
import type { Item } from '../arithmetic/totals.ts';
import { rulesOf } from './options.ts';
import type { CouponLine, FeeItem, LineItem, ShippingItem } from './order.ts';
import { fullName, taxClassOf } from './products.ts';
import { priceOf, type Product } from './product.ts';
import type { Coupon } from './coupon.ts';
import { nextId, type Shop } from './shop.ts';
import type { Meta } from './meta.ts';

const UNTAXED: Pick<Item, 'taxes' | 'subtotalTax' | 'totalTax'> = {
  taxes: new Map(),
  subtotalTax: 0n,
  totalTax: 0n,
};

type Bought = { readonly product: Product; readonly quantity: number };

/** A line for pieces of a product, at given amounts without tax. */
export function newLine(
  shop: Shop,
  { product, quantity }: Bought,
  amounts: { readonly subtotal: Amount; readonly total: Amount },
): LineItem {
  const isVariation = product.type === 'variation';
  return {
    ...UNTAXED,
    kind: 'line',
    id: nextId(shop, 'item'),
    name: fullName(shop, product),
    productId: isVariation ? product.parentId : product.id,
    variationId: isVariation ? product.id : 0,
    quantity,
    isTaxable: product.taxStatus === 'taxable',
    taxClass: taxClassOf(shop, product),
    ...amounts,
    meta: attributeMeta(shop, product),
  };
}

/** What pieces cost without the tax of the shop's own country. */
export function netPrice(shop: Shop, { product, quantity }: Bought): Amount {
  const rules = rulesOf(shop);
  const price = multiply(priceOf(product), whole(quantity));
  if (product.taxStatus !== 'taxable' || !rules.pricesIncludeTax || !rules.calculatesTaxes)
    return price;
  const inside = sum(taxesIn(price, baseRates(rules, taxClassOf(shop, product))).values());
  return roundTo(price - inside, LINE_PLACES);
}

export function newShipping(
  shop: Shop,
  given: Pick<ShippingItem, 'methodId' | 'methodTitle' | 'instanceId' | 'total'> & {
    readonly isTaxable?: boolean;
    readonly meta?: Meta[];
  },
): ShippingItem {
  return {
    ...UNTAXED,
    kind: 'shipping',
    id: nextId(shop, 'item'),
    isTaxable: given.isTaxable ?? true,
    taxClass: '',
    subtotal: 0n,
    total: given.total,
    methodId: given.methodId,
    methodTitle: given.methodTitle,
    instanceId: given.instanceId,
    meta: given.meta ?? [],
  };
}

export function newFee(
  shop: Shop,
  given: Pick<FeeItem, 'name' | 'total' | 'taxClass' | 'isTaxable'>,
): FeeItem {
  return {
    ...UNTAXED,
    kind: 'fee',
    id: nextId(shop, 'item'),
    subtotal: 0n,
    meta: [],
    ...given,
  };
}

export function newCouponLine(
  shop: Shop,
  coupon: Coupon,
  amounts: { readonly discount: Amount; readonly discountTax: Amount },
): CouponLine {
  return {
    id: nextId(shop, 'item'),
    couponId: coupon.id,
    code: coupon.code,
    type: coupon.type,
    amount: coupon.amount,
    freeShipping: coupon.freeShipping,
    metaId: nextId(shop, 'meta'),
    ...amounts,
  };
}

/** A variation's options stand in the line as they were chosen, by the slugs of the attributes. */
function attributeMeta(shop: Shop, product: Product): Meta[] {
  if (product.type !== 'variation') return [];
  const chosen = product.attributes.map((attribute) => ({
    key: textOf(attribute, 'slug') || textOf(attribute, 'name'),
    value: attribute['option'] ?? '',
  }));
  const sorted = chosen.sort((a, b) => (a.key < b.key ? -1 : 1));
  return sorted.map((entry) => ({ id: nextId(shop, 'meta'), ...entry }));
}
