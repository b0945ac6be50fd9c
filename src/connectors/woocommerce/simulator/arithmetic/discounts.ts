import { cutTo, divide, multiply, percentOf, roundTo, whole, type Amount } from './amount.ts';

export type DiscountType = 'percent' | 'fixed_cart' | 'fixed_product';

/** A coupon as far as it is reckoned with. */
export type Discount = {
  readonly code: string;
  readonly type: DiscountType;
  /** Per cent, or money of the shop. */
  readonly amount: Amount;
  /** At most so many pieces; null for no limit. */
  readonly piecesMax: number | null;
  /** Whether it is given on a product. A coupon on the whole cart is given on all of them. */
  readonly isFor: (productId: number, variationId: number) => boolean;
};

/** A line of a cart or an order, its price for all its pieces as discounts are taken of it. */
export type Discountable = {
  readonly productId: number;
  readonly variationId: number;
  readonly quantity: number;
  readonly price: Amount;
};

/** What each coupon takes off each line, by its code and by the place of the line. */
export type Discounts = ReadonlyMap<string, readonly Amount[]>;

type Desk = {
  readonly lines: readonly Discountable[];
  readonly decimals: number;
  readonly isSequential: boolean;
  readonly given: Map<string, Amount[]>;
};

/** Coupons are taken in this order whatever the order they were entered in. */
const ORDER: readonly DiscountType[] = ['fixed_product', 'percent', 'fixed_cart'];

/**
 * Shares discounts out over lines, in whole coins: what does not divide goes a coin at a time to
 * the lines with the dearest pieces.
 */
export function discountsOf(
  lines: readonly Discountable[],
  coupons: readonly Discount[],
  rules: { readonly decimals: number; readonly discountsSequentially: boolean },
): Discounts {
  const { decimals, discountsSequentially: isSequential } = rules;
  const desk: Desk = { lines, decimals, isSequential, given: new Map() };
  const ordered = [...coupons].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
  for (const coupon of ordered) {
    desk.given.set(
      coupon.code,
      lines.map(() => 0n),
    );
    const places = dearestFirst(lines).filter((at) => isTaken(desk, coupon, at));
    if (coupon.type === 'percent') takePercent(desk, coupon, places);
    else if (coupon.type === 'fixed_product')
      takePerPiece(desk, { coupon, each: coupon.amount }, places);
    else takeFromCart(desk, { coupon, each: coupon.amount }, places);
  }
  return desk.given;
}

/** All that is taken off each line. */
export function byLine(discounts: Discounts, count: number): Amount[] {
  const taken = Array.from({ length: count }, () => 0n);
  for (const amounts of discounts.values()) {
    for (const [at, amount] of amounts.entries()) taken[at] = (taken[at] ?? 0n) + amount;
  }
  return taken;
}

/** Places of the lines, by the price of one piece. */
function dearestFirst(lines: readonly Discountable[]): number[] {
  const places = lines.map((_, at) => at);
  const cross = (a: number, b: number): Amount =>
    (lines[a]?.price ?? 0n) * BigInt(lines[b]?.quantity ?? 0);
  return places.sort(
    (a, b) => Number(cross(b, a) > cross(a, b)) - Number(cross(a, b) > cross(b, a)),
  );
}

function isTaken(desk: Desk, coupon: Discount, at: number): boolean {
  const line = desk.lines[at];
  if (!line || left(desk, at) === 0n || line.quantity <= 0) return false;
  return coupon.type === 'fixed_cart' || coupon.isFor(line.productId, line.variationId);
}

/** What is left of a line to take from, in whole coins and never below nothing. */
function left(desk: Desk, at: number): Amount {
  const taken = byLine(desk.given, desk.lines.length)[at] ?? 0n;
  const rest = roundTo((desk.lines[at]?.price ?? 0n) - taken, desk.decimals);
  return rest < 0n ? -rest : rest;
}

function give(desk: Desk, code: string, { at, amount }: { at: number; amount: Amount }): void {
  const amounts = desk.given.get(code);
  if (amounts) amounts[at] = (amounts[at] ?? 0n) + amount;
}

function takePercent(desk: Desk, coupon: Discount, places: readonly number[]): void {
  let given = 0n;
  let base = 0n;
  let pieces = 0;
  for (const at of places) {
    const line = desk.lines[at];
    if (!line) continue;
    const rest = left(desk, at);
    const count = piecesOf(coupon, line.quantity, pieces);
    const price = desk.isSequential ? rest : roundTo(line.price, desk.decimals);
    const part = count === line.quantity ? price : (price * BigInt(count)) / BigInt(line.quantity);
    const amount = least(rest, cutTo(percentOf(part, coupon.amount), desk.decimals));
    give(desk, coupon.code, { at, amount });
    given += amount;
    base += part;
    pieces += count;
  }
  const whole = roundTo(percentOf(base, coupon.amount), desk.decimals, 'down');
  if (given < whole) takeCoins(desk, { coupon, each: whole - given }, places);
}

type Taking = { readonly coupon: Discount; readonly each: Amount };

function takePerPiece(desk: Desk, { coupon, each }: Taking, places: readonly number[]): Amount {
  let given = 0n;
  let pieces = 0;
  for (const at of places) {
    const line = desk.lines[at];
    if (!line) continue;
    const count = piecesOf(coupon, line.quantity, pieces);
    const amount = least(left(desk, at), multiply(each, whole(count)));
    give(desk, coupon.code, { at, amount });
    given += amount;
    pieces += count;
  }
  return given;
}

/** As much per piece as divides, again and again while it does; then coin by coin. */
function takeFromCart(desk: Desk, { coupon, each }: Taking, places: readonly number[]): void {
  let amount = each;
  const priced = places.filter((at) => (desk.lines[at]?.price ?? 0n) > 0n);
  const count = priced.reduce((total, at) => total + (desk.lines[at]?.quantity ?? 0), 0);
  if (count === 0) return;
  for (;;) {
    const share = cutTo(divide(amount, whole(count)), desk.decimals);
    if (share <= 0n) break;
    const given = takePerPiece(desk, { coupon, each: share }, priced);
    amount -= given;
    if (given === 0n || amount <= 0n) return;
  }
  if (amount > 0n) takeCoins(desk, { coupon, each: amount }, priced);
}

function takeCoins(desk: Desk, { coupon, each }: Taking, places: readonly number[]): void {
  const coin = coinOf(desk.decimals);
  let given = 0n;
  for (const at of places) {
    const quantity = desk.lines[at]?.quantity ?? 0;
    for (let piece = 0; piece < quantity; piece += 1) {
      const amount = least(left(desk, at), coin);
      give(desk, coupon.code, { at, amount });
      given += amount;
      if (given >= each) return;
    }
  }
}

/** The smallest coin: 0.01 with two decimals. */
function coinOf(decimals: number): Amount {
  return whole(1) / 10n ** BigInt(decimals);
}

function piecesOf(coupon: Discount, quantity: number, taken: number): number {
  return coupon.piecesMax === null
    ? quantity
    : Math.max(0, Math.min(quantity, coupon.piecesMax - taken));
}

function least(a: Amount, b: Amount): Amount {
  return a < b ? a : b;
}
