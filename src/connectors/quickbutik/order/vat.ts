import { absolute, add, money, split, subtract, sum, type Money } from '../../../domain/money.ts';
import { percentText, vatInGross, vatOnNet, type BasisPoints } from '../../../domain/vat/rates.ts';
import { CANDIDATES_SHOWN_MAX, CANDIDATES_TRIED_MAX } from '../limits.ts';

/**
 * Quickbutik tells the VAT of an order as one amount, and of no line. How the lines are taxed is
 * proven by it: a way to tax them counts when it comes to the shop's own amount.
 */

/** What is to be taxed, before the order's discount. */
export type Untaxed = {
  readonly items: readonly {
    /** As the shop says it: VAT included unless it comes on top. */
    readonly amount: Money;
    /** The article's rate on the day of the order; null when it is not known. */
    readonly rate: BasisPoints | null;
  }[];
  readonly shipping: Money;
  /** Whether VAT comes on top of amounts, as for businesses. */
  readonly isOnTop: boolean;
  /** Positive: taken off everything. */
  readonly discount: Money;
  /** The VAT of the whole order, as the shop says it. */
  readonly tax: Money;
  /** Rates that anything can be sold at on the day, highest first. */
  readonly rates: readonly BasisPoints[];
  /** Rates of which one became the other around the day; null: none did. */
  readonly swap: readonly [BasisPoints, BasisPoints] | null;
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
  /** Which way of the procedure it was: `single-rate`, `shipping-dominant`, `shipping-split` … */
  readonly way: string;
  readonly isOnTop: boolean;
};

/** The taxation that is proven; or ways that would come to the amount, for a person. */
export type VatProof =
  | { readonly kind: 'proven'; readonly taxation: Taxation }
  | { readonly kind: 'open'; readonly candidates: readonly string[] };

/**
 * Proves how an order is taxed, by the first of these ways that comes to the shop's own VAT within
 * an öre for each line: one rate for everything; the articles' own rates, with freight at the rate
 * of most goods, else split over the rates; the same with rates that changed around the day.
 *
 * When none does, or the articles' rates are not known, nothing is guessed: up to three ways that
 * would come to the amount are told.
 */
export function proveVat(untaxed: Untaxed): VatProof {
  for (const rate of untaxed.rates) {
    const all = untaxed.items.map(() => rate);
    const taxation = taxed(untaxed, { rates: all, split: false, way: 'single-rate' });
    if (comesTo(taxation, untaxed)) return { kind: 'proven', taxation: exact(taxation, untaxed) };
  }
  const known = untaxed.items.map(({ rate }) => rate);
  if (known.every((rate) => rate !== null)) {
    for (const rates of [known, swapped(known, untaxed.swap)]) {
      for (const isSplit of [false, true]) {
        const way = isSplit ? 'shipping-split' : 'shipping-dominant';
        const taxation = taxed(untaxed, { rates, split: isSplit, way });
        if (comesTo(taxation, untaxed)) {
          return { kind: 'proven', taxation: exact(taxation, untaxed) };
        }
      }
    }
  }
  return { kind: 'open', candidates: candidatesOf(untaxed) };
}

/** One way to tax an order. */
type Way = {
  readonly rates: readonly BasisPoints[];
  /** Whether freight is split over the rates of the goods, or follows most of them. */
  readonly split: boolean;
  readonly way: string;
};

function taxed(untaxed: Untaxed, { rates, split: isSplit, way }: Way): Taxation {
  const { items, shipping, discount, isOnTop } = untaxed;
  const part = (amount: Money, rate: BasisPoints): TaxedPart => {
    if (isOnTop) return { rate, amount, net: amount, vat: vatOnNet(amount, rate) };
    const vat = vatInGross(amount, rate);
    return { rate, amount, net: subtract(amount, vat), vat };
  };
  const amounts = [...items.map(({ amount }) => amount), shipping];
  // A discount on the whole takes a share of everything, by value.
  const off = shares(discount, amounts);
  const left = amounts.map((amount, i) => subtract(amount, off[i] ?? nothing(amount)));
  const parts = left.slice(0, -1).map((amount, i) => [part(amount, rates[i] ?? 0)]);
  const freight = left.at(-1) ?? nothing(shipping);
  const byRate = sumsByRate(parts.flat());
  const dominant = byRate.toSorted((a, b) => Number(b.amount.minor - a.amount.minor))[0]?.rate ?? 0;
  const cut = shares(
    freight,
    byRate.map(({ amount }) => amount),
  );
  const freightParts = isSplit
    ? byRate.map(({ rate }, i) => part(cut[i] ?? nothing(freight), rate))
    : [part(freight, dominant)];
  return { items: parts, shipping: freightParts, way, isOnTop };
}

function sumsByRate(parts: readonly TaxedPart[]): readonly Pick<TaxedPart, 'rate' | 'amount'>[] {
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

/** An öre for each line: shops round on each of them, or once. */
function comesTo(taxation: Taxation, { tax, items }: Untaxed): boolean {
  const difference = subtract(tax, vatOf(taxation, tax));
  return absolute(difference).minor <= BigInt(Math.max(1, items.length));
}

/** The same to the öre: what the shop's own rounding leaves goes to the largest part. */
function exact(taxation: Taxation, { tax }: Untaxed): Taxation {
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

function swapped(rates: readonly BasisPoints[], swap: Untaxed['swap']): readonly BasisPoints[] {
  if (swap === null) return rates;
  const [one, other] = swap;
  const changed = new Map([
    [one, other],
    [other, one],
  ]);
  return rates.map((rate) => changed.get(rate) ?? rate);
}

/** Ways that come to the shop's VAT: `25 %, 6 %, freight 25 %`. */
function candidatesOf(untaxed: Untaxed): readonly string[] {
  const found = new Set<string>();
  for (const rates of assignments(untaxed)) {
    for (const isSplit of [false, true]) {
      const taxation = taxed(untaxed, { rates, split: isSplit, way: '' });
      if (comesTo(taxation, untaxed)) found.add(describe(taxation));
      if (found.size >= CANDIDATES_SHOWN_MAX) return [...found];
    }
  }
  return [...found];
}

/** Every way to give the items rates, those that are known kept, up to a limit. */
function* assignments({ items, rates }: Untaxed): Generator<readonly BasisPoints[]> {
  const choices = items.map(({ rate }) => (rate === null ? rates : [rate]));
  const count = choices.reduce((product, one) => product * one.length, 1);
  for (let number = 0; number < Math.min(count, CANDIDATES_TRIED_MAX); number += 1) {
    let rest = number;
    yield choices.map((one) => {
      const chosen = one[rest % one.length] ?? 0;
      rest = Math.floor(rest / one.length);
      return chosen;
    });
  }
}

function describe({ items, shipping }: Taxation): string {
  const percents = (parts: readonly TaxedPart[]): string =>
    parts.map(({ rate }) => `${percentText(rate)} %`).join('/');
  const freight = shipping.some(({ amount }) => amount.minor !== 0n)
    ? ` + ${percents(shipping)}`
    : '';
  return `${items.map(percents).join(', ')}${freight}`;
}

function nothing({ currency }: Money): Money {
  return money(0n, currency);
}
