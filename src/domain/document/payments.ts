import { plusDays, type LocalDate } from '../date.ts';
import type { Money } from '../money.ts';
import { absolute, add } from '../money.ts';
import type { Document } from './document.ts';
import type { Payout, PayoutEntry, PayoutProvider } from './payout.ts';
import { refKey } from './source-ref.ts';

/** What a provider owes of one order, or is owed of one refund, as the shop says it. */
export type PaymentClaim = {
  /** `refKey` of the order or refund. */
  readonly document: string;
  readonly kind: 'sale' | 'refund';
  /** The shop's own name of the method. */
  readonly method: string;
  /** What shop and customer call the order. */
  readonly number: string;
  /** The provider's reference, as the shop has it; null when it has none. */
  readonly transaction: string | null;
  readonly date: LocalDate;
  /** Negative for a refund. */
  readonly amount: Money;
  /** What other payouts have settled of it already. */
  readonly settled: Money;
};

/** A row of a payout that another payout has as well. */
export type EntryTwice = { readonly id: string; readonly other: string };

/** What the hub knows beside a payout. */
export type PaymentsBeside = {
  readonly claims: readonly PaymentClaim[];
  readonly twice: readonly EntryTwice[];
};

/** Nothing is known of the shop: everything is booked as the file says. */
export const NO_PAYMENTS: PaymentsBeside = { claims: [], twice: [] };

/** A payment that is told by its amount alone is at most so far from its order. */
export const BY_AMOUNT_DAYS_MAX = 7;

/** Which provider shops mean by the names that they give to methods of payment. */
const METHODS: Readonly<Record<PayoutProvider, RegExp>> = {
  stripe: /stripe/i,
  paypal: /paypal|^ppcp/i,
  adyen: /adyen/i,
  klarna: /klarna|^kco$/i,
  swish: /swish/i,
  zettle: /zettle/i,
  bank: /bacs|bank|invoice|faktura/i,
};

/** Whether a shop's method of payment is one that this provider settles. */
export function isMethodOf(method: string, provider: PayoutProvider): boolean {
  return METHODS[provider].test(method);
}

/** The claims on providers that an order or refund makes. Gift cards are the shop's own. */
export function claimsOf(document: Document): readonly PaymentClaim[] {
  if (document.kind !== 'order' && document.kind !== 'refund') return [];
  const isOrder = document.kind === 'order';
  const number = isOrder ? document.number : document.of.number;
  const kind = isOrder ? 'sale' : 'refund';
  return document.settlements
    .filter(({ means }) => means === 'other')
    .map(({ method, transaction, amount }): PaymentClaim => {
      const { ref, date } = document;
      const settled = { ...amount, minor: 0n };
      return { document: refKey(ref), kind, method, number, transaction, date, amount, settled };
    });
}

/**
 * What an order may be called in a settlement: as it stands, without what a plug-in writes before
 * it (`WC-1001`, `#1001`), which counts only when the amount is the same.
 */
