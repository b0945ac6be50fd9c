import { unreachable } from '../lib/assert.ts';
import { plusDays } from '../domain/date.ts';
import { creditDiffers } from '../domain/document/credit-sales.ts';
import type { Customer } from '../domain/document/customer.ts';
import { taxedAsDecided } from '../domain/document/taxed-as.ts';
import { NO_PAYMENTS } from '../domain/document/payments.ts';
import type { Document } from '../domain/document/document.ts';
import { refKey } from '../domain/document/source-ref.ts';
import { negate, subtract } from '../domain/money.ts';
import type { PlanOutcome, Step } from '../domain/plan.ts';
import { checkAgainstBooks } from '../domain/posting/check-books.ts';
import { withoutAccepted } from '../domain/posting/decisions.ts';
import { correctVoucher, reverseVoucher } from '../domain/posting/rules/correction.ts';
import {
  checkAccountStatement,
  postAccountStatement,
} from '../domain/posting/rules/account-statement.ts';
import { continuedStatement } from '../domain/posting/rules/statement-continued.ts';
import { postCustomerEntry } from '../domain/posting/rules/customer-entry.ts';
import { postCreditPurchases } from '../domain/posting/rules/credit-purchases.ts';
import { postDayReport } from '../domain/posting/rules/day-report.ts';
import { postSale } from '../domain/posting/rules/sale.ts';
import { postSalesDay } from '../domain/posting/rules/sales-day.ts';
import {
  bookingDate,
  isSale,
  isTakenBack,
  notBooked,
  sharesVoucher,
  stillBooked,
  takenBackAfter,
  unchanged,
} from '../domain/posting/sale-timing.ts';
import { postPayout } from '../domain/posting/rules/payout.ts';
import { postSalesInvoice } from '../domain/posting/rules/sales-invoice.ts';
import { postReadyVoucher } from '../domain/posting/rules/ready-voucher.ts';
import { postSupplierInvoice } from '../domain/posting/rules/supplier-invoice.ts';
import { turnoverOf, type PostingOutcome, type Voucher } from '../domain/posting/voucher.ts';
import type { Decision, Refusal } from '../domain/refusal.ts';
import type { BookedBefore } from '../ports/store.ts';
import { beforeStart } from './before-start.ts';
import { isBookedAlike } from './booked-alike.ts';
import { bookingStep, invoiceId, postingStep, rowOf, voucherId } from './booking-step.ts';
import { attachmentSteps, leftOut } from './plan-files.ts';
import type { PlanInput } from './plan-input.ts';
import { planQuote } from './plan-quote.ts';
import { isOfOrders, planSale } from './plan-sale.ts';
import { planSalesInvoice } from './plan-sales-invoice.ts';
import { planArticle, planArticleCards, planNews, planStock } from './plan-unbooked.ts';

/**
 * What is to become of a document: the vouchers and the steps that get them into the ledger, or
 * every reason why a person is asked first. A plan without steps: the books stay as they are.
 *
 * Pure: preview, dry run and delivery give the same answer for the same input.
 */
export function planDocument(input: PlanInput): PlanOutcome {
  const { document } = input;
  if (document.kind === 'article') return planArticle(document, input);
  if (document.kind === 'order-news') return planNews(document, input);
  if (document.kind === 'article-cards') return planArticleCards(document, input);
  if (document.kind === 'stock-balance') return planStock(document, input);
  if (document.kind === 'quote') return planQuote(document, input);
  const aside = asideOf(input);
  if (aside !== null) return aside;
  const asked = asContinued({ ...input, ...taxedAsDecided(input, input.decisions) });
  return 'kind' in asked ? asked : planAsked(asked);
}

/** What a shop has sold is booked when its time has come, and not before. */
function asideOf(input: PlanInput): PlanOutcome | null {
  const { document, choices, decisions, startDate, order = null } = input;
  if (!isSale(document)) return null;
  const booked = stillBooked(document, input.booked);
  const goesOn = isOfOrders(input);
  const isUnproven = input.doubts.some(({ code }) => code === 'vat-not-proven');
  const how = { isAlike: !goesOn && isBookedAlike(input), isCompared: !goesOn && !isUnproven };
  const reason = notBooked(document, { choices, decisions, startDate, booked, order, ...how });
  return reason === null ? null : { kind: 'not-booked', ...reason };
}

