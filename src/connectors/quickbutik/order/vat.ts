import { isZero } from '../../../domain/money.ts';
import { percentText, type BasisPoints } from '../../../domain/vat/rates.ts';
import { CANDIDATES_SHOWN_MAX, CANDIDATES_TRIED_MAX } from '../limits.ts';
import { comesTo, exact, taxed, type Taxation, type Untaxed, type Way } from './taxation.ts';

/**
 * Quickbutik tells the VAT of an order as one amount, and of no line. How the lines are taxed is
 * proven by it: a way to tax them counts when it comes to the shop's own amount.
 */

/** A way that would come to the shop's VAT. */
export type Candidate = {
  /** `6 %, 25 % + 25 %`: the items, and the freight. */
  readonly says: string;
  readonly taxation: Taxation;
};

/** The taxation that is proven; or ways that would come to the amount, for a person. */
export type VatProof =
  | { readonly kind: 'proven'; readonly taxation: Taxation }
  | { readonly kind: 'open'; readonly candidates: readonly Candidate[] };

/**
 * Proves how an order is taxed, by the first way that comes to the shop's own VAT within an öre for
 * each line: the README names them in their order.
 *
 * When none does, or the articles' rates are not known, nothing is guessed: up to three ways that
 * would come to the amount are told.
 */
export function proveVat(untaxed: Untaxed): VatProof {
  for (const way of provingWays(untaxed)) {
    const taxation = taxed(untaxed, way);
    if (comesTo(taxation, untaxed)) return { kind: 'proven', taxation: exact(taxation, untaxed) };
  }
  const freight = freightByElimination(untaxed);
  if (freight !== null) return { kind: 'proven', taxation: exact(freight, untaxed) };
  return { kind: 'open', candidates: candidatesOf(untaxed) };
}

/** Ways of which each is proven by coming to the amount, in the order they are tried. */
function* provingWays(untaxed: Untaxed): Generator<Way> {
  const own = knownRates(untaxed);
  const changed = own === null ? null : swapped(own, untaxed.swap);
  const off = isZero(untaxed.discount)
    ? (['everything'] as const)
    : (['everything', 'goods'] as const);
  for (const discount of off) yield* freightWays(own, discount);
  yield* singleRates(untaxed, 'everything');
  for (const discount of off) yield* freightWays(changed, discount);
  if (isZero(untaxed.discount)) return;
  // A discount lowers the VAT; what leaves it as it was is a gift card.
  yield* freightWays(own, 'gift-card');
  yield* singleRates(untaxed, 'gift-card');
  yield* freightWays(changed, 'gift-card');
}

function* freightWays(
  rates: readonly BasisPoints[] | null,
  discount: Way['discount'],
): Generator<Way> {
  if (rates === null) return;
  for (const freight of ['dominant', 'split'] as const) yield { rates, freight, discount };
}

function* singleRates({ items, rates }: Untaxed, discount: Way['discount']): Generator<Way> {
  for (const rate of rates) {
    const all = items.map(({ isMoney }) => (isMoney ? 0 : rate));
    yield { rates: all, freight: rate, discount };
  }
}

/** The articles' own rates; null when one is not known. */
function knownRates({ items }: Untaxed): readonly BasisPoints[] | null {
  const rates = items.flatMap(({ rate, isMoney }) => (isMoney ? [0] : (rate ?? [])));
  return rates.length === items.length ? rates : null;
}

/**
 * Where all articles' rates are known, what is left of the VAT is that of the freight: it is proven
 * when one rate alone comes to it.
 */
function freightByElimination(untaxed: Untaxed): Taxation | null {
  const own = knownRates(untaxed);
  if (own === null || isZero(untaxed.shipping) || !isZero(untaxed.discount)) return null;
  const ways = untaxed.rates.map((freight) => {
    return taxed(untaxed, { rates: own, freight, discount: 'everything' });
  });
  const [only, ...others] = ways.filter((taxation) => comesTo(taxation, untaxed));
  return only !== undefined && others.length === 0 ? only : null;
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

/** Ways that come to the shop's VAT, as many as are shown. */
function candidatesOf(untaxed: Untaxed): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const off = isZero(untaxed.discount)
    ? (['everything'] as const)
    : (['everything', 'goods', 'gift-card'] as const);
  for (const rates of assignments(untaxed)) {
    for (const way of off.flatMap((discount) => [...freightWays(rates, discount)])) {
      const taxation = taxed(untaxed, way);
      const says = describe(taxation);
      const key = `${says} ${taxation.isGiftCard}`;
      if (found.has(key) || !comesTo(taxation, untaxed)) continue;
      found.set(key, { says, taxation: exact(taxation, untaxed) });
      if (found.size >= CANDIDATES_SHOWN_MAX) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** Every way to give the items rates, those that are known kept, up to a limit. */
function* assignments({ items, rates }: Untaxed): Generator<readonly BasisPoints[]> {
  const choices = items.map(({ rate, isMoney }) => {
    if (isMoney) return [0];
    return rate === null ? rates : [rate];
  });
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
  const percents = (parts: Taxation['shipping']): string =>
    parts.map(({ rate }) => `${percentText(rate)} %`).join('/');
  const freight = shipping.some(({ amount }) => !isZero(amount)) ? ` + ${percents(shipping)}` : '';
  return `${items.map(percents).join(', ')}${freight}`;
}
