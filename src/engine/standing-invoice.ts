import type { LocalDate } from '../domain/date.ts';
import { negate, sum } from '../domain/money.ts';
import type { Step, WriteResults } from '../domain/plan.ts';
import type { Language } from '../domain/posting/words.ts';
import { reverseVoucher } from '../domain/posting/rules/correction.ts';
import { CLAIM_ROLE, isSettlement } from '../domain/posting/rules/sale-invoice.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { BookedBefore } from '../ports/store.ts';
import { isTakenBack } from '../domain/posting/sale-timing.ts';

/**
 * An order may become several invoices: what it was, and what took its place. Each has a place of
 * its own, so that what one version's writes made is never taken for another's.
 */
export function invoiceId(place: number): string {
  return `invoice-${place}`;
}

/** The id of a payment of the invoice at a place. Short: keys of writes have forty characters. */
export function paymentId(place: number, number: number): string {
  return place === 1 ? `payment-${number}` : `paid-${place}-${number}`;
}

/** The write of a step that enters its document: see the target's routes. */
export function enteredAs(step: string, made: WriteResults): string | null {
  return made[`${step}.in`]?.id ?? null;
}

/** The place of the invoice that an order has, or of its first. */
export function placeNow(booked: BookedBefore | null): number {
  const made = booked?.results ?? {};
  let place = 1;
  while (isMade(place + 1, made)) place += 1;
  // One that was cancelled is credited: should it be sold after all, it becomes another.
  return isTakenBack(booked?.document) && isMade(place, made) ? place + 1 : place;
}

function isMade(place: number, made: WriteResults): boolean {
  return invoiceId(place) in made || enteredAs(invoiceId(place), made) !== null;
}

/** An invoice that stands in the ledger, with what has paid it there. */
type StandingInvoice = {
  readonly voucher: Voucher;
  readonly payments: readonly Voucher[];
};

/**
 * The invoice that stands, by the vouchers of all versions: the last that has income is that of an
 * invoice, and those after it are payments.
 *
 * @returns null when that is not known
 */
function standingInvoice({ history = [] }: BookedBefore): StandingInvoice | null {
  const at = history.findLastIndex(({ rows }) => rows.some((row) => !isSettlement(row)));
  const voucher = history[at];
  return voucher === undefined ? null : { voucher, payments: history.slice(at + 1) };
}

/** Whether the invoice that stands was money at once: nothing is owed of it, and nothing paid. */
export function wasPaidAtOnce(booked: BookedBefore | null): boolean {
  const standing = booked === null ? null : standingInvoice(booked);
  return standing !== null && !isOwed(standing.voucher);
}

/** The day of the invoice that stands. @returns null when that is not known */
export function standingDay(booked: BookedBefore): LocalDate | null {
  return standingInvoice(booked)?.voucher.date ?? null;
}

function isOwed({ rows }: Voucher): boolean {
  return rows.some(({ role }) => role === CLAIM_ROLE);
}

/** What takes an invoice back. */
export type TakingBack = { readonly steps: readonly Step[]; readonly vouchers: readonly Voucher[] };

const CREDIT = 'credit-1';

/**
 * The credit note of the invoice that stands at a place, and its payments paid back on the accounts
 * that they came in on: what then takes its place is paid there anew.
 *
 * @returns null when it is not known what stands, or the ledger cannot say how it was paid
 */
export function takeBack(
  booked: BookedBefore,
  of: {
    readonly place: number;
    readonly reference: string;
    readonly on: LocalDate;
    readonly language: Language;
    /** What the ledger calls the way that pays cash invoices, by account. */
    readonly paidAtOnce: Readonly<Record<string, string>>;
  },
): TakingBack | null {
  const { place, on, language, paidAtOnce } = of;
  const standing = standingInvoice(booked);
  const step = invoiceId(place);
  if (standing === null || booked.results[step] === undefined) return null;
  const numberOf = (id: string): string => booked.results[id]?.label ?? booked.label;
  const reversed = (voucher: Voucher, id: string): Voucher =>
    reverseVoucher({ voucher, number: numberOf(id) }, { on, language });
  const owed = standing.voucher.rows.filter(isSettlement);
  const isCash = !isOwed(standing.voucher);
  const paidBy = isCash ? (paidAtOnce[owed[0]?.account ?? ''] ?? null) : null;
  if (isCash && paidBy === null) return null;
  const { currency } = standing.voucher;
  const total = sum(
    owed.map(({ amount }) => negate(amount)),
    currency,
  );
  const voucher = reversed(standing.voucher, step);
  const credit: Step = {
    ...{ kind: 'credit-invoice', id: CREDIT, ledger: 'customers', number: of.reference },
    ...{ booked: { step, results: booked.results }, total, paidBy, voucher },
  };
  const back = standing.payments.map((payment, i) => reversed(payment, paymentId(place, i + 1)));
  const repaid = back.flatMap((one, i) => repaying(one, { id: `repaid-${i + 1}`, on }));
  return { steps: [credit, ...repaid], vouchers: [voucher, ...back] };
}

function repaying(
  voucher: Voucher,
  { id, on }: { readonly id: string; readonly on: LocalDate },
): Step[] {
  const money = voucher.rows.find(({ role }) => role !== CLAIM_ROLE);
  if (money === undefined) return [];
  const payment = { date: on, amount: money.amount, account: money.account };
  return [{ kind: 'pay-sale', id, invoice: { step: CREDIT }, payment, voucher }];
}
