import type { Choices } from '../choices.ts';
import { spread, total, vatInside, vatOn } from '../wire/amounts.ts';
import { lineOre, type Line, type Order } from './order.ts';

/**
 * The amounts of an order, in öre.
 *
 * | Uncertain                                  | Chosen                                           |
 * |--------------------------------------------|--------------------------------------------------|
 * | VAT on shipping                            | The rate most is sold at (`shippingVat`)         |
 * | Discount on an order of several rates      | Off the lines by what they cost (`discountVat`)  |
 * | VAT of a bundle with one price             | Its components' rates, in proportion to prices   |
 * | `is_taxontop`                              | Item prices and shipping are without VAT         |
 * | A gift card                                | Payment, no discount (`giftCards`); VAT unmoved  |
 */
export type Totals = {
  readonly itemsOre: number;
  readonly discountOre: number;
  readonly taxOre: number;
  readonly totalOre: number;
  readonly payOre: number;
  /** Grams. */
  readonly weight: number;
};

/** A part of the order that is sold at one rate. */
type Portion = { readonly ore: number; readonly rate: number };

export function totalsOf(order: Order, choices: Choices): Totals {
  const itemsOre = total(order.lines.map(lineOre));
  const taxOre = order.isTaxfree ? 0 : vatOf(order, choices);
  const beforeOre = itemsOre + order.shipping.priceOre + (order.isTaxontop ? taxOre : 0);
  const afterOre = beforeOre - order.discountOre;
  const isDiscount = choices.giftCards === 'as-discount';
  const refundedOre = total(order.refunds.map(({ ore }) => ore));
  const cardAsDiscountOre = isDiscount ? order.giftCardOre : 0;
  return {
    itemsOre,
    discountOre: order.discountOre + cardAsDiscountOre,
    taxOre,
    totalOre: choices.totalAmount === 'after-discount' ? afterOre - cardAsDiscountOre : beforeOre,
    payOre:
      afterOre - order.giftCardOre - (choices.refundedAmounts === 'deducted' ? refundedOre : 0),
    weight: total(order.lines.map((line) => line.weight * line.qty)),
  };
}

function vatOf(order: Order, choices: Choices): number {
  const sold = order.lines.flatMap(portionsOf);
  const soldOre = total(sold.map(({ ore }) => ore));
  const shippingOre = order.shipping.priceOre;
  const off = discountParts(order.discountOre, { soldOre, shippingOre }, choices);
  const offLines = spread(
    off.itemsOre,
    sold.map(({ ore }) => ore),
  );
  const items = sold.map(({ ore, rate }, index) => ({ ore: ore - (offLines[index] ?? 0), rate }));
  const portions = [...items, ...shippingPortions(shippingOre - off.shippingOre, sold, choices)];
  const rounded = choices.vatRounding === 'per-line' ? portions : perRate(portions);
  const vat = order.isTaxontop ? vatOn : vatInside;
  return total(rounded.map(({ ore, rate }) => vat(ore, rate)));
}

/** Of the lines alone, as far as they reach; or of everything by what it costs. */
function discountParts(
  discountOre: number,
  { soldOre, shippingOre }: { readonly soldOre: number; readonly shippingOre: number },
  { discountVat }: Choices,
): { readonly itemsOre: number; readonly shippingOre: number } {
  const [itemsOre = 0] =
    discountVat === 'lines'
      ? [Math.min(discountOre, soldOre)]
      : spread(discountOre, [soldOre, shippingOre]);
  return { itemsOre, shippingOre: discountOre - itemsOre };
}

/** A line is sold at one rate; a bundle at those of its components. */
function portionsOf(line: Line): Portion[] {
  const { bundle, rate } = line;
  if (bundle === null) return [{ ore: lineOre(line), rate }];
  const weights = bundle.components.map(({ priceOre, qty }) => priceOre * qty);
  const parts = spread(lineOre(line), weights);
  return bundle.components.map((part, index) => ({ ore: parts[index] ?? 0, rate: part.rate }));
}

function shippingPortions(ore: number, items: readonly Portion[], choices: Choices): Portion[] {
  const rates = perRate(items).sort((a, b) => b.ore - a.ore || b.rate - a.rate);
  const [dominant] = rates;
  if (!dominant) return [];
  if (choices.shippingVat === 'dominant') return [{ ore, rate: dominant.rate }];
  const parts = spread(
    ore,
    rates.map((one) => one.ore),
  );
  return rates.map(({ rate }, index) => ({ ore: parts[index] ?? 0, rate }));
}

function perRate(portions: readonly Portion[]): Portion[] {
  const sums = new Map<number, number>();
  for (const { ore, rate } of portions) sums.set(rate, (sums.get(rate) ?? 0) + ore);
  return [...sums].map(([rate, ore]) => ({ rate, ore }));
}

/** What has been refunded may not exceed what was paid. */
export function refundableOre(order: Order, choices: Choices): number {
  const paid = totalsOf({ ...order, refunds: [] }, choices).payOre;
  return paid - total(order.refunds.map(({ ore }) => ore));
}
