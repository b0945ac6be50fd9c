import type { SalePart } from '../../../domain/document/sale.ts';
import { isZero, money, multiply, subtract, sum, type Currency } from '../../../domain/money.ts';
import type { Money } from '../../../domain/money.ts';
import type { BasisPoints } from '../../../domain/vat/rates.ts';
import type { WooTaxLine } from '../wire.ts';
import { readAmount } from './amounts.ts';

/** The VAT rates of an order, by the id that its lines name them by. */
export type Rates = {
  /** In hundredths of a percent. */
  readonly byId: ReadonlyMap<string, BasisPoints>;
  /** The countries whose VAT was charged; a rate of 0 % charges none. */
  readonly countries: ReadonlySet<string>;
};

/**
 * The rates as the order itself tells them: they outlive changes in the shop's own tables.
 *
 * A code such as `SE-MOMS 25%-1` begins with the country of the rate, where the shop gave it one.
 */
export function ratesOf(taxLines: readonly WooTaxLine[]): Rates {
  const byId = new Map(
    taxLines.map((one) => [one.rate_id, Math.round(one.rate_percent * 100)] as const),
  );
  const charged = taxLines.filter((one) => one.rate_percent > 0);
  const countries = charged.map(({ rate_code: code }) => /^([A-Z]{2})-/.exec(code)?.[1] ?? '');
  return { byId, countries: new Set(countries) };
}

/** What a line is worth. Its taxes are by rate, those without an amount included. */
export type Taxed = {
  readonly net: Money;
  readonly vat: Money;
  readonly taxes: readonly { readonly id: string; readonly total: string }[];
};

/** Parts by rate, or the id of a rate that the order does not tell. */
export type Parts = { readonly parts: readonly SalePart[] } | { readonly unknownRate: string };

/**
 * The parts of a line by rate. One with a single rate is as it stands; a fee over a mixed basket
 * says its VAT for each rate, and the net of each follows from that: the last takes what is left.
 */
export function partsOf({ net, vat, taxes }: Taxed, { byId }: Rates): Parts {
  const { currency } = net;
  const rated: { readonly rate: BasisPoints; readonly vat: Money }[] = [];
  for (const { id, total } of taxes) {
    const rate = byId.get(id);
    if (rate === undefined) return { unknownRate: id };
    rated.push({ rate, vat: readAmount(total, currency) ?? money(0n, currency) });
  }
  // Freight names all rates of the basket, and is taxed at those that have an amount.
  const [one, ...others] = rated.filter((each) => !isZero(each.vat));
  if (one === undefined) return { parts: [{ rate: rated[0]?.rate ?? null, net, vat }] };
  if (others.length === 0) return { parts: [{ rate: one.rate, net, vat }] };
  const first = others.slice(0, -1);
  const some = [one, ...first].map(({ rate, vat: own }) => {
    return { rate, net: multiply(own, 10_000n, BigInt(rate)), vat: own };
  });
  const last = others.at(-1) ?? one;
  const rest = {
    rate: last.rate,
    net: subtract(
      net,
      total(
        some.map((part) => part.net),
        currency,
      ),
    ),
    vat: subtract(
      vat,
      total(
        some.map((part) => part.vat),
        currency,
      ),
    ),
  };
  return { parts: [...some, rest] };
}

function total(amounts: readonly Money[], currency: Currency): Money {
  return sum(amounts, currency);
}