/**
 * A day of an account that is booked and comes again is planned for what it has beyond that. Its
 * balances are those of the whole day, so they are held against all of its entries here.
 */
function asContinued(input: PlanInput): PlanInput | PlanOutcome {
  const { document, booked, choices, decisions } = input;
  if (document.kind !== 'account-statement' || booked?.document?.kind !== document.kind) {
    return input;
  }
  const { label } = booked;
  const continued = continuedStatement(document, { document: booked.document, label });
  const checks = withoutAccepted(checkAccountStatement(document, choices), decisions);
  const refusals = continued.kind === 'otherwise' ? [continued.refusal] : checks;
  if (continued.kind === 'otherwise' || refusals.length > 0) {
    return { kind: 'held', refusals, draft: [], notices: [] };
  }
  const { entries } = continued;
  return {
    ...input,
    document: { ...document, entries, opening: null, closing: null },
    booked: null,
  };
}

function planAsked(given: PlanInput): PlanOutcome {
  const input = { ...given, booked: stillBooked(given.document, given.booked) };
  const decisions = withPolicies(input);
  const sale = planSale(given, decisions) ?? planSalesInvoice(input, decisions);
  const outcome = sale?.outcome ?? post(input, decisions);
  const doubts = [
    ...input.doubts,
    ...overlapping(input),
    ...creditDiffers(input.document, input.credit),
    ...(input.receiptsTwice ?? []).map((one) => ({ code: 'receipt-twice', ...one }) as const),
    ...(isSale(input.document) ? [] : beforeStart(input)),
  ];
  const refusals = withoutAccepted(doubts, decisions);
  const notices = [...outcome.notices, ...leftOut(input)];
  if (outcome.kind === 'refused') refusals.push(...withoutEchoes(outcome.refusals, doubts));
  const asked = sale === null ? input : { ...input, booked: null };
  const revised = outcome.kind === 'vouchers' ? revise(asked, outcome.vouchers, decisions) : null;
  if (revised?.kind === 'asks') refusals.push(revised.refusal);
  const { vouchers, credit } = revised?.kind === 'vouchers' ? revised : NOTHING;
  const books = sale?.books ?? input.books;
  refusals.push(...oncePerReason(vouchers.flatMap((v) => checkAgainstBooks(v, books))));
  if (refusals.length > 0) {
    const draft =
      outcome.kind === 'refused' ? outcome.draft : outcome.vouchers.flatMap((v) => v.rows);
    return { kind: 'held', refusals, draft, notices };
  }
  const { document, choices, booked } = input;
  if (sale?.steps.length === 0 && booked !== null) {
    if (isSale(document)) return { kind: 'not-booked', ...unchanged(booked) };
    return { kind: 'plan', plan: { vouchers: [], steps: [], notices, idle: 'unchanged' } };
  }
  if (sale === null && isSale(document) && sharesVoucher(choices, decisions)) {
    return { kind: 'gathers', vouchers, day: document.date, notices };
  }
  const steps = sale?.steps ?? stepsOf(input, vouchers, credit);
  return { kind: 'plan', plan: { vouchers, steps, notices } };
}

const NOTHING: { readonly vouchers: readonly Voucher[]; readonly credit: Step | null } = {
  vouchers: [],
  credit: null,
};

const NO_VOUCHERS: PostingOutcome = { kind: 'vouchers', vouchers: [], notices: [] };

/** An order of which nobody knows how it is taxed is not told to have no VAT besides. */
function withoutEchoes(refusals: readonly Refusal[], doubts: readonly Refusal[]): Refusal[] {
  const isUnproven = doubts.some(({ code }) => code === 'vat-not-proven');
  return refusals.filter(({ code }) => !(isUnproven && code === 'vat-not-charged'));
}

