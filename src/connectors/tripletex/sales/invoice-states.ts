import { parseLocalDate, plusDays, type LocalDate } from '../../../domain/date.ts';
import type { InvoicePaymentState } from '../../../domain/document/order-news.ts';
import { money } from '../../../domain/money.ts';
import { listOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { InvoicePage, StandingInvoice } from '../../../ports/invoices.ts';
import type { TripletexClient } from '../client.ts';
import { oreOf } from '../read-back.ts';
import { keyOf } from './order-search.ts';

/**
 * Invoices of so many days are looked at: Tripletex does not tell which have changed. One that is
 * paid later than that its shop is not told of.
 */
const DAYS = 120;
/** Some invoices have a later day than that they are made on. */
const AHEAD_DAYS = 31;

const FIELDS =
  'invoiceNumber,amount,amountOutstanding,isCredited,isCreditNote,orders(deliveryComment),' +
  'postings(date,amount)';

/** How the latest invoices stand, by the keys of the orders that they were made of. */
export async function readInvoices(
  client: TripletexClient,
  today: LocalDate,
): Promise<InvoicePage> {
  const [from, to] = [plusDays(today, -DAYS), plusDays(today, AHEAD_DAYS)];
  const range = `invoiceDateFrom=${from}&invoiceDateTo=${to}`;
  const listed = await client.list(`/invoice?${range}&fields=${FIELDS}`);
  const invoices = listed.flatMap((one): StandingInvoice[] => {
    // A credit note is no state of the invoice that it credits: that tells its own balance.
    if (one['isCreditNote'] === true) return [];
    const [order] = listOf(one, 'orders');
    const key = order === undefined ? null : keyOf(order);
    return key === null ? [] : [{ key, payment: paymentOf(one) }];
  });
  return { invoices, mark: today };
}

function paymentOf(invoice: WireObject): InvoicePaymentState {
  const [total, left] = [oreOf(invoice, 'amount'), oreOf(invoice, 'amountOutstanding')];
  const state = stateOf({ isCredited: invoice['isCredited'] === true, total, left });
  const paidOn = state === 'paid' ? lastPaid(invoice) : null;
  return { invoice: textOf(invoice, 'invoiceNumber'), state, left: money(left, 'NOK'), paidOn };
}

function stateOf(of: {
  readonly isCredited: boolean;
  readonly total: bigint;
  readonly left: bigint;
}): InvoicePaymentState['state'] {
  if (of.isCredited) return 'credited';
  if (of.left === 0n) return 'paid';
  return of.left === of.total ? 'open' : 'partly-paid';
}

/** The day of the last posting that has taken from the claim. */
function lastPaid(invoice: WireObject): LocalDate | null {
  const days = listOf(invoice, 'postings')
    .filter((one) => oreOf(one, 'amount') < 0n)
    .map((one) => textOf(one, 'date'))
    .sort();
  return parseLocalDate(days.at(-1) ?? '');
}
