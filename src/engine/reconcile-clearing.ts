import { plusDays, type LocalDate, type Period } from '../domain/date.ts';
import { namesOfClaim, namesOfEntry } from '../domain/document/payment-names.ts';
import type { BookedClaim, ClearingBooks } from '../domain/document/clearing-books.ts';
import { isMethodOf, matchPayout, type PaymentClaim } from '../domain/document/payments.ts';
import type { Payout, PayoutEntry } from '../domain/document/payout.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { LedgerVoucher } from '../ports/target.ts';

/** Why something stands on a clearing account. Minor units, as it stands there. */
export type ClearingItem = {
  readonly what: 'unpaid' | 'paid otherwise' | 'payout';
  /** The order's number, or the payout. */
  readonly name: string;
  readonly method: string;
  readonly day: LocalDate;
  readonly minor: bigint;
};

/** A clearing account in a period: what came, what went, and why the rest stands there. */
export type ClearingAccount = {
  readonly account: string;
  readonly methods: readonly string[];
  /** null: the ledger does not tell its balances. */
  readonly opening: bigint | null;
  readonly orders: bigint;
  readonly refunds: bigint;
  readonly payouts: bigint;
  /** What the payouts of the period kept as fees, VAT apart. Not on this account. */
  readonly fees: bigint;
  /** Other documents of the hub, such as a till's card sales. */
  readonly others: bigint;
  readonly byHand: bigint;
  readonly balance: bigint | null;
  /** At the end of the period; together they should be the balance. */
  readonly items: readonly ClearingItem[];
};

/** What clearing accounts do not explain, and orders that nobody has paid out for long. */
export type ClearingDifference =
  | {
      readonly kind: 'clearing-unexplained';
      readonly account: string;
      /** How the account has changed in the period, and how its items have. */
      readonly moved: bigint;
      readonly explained: bigint;
      readonly difference: bigint;
    }
  | { readonly kind: 'payment-late'; readonly item: ClearingItem; readonly days: number };

/** What holding clearing accounts against the ledger is made of. */
export type ClearingSides = {
  readonly books: ClearingBooks;
  readonly period: Period;
  /** From the first day of the period on. */
  readonly ledger: readonly LedgerVoucher[];
  /** What each account stood at before; null when the ledger does not tell. */
  readonly opening: Readonly<Record<string, bigint>> | null;
  /** An order of a provider whose payouts come is late after so many days. */
  readonly lateAfterDays: number;
};

/**
 * Holds each clearing account against the ledger: orders in, payouts out, and every order or payout
 * because of which something stands there at the end of the period.
 */
export function reconcileClearing(sides: ClearingSides): {
  readonly accounts: readonly ClearingAccount[];
  readonly differences: readonly ClearingDifference[];
} {
  const { books, period } = sides;
  const before = itemsAsOf(books, plusDays(period.from, -1));
  const after = itemsAsOf(books, period.to);
  const names = [
    ...books.claims.map(({ account }) => account),
    ...books.settlements.flatMap(({ clearing }) => Object.keys(clearing)),
  ];
  const accounts = [...new Set(names)].sort().map((account) => {
    return accountOf(account, { ...sides, items: after.get(account) ?? [] });
  });
  const unexplained = accounts.flatMap((one) => {
    const explained = sumOf(one.items) - sumOf(before.get(one.account) ?? []);
    return explainedOr(one, explained);
  });
  const late = accounts.flatMap(({ items }) => items.flatMap((item) => lateOr(item, sides)));
  return { accounts, differences: [...unexplained, ...late] };
}

function accountOf(
  account: string,
  of: ClearingSides & { readonly items: readonly ClearingItem[] },
): ClearingAccount {
  const { books, period, ledger, opening, items } = of;
  const sums = { order: 0n, refund: 0n, payout: 0n, other: 0n, hand: 0n };
  for (const { label, date, rows } of ledger) {
    if (date < period.from || date > period.to) continue;
    const minor = rows.reduce((sum, row) => (row.account === account ? sum + row.minor : sum), 0n);
    sums[books.kinds.get(label) ?? 'hand'] += minor;
  }
  const moved = Object.values(sums).reduce((a, b) => a + b, 0n);
  const start = opening === null ? null : (opening[account] ?? 0n);
  const methods = books.claims.filter((one) => one.account === account).map((one) => one.method);
  const paid = books.settlements.filter(
    ({ on, clearing }) => on >= period.from && on <= period.to && account in clearing,
  );
  const fees = paid.flatMap(({ payout }) => payout.entries.map(({ fee }) => fee.minor));
  return {
    account,
    methods: [...new Set(methods)].sort(),
    opening: start,
    ...{ orders: sums.order, refunds: sums.refund, payouts: sums.payout },
    fees: fees.reduce((a, b) => a + b, 0n),
    ...{ others: sums.other, byHand: sums.hand },
    balance: start === null ? null : start + moved,
    items,
  };
}

