import type { Party } from '../../domain/document/party.ts';
import { parseLocalDate } from '../../domain/date.ts';
import { parseMoney } from '../../domain/money.ts';
import type { CodedInvoice } from '../../domain/posting/suggest-coding.ts';
import type { FortnoxClient } from './client.ts';
import { knownSupplier } from './parties.ts';
import { isRecord, listOf, textOf, type WireObject } from '../../lib/json-object.ts';

/** Invoices that are read whole: each is a call, and a person waits. */
const INVOICES_READ = 8;

/** Accounts of classes 4 to 8 are costs; debts, VAT and rounding stand in others. */
const COST_ACCOUNT = /^[4-8]\d{3}$/;

/**
 * The latest booked invoices of a supplier and what their costs stand on. Calls: one or two for the
 * supplier, one for each five hundred of its invoices, one for each invoice that is read.
 *
 * Lists come in the order of numbers, the oldest first: it is the documented one, and that another
 * can be asked for is not documented for supplier invoices.
 */
export async function readCoding(
  client: FortnoxClient,
  supplier: Party,
): Promise<readonly CodedInvoice[]> {
  const number = await knownSupplier(client, supplier);
  if (number === null) return [];
  const query = new URLSearchParams({ suppliernumber: number });
  const listed = await client.list(`/3/supplierinvoices?${query.toString()}`, 'SupplierInvoices');
  // The search looks into numbers: 12 is found for 1 as well.
  const booked = listed.filter((one) => textOf(one, 'SupplierNumber') === number && isBooked(one));
  const coded: CodedInvoice[] = [];
  for (const one of booked.slice(-INVOICES_READ)) {
    const path = `/3/supplierinvoices/${encodeURIComponent(textOf(one, 'GivenNumber'))}`;
    const body = await client.get(path);
    const invoice = body?.['SupplierInvoice'];
    const read = isRecord(invoice) ? codedFrom(invoice) : null;
    if (read !== null) coded.push(read);
  }
  return coded;
}

function isBooked(invoice: WireObject): boolean {
  return textOf(invoice, 'Booked') === 'true' && textOf(invoice, 'Cancel') !== 'true';
}

/** @returns null for an invoice without a day that can be read: nothing is known of its place */
function codedFrom(invoice: WireObject): CodedInvoice | null {
  const date = parseLocalDate(textOf(invoice, 'InvoiceDate'));
  if (date === null) return null;
  const costs = listOf(invoice, 'SupplierInvoiceRows')
    // Rows with a code are those of the debt, of VAT and of fees: Fortnox's own.
    .filter((row) => textOf(row, 'Code') === '' && isCost(textOf(row, 'Account')))
    .map((row) => ({ account: textOf(row, 'Account'), minor: sideOf(row) }));
  return { number: textOf(invoice, 'InvoiceNumber'), date, costs };
}

function isCost(account: string): boolean {
  return COST_ACCOUNT.test(account);
}

function sideOf(row: WireObject): bigint {
  const ore = (field: string): bigint => parseMoney(textOf(row, field), 'SEK')?.minor ?? 0n;
  return ore('Debit') - ore('Credit');
}
