import { parseLocalDate } from '../../domain/date.ts';
import { parseMoney } from '../../domain/money.ts';
import type { OpenInvoice, PurchaseLedger } from '../../domain/purchase-ledger.ts';
import type { FortnoxClient } from './client.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

/**
 * What payments may state, by the number that Fortnox gave the invoice: what is booked keeps it.
 */
export type KnownReferences = Map<string, readonly string[]>;

/**
 * The supplier invoices that are booked in kronor and not paid in full, and the accounts that they
 * can be paid from: two lists, a call for each five hundred.
 *
 * Lists leave OCR numbers out. Where a name is none of the suppliers' numbers, the invoices that
 * were not read yet are read one by one, each once for as long as the process lives.
 */
export async function readPurchaseLedger(
  client: FortnoxClient,
  names: readonly string[],
  known: KnownReferences,
): Promise<PurchaseLedger> {
  const modes = await readModes(client);
  const listed = await client.list('/3/supplierinvoices?filter=unpaid', 'SupplierInvoices');
  const open = listed.filter(isOpen);
  const numbers = new Set(open.map((one) => textOf(one, 'InvoiceNumber').replace(/\s+/g, '')));
  if (names.some((name) => name !== '' && !numbers.has(name)))
    await learnReferences(client, open, known);
  return {
    invoices: open.map((one) => openInvoice(one, known)),
    isWhole: open.every((one) => known.has(textOf(one, 'GivenNumber'))),
    paysFrom: Object.fromEntries(
      // Of several modes with one account the first counts.
      modes.toReversed().map((mode) => [textOf(mode, 'AccountNumber'), textOf(mode, 'Code')]),
    ),
  };
}

/** Modes of payment, each with the account that it pays from or to. */
export function readModes(client: FortnoxClient): Promise<readonly WireObject[]> {
  return client.list('/3/modesofpayments', 'ModesOfPayments');
}

async function learnReferences(
  client: FortnoxClient,
  open: readonly WireObject[],
  known: KnownReferences,
): Promise<void> {
  for (const one of open) {
    const id = textOf(one, 'GivenNumber');
    if (known.has(id)) continue;
    const body = await client.get(`/3/supplierinvoices/${encodeURIComponent(id)}`);
    const invoice = body?.['SupplierInvoice'];
    known.set(id, isRecord(invoice) ? referencesOf(invoice) : []);
  }
}

/** Fortnox takes checked OCR numbers alone; another reference was put into the comment by us. */
function referencesOf(invoice: WireObject): readonly string[] {
  const words = textOf(invoice, 'Comments').split(/\s+/);
  const said = [textOf(invoice, 'OCR'), ...words.filter((word) => REFERENCE.test(word))];
  return said.filter((one) => one !== '');
}

/** Shorter numbers in a comment are amounts, years and the like. */
const REFERENCE = /^\d{6,25}$/;

/** Booked, in kronor, not taken back, and something left to pay. Money is text in this register. */
function isOpen(invoice: WireObject): boolean {
  const currency = textOf(invoice, 'Currency');
  return (
    textOf(invoice, 'Booked') === 'true' &&
    textOf(invoice, 'Cancel') !== 'true' &&
    (currency === '' || currency === 'SEK') &&
    balanceOf(invoice) !== 0n
  );
}

function openInvoice(invoice: WireObject, known: KnownReferences): OpenInvoice {
  const id = textOf(invoice, 'GivenNumber');
  return {
    id,
    number: textOf(invoice, 'InvoiceNumber'),
    references: known.get(id) ?? [],
    supplier: textOf(invoice, 'SupplierName'),
    date: parseLocalDate(textOf(invoice, 'InvoiceDate')),
    balance: { minor: balanceOf(invoice), currency: 'SEK' },
  };
}

function balanceOf(invoice: WireObject): bigint {
  return parseMoney(textOf(invoice, 'Balance'), 'SEK')?.minor ?? 0n;
}
