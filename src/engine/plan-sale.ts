import type { Books } from '../domain/books.ts';
import type { Order, Refund } from '../domain/document/sale.ts';
import type { LocalDate } from '../domain/date.ts';
import { refKey } from '../domain/document/source-ref.ts';
import { subtract } from '../domain/money.ts';
import type { SalesSource, Step } from '../domain/plan.ts';
import { isSale, isTakenBack, takenBackAfter } from '../domain/posting/sale-timing.ts';
import { checkAgainstBooks } from '../domain/posting/check-books.ts';
import type { InvoiceTerms } from '../domain/posting/rules/sale-invoice-terms.ts';
import {
  invoiceSale,
  isSettlement,
  type SaleInvoice,
} from '../domain/posting/rules/sale-invoice.ts';
import type { PostingOutcome, Voucher } from '../domain/posting/voucher.ts';
import type { Decision, Refusal } from '../domain/refusal.ts';
import type { SalesDocument } from '../domain/sales-document.ts';
import { stableJson } from '../lib/json.ts';
import type { PlanInput } from './plan-input.ts';
import {
  enteredAs,
  invoiceId,
  paymentId,
  placeNow,
  standingDay,
  takeBack,
  wasPaidAtOnce,
  type TakingBack,
} from './standing-invoice.ts';

/** What an order, refund or invoice becomes beside a voucher alone. */
export type SalePlan = {
  readonly outcome: PostingOutcome;
  readonly steps: readonly Step[];
  /** The books as the first of the steps leave them; absent: as they are. */
  readonly books?: Books;
};

/** The step that enters an order; what it made has the id of the entry. */
const ORDER = 'order-1';

/**
 * Plans an order or refund whose flow makes orders or invoices of them: what is new since the
 * version before, and nothing else.
 *
 * @returns null when it is booked as a voucher
 */
export function planSale(input: PlanInput, decisions: readonly Decision[]): SalePlan | null {
  const { document, choices } = input;
  if (!isSale(document)) return null;
  const { otherwise } = choices.invoicing;
  const made = input.booked?.results ?? {};
  if (!isOfOrders(input)) return null;
  if (isTakenBack(document)) return takenBack({ ...input, document }, decisions);
  const plan = planInvoiced({ ...input, document }, decisions);
  const { outcome } = plan;
  const isOther =
    outcome.kind === 'refused' &&
    outcome.refusals.some(({ code }) => code === 'order-not-invoiceable') &&
    Object.keys(made).length === 0;
  return isOther && otherwise === 'voucher' ? null : plan;
}

/** Whether a sale is entered as an order or invoice; what has begun as one goes on as it. */
export function isOfOrders({ document, choices, booked, of }: PlanInput): boolean {
  const made = booked?.results ?? {};
  if ('voucher-1' in made) return false;
  if (enteredAs(invoiceId(1), made) !== null) return true;
  if (choices.invoicing.as === 'voucher') return false;
  return !(document.kind === 'refund' && 'voucher-1' in (of?.results ?? {}));
}

type SaleInput = PlanInput & { readonly document: Order | Refund };

/** What is cancelled is credited; an order or a draft only a person takes out of the ledger. */
function takenBack(input: SaleInput, decisions: readonly Decision[]): SalePlan {
  const { document, booked } = input;
  if (booked === null || isTakenBack(booked.document)) return planned({ steps: [], vouchers: [] });
  const back = takingBack(input, decisions);
  if (back !== null) return planned(back);
  const standing = booked.history?.findLast(({ rows }) => !rows.every(isSettlement));
  const { label, vouchers } = booked;
  const asked = takenBackAfter(document, { label, vouchers: standing ? [standing] : vouchers });
  return refused([asked], vouchers.at(-1)?.rows ?? []);
}

/** @returns null when a person is asked: what a refund took back nothing takes back in its turn */
function takingBack(input: SaleInput, decisions: readonly Decision[]): TakingBack | null {
  const { document, booked, books, choices, today } = input;
  if (booked === null || document.kind === 'refund') return null;
  if (!decisions.some(({ kind }) => kind === 'correct')) return null;
  return takeBack(booked, {
    place: placeNow(booked),
    reference: refKey(document.ref),
    on: today,
    language: choices.language,
    paidAtOnce: books.invoices?.paidAtOnce ?? {},
  });
}

