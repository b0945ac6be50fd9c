import { present } from '../../../lib/assert.ts';
import type { Json } from '../../../lib/json.ts';
import { isRecord, textOf, type WireObject } from '../../../lib/json-object.ts';
import { ConnectorError, uncertain } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { createObject, findObject, surveyedWrite } from '../register-writes.ts';
import { REGISTERS } from '../registers.ts';
import { CHANGE, changeWrite } from '../shop/changes.ts';
import { foundByNumber } from '../found-by-number.ts';

/**
 * A credit note that names its invoice. Fortnox credits an invoice that is booked, once: it makes a
 * draft that takes everything back, and the two name each other. The draft is then given our own
 * rows, which may take back a part. What cannot be credited so (it is a draft itself, has been
 * credited, or is not there) is taken back by an invoice below zero.
 */
type CreditInput = {
  readonly invoicing: 'credit';
  /** What the invoice carries as our name of its document. */
  readonly reference: string;
  /** The number that the source has got of it. */
  readonly number: string | null;
};

type EntryInput = {
  readonly invoicing: 'credited-entry';
  /** The write that made the draft, if there is one. */
  readonly of: string;
  readonly body: Readonly<Record<string, Json>>;
  readonly register: 'invoice';
  readonly total: string;
  readonly vat: string;
  readonly mayRound: boolean;
  readonly label?: string;
};

/** What stands for the number of a draft where there is none. */
const NONE = '';

/** The call that has Fortnox credit an invoice, where it can. */
export function creditWrite(id: string, of: Omit<CreditInput, 'invoicing'>): Write {
  const input: CreditInput = { invoicing: 'credit', ...of };
  const which = of.number === null ? `{${of.reference}}` : encodeURIComponent(of.number);
  return { id, call: `PUT ${REGISTERS.invoice.path}/${which}/credit`, input };
}

/** The call that says what is taken back: of the draft, or of an invoice of its own. */
export function creditedEntryWrite(id: string, of: Omit<EntryInput, 'invoicing'>): Write {
  const input: EntryInput = { invoicing: 'credited-entry', ...of };
  return { id, call: `PUT ${REGISTERS.invoice.path}/{${of.of}}`, input };
}

export const CREDIT: Handler = { make: makeCredit, find: findCredit };
export const CREDITED_ENTRY: Handler = { make: makeEntry, find: findEntry };

async function makeCredit(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<WriteOutcome> {
  const invoice = await creditedInvoice(client, write);
  const isBooked = invoice !== null && textOf(invoice, 'Booked') === 'true';
  if (invoice === null || !isBooked || noteOf(invoice) !== NONE) {
    return { kind: 'done', ...foundByNumber(NONE) };
  }
  const path = pathOf(textOf(invoice, 'DocumentNumber'));
  const answer = await client.change({ method: 'PUT', path: `${path}/credit` });
  const [found] = await findCredit(client, write).catch(uncertain);
  if (found !== undefined) return { kind: 'done', ...found };
  if (answer.kind === 'refused') return answer;
  throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
}

/** A draft that nobody has described is ours: it is looked for when we may have made it. */
async function findCredit(client: FortnoxClient, write: Write): Promise<readonly Found[]> {
  const invoice = await creditedInvoice(client, write);
  const number = invoice === null ? NONE : noteOf(invoice);
  const note = number === NONE ? null : await readInvoice(client, number);
  if (invoice === null || note === null || textOf(note, 'Booked') === 'true') return [];
  const key = textOf(note, KEY_FIELD);
  const isUndescribed = key === '' || key === textOf(invoice, KEY_FIELD);
  return isUndescribed ? [foundByNumber(number)] : [];
}

const KEY_FIELD = 'ExternalInvoiceReference1';

/** The invoice that is credited: by our name of it, which it carries, or by the source's number. */
async function creditedInvoice(client: FortnoxClient, write: Write): Promise<WireObject | null> {
  const { reference, number } = write.input as CreditInput; // Made by `creditWrite`.
  const query = `externalinvoicereference2=${encodeURIComponent(reference)}`;
  const listed = await client.list(`${REGISTERS.invoice.path}?${query}`, 'Invoices');
  // The search is “contains”, and a credit note made of it carries the same name until described.
  const own = listed.filter((one) => textOf(one, 'ExternalInvoiceReference2') === reference);
  for (const one of own) {
    const whole = await readInvoice(client, textOf(one, 'DocumentNumber'));
    if (whole !== null && textOf(whole, 'Credit') !== 'true') return whole;
  }
  return number === null || !/^\d{1,18}$/.test(number) ? null : readInvoice(client, number);
}

/** The number of the credit note of an invoice. A reference to nothing is “0”. */
function noteOf(invoice: WireObject): string {
  const number = textOf(invoice, 'CreditInvoiceReference');
  return number === '0' ? NONE : number;
}

async function makeEntry(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { made, isOwn } = entryAs(write, context);
  return isOwn ? createObject(client, made, context) : CHANGE.make(client, made, context);
}

async function findEntry(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { made, isOwn } = entryAs(write, context);
  return isOwn ? findObject(client, made, context) : CHANGE.find(client, made, context);
}

/** The call that it comes to, now that it is known whether there is a draft. */
function entryAs(
  write: Write,
  { earlier }: WriteContext,
): { readonly made: Write; readonly isOwn: boolean } {
  // Made by `creditedEntryWrite`.
  const { invoicing: _, of, ...input } = write.input as EntryInput;
  const { id: number } = present(earlier.get(of), `the result of ${of}`);
  if (number === NONE) return { made: surveyedWrite(write.id, input), isOwn: true };
  return { made: changeWrite(write.id, { ...input, number }), isOwn: false };
}

async function readInvoice(client: FortnoxClient, number: string): Promise<WireObject | null> {
  const body = await client.get(pathOf(number));
  const invoice = body?.['Invoice'];
  return isRecord(invoice) ? invoice : null;
}

function pathOf(number: string): string {
  return `${REGISTERS.invoice.path}/${encodeURIComponent(number)}`;
}
