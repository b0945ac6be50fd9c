import { divide, LINE_PLACES, percentOf, roundTo, sum, whole, type Amount } from './amount.ts';

/** A row of the shop's tax table. */
export type TaxRate = {
  readonly id: number;
  /** ISO code; empty for every country. */
  readonly country: string;
  readonly state: string;
  /** With `*` at the end for any that begin so; empty for every postcode. */
  readonly postcodes: readonly string[];
  readonly cities: readonly string[];
  /** 25 is 25 %. */
  readonly percent: Amount;
  readonly name: string;
  /** One rate of each priority counts. */
  readonly priority: number;
  /** Taken on top of the taxes before it. */
  readonly isCompound: boolean;
  readonly isForShipping: boolean;
  readonly order: number;
  /** Slug of the tax class; empty for the standard one. */
  readonly taxClass: string;
};

/** Where a sale is taxed. */
export type TaxPlace = {
  readonly country: string;
  readonly state: string;
  readonly postcode: string;
  readonly city: string;
};

/** Taxes by the id of their rate, in the order of the rates. */
export type Taxes = ReadonlyMap<number, Amount>;

/** The rates of a class at a place: of each priority the one that says most about the place. */
export function ratesAt(
  table: readonly TaxRate[],
  place: TaxPlace,
  taxClass: string,
): readonly TaxRate[] {
  const found = new Map<number, TaxRate>();
  const matching = table
    .filter((rate) => rate.taxClass === taxClass && isAt(rate, place))
    .sort(
      (a, b) =>
        a.priority - b.priority || detail(b) - detail(a) || a.order - b.order || a.id - b.id,
    );
  for (const rate of matching) if (!found.has(rate.priority)) found.set(rate.priority, rate);
  return [...found.values()];
}

/** Those of them that are taken of shipping. */
export function shippingRatesAt(
  table: readonly TaxRate[],
  place: TaxPlace,
  taxClass: string,
): readonly TaxRate[] {
  return ratesAt(table, place, taxClass).filter((rate) => rate.isForShipping);
}

function isAt(rate: TaxRate, place: TaxPlace): boolean {
  return (
    (rate.country === '' || rate.country === place.country) &&
    (rate.state === '' || rate.state === place.state) &&
    (rate.cities.length === 0 || rate.cities.includes(place.city.toUpperCase())) &&
    (rate.postcodes.length === 0 || rate.postcodes.some((one) => isPostcode(one, place.postcode)))
  );
}

function isPostcode(pattern: string, postcode: string): boolean {
  const bare = postcode.replaceAll(' ', '').toUpperCase();
  const wanted = pattern.replaceAll(' ', '').toUpperCase();
  return wanted.endsWith('*') ? bare.startsWith(wanted.slice(0, -1)) : bare === wanted;
}

function detail(rate: TaxRate): number {
  return (
    [rate.country, rate.state].filter(Boolean).length + rate.postcodes.length + rate.cities.length
  );
}

/**
 * The taxes that come on top of a price. Each is rounded to `places` decimals.
 *
 * @param places six, and in a cart, which reckons in the smallest coin, as many more as coins have
 */
export function taxesOn(
  price: Amount,
  rates: readonly TaxRate[],
  places: number = LINE_PLACES,
): Taxes {
  const taxes = new Map<number, Amount>();
  for (const rate of rates)
    if (!rate.isCompound) taxes.set(rate.id, percentOf(price, rate.percent));
  for (const rate of rates) {
    if (!rate.isCompound) continue;
    taxes.set(rate.id, percentOf(price + sum(taxes.values()), rate.percent));
  }
  return inOrder(taxes, rates, places);
}

/** The taxes that stand inside a price. */
export function taxesIn(
  price: Amount,
  rates: readonly TaxRate[],
  places: number = LINE_PLACES,
): Taxes {
  const taxes = new Map<number, Amount>();
  const hundred = whole(100);
  let rest = price;
  for (const rate of rates.filter(({ isCompound }) => isCompound).reverse()) {
    const tax = rest - divide(rest * 100n, hundred + rate.percent);
    taxes.set(rate.id, tax);
    rest -= tax;
  }
  const regular = rates.filter(({ isCompound }) => !isCompound);
  const all = hundred + sum(regular.map(({ percent }) => percent));
  for (const rate of regular) taxes.set(rate.id, (rest * rate.percent) / all);
  return inOrder(taxes, rates, places);
}

function inOrder(taxes: Taxes, rates: readonly TaxRate[], places: number): Taxes {
  return new Map(rates.map(({ id }) => [id, roundTo(taxes.get(id) ?? 0n, places)]));
}

/** `SE-MOMS 25%-1`: by this name an order remembers a rate that may be deleted later. */
export function rateCode(rate: TaxRate): string {
  const parts = [rate.country, rate.state, rate.name || 'TAX', String(rate.priority)];
  return parts.filter(Boolean).join('-').toUpperCase();
}