/** The posting rule of the document's kind. */
function post(
  { document, choices, purchases: ledger, payments = NO_PAYMENTS, payouts = [] }: PlanInput,
  decisions: readonly Decision[],
): PostingOutcome {
  switch (document.kind) {
    case 'day-report':
      return postDayReport(document, choices, decisions);
    case 'ready-voucher':
      return postReadyVoucher(document, choices, decisions);
    case 'credit-purchases':
      return postCreditPurchases(document, choices, decisions);
    case 'supplier-invoice':
      return postSupplierInvoice(document, choices, decisions);
    case 'account-statement':
      return postAccountStatement(document, choices, { decisions, ledger, payouts });
    case 'order':
    case 'refund':
      // Nothing takes the place of what was booked: `revise` asks, or reverses that.
      if (isTakenBack(document)) return NO_VOUCHERS;
      return postSale(document, choices, decisions);
    case 'sales-day':
      return postSalesDay(document, choices, decisions);
    case 'payout':
      return postPayout(document, choices, { decisions, payments });
    case 'sales-invoice':
      return postSalesInvoice(document, choices, decisions);
    case 'customer-entry':
      return postCustomerEntry(document, choices, decisions);
    case 'customer':
    case 'quote':
    case 'order-news':
    case 'article':
    case 'article-cards':
    case 'stock-balance':
      return NO_VOUCHERS;
    default:
      return unreachable(document);
  }
}

/** A company may decide once and for all what others decide each time. */
function withPolicies(input: PlanInput): readonly Decision[] {
  const { decisions, choices, books } = input;
  const policies: Decision[] = [];
  const date = bookingDate(input.document, choices);
  const isLocked = date !== null && books.lockedTo !== null && date <= books.lockedTo;
  const isMoved = decisions.some((d) => d.kind === 'book-on');
  if (choices.lockedPeriod === 'first-open-day' && isLocked && !isMoved) {
    policies.push({ kind: 'book-on', date: plusDays(books.lockedTo, 1) });
  }
  // A reversal of the whole would take back twice what was given back: a person looks at it.
  const isHalf = input.isRefunded === true;
  // A credit note is seen by the customer: that has a choice of its own.
  const isInvoice = isSale(input.document) && isOfOrders(input);
  const isCorrected = isInvoice
    ? choices.invoicing.revised === 'credit'
    : choices.revisions === 'correct';
  if (isCorrected && !isHalf) policies.push({ kind: 'correct' });
  return [...decisions, ...policies];
}

/** A store's own report beside those of its tills, an invoice by two ways: booked twice. */
function overlapping({ document, overlaps }: PlanInput): Refusal[] {
  const code = document.kind === 'supplier-invoice' ? 'invoice-twice' : 'report-overlaps';
  return overlaps === null ? [] : [{ code, other: overlaps }];
}

type Revised =
  | {
      readonly kind: 'vouchers';
      readonly vouchers: readonly Voucher[];
      /** The step that credits the invoice before, which the first of the vouchers reverses. */
      readonly credit: Step | null;
    }
  | { readonly kind: 'asks'; readonly refusal: Refusal };

/** What is booked is never changed: a new version is asked about, or reversed and booked anew. */
function revise(
  input: PlanInput,
  vouchers: readonly Voucher[],
  decisions: readonly Decision[],
): Revised {
  const { booked, document } = input;
  const [before] = booked?.vouchers.slice(-1) ?? [];
  const [right] = vouchers;
  if (booked === null || before === undefined) {
    return { kind: 'vouchers', vouchers, credit: null };
  }
  if (right === undefined && !isTakenBack(document)) {
    return { kind: 'vouchers', vouchers, credit: null };
  }
  if (!decisions.some((d) => d.kind === 'correct') || !isCreditable(document, booked)) {
    if (isSale(document) && isTakenBack(document)) {
      return { kind: 'asks', refusal: takenBackAfter(document, booked) };
    }
    const was = turnoverOf(before.rows, before.currency);
    const is = turnoverOf(right?.rows ?? [], before.currency);
    const numbers = { before: was, after: is, difference: subtract(is, was) };
    const code = revisedCode(document);
    return { kind: 'asks', refusal: { code, bookedAs: booked.label, ...numbers } };
  }
  // A correction is two vouchers, named one after the other: the last one is what stands.
  const number = booked.label.split(', ').at(-1) ?? '';
  const found = { on: input.today, language: input.choices.language };
  if (right === undefined) {
    const reversal = reverseVoucher({ voucher: before, number }, found);
    return { kind: 'vouchers', vouchers: [reversal], credit: null };
  }
  const corrected = correctVoucher({ voucher: before, number }, right, found);
  const credit = creditStep(document, booked, corrected[0]);
  return { kind: 'vouchers', vouchers: corrected, credit };
}

