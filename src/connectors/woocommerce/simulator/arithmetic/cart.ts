import { LINE_PLACES, multiply, roundTo, sum, whole, type Amount } from './amount.ts';
import { byLine, discountsOf, type Discount, type Discounts } from './discounts.ts';
import { baseRates, type MoneyRules } from './rules.ts';
import { ratesAt, taxesIn, taxesOn, type TaxPlace, type TaxRate } from './tax.ts';

/** Pieces of one product in a cart. */
export type CartLine = {
  readonly productId: number;
  readonly variationId: number;
  readonly quantity: number;
  /** Of one piece, as the shop has entered it: with or without tax. */
  readonly price: Amount;
  readonly taxClass: string;
  readonly isTaxable: boolean;
};

export type Cart = {
  readonly lines: readonly CartLine[];
  readonly coupons: readonly Discount[];
  readonly place: TaxPlace;
  readonly isVatExempt: boolean;
};

/** What goes over into the order: amounts without tax, with six decimals. */
export type CartTotals = {
  readonly lines: readonly { readonly subtotal: Amount; readonly total: Amount }[];
  readonly coupons: readonly CouponTotals[];
};

type CouponTotals = {
  readonly code: string;
  readonly discount: Amount;
  readonly discountTax: Amount;
};

type Priced = {
  readonly line: CartLine;
  readonly price: Amount;
  readonly rates: readonly TaxRate[];
  readonly includesTax: boolean;
};

/**
 * Reckons a cart as the checkout does.
 *
 * Where prices include tax, a buyer elsewhere pays the net of the shop's own country and the tax
 * of theirs: the price they see changes, the net does not.
 */
export function reckonCart(cart: Cart, rules: MoneyRules): CartTotals {
  const priced = cart.lines.map((line) => priceOf(line, cart, rules));
  const asked = priced.map(({ line, price }) => ({ ...line, price }));
  const discounts = discountsOf(asked, cart.coupons, rules);
  const taken = byLine(discounts, priced.length);
  return {
    lines: priced.map((one, at) => ({
      subtotal: netOf(one, one.price, rules),
      total: netOf(one, one.price - (taken[at] ?? 0n), rules),
    })),
    coupons: cart.coupons.map(({ code }) => couponTotals(code, { priced, discounts }, rules)),
  };
}

function priceOf(line: CartLine, cart: Cart, rules: MoneyRules): Priced {
  const price = roundTo(multiply(line.price, whole(line.quantity)), LINE_PLACES);
  const isTaxed = line.isTaxable && rules.calculatesTaxes;
  const rates = isTaxed && !cart.isVatExempt ? ratesAt(rules.table, cart.place, line.taxClass) : [];
  const includesTax = rules.pricesIncludeTax;
  if (!isTaxed || !includesTax) return { line, price, rates, includesTax };
  const base = baseRates(rules, line.taxClass);
  const places = coinPlaces(rules);
  if (cart.isVatExempt) {
    const net = price - sum(taxesIn(price, base, places).values());
    return { line, price: net, rates, includesTax: false };
  }
  if (isSame(rates, base)) return { line, price, rates, includesTax };
  const net = price - sum(taxesIn(price, base, places).values());
  return { line, price: net + sum(taxesOn(net, rates, places).values()), rates, includesTax };
}

function netOf({ line, rates, includesTax }: Priced, price: Amount, rules: MoneyRules): Amount {
  const isInside = includesTax && line.isTaxable && rules.calculatesTaxes;
  const tax = isInside ? sum(taxesIn(price, rates, coinPlaces(rules)).values()) : 0n;
  return roundTo(price - tax, LINE_PLACES);
}

/**
 * What the coupon's own line says. It is rounded apart from the lines, and need not be what they
 * add up to.
 */
function couponTotals(
  code: string,
  { priced, discounts }: { readonly priced: readonly Priced[]; readonly discounts: Discounts },
  rules: MoneyRules,
): CouponTotals {
  let discount = 0n;
  let discountTax = 0n;
  for (const [at, amount] of (discounts.get(code) ?? []).entries()) {
    const one = priced[at];
    if (!one) continue;
    const places = coinPlaces(rules);
    const taxes = one.includesTax
      ? taxesIn(amount, one.rates, places)
      : taxesOn(amount, one.rates, places);
    const tax = one.line.isTaxable ? sum(taxes.values()) : 0n;
    discountTax += tax;
    discount += one.includesTax ? amount - tax : amount;
  }
  return {
    code,
    discount: roundTo(discount, rules.decimals, 'down'),
    discountTax: roundTo(discountTax, rules.decimals, 'down'),
  };
}

/** A cart reckons in coins, and keeps six decimals of them. */
function coinPlaces(rules: MoneyRules): number {
  return LINE_PLACES + rules.decimals;
}

function isSame(a: readonly TaxRate[], b: readonly TaxRate[]): boolean {
  return a.length === b.length && a.every(({ id }, at) => b[at]?.id === id);
}
