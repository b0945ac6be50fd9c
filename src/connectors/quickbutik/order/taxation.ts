import { absolute, add, money, split, subtract, sum, type Money } from '../../../domain/money.ts';
import { vatInGross, vatOnNet, type BasisPoints } from '../../../domain/vat/rates.ts';

/** What is to be taxed, before the order's discount. */
export type Untaxed = {
  readonly items: readonly UntaxedItem[];
  readonly shipping: Money;
  /** Whether VAT comes on top of amounts, as for businesses. */
  readonly isOnTop: boolean;
  /** Positive: taken off. */
  readonly discount: Money;
  /** The VAT of the whole order, as the shop says it. */
  readonly tax: Money;
  /** Rates that anything can be sold at on the day, highest first. */
  readonly rates: readonly BasisPoints[];
  /** Rates of which one became the other around the day; null: none did. */
  readonly swap: readonly [BasisPoints, BasisPoints] | null;
};

export type UntaxedItem = {
  /** As the shop says it: VAT included unless it comes on top. */
  readonly amount: Money;
  /** The article's rate on the day of the order; null when it is not known. */
  readonly rate: BasisPoints | null;
  /** A gift card is money: no VAT whatever else is sold. */
  readonly isMoney: boolean;
};

/** One way to tax an order. */
export type Way = {
  /** A rate for each item. */
  readonly rates: readonly BasisPoints[];
  /** The rate of most goods, split over those of all, or one of its own. */
  readonly freight: 'dominant' | 'split' | BasisPoints;
  /**
   * What the discount is taken off: everything by value, or the goods alone. A gift card that the
   * shop tells as a discount is taken off nothing: it pays, and moves no VAT.
   */
  readonly discount: 'everything' | 'goods' | 'gift-card';
};

/** An amount at a rate. */
export type TaxedPart = {
  readonly rate: BasisPoints;
  /** As the shop says it: what weighs. */
  readonly amount: Money;
  readonly net: Money;
  readonly vat: Money;
};

/** How an order is taxed: a list of parts for each item, and those of the freight. */
export type Taxation = {
  readonly items: readonly (readonly TaxedPart[])[];
  readonly shipping: readonly TaxedPart[];
  readonly isOnTop: boolean;
  /** Whether what the shop tells as a discount is a gift card. */
  readonly isGiftCard: boolean;
};

/** Taxes an order in one way. */
export function taxed(untaxed: Untaxed, { rates, freight, discount }: Way): Taxation {
  const { isOnTop } = untaxed;
  const part = (amount: Money, rate: BasisPoints): TaxedPart => {
    if (isOnTop) return { rate, amount, net: amount, vat: vatOnNet(amount, rate) };
    const vat = vatInGross(amount, rate);
    return { rate, amount, net: subtract(amount, vat), vat };
  };
  const left = afterDiscount(untaxed, discount);
  const items = left.items.map((amount, i) => [part(amount, rates[i] ?? 0)]);
  const byRate = sumsByRate(items.flat());
  return {
    items,
    shipping: freightParts(left.shipping, byRate, freight).map(([one, rate]) => part(one, rate)),
    isOnTop,
    isGiftCard: discount === 'gift-card',
  };
}

/** Whether a way comes to the shop's own VAT: an öre for each line, which may have been rounded. */
export function comesTo(taxation: Taxation, { tax, items }: Untaxed): boolean {
  const difference = subtract(tax, vatOf(taxation, tax));
  return absolute(difference).minor <= BigInt(Math.max(1, items.length));
}

/** The same to the öre: what the shop's own rounding leaves goes to the largest part. */
export function exact(taxation: Taxation, { tax }: Untaxed): Taxation {
  const left = subtract(tax, vatOf(taxation, tax));
  const all = [...taxation.items.flat(), ...taxation.shipping].filter(({ rate }) => rate !== 0);
  const largest = all.toSorted((a, b) => Number(b.amount.minor - a.amount.minor))[0];
  const mend = (one: TaxedPart): TaxedPart => {
    if (one !== largest) return one;
    const { net, vat } = one;
    return { ...one, vat: add(vat, left), net: taxation.isOnTop ? net : subtract(net, left) };
  };
  return {
    ...taxation,
    items: taxation.items.map((parts) => parts.map(mend)),
    shipping: taxation.shipping.map(mend),
  };
}

function afterDiscount(
  { items, shipping, discount }: Untaxed,
  how: Way['discount'],
): { readonly items: readonly Money[]; readonly shipping: Money } {
  const goods = items.map(({ amount }) => amount);
  if (how === 'gift-card') return { items: goods, shipping };
  const all = [...goods, shipping];
  const weights = how === 'goods' && reaches(goods, discount) ? [...goods, nothing(shipping)] : all;
  const off = shares(discount, weights);
  const left = all.map((amount, i) => subtract(amount, off[i] ?? nothing(amount)));
  return { items: left.slice(0, -1), shipping: left.at(-1) ?? nothing(shipping) };
}

function reaches(goods: readonly Money[], discount: Money): boolean {
  return sum(goods, discount.currency).minor >= discount.minor;
}

type AtRate = { readonly rate: BasisPoints; readonly amount: Money };

function freightParts(
  freight: Money,
  byRate: readonly AtRate[],
  how: Way['freight'],
): readonly (readonly [Money, BasisPoints])[] {
  if (typeof how === 'number') return [[freight, how]];
  if (how === 'dominant') {
    const [most] = byRate.toSorted((a, b) => Number(b.amount.minor - a.amount.minor));
    return [[freight, most?.rate ?? 0]];
  }
  const cut = shares(
    freight,
    byRate.map(({ amount }) => amount),
  );
  return byRate.map(({ rate }, i) => [cut[i] ?? nothing(freight), rate]);
}

function sumsByRate(parts: readonly TaxedPart[]): readonly AtRate[] {
  const sums = new Map<BasisPoints, Money>();
  for (const { rate, amount } of parts) {
    const before = sums.get(rate);
    sums.set(rate, before === undefined ? amount : add(before, amount));
  }
  return [...sums].map(([rate, amount]) => ({ rate, amount }));
}

/** An amount by the weights of others; all of it to the first when none weighs anything. */
function shares(amount: Money, weights: readonly Money[]): readonly Money[] {
  const sizes = weights.map((weight) => absolute(weight).minor);
  if (sizes.every((size) => size === 0n)) {
    return weights.map((weight, i) => (i === 0 ? amount : nothing(weight)));
  }
  return split(amount, sizes);
}

function vatOf({ items, shipping }: Taxation, tax: Money): Money {
  return sum(
    [...items.flat(), ...shipping].map(({ vat }) => vat),
    tax.currency,
  );
}

function nothing({ currency }: Money): Money {
  return money(0n, currency);
}
