import { stableJson } from '../../lib/json.ts';
import { documentDate, type Document } from '../document/document.ts';
import { isWithdrawn, type Order, type Refund } from '../document/sale.ts';
import { refKey } from '../document/source-ref.ts';
import type { LocalDate } from '../date.ts';
import { isZero, money, negate } from '../money.ts';
import type { Decision, Refusal } from '../refusal.ts';
import { destinationOf } from '../vat/region.ts';
import type { FlowChoices, PostingChoices } from './choices.ts';
import { withoutAccepted } from './decisions.ts';
import type { BookWhen } from './sale-reasons.ts';
import { turnoverOf, type Voucher } from './voucher.ts';

/** What the answer depends on, beside the order or refund itself. */
export type SaleTerms = {
  readonly choices: FlowChoices;
  readonly decisions: readonly Decision[];
  /** Orders of earlier days are not this hub's. */
  readonly startDate: LocalDate | null;
  /** The version of it that stands in the ledger; null when none does. */
  readonly booked: { readonly document?: Document; readonly label: string } | null;
  /** It comes to what stands there, row by row. */
  readonly isAlike: boolean;
  /**
   * Whether the same figures say that nothing is new. Not of what goes on after it stands there, as
   * an order that is invoiced when it is shipped; nor where nobody knows how it is taxed.
   */
  readonly isCompared: boolean;
  /** Where the order of a refund stands; null when nothing is known of it. */
  readonly order: OrderStanding | null;
};

/** Where an order stands on its way to the ledger. */
export type OrderStanding = { readonly state: string; readonly codes: readonly string[] };

/** Not booked by itself now: it waits for the shop, or is left out; and why. */
export type NotBooked = {
  readonly state: 'pending' | 'skipped';
  readonly reason: Refusal;
};

/** The key of `bookWhen` that answers for every method without an answer of its own. */
const ANY_METHOD = 'default';

/**
 * Whether the time of an order or refund has come, as the company has chosen.
 *
 * What stands in the ledger already is only looked at for what has changed: an order that goes back
 * from completed to processing was sold all the same.
 *
 * @returns null when it is to be booked, or asked about
 */
export function notBooked(sale: Order | Refund, terms: SaleTerms): NotBooked | null {
  const { booked, isAlike, isCompared, decisions } = terms;
  if (booked !== null) {
    return isAlike || (isCompared && isAsBooked(sale, booked)) ? unchanged(booked) : null;
  }
  if (isTakenBack(sale)) {
    if (sale.kind === 'refund') return skipped({ code: 'refund-withdrawn', order: sale.of.number });
    return skipped({ code: 'order-cancelled', status: sale.sourceState });
  }
  if (decisions.some(({ kind }) => kind === 'book-now')) return null;
  const left = beforeStart(sale, terms) ?? leftOut(sale, terms);
  return left ?? (sale.kind === 'order' ? waits(sale, terms) : follows(sale, terms));
}

/** Whether a document is what a shop has sold or given back. */
export function isSale(document: Document): document is Order | Refund {
  return document.kind === 'order' || document.kind === 'refund';
}

/** Whether a document takes back what versions before it have sold, or given back. */
export function isTakenBack(document: Document | undefined): boolean {
  if (document?.kind === 'refund') return isWithdrawn(document);
  return document?.kind === 'order' && document.state === 'cancelled';
}

/** What stands in the ledger of the versions before: nothing, when the last one took it back. */
export function stillBooked<Booked extends { readonly document?: Document }>(
  document: Document,
  booked: Booked | null,
): Booked | null {
  return isTakenBack(booked?.document) && !isTakenBack(document) ? null : booked;
}

/** Whether it shares the voucher of its day. What a person has booked by hand does not. */
export function sharesVoucher(
  { perVoucher }: Pick<FlowChoices, 'perVoucher'>,
  decisions: readonly Decision[],
): boolean {
  return perVoucher === 'day' && !decisions.some(({ kind }) => kind === 'book-now');
}

/** The shop has cancelled an order that stands in the ledger, or taken a refund back. */
export function takenBackAfter(
  sale: Order | Refund,
  booked: { readonly label: string; readonly vouchers: readonly Voucher[] },
): Refusal {
  const { label: bookedAs } = booked;
  const rows = booked.vouchers.slice(-1).flatMap((voucher) => voucher.rows);
  const amount = turnoverOf(rows, sale.currency);
  if (sale.kind === 'order') {
    return { code: 'order-cancelled-booked', bookedAs, status: sale.sourceState, amount };
  }
  const [after, difference] = [money(0n, sale.currency), negate(amount)];
  return { code: 'order-revised', bookedAs, before: amount, after, difference };
}

/** The day that a document is booked on, unless a person or the ledger's lock says otherwise. */
export function bookingDate(
  document: Document,
  { saleDate }: Pick<PostingChoices, 'saleDate'>,
): LocalDate | null {
  if (document.kind === 'order' && saleDate === 'paid') return document.paidOn ?? document.date;
  return documentDate(document);
}

