import type { Books } from '../../domain/books.ts';
import { yearOf } from '../../domain/books.ts';
import { formatMoney, parseMoney } from '../../domain/money.ts';
import type { Step } from '../../domain/plan.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import { ConnectorError, uncertain } from '../../ports/errors.ts';
import type { Found, Route, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import { bookWrite } from './booking.ts';
import { cannot } from './cannot.ts';
import type { FortnoxClient } from './client.ts';
import { entryOf } from './invoices.ts';
import { REGISTERS } from './registers.ts';
import { fitText } from './text.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

type CreditStep = Extract<Step, { readonly kind: 'credit-invoice' }>;

/**
 * A booked invoice is credited by Fortnox itself, once: it makes a draft that takes everything
 * back, and the two name each other. The draft then gets our day, our key and what it is about, and
 * is booked like an invoice.
 */
const LEDGERS = {
  customers: { register: 'invoice', reference: 'CreditInvoiceReference' },
  suppliers: { register: 'supplier-invoice', reference: 'CreditReference' },
} as const;

type Ledger = keyof typeof LEDGERS;

/** The call that has Fortnox credit an invoice. */
type CreditInput = { readonly credits: Ledger; readonly number: string };

/** The call that says on the draft what it is for. */
type NoteInput = {
  readonly notes: Ledger;
  /** The write that made the draft. */
  readonly of: string;
  readonly body: Readonly<Record<string, string>>;
  /** What the credit note must come to, as decimal text. */
  readonly total: string;
};

/** Of 1 000 characters, with room for a blank and our key of 40. */
const COMMENT_MAX = 1_000 - 41;
const OUR_REFERENCE_MAX = 80;

/** The calls that credit an invoice which an earlier version of the document became. */
export function creditNoteWrites(step: CreditStep, books: Books): Route {
  const { id, ledger, booked, voucher, paidBy = null } = step;
  const { register } = LEDGERS[ledger];
  const invoice = booked.results[entryOf(booked.step)]?.id;
  if (invoice === undefined) return cannot('a credit note of an invoice whose number is not known');
  const path = `${REGISTERS[register].path}/${encodeURIComponent(invoice)}`;
  const credit: CreditInput = { credits: ledger, number: invoice };
  const about: NoteInput = {
    notes: ledger,
    of: `${id}.note`,
    body: {
      InvoiceDate: voucher.date,
      Comments: fitText(voucher.text, COMMENT_MAX).text,
      ...(ledger === 'customers'
        ? { ExternalInvoiceReference2: fitText(step.number, OUR_REFERENCE_MAX).text }
        : {}),
      // What was paid at once is paid back at once, whichever kind Fortnox makes the draft.
      ...(paidBy === null ? {} : { InvoiceType: 'CASHINVOICE', PaymentWay: paidBy }),
    },
    total: formatMoney(step.total),
  };
  const year = yearOf(books, voucher.date)?.id ?? null;
  const writes: readonly Write[] = [
    { id: `${id}.note`, call: `PUT ${path}/credit`, input: credit },
    {
      id: entryOf(id),
      call: `PUT ${REGISTERS[register].path}/{${id}.note}`,
      input: about satisfies Json,
    },
    bookWrite(id, { register, invoice: entryOf(id), year, voucher }),
  ];
  return { kind: 'route', writes, notices: [] };
}

/** Whether a write has Fortnox make a credit note. */
export function isCreditWrite({ input }: Write): boolean {
  return isRecord(input) && 'credits' in input;
}

/** Whether a write says what a credit note is for. */
export function isNoteWrite({ input }: Write): boolean {
  return isRecord(input) && 'notes' in input;
}

/** Has Fortnox make the credit note. One that is there already is taken as it stands. */
export async function creditInvoice(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { credits, number } = write.input as CreditInput; // Made by `creditNoteWrites`.
  const { path } = REGISTERS[LEDGERS[credits].register];
  const change = `${path}/${encodeURIComponent(number)}/credit`;
  const answer = await client.change({ method: 'PUT', path: change });
  const [found] = await findCreditNote(client, write, context).catch(uncertain);
  if (found !== undefined) return { kind: 'done', ...found };
  if (answer.kind === 'refused') return answer;
  throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
}

/** A credit note is found by the invoice that it credits, which names it. */
export async function findCreditNote(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const { credits, number } = write.input as CreditInput; // Made by `creditNoteWrites`.
  const invoice = await readInvoice(client, credits, number);
  const note = invoice === null ? '' : textOf(invoice, LEDGERS[credits].reference);
  // A reference to nothing is “0”.
  if (note === '' || note === '0') return [];
  return [{ remote: { id: note, label: '' }, differences: [] }];
}

/** Writes day, key and text on the draft, so that it is told from the invoice it is a copy of. */
export async function describeCreditNote(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { notes, body } = write.input as NoteInput; // Made by `creditNoteWrites`.
  const { path, envelope } = REGISTERS[LEDGERS[notes].register];
  const number = noteOf(write, context);
  const answer = await client.change({
    method: 'PUT',
    path: `${path}/${encodeURIComponent(number)}`,
    body: JSON.stringify({ [envelope]: withKey(notes, body, context.key) }),
  });
  if (answer.kind !== 'ok') {
    // One that an earlier life of the hub has booked takes no change, and needs none.
    const [found] = await findDescribed(client, write, context);
    if (found !== undefined) return { kind: 'done', ...found };
    if (answer.kind === 'refused') return answer;
    const { message: said, code } = answer.error;
    const theirCode = String(code);
    return {
      kind: 'refused',
      refusals: [{ code: 'target-refused', system: 'Fortnox', said, theirCode }],
    };
  }
  const shown = answer.body[envelope];
  if (!isRecord(shown)) {
    throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
  }
  return { kind: 'done', ...foundAs(write, number, shown) };
}

/** Described is what carries our key. */
export async function findDescribed(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { notes } = write.input as NoteInput; // Made by `creditNoteWrites`.
  const number = noteOf(write, context);
  const shown = await readInvoice(client, notes, number);
  if (shown === null || !carries(notes, shown, context.key)) return [];
  return [foundAs(write, number, shown)];
}

function noteOf(write: Write, { earlier }: WriteContext): string {
  const { of } = write.input as NoteInput; // Made by `creditNoteWrites`.
  return present(earlier.get(of), `the result of ${of}`).id;
}

/** Where the key of an invoice stands: a field of its own, or a word of the comment. */
function withKey(ledger: Ledger, body: Readonly<Record<string, string>>, key: string): WireObject {
  if (ledger === 'customers') return { ...body, ExternalInvoiceReference1: key };
  return { ...body, Comments: `${body['Comments'] ?? ''} ${key}`.trim() };
}

function carries(ledger: Ledger, shown: WireObject, key: string): boolean {
  if (ledger === 'customers') return textOf(shown, 'ExternalInvoiceReference1') === key;
  return textOf(shown, 'Comments').split(/\s+/).includes(key);
}

function foundAs(write: Write, number: string, shown: WireObject): Found {
  const { total: sent } = write.input as NoteInput; // Made by `creditNoteWrites`.
  const booked = textOf(shown, 'Total');
  const isSame = parseMoney(sent, 'SEK')?.minor === parseMoney(booked, 'SEK')?.minor;
  const differs: Refusal = {
    code: 'read-back-differs',
    what: 'credit note',
    id: number,
    sent,
    booked,
  };
  return { remote: { id: number, label: '' }, differences: isSame ? [] : [differs] };
}

async function readInvoice(
  client: FortnoxClient,
  ledger: Ledger,
  number: string,
): Promise<WireObject | null> {
  const { path, envelope } = REGISTERS[LEDGERS[ledger].register];
  const body = await client.get(`${path}/${encodeURIComponent(number)}`);
  const object = body?.[envelope];
  return isRecord(object) ? object : null;
}
