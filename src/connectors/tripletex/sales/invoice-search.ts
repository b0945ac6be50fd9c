import { parseLocalDate, plusDays, type LocalDate } from '../../../domain/date.ts';
import { formatMoney, money } from '../../../domain/money.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Remote } from '../../../ports/target.ts';
import type { TripletexClient } from '../client.ts';
import { oreOf } from '../read-back.ts';

/** Days around an order in which its invoice is looked for: a question must name some. */
const SPAN_DAYS = 400;
/** Ten years, back from a day: invoices are paid and credited late. */
const LATE_DAYS = 3_660;

const INVOICE_FIELDS =
  'id,invoiceNumber,invoiceDate,kid,amountCurrency,amountRoundoffCurrency,isCreditNote,' +
  'creditedInvoice,customer(id),currency(code),orders(id),voucher(id)';

/** An invoice by its id. @returns null when there is none */
export function readInvoice(client: TripletexClient, id: string): Promise<WireObject | null> {
  return client.get(`/invoice/${encodeURIComponent(id)}?fields=${INVOICE_FIELDS}`);
}

/** The invoice of a number, made up to some days after a day. @returns null when there is none */
export async function invoiceNumbered(
  client: TripletexClient,
  { number, day }: { readonly number: string; readonly day: LocalDate },
): Promise<WireObject | null> {
  if (!/^\d{1,9}$/.test(number)) return null;
  const listed = await list(client, `invoiceNumber=${number}`, {
    from: plusDays(day, -LATE_DAYS),
    to: plusDays(day, SPAN_DAYS),
  });
  return listed.find((one) => textOf(one, 'invoiceNumber') === number) ?? null;
}

/** The invoice that an order has become: there is one at most. @returns null when it has not */
export async function invoiceOf(
  client: TripletexClient,
  order: WireObject,
): Promise<WireObject | null> {
  const day = dayOf(order, 'orderDate');
  const customer = textOf(objectOf(order, 'customer'), 'id');
  const id = textOf(order, 'id');
  const listed = await list(client, `customerId=${customer}`, {
    from: plusDays(day, -SPAN_DAYS),
    to: plusDays(day, LATE_DAYS),
  });
  return listed.find((one) => listOf(one, 'orders').some((of) => textOf(of, 'id') === id)) ?? null;
}

/** The credit note that takes back an invoice as a whole. @returns null when there is none */
export async function creditNoteOf(
  client: TripletexClient,
  invoice: WireObject,
): Promise<WireObject | null> {
  const day = dayOf(invoice, 'invoiceDate');
  const id = textOf(invoice, 'id');
  const listed = await list(client, `customerId=${textOf(objectOf(invoice, 'customer'), 'id')}`, {
    from: plusDays(day, -SPAN_DAYS),
    to: plusDays(day, LATE_DAYS),
  });
  const whole = -oreOf(invoice, 'amountCurrency');
  const isNote = (one: WireObject): boolean =>
    textOf(one, 'creditedInvoice') === id && oreOf(one, 'amountCurrency') === whole;
  return listed.find(isNote) ?? null;
}

function list(
  client: TripletexClient,
  query: string,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly WireObject[]> {
  // The last day of a range is left out.
  const range = `invoiceDateFrom=${from}&invoiceDateTo=${plusDays(to, 1)}`;
  return client.list(`/invoice?${range}&${query}&fields=${INVOICE_FIELDS}`);
}

function dayOf(object: WireObject, field: string): LocalDate {
  return parseLocalDate(textOf(object, field)) ?? ('1970-01-01' as LocalDate);
}

/** What later writes want to know of an invoice. */
export type InvoiceData = {
  readonly invoice: string;
  readonly voucher: string;
  /** What Tripletex has rounded it by, as decimal text. */
  readonly roundOff: string;
};

/** An invoice by its number; its own id, and what it is paid by, beside that. */
export function remoteOf(invoice: WireObject): Remote {
  const data = {
    invoice: textOf(invoice, 'id'),
    voucher: textOf(objectOf(invoice, 'voucher'), 'id'),
    roundOff: formatMoney(money(oreOf(invoice, 'amountRoundoffCurrency'), 'NOK')),
    ocr: textOf(invoice, 'kid'),
  };
  return { id: textOf(invoice, 'invoiceNumber'), label: '', data };
}

export function dataOf(remote: Remote): InvoiceData {
  return remote.data as InvoiceData; // Made by `remoteOf`.
}
