import { LINE_PLACES, roundTo, sum, type Amount } from '../arithmetic/amount.ts';
import { byLine, discountsOf } from '../arithmetic/discounts.ts';
import { placeOfTax, type MoneyRules } from '../arithmetic/rules.ts';
import { rateCode, ratesAt, taxesIn, taxesOn, type TaxPlace } from '../arithmetic/tax.ts';
import { addUp, limitFees, taxItems, type Totals } from '../arithmetic/totals.ts';
import { couponBy, discountBy } from './coupons.ts';
import { rulesOf } from './options.ts';
import { linesOf, type LineItem, type Order, type TaxLine } from './order.ts';
import { taxClassOf } from './products.ts';
import { metaOf } from './meta.ts';
import { nextId, type Shop } from './shop.ts';

/** Taxes and sums of an order, as the shop's settings and tax table stand now. */
export function reckonOrder(shop: Shop, order: Order): void {
  const rules = rulesOf(shop);
  limitFees(order.items, rules);
  taxItems(
    {
      items: order.items,
      place: placeOf(order, rules),
      isVatExempt: metaOf(order.meta, 'is_vat_exempt') === 'yes',
      taxClasses: taxClassesOf(shop, order),
    },
    rules,
  );
  const { taxes, ...totals } = addUp(order.items, rules);
  order.totals = totals;
  order.taxLines = taxLines(shop, taxes, order.taxLines);
}

/** Where an order is taxed. */
function placeOf(order: Order, rules: MoneyRules): TaxPlace {
  const isPickedUp = order.items.some(
    (item) => item.kind === 'shipping' && item.methodId === 'local_pickup',
  );
  return placeOfTax(rules, { billing: order.billing, shipping: order.shipping, isPickedUp });
}

/** Those of products that are taxed, or whose shipping is. */
function taxClassesOf(shop: Shop, order: Order): string[] {
  return linesOf(order).flatMap(({ productId, variationId }) => {
    const product = shop.products.get(variationId || productId);
    if (!product) return [];
    const isShipped = product.taxStatus === 'shipping' && !product.isVirtual;
    return product.taxStatus === 'taxable' || isShipped ? [taxClassOf(shop, product)] : [];
  });
}

/** A line for each rate. One that the order has already keeps its id. */
export function taxLines(
  shop: Shop,
  taxes: Totals['taxes'],
  known: readonly TaxLine[] = [],
): TaxLine[] {
  return [...taxes].flatMap(([rateId, { cart, shipping }]) => {
    const before = known.find((line) => line.rateId === rateId);
    if (before) return [{ ...before, cart, shipping }];
    const rate = shop.taxRates.get(rateId);
    if (!rate) return [];
    return [
      {
        id: nextId(shop, 'item'),
        rateId,
        rateCode: rateCode(rate),
        label: rate.name || 'Tax',
        isCompound: rate.isCompound,
        percent: rate.percent,
        cart,
        shipping,
      },
    ];
  });
}

/**
 * Takes the order's coupons anew of its lines, as the API and the order page do. Discounts are
 * taken of prices with tax where the order's prices include it.
 */
export function takeCoupons(shop: Shop, order: Order): void {
  const rules = rulesOf(shop);
  const lines = linesOf(order);
  const desk = { rules, place: placeOf(order, rules), isInside: order.pricesIncludeTax };
  const priced = lines.map((line) => ({
    productId: line.productId,
    variationId: line.variationId,
    quantity: line.quantity,
    price: line.subtotal + (order.pricesIncludeTax ? line.subtotalTax : 0n),
  }));
  const coupons = order.coupons.flatMap(({ code }) => couponBy(shop, code) ?? []);
  const discounts = discountsOf(priced, coupons.map(discountBy), rules);
  const taken = byLine(discounts, lines.length);
  for (const [at, line] of lines.entries()) {
    const left = line.subtotal - split(desk, line, taken[at] ?? 0n).net;
    line.total = left < 0n ? 0n : roundTo(left, LINE_PLACES);
  }
  for (const coupon of order.coupons) {
    const parts = (discounts.get(coupon.code) ?? []).flatMap((part, at) => {
      const line = lines[at];
      return line ? [split(desk, line, part)] : [];
    });
    coupon.discount = roundTo(sum(parts.map(({ net }) => net)), rules.decimals, 'down');
    coupon.discountTax = roundTo(sum(parts.map(({ tax }) => tax)), rules.decimals, 'down');
  }
}

type Desk = {
  readonly rules: MoneyRules;
  readonly place: TaxPlace;
  /** Whether prices, and so discounts, have tax in them. */
  readonly isInside: boolean;
};

/** What a discount takes of a line's net, and of its tax. */
function split(desk: Desk, line: LineItem, part: Amount): { net: Amount; tax: Amount } {
  if (!line.isTaxable) return { net: part, tax: 0n };
  const rates = ratesAt(desk.rules.table, desk.place, line.taxClass);
  const tax = sum((desk.isInside ? taxesIn(part, rates) : taxesOn(part, rates)).values());
  return { net: desk.isInside ? part - tax : part, tax };
}