function revisedCode(document: Document) {
  if (isSale(document)) return 'order-revised';
  return isLedgerInvoice(document) ? 'invoice-revised' : 'report-revised';
}

/** Whether it is known what of an invoice stands in the ledger: only that can be credited. */
function isCreditable(document: Document, { results, vouchers }: BookedBefore): boolean {
  const place = vouchers.length;
  const made = [results[invoiceId(place)], results[voucherId(place)]];
  return !isLedgerInvoice(document) || made.some((one) => one !== undefined);
}

/**
 * The step that credits what stands with the customer or supplier: a voucher alone would leave the
 * invoice open there.
 *
 * @returns null when the version before was booked by a voucher alone
 */
function creditStep(document: Document, booked: BookedBefore, reversal: Voucher): Step | null {
  if (!isLedgerInvoice(document)) return null;
  const { results, vouchers } = booked;
  const step = invoiceId(vouchers.length);
  const ledger = document.kind === 'supplier-invoice' ? 'suppliers' : 'customers';
  const owed = rowOf(reversal, ledger);
  if (results[step] === undefined || owed === undefined) return null;
  const number = document.kind === 'supplier-invoice' ? document.number : document.ref.id;
  const total = ledger === 'suppliers' ? negate(owed.amount) : owed.amount;
  const from = { ledger, booked: { step, results }, total, number } as const;
  return { kind: 'credit-invoice', id: 'credit-1', ...from, voucher: reversal };
}

/** A voucher and its correction may miss the same account: it is named once. */
function oncePerReason(refusals: readonly Refusal[]): Refusal[] {
  const seen = new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal]));
  return [...seen.values()];
}

function stepsOf(input: PlanInput, vouchers: readonly Voucher[], credit: Step | null): Step[] {
  const { document, choices } = input;
  if (document.kind === 'customer') return [keepingStep(document, input)];
  const isCorrection =
    input.booked !== null && (vouchers.length > 1 || isTakenBack(input.document));
  // Each kind is numbered by itself: keys are made of it, and must be the same when a hub that lost
  // its database plans without the payments that stand in the ledger already.
  const numbers = { payments: 0, others: 0 };
  const posts = vouchers.map((voucher, i): Step => {
    const kind = voucher.pays === undefined ? 'others' : 'payments';
    numbers[kind] += 1;
    const isReversal = isCorrection && i === 0;
    if (!isReversal) return bookingStep(document, voucher, numbers[kind]);
    return credit ?? postingStep(document, voucher, numbers[kind]);
  });
  const last = posts.at(-1);
  if (last === undefined || !choices.attachFile) return posts;
  // A list of receipts holds those of others as well, and goes to no customer.
  if (document.kind === 'credit-purchases') return posts;
  const fileName = refKey(document.ref).replace(/[^A-Za-z0-9._-]+/g, '-');
  const received: Step = { kind: 'attach-file', id: 'file-1', to: last.id, fileName };
  return [...posts, received, ...attachmentSteps(last.id, input, 2)];
}

const CUSTOMER_STEP = 'customer-1';

function keepingStep({ customer }: Customer, { booked, choices }: PlanInput): Step {
  const sent = booked?.results[CUSTOMER_STEP]?.data ?? null;
  const owned = choices.customerFields;
  return { kind: 'keep-customer', id: CUSTOMER_STEP, customer, owned, sent };
}

function isLedgerInvoice(document: Document): boolean {
  return document.kind === 'supplier-invoice' || document.kind === 'credit-purchases';
}
