import { roundTo, type Amount, type Half } from './amount.ts';
import { ratesAt, type TaxPlace, type TaxRate } from './tax.ts';

/** The settings that decide how a shop reckons. */
export type MoneyRules = {
  /** Decimals of the currency as the shop shows it: 0 in many Swedish shops. */
  readonly decimals: number;
  readonly pricesIncludeTax: boolean;
  readonly roundAtSubtotal: boolean;
  readonly calculatesTaxes: boolean;
  readonly discountsSequentially: boolean;
  readonly basedOn: 'shipping' | 'billing' | 'base';
  /** `inherit`, or the slug of a tax class. */
  readonly shippingTaxClass: string;
  /** Slugs in the order of the settings; the standard class, which is empty, stands first. */
  readonly taxClasses: readonly string[];
  readonly table: readonly TaxRate[];
  /** Where the shop is. */
  readonly base: TaxPlace;
};

export function baseRates(rules: MoneyRules, taxClass: string): readonly TaxRate[] {
  return ratesAt(rules.table, rules.base, taxClass);
}

export function taxHalf(rules: MoneyRules): Half {
  return rules.pricesIncludeTax ? 'down' : 'up';
}

/** A tax of a line as it counts towards a sum: rounded, unless the shop rounds the sum. */
export function lineTax(rules: MoneyRules, tax: Amount): Amount {
  return rules.roundAtSubtotal ? tax : roundTo(tax, rules.decimals, taxHalf(rules));
}

/** A line's net as it counts towards a sum. */
export function lineNet(rules: MoneyRules, net: Amount): Amount {
  return rules.roundAtSubtotal ? net : roundTo(net, rules.decimals);
}

type Addresses = { readonly billing: TaxPlace; readonly shipping: TaxPlace };

/** Where an order is taxed. What is picked up in the shop is sold there. */
export function placeOfTax(
  rules: MoneyRules,
  { billing, shipping, isPickedUp }: Addresses & { readonly isPickedUp: boolean },
): TaxPlace {
  if (rules.basedOn === 'base' || isPickedUp) return rules.base;
  const wanted = rules.basedOn === 'shipping' && shipping.country !== '' ? shipping : billing;
  return wanted.country === '' ? rules.base : wanted;
}
