import { money, parseMoney, type Money } from '../../domain/money.ts';
import { parseLocalDate, type LocalDate } from '../../domain/date.ts';
import type { InvoicePaymentState } from '../../domain/document/order-news.ts';
import type { Clock } from '../../ports/clock.ts';
import type { InvoicePage, StandingInvoice } from '../../ports/invoices.ts';
import type { FortnoxClient } from './client.ts';
import { markBefore, swedishMinute } from './marks.ts';
import { textOf, type WireObject } from '../../lib/json-object.ts';

/** The first look goes back this far. */
const FIRST_MS = 30 * 24 * 3_600_000;

/**
 * Invoices that have changed, with what is left to be paid of each: one list for all of them, a
 * call for each five hundred. A draft says nothing yet.
 */
export async function readInvoices(
  client: FortnoxClient,
  clock: Clock,
  mark: string | null,
): Promise<InvoicePage> {
  const nowMs = clock.nowMs();
  const since = mark ?? swedishMinute(nowMs - FIRST_MS);
  const path = `/3/invoices?lastmodified=${encodeURIComponent(since)}`;
  const listed = await client.list(path, 'Invoices');
  const invoices = listed.flatMap((one): StandingInvoice[] => {
    const payment = paymentOf(one);
    return payment === null ? [] : [{ key: textOf(one, 'ExternalInvoiceReference1'), payment }];
  });
  return { invoices, mark: markBefore(nowMs) };
}

function paymentOf(invoice: WireObject): InvoicePaymentState | null {
  const [total, left] = [amountOf(invoice, 'Total'), amountOf(invoice, 'Balance')];
  const number = textOf(invoice, 'DocumentNumber');
  const isCancelled = textOf(invoice, 'Cancelled') === 'true';
  const isDraft = !isCancelled && textOf(invoice, 'Booked') !== 'true';
  // A credit note is no state of the invoice that it credits: that tells its own balance.
  if (isDraft || total.minor < 0n) return null;
  const paidOn = parseLocalDate(textOf(invoice, 'FinalPayDate'));
  return { invoice: number, state: stateOf({ isCancelled, total, left, paidOn }), left, paidOn };
}

function stateOf(of: {
  readonly isCancelled: boolean;
  readonly total: Money;
  readonly left: Money;
  readonly paidOn: LocalDate | null;
}): InvoicePaymentState['state'] {
  if (of.isCancelled) return 'cancelled';
  // The list does not name credit notes: nothing left and never paid is taken for credited.
  if (of.left.minor === 0n) return of.paidOn === null ? 'credited' : 'paid';
  return of.left.minor === of.total.minor ? 'open' : 'partly-paid';
}

function amountOf(invoice: WireObject, field: string): Money {
  // What is not in kronor is told in kronor: the ledger's own currency.
  return parseMoney(textOf(invoice, field), 'SEK') ?? money(0n, 'SEK');
}