function skipped(reason: Refusal): NotBooked {
  return { state: 'skipped', reason };
}

function pending(reason: Refusal): NotBooked {
  return { state: 'pending', reason };
}

/** What stands in the ledger is all that there is to it. */
export function unchanged({ label }: { readonly label: string }): NotBooked {
  return skipped({ code: 'order-unchanged', bookedAs: label });
}

/** Whether nothing has changed of what the books say: states, names and addresses may have. */
function isAsBooked(sale: Order | Refund, { document }: NonNullable<SaleTerms['booked']>): boolean {
  if (document?.kind !== 'order' && document?.kind !== 'refund') return false;
  const [was, is] = [isTakenBack(document), isTakenBack(sale)];
  return was === is && (is || moneyOf(sale) === moneyOf(document));
}

/**
 * What the books say of a sale. Articles are not part of it: shops tell the number that an article
 * has today, which may be another than when it was sold, or none.
 */
function moneyOf(sale: Order | Refund): string {
  const { date, currency, rounding, total, vatCountry, customer } = sale;
  const to = destinationOf(sale)?.country ?? null;
  const lines = sale.lines.map(({ id, parts }) => [id, parts]);
  const paid = sale.settlements.map(({ method, means, amount }) => [method, means, amount]);
  const region = [vatCountry, to, customer.vatNumber];
  return stableJson([date, currency, region, lines, paid, rounding, total]);
}

function beforeStart({ date }: Order | Refund, terms: SaleTerms): NotBooked | null {
  const { startDate: start, decisions } = terms;
  if (start === null || date >= start) return null;
  const [refusal] = withoutAccepted([{ code: 'before-start-date', date, start }], decisions);
  return refusal === undefined ? null : skipped(refusal);
}

/** Never booked by this hub, whatever becomes of it. */
function leftOut(sale: Order | Refund, { choices }: SaleTerms): NotBooked | null {
  const { bookedElsewhere: elsewhere, createdVia = '', partOf } = sale;
  if (elsewhere !== undefined && choices.bookedElsewhere === 'leave') {
    return skipped({ code: 'booked-elsewhere', ...elsewhere });
  }
  if (partOf !== undefined && choices.leaveOut.includes('sub-orders')) {
    return skipped({ code: 'order-left-out', as: 'sub-orders', found: partOf });
  }
  if (choices.leaveOutVia.includes(createdVia)) {
    return skipped({ code: 'order-left-out', as: 'created-via', found: createdVia });
  }
  const isNothing = isZero(sale.total) && sale.settlements.length === 0 && !hasAmounts(sale);
  if (isNothing && choices.leaveOut.includes('zero-total')) {
    return skipped({ code: 'order-left-out', as: 'zero-total', found: '' });
  }
  const method = methodOf(sale);
  return whenOf(method, choices) === 'never'
    ? skipped({ code: 'method-not-booked', method })
    : null;
}

function hasAmounts({ lines }: Order | Refund): boolean {
  return lines.some(({ parts }) => parts.some(({ net, vat }) => !isZero(net) || !isZero(vat)));
}

/** The method that pays what gift cards do not. */
function methodOf({ settlements }: Order | Refund): string {
  return settlements.find(({ means }) => means === 'other')?.method ?? '';
}

function whenOf(method: string, { bookWhen }: FlowChoices): BookWhen {
  return bookWhen[method] ?? bookWhen[ANY_METHOD] ?? 'accepted';
}

function waits(order: Order, { choices }: SaleTerms): NotBooked | null {
  const { state, sourceState: status, number } = order;
  if (state === 'draft') return skipped({ code: 'order-not-placed', status });
  const method = methodOf(order);
  const until = whenOf(method, choices);
  if (until === 'manual') return pending({ code: 'order-waits-for-you', order: number, method });
  if (until === 'never' || hasCome(order, until)) return null;
  if (state === 'unknown') return pending({ code: 'order-state-unknown', status });
  return pending({ code: 'order-waits', until, method, status });
}

function hasCome({ state, paidOn }: Order, until: 'accepted' | 'paid' | 'shipped'): boolean {
  switch (until) {
    case 'accepted':
      return state === 'accepted' || state === 'shipped';
    case 'paid':
      return paidOn !== null;
    case 'shipped':
      return state === 'shipped';
  }
}

/**
 * What is given back is booked when what was sold is. An order that somebody else has booked, or
 * that is of before the hub's time, stands in the ledger.
 */
function follows(refund: Refund, { order }: SaleTerms): NotBooked | null {
  const isUnsold = order?.codes.some((code) => UNSOLD.has(code)) === true;
  if (order?.state !== 'pending' && !(order?.state === 'skipped' && isUnsold)) return null;
  const { number, ref } = refund.of;
  return pending({ code: 'refund-waits-for-order', order: number, key: refKey(ref) });
}

/** Why an order is skipped of which the ledger has nothing. */
const UNSOLD: ReadonlySet<string> = new Set([
  'order-not-placed',
  'order-cancelled',
  'order-left-out',
  'method-not-booked',
]);