function planned({ steps, vouchers }: TakingBack): SalePlan {
  return { outcome: { kind: 'vouchers', vouchers, notices: [] }, steps };
}

function planInvoiced(input: SaleInput, decisions: readonly Decision[]): SalePlan {
  const { document, choices, books, today } = input;
  const changed = revised(input);
  const back = changed.length === 0 ? null : takingBack(input, decisions);
  const place = placeNow(input.booked) + (back === null ? 0 : 1);
  const invoiced = invoiceSale(document, {
    choices,
    books,
    decisions,
    on: back === null ? invoiceDay(input, place) : today,
    paidOn: paidOn(input),
    paidAtOnce: back === null ? paidAtOnce(input, place) : 'may',
  });
  const alone = withoutOrder(input);
  if (invoiced.kind === 'refused') {
    const refusals = [...alone, ...invoiced.refusals];
    return refused(refusals, invoiced.draft);
  }
  const { invoice } = invoiced;
  const rows = invoice.voucher?.rows ?? [];
  const refusals = [...alone, ...(back === null ? changed : [])];
  if (refusals.length > 0) return refused(refusals, rows);
  const made = back === null ? input : { ...input, booked: null };
  const { steps, vouchers } = stepsOf(made, { invoice, place });
  // What stays a draft is held against the books all the same: a person is to book it.
  const unbooked =
    steps.length > 0 && vouchers.length === 0 && invoice.voucher !== null
      ? checkAgainstBooks(invoice.voucher, books)
      : [];
  if (unbooked.length > 0) return refused(unbooked, rows);
  return planned({
    steps: [...(back?.steps ?? []), ...steps],
    vouchers: [...(back?.vouchers ?? []), ...vouchers],
  });
}

function isBookedAt(place: number, { booked }: SaleInput): boolean {
  return invoiceId(place) in (booked?.results ?? {});
}

/**
 * The day of the invoice, when it is not that of the order. One that stands has its own, and is not
 * paid before it; an order is invoiced when it is shipped, which is told today.
 */
function invoiceDay(input: SaleInput, place: number): LocalDate | null {
  const { choices, booked, today } = input;
  const made = booked?.results ?? {};
  if (booked !== null && isBookedAt(place, input)) return standingDay(booked);
  if (isTakenBack(booked?.document)) return today;
  const isFromOrder = enteredAs(ORDER, made) !== null && enteredAs(invoiceId(1), made) === null;
  return choices.invoicing.as === 'order-then-invoice' && isFromOrder ? today : null;
}

function refused(refusals: readonly Refusal[], draft: Voucher['rows']): SalePlan {
  return { outcome: { kind: 'refused', refusals, draft, notices: [] }, steps: [] };
}

/**
 * A cash invoice is entered as one, from nothing: an order or a draft that the ledger has stays
 * what it is. One that was booked so owes nothing, whatever the choices say by now.
 */
function paidAtOnce(input: SaleInput, place: number): InvoiceTerms['paidAtOnce'] {
  const { booked, choices } = input;
  if (isBookedAt(place, input)) return wasPaidAtOnce(booked) ? 'was' : 'not';
  const made = booked?.results ?? {};
  const isOrdered = place === 1 && enteredAs(ORDER, made) !== null;
  const isEntered = isOrdered || enteredAs(invoiceId(place), made) !== null;
  return isEntered || choices.invoicing.as === 'invoice' ? 'not' : 'may';
}

/** What was not paid is not paid back. */
function paidOn({ document, of }: SaleInput): Order['paidOn'] {
  if (document.kind === 'order') return document.paidOn;
  return (of?.paidOn ?? null) === null ? null : document.date;
}

/** A refund takes back an invoice: one of what the ledger does not hold is asked about. */
function withoutOrder({ document, of, choices }: SaleInput): Refusal[] {
  if (document.kind === 'order') return [];
  const order = document.of.number;
  if (choices.invoicing.as === 'order') {
    return [{ code: 'order-not-invoiceable', order, why: 'refund-of-order' }];
  }
  const isInvoiced = enteredAs(invoiceId(1), of?.results ?? {}) !== null;
  return isInvoiced ? [] : [{ code: 'order-not-invoiceable', order, why: 'refund-alone' }];
}

