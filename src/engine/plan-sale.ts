import type { Order, Refund } from '../domain/document/sale.ts';
import { subtract } from '../domain/money.ts';
import type { SalesSource, Step, WriteResults } from '../domain/plan.ts';
import { isTakenBack, takenBackAfter } from '../domain/posting/sale-timing.ts';
import { checkAgainstBooks } from '../domain/posting/check-books.ts';
import type { OrderBecomes } from '../domain/posting/invoicing.ts';
import type { InvoiceTerms } from '../domain/posting/rules/sale-invoice-terms.ts';
import { invoiceSale, type SaleInvoice } from '../domain/posting/rules/sale-invoice.ts';
import type { PostingOutcome, Voucher } from '../domain/posting/voucher.ts';
import type { Decision, Refusal } from '../domain/refusal.ts';
import type { SalesDocument } from '../domain/sales-document.ts';
import { stableJson } from '../lib/json.ts';
import type { PlanInput } from './plan-input.ts';

/** What an order or refund becomes beside a voucher alone. */
export type SalePlan = { readonly outcome: PostingOutcome; readonly steps: readonly Step[] };

/** Steps that enter an order or an invoice; what they made has the id of the entry. */
const ORDER = 'order-1';
const INVOICE = 'invoice-1';
const PAYMENT = 'payment-1';

/** The write of a step that enters its document: see the target's routes. */
function entered(step: string, made: WriteResults): string | null {
  return made[`${step}.in`]?.id ?? null;
}

/**
 * Plans an order or refund whose flow makes orders or invoices of them: what is new since the
 * version before, and nothing else.
 *
 * @returns null when it is booked as a voucher
 */
export function planSale(input: PlanInput, decisions: readonly Decision[]): SalePlan | null {
  const { document, choices } = input;
  if (document.kind !== 'order' && document.kind !== 'refund') return null;
  const { otherwise } = choices.invoicing;
  const made = input.booked?.results ?? {};
  if (!isOfOrders(input)) return null;
  if (isTakenBack(document)) return takenBack({ ...input, document });
  const plan = planInvoiced({ ...input, document }, decisions);
  const { outcome } = plan;
  const isOther =
    outcome.kind === 'refused' &&
    outcome.refusals.some(({ code }) => code === 'order-not-invoiceable') &&
    Object.keys(made).length === 0;
  return isOther && otherwise === 'voucher' ? null : plan;
}

/** Whether a sale is entered as an order or invoice; what a voucher has begun it goes on with. */
export function isOfOrders({ document, choices, booked, of }: PlanInput): boolean {
  if (choices.invoicing.as === 'voucher' || 'voucher-1' in (booked?.results ?? {})) return false;
  return !(document.kind === 'refund' && 'voucher-1' in (of?.results ?? {}));
}

/** Nothing takes an order or an invoice out of the ledger but a person. */
function takenBack({ document, booked }: SaleInput): SalePlan {
  if (booked === null)
    return { outcome: { kind: 'vouchers', vouchers: [], notices: [] }, steps: [] };
  return refused([takenBackAfter(document, booked)], booked.vouchers.at(-1)?.rows ?? []);
}

type SaleInput = PlanInput & { readonly document: Order | Refund };

function planInvoiced(input: SaleInput, decisions: readonly Decision[]): SalePlan {
  const { document, choices, books, booked } = input;
  const made = booked?.results ?? {};
  const { as } = choices.invoicing;
  const isFromOrder = entered(ORDER, made) !== null && entered(INVOICE, made) === null;
  const invoiced = invoiceSale(document, {
    choices,
    books,
    decisions,
    // An order is invoiced when it is shipped, which is told today.
    on: as === 'order-then-invoice' && isFromOrder ? input.today : null,
    paidOn: paidOn(input),
    paidAtOnce: paidAtOnce(input),
  });
  const alone = withoutOrder(input);
  if (invoiced.kind === 'refused') {
    const refusals = [...alone, ...invoiced.refusals];
    return refused(refusals, invoiced.draft);
  }
  const { invoice } = invoiced;
  const rows = invoice.voucher?.rows ?? [];
  const changed = revised(input, invoice);
  if (alone.length > 0 || changed.length > 0) return refused([...alone, ...changed], rows);
  const { steps, vouchers } = stepsOf(input, invoice);
  // What stays a draft is held against the books all the same: a person is to book it.
  const unbooked =
    steps.length > 0 && vouchers.length === 0 && invoice.voucher !== null
      ? checkAgainstBooks(invoice.voucher, books)
      : [];
  if (unbooked.length > 0) return refused(unbooked, rows);
  return { outcome: { kind: 'vouchers', vouchers, notices: [] }, steps };
}

