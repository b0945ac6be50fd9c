import type { EntryPart } from '../document/customer-entry.ts';
import { absolute, isZero, money, multiply, subtract, type Money } from '../money.ts';
import { vatOnNet, type BasisPoints } from './rates.ts';

/** An invoice of which net and VAT are no one rate's, and nobody tells which they are. */
export type RatesDoubt = {
  readonly code: 'vat-at-several-rates';
  readonly invoice: string;
  readonly net: Money;
  readonly vat: Money;
  /** Two rates each that come to both, for `tax-as`. */
  readonly ways: readonly (readonly EntryPart[])[];
};

/**
 * How net and VAT may be divided between two rates: for each pair there is one division that comes
 * to both, and it counts when both parts go the same way as the whole.
 *
 * @param of - `rates` in force, highest first; VAT may differ by `vatTolerance` from its rate
 */
export function waysAtTwoRates(of: {
  readonly net: Money;
  readonly vat: Money;
  readonly rates: readonly BasisPoints[];
  readonly vatTolerance: Money;
}): readonly (readonly EntryPart[])[] {
  const pairs = of.rates.flatMap((high, i) => of.rates.slice(i + 1).map((low) => [high, low]));
  return pairs.flatMap(([high = 0, low = 0]) => {
    const parts = divided(of, high, low);
    const [, second] = parts;
    const isSame = parts.every(({ net }) => !isZero(net) && net.minor > 0n === of.net.minor > 0n);
    if (!isSame || second === undefined) return [];
    const off = subtract(second.vat, vatOnNet(second.net, low));
    return absolute(off).minor <= of.vatTolerance.minor ? [parts] : [];
  });
}

/** `vat` is `high` of one part and `low` of the other: the first part's net follows from it. */
function divided(
  { net, vat }: { readonly net: Money; readonly vat: Money },
  high: BasisPoints,
  low: BasisPoints,
): readonly EntryPart[] {
  const over = money(vat.minor * 10_000n - net.minor * BigInt(low), net.currency);
  const highNet = multiply(over, 1n, BigInt(high - low));
  const highVat = vatOnNet(highNet, high);
  return [
    { rate: high, net: highNet, vat: highVat },
    { rate: low, net: subtract(net, highNet), vat: subtract(vat, highVat) },
  ];
}