/** An invoice that is booked stays as it is: other figures are asked about, or credited. */
function revised({ document, booked, choices }: SaleInput): Refusal[] {
  const before = booked?.document;
  if (booked === null || before === undefined || !isSale(before) || isTakenBack(before)) return [];
  const place = placeNow(booked);
  const isPaid = paymentId(place, 1) in booked.results;
  const isBooked = invoiceId(place) in booked.results || isPaid;
  if (!isBooked || choices.invoicing.as === 'order') return [];
  // Until it is paid it may be paid in any way.
  const isSame =
    moneyOf(before) === moneyOf(document) && (!isPaid || isPaidAlike(before, document));
  if (isSame) return [];
  const [was, is] = [before.total, document.total];
  const numbers = { before: was, after: is, difference: subtract(is, was) };
  return [{ code: 'invoice-revised', bookedAs: booked.label, ...numbers }];
}

/** What of an order an invoice is made of. */
function moneyOf({ lines, rounding, total }: Order | Refund): string {
  return stableJson([lines, rounding, total]);
}

function isPaidAlike(before: Order | Refund, now: Order | Refund): boolean {
  const [was, is] = [before, now].map(({ settlements }) =>
    stableJson(settlements.map(({ means, method, amount }) => [means, method, amount])),
  );
  return was === is;
}

function stepsOf(
  input: SaleInput,
  { invoice, place }: { readonly invoice: SaleInvoice; readonly place: number },
): TakingBack {
  const { choices } = input;
  const made = input.booked?.results ?? {};
  const { as } = choices.invoicing;
  if (isOrderOnly(input, place)) return { steps: orderSteps(input, invoice.sale), vouchers: [] };
  const isBooking = as !== 'invoice';
  const steps: Step[] = [];
  const vouchers: Voucher[] = [];
  const id = invoiceId(place);
  const draft = enteredAs(id, made);
  // What an invoice was made of stays with that one.
  const order = place === 1 ? enteredAs(ORDER, made) : null;
  const stays = draft !== null && !isChanged(input);
  const isBooked = id in made || (stays && invoice.voucher === null && isBooking);
  if (stays && !isBooking) return { steps, vouchers };
  if (!isBooked) {
    if (order !== null && draft === null) steps.push(...orderSteps(input, invoice.sale));
    const voucher = isBooking ? invoice.voucher : null;
    const { sale } = invoice;
    const from = sourceOf({ draft, order }, steps[0]);
    steps.push({ kind: 'invoice-sale', id, sale, from, voucher });
    if (voucher !== null) vouchers.push(voucher);
  }
  if (isBooking && !(paymentId(place, 1) in made)) {
    const isEntered = steps.some((step) => step.id === id);
    const of: SalesSource = isEntered ? { step: id } : { number: draft ?? '' };
    for (const [i, { payment, voucher }] of invoice.payments.entries()) {
      const paid = paymentId(place, i + 1);
      steps.push({ kind: 'pay-sale', id: paid, invoice: of, payment, voucher });
      vouchers.push(voucher);
    }
  }
  return { steps, vouchers };
}

/** What an invoice is made of: its own draft, the order that this plan changes, or as it stands. */
function sourceOf(
  { draft, order }: { readonly draft: string | null; readonly order: string | null },
  changed: Step | undefined,
): Extract<Step, { readonly kind: 'invoice-sale' }>['from'] {
  if (draft !== null) return { draft };
  if (changed !== undefined) return { order: { step: changed.id } };
  return order === null ? null : { order: { number: order } };
}

function isOrderOnly({ document, choices, booked }: SaleInput, place: number): boolean {
  const { as } = choices.invoicing;
  const isInvoiced = place > 1 || enteredAs(invoiceId(place), booked?.results ?? {}) !== null;
  if (document.kind === 'refund' || isInvoiced) return false;
  return as === 'order' || (as === 'order-then-invoice' && document.state !== 'shipped');
}

/** Enters the order, or changes the one that is there when it has changed in the shop. */
function orderSteps(input: SaleInput, sale: SalesDocument): Step[] {
  const change = enteredAs(ORDER, input.booked?.results ?? {});
  if (change !== null && !isChanged(input)) return [];
  return [{ kind: 'enter-order', id: ORDER, sale, change }];
}

function isChanged({ document, booked }: SaleInput): boolean {
  const before = booked?.document;
  if (before?.kind !== 'order' && before?.kind !== 'refund') return true;
  const asEntered = (sale: Order | Refund) =>
    stableJson([moneyOf(sale), sale.customer, sale.deliverTo]);
  return asEntered(before) !== asEntered(document);
}