export function numbersIn(order: string): readonly string[] {
  const plain = order.trim().replace(/^#/, '');
  const bare = /[^0-9](\d+)$/.exec(plain)?.[1];
  return bare === undefined ? [plain] : [plain, bare];
}

/**
 * Finds the order or refund of each sale and refund of a payout: by the provider's reference, else
 * by the order's number, else by amount and day when only one fits and only one row asks for it.
 *
 * @returns a claim or null for each entry, in their order
 */
export function matchPayout(
  payout: Payout,
  claims: readonly PaymentClaim[],
): readonly (PaymentClaim | null)[] {
  const matcher = new Matcher(payout.provider, claims);
  const named = payout.entries.map((entry) => matcher.byName(entry));
  const left = payout.entries.filter((entry, i) => isClaimed(entry) && named[i] === null);
  return payout.entries.map((entry, i) => {
    const found = named[i] ?? null;
    return found === null && isClaimed(entry) ? matcher.byAmount(entry, left) : found;
  });
}

/** Whether an entry is one of those that an order or refund stands behind. */
export function isClaimed({ kind }: PayoutEntry): boolean {
  return kind === 'sale' || kind === 'refund';
}

class Matcher {
  readonly #provider: PayoutProvider;
  readonly #claims: readonly PaymentClaim[];
  readonly #byTransaction: ReadonlyMap<string | null, readonly PaymentClaim[]>;
  readonly #byNumber: ReadonlyMap<string, readonly PaymentClaim[]>;
  readonly #taken = new Set<PaymentClaim>();

  constructor(provider: PayoutProvider, claims: readonly PaymentClaim[]) {
    this.#provider = provider;
    this.#claims = claims;
    this.#byTransaction = Map.groupBy(claims, ({ transaction }) => transaction);
    this.#byNumber = Map.groupBy(claims, ({ number }) => number);
  }

  byName(entry: PayoutEntry): PaymentClaim | null {
    if (!isClaimed(entry)) return null;
    const found = this.#byReference(entry) ?? this.#byOrder(entry);
    if (found !== null) this.#taken.add(found);
    return found;
  }

  #byReference(entry: PayoutEntry): PaymentClaim | null {
    const found = entry.references.flatMap((one) => this.#byTransaction.get(one) ?? []);
    return likeliest(found, entry);
  }

  /** Another shop may have the same number: those paid by another provider count last. */
  #byOrder(entry: PayoutEntry): PaymentClaim | null {
    const [whole, bare] = entry.order === null ? [] : numbersIn(entry.order);
    const exact = this.#numbered(whole);
    const loose = this.#numbered(bare).filter(({ amount }) => isSame(amount, entry.gross));
    const found = exact.length > 0 ? exact : loose;
    const own = found.filter(({ method }) => isMethodOf(method, this.#provider));
    return likeliest(own.length > 0 ? own : found, entry);
  }

  #numbered(number: string | undefined): readonly PaymentClaim[] {
    return number === undefined || number === '' ? [] : (this.#byNumber.get(number) ?? []);
  }

  byAmount(entry: PayoutEntry, asking: readonly PayoutEntry[]): PaymentClaim | null {
    const fits = (claim: PaymentClaim, one: PayoutEntry): boolean =>
      claim.kind === one.kind &&
      isSame(claim.amount, one.gross) &&
      claim.date >= plusDays(one.date, -BY_AMOUNT_DAYS_MAX) &&
      claim.date <= plusDays(one.date, BY_AMOUNT_DAYS_MAX);
    const found = this.#claims.filter(
      (claim) =>
        fits(claim, entry) &&
        claim.settled.minor === 0n &&
        isMethodOf(claim.method, this.#provider) &&
        !this.#taken.has(claim),
    );
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) return null;
    return asking.filter((one) => fits(only, one)).length === 1 ? only : null;
  }
}

/** Of several that have the name, the one of just this amount that nothing has settled yet. */
function likeliest(found: readonly PaymentClaim[], entry: PayoutEntry): PaymentClaim | null {
  const alike = found.filter(({ kind }) => kind === entry.kind);
  const exact = alike.filter(({ amount }) => isSame(amount, entry.gross));
  const open = exact.filter(({ settled }) => settled.minor === 0n);
  return open[0] ?? exact[0] ?? alike[0] ?? null;
}

function isSame(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.minor === b.minor;
}

/** A claim that has been settled with another amount than its own. */
export type PaidOtherwise = {
  readonly claim: PaymentClaim;
  /** By all payouts that are known. */
  readonly paid: Money;
};

/** Claims that are settled with more or less than they are for, this payout counted. */
export function paidOtherwise(
  payout: Payout,
  matches: readonly (PaymentClaim | null)[],
): readonly PaidOtherwise[] {
  const paid = new Map<PaymentClaim, Money>();
  for (const [i, { gross }] of payout.entries.entries()) {
    const claim = matches[i] ?? null;
    if (claim === null || claim.amount.currency !== gross.currency) continue;
    paid.set(claim, add(paid.get(claim) ?? claim.settled, gross));
  }
  return [...paid]
    .map(([claim, amount]) => ({ claim, paid: amount }))
    .filter(({ claim, paid: amount }) => amount.minor !== claim.amount.minor)
    .sort((a, b) => Number(absolute(b.paid).minor - absolute(a.paid).minor));
}