function refused(refusals: readonly Refusal[], draft: Voucher['rows']): SalePlan {
  return { outcome: { kind: 'refused', refusals, draft, notices: [] }, steps: [] };
}

/**
 * A cash invoice is entered as one, from nothing: an order or a draft that the ledger has stays
 * what it is. One that was booked so owes nothing, whatever the choices say by now.
 */
function paidAtOnce({ booked, choices }: SaleInput): InvoiceTerms['paidAtOnce'] {
  const made = booked?.results ?? {};
  const [invoice] = booked?.vouchers ?? [];
  if (INVOICE in made && invoice !== undefined && !(PAYMENT in made)) {
    return invoice.rows.some(({ role }) => role === 'payment/claim') ? 'not' : 'was';
  }
  const isEntered = entered(ORDER, made) !== null || entered(INVOICE, made) !== null;
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
  const isInvoiced = entered(INVOICE, of?.results ?? {}) !== null;
  return isInvoiced ? [] : [{ code: 'order-not-invoiceable', order, why: 'refund-alone' }];
}

/** An invoice that is booked stays as it is: other figures are asked about. */
function revised({ document, booked, choices }: SaleInput, invoice: SaleInvoice): Refusal[] {
  const before = booked?.document;
  const isBooked = INVOICE in (booked?.results ?? {});
  if (!isBooked || before === undefined || booked === null) return [];
  if (before.kind !== 'order' && before.kind !== 'refund') return [];
  if (moneyOf(before) === moneyOf(document) || choices.invoicing.as === 'order') return [];
  const { total: was } = before;
  const { total: is } = invoice.sale;
  const numbers = { before: was, after: is, difference: subtract(is, was) };
  return [{ code: 'invoice-revised', bookedAs: booked.label, ...numbers }];
}

/** What of an order an invoice is made of. */
function moneyOf({ lines, rounding, total }: Order | Refund): string {
  return stableJson([lines, rounding, total]);
}

type Steps = { readonly steps: readonly Step[]; readonly vouchers: readonly Voucher[] };

function stepsOf(input: SaleInput, invoice: SaleInvoice): Steps {
  const { document, choices } = input;
  const made = input.booked?.results ?? {};
  const { as } = choices.invoicing;
  if (isOrderOnly(document, as, made))
    return { steps: orderSteps(input, invoice.sale), vouchers: [] };
  const isBooking = as !== 'invoice';
  const steps: Step[] = [];
  const vouchers: Voucher[] = [];
  const draft = entered(INVOICE, made);
  const order = entered(ORDER, made);
  const isBooked = INVOICE in made || (draft !== null && invoice.voucher === null && isBooking);
  if (draft !== null && !isBooking && !isChanged(input)) return { steps, vouchers };
  if (!isBooked) {
    if (order !== null && draft === null) steps.push(...orderSteps(input, invoice.sale));
    const voucher = isBooking ? invoice.voucher : null;
    const { sale } = invoice;
    const from = sourceOf({ draft, order }, steps[0]);
    steps.push({ kind: 'invoice-sale', id: INVOICE, sale, from, voucher });
    if (voucher !== null) vouchers.push(voucher);
  }
  if (isBooking && !(PAYMENT in made)) {
    const isEntered = steps.some(({ id }) => id === INVOICE);
    const of: SalesSource = isEntered ? { step: INVOICE } : { number: draft ?? '' };
    for (const [i, { payment, voucher }] of invoice.payments.entries()) {
      steps.push({ kind: 'pay-sale', id: `payment-${i + 1}`, invoice: of, payment, voucher });
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

function isOrderOnly(document: Order | Refund, as: OrderBecomes, made: WriteResults): boolean {
  if (document.kind === 'refund' || entered(INVOICE, made) !== null) return false;
  return as === 'order' || (as === 'order-then-invoice' && document.state !== 'shipped');
}

/** Enters the order, or changes the one that is there when it has changed in the shop. */
function orderSteps(input: SaleInput, sale: SalesDocument): Step[] {
  const change = entered(ORDER, input.booked?.results ?? {});
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