/** Only what shops and providers have moved is to be explained by them. */
function explainedOr(account: ClearingAccount, explained: bigint): readonly ClearingDifference[] {
  const { orders, refunds, payouts } = account;
  const moved = orders + refunds + payouts;
  if (moved === explained) return [];
  const difference = moved - explained;
  return [{ kind: 'clearing-unexplained', account: account.account, moved, explained, difference }];
}

function lateOr(item: ClearingItem, sides: ClearingSides): readonly ClearingDifference[] {
  const { books, period, lateAfterDays: days } = sides;
  if (item.what === 'payout' || item.day > plusDays(period.to, -days)) return [];
  const isPaidOut = books.settlements.some(({ payout }) =>
    isMethodOf(item.method, payout.provider),
  );
  return isPaidOut ? [{ kind: 'payment-late', item, days }] : [];
}

function sumOf(items: readonly ClearingItem[]): bigint {
  return items.reduce((sum, { minor }) => sum + minor, 0n);
}

/** What stands on each account at the end of a day, item by item. */
function itemsAsOf(
  books: ClearingBooks,
  day: LocalDate,
): ReadonlyMap<string, readonly ClearingItem[]> {
  const claims = new OpenClaims(books.claims.filter(({ on }) => on <= day));
  const items: (ClearingItem & { readonly account: string })[] = [];
  const settlements = books.settlements
    .filter(({ on }) => on <= day)
    .toSorted((a, b) => (a.on < b.on ? -1 : 1));
  for (const { payout, clearing, on } of settlements) {
    const cleared = claims.settle(payout);
    for (const [account, moved] of Object.entries(clearing)) {
      // What it has cleared of known orders is told with them; the rest is of this payout.
      const minor = moved + (cleared.get(account) ?? 0n);
      const about = { name: refKey(payout.ref), method: payout.provider, day: on };
      items.push({ what: 'payout', ...about, account, minor });
    }
  }
  items.push(...claims.items());
  const open = items.filter(({ minor }) => minor !== 0n);
  const byAccount = Map.groupBy(open, ({ account }) => account);
  return new Map(
    [...byAccount].map(([account, list]) => [
      account,
      list.map(({ account: _account, ...item }) => item),
    ]),
  );
}

/** Claims, and what payouts one after the other have settled of them. */
class OpenClaims {
  readonly #claims: readonly BookedClaim[];
  readonly #settled = new Map<BookedClaim, bigint>();
  readonly #byName = new Map<string, BookedClaim[]>();
  readonly #byAmount: ReadonlyMap<bigint, readonly BookedClaim[]>;

  constructor(claims: readonly BookedClaim[]) {
    this.#claims = claims;
    this.#byAmount = Map.groupBy(claims, ({ amount }) => amount.minor);
    for (const claim of claims) {
      for (const name of namesOfClaim(claim)) {
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), claim]);
      }
    }
  }

  /** @returns what it has cleared on each account, as the claims stood there */
  settle(payout: Payout): ReadonlyMap<string, bigint> {
    const origin = new Map<PaymentClaim, BookedClaim>();
    for (const claim of this.#candidates(payout)) {
      const settled = { ...claim.amount, minor: this.#settled.get(claim) ?? 0n };
      origin.set({ ...claim, settled }, claim);
    }
    const matches = matchPayout(payout, [...origin.keys()]);
    const cleared = new Map<string, bigint>();
    for (const [i, entry] of payout.entries.entries()) {
      const found = matches[i] ?? null;
      const claim = found === null ? undefined : origin.get(found);
      if (found === null || claim === undefined) continue;
      const isAlone = matches.every((other, at) => at === i || other !== found);
      const minor = settledOf(entry, claim, isAlone && found.settled.minor === 0n);
      const before = this.#settled.get(claim);
      this.#settled.set(claim, (before ?? 0n) + minor);
      cleared.set(claim.account, (cleared.get(claim.account) ?? 0n) + minor);
    }
    return cleared;
  }

  items(): readonly (ClearingItem & { readonly account: string })[] {
    return this.#claims.map((claim) => {
      const settled = this.#settled.get(claim);
      const what = settled === undefined ? 'unpaid' : 'paid otherwise';
      const { account, number: name, method, on: day } = claim;
      return { what, name, method, day, account, minor: claim.amount.minor - (settled ?? 0n) };
    });
  }

  #candidates({ entries }: Payout): ReadonlySet<BookedClaim> {
    return new Set(
      entries.flatMap((entry) => [
        ...namesOfEntry(entry).flatMap((name) => this.#byName.get(name) ?? []),
        ...(this.#byAmount.get(entry.gross.minor) ?? []),
      ]),
    );
  }
}

/** What was exchanged settles what its order was booked as: see the posting rule. */
function settledOf(entry: PayoutEntry, claim: BookedClaim, isWhole: boolean): bigint {
  const { gross, original } = entry;
  const isForeign = original !== null && original.gross.currency !== gross.currency;
  return isForeign && isWhole ? claim.amount.minor : gross.minor;
}
