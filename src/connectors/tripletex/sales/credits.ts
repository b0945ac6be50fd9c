import type { LocalDate } from '../../../domain/date.ts';
import { textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { diagnoseInvoice } from './diagnose-invoice.ts';
import { creditNoteOf, readInvoice, remoteOf } from './invoice-search.ts';
import { readMade, UNSENT } from './invoices.ts';
import { needs, refusedAs } from './made.ts';

/** The credit note of a whole invoice, of which Tripletex makes one at most. */
type CreditInput = {
  readonly sale: 'credit';
  /** Tripletex's id of the invoice. */
  readonly invoice: string;
  readonly date: LocalDate;
};

/** The call that credits a whole invoice. */
export function creditWrite(id: string, of: Omit<CreditInput, 'sale'>): Write {
  const input: CreditInput = { sale: 'credit', ...of };
  return { id, call: `PUT ${pathOf(of)}`, input };
}

function pathOf({ invoice, date }: Omit<CreditInput, 'sale'>): string {
  return `/invoice/${invoice}/:createCreditNote?date=${date}&${UNSENT}`;
}

export const CREDIT: Handler = { make: makeCredit, find: findCredit };

async function makeCredit(
  session: Session,
  write: Write,
  _context: WriteContext,
): Promise<WriteOutcome> {
  return creditWhole(session, inputOf(write));
}

/** Credits an invoice; one that has been credited keeps the note that it has. */
export async function creditWhole(
  session: Session,
  of: Omit<CreditInput, 'sale'>,
): Promise<WriteOutcome> {
  const { client } = session;
  const [there] = await findWhole(session, of.invoice);
  if (there !== undefined) return { kind: 'done', ...there };
  if ((await readInvoice(client, of.invoice)) === null) {
    return refusedAs(needs('known-invoice', of.invoice));
  }
  const answer = await client.change({ method: 'PUT', path: pathOf(of) });
  if (answer.kind === 'refused') {
    return { kind: 'refused', refusals: await diagnoseInvoice(session, of.date, answer.error) };
  }
  return { kind: 'done', ...foundAs(await readMade(session, textOf(answer.value, 'id'))) };
}

async function findCredit(session: Session, write: Write): Promise<readonly Found[]> {
  return findWhole(session, inputOf(write).invoice);
}

/** The credit note that takes back a whole invoice. */
export async function findWhole({ client }: Session, id: string): Promise<readonly Found[]> {
  const invoice = await readInvoice(client, id);
  const note = invoice === null ? null : await creditNoteOf(client, invoice);
  return note === null ? [] : [foundAs(note)];
}

function foundAs(note: WireObject): Found {
  return { remote: remoteOf(note), differences: [] };
}

function inputOf(write: Write): CreditInput {
  return write.input as CreditInput; // Made by `creditWrite`.
}
