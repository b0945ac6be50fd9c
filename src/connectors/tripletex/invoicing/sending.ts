import { present } from '../../../lib/assert.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { saidBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import { dataOf } from '../sales/invoice-search.ts';
import { foundAs } from '../sales/made.ts';
import type { Session } from '../session.ts';

/** What a company calls a way of sending, and Tripletex. */
const WAYS = { email: 'EMAIL', 'e-invoice': 'EHF' } as const;

type SendInput = {
  readonly sale: 'send';
  /** The write that made the invoice. */
  readonly of: string;
  readonly by: keyof typeof WAYS;
};

/** The call that has Tripletex send an invoice: the only one that reaches a customer. */
export function sendWrite(id: string, of: Omit<SendInput, 'sale'>): Write {
  const input: SendInput = { sale: 'send', ...of };
  return { id, call: `PUT /invoice/{${of.of}}/:send?sendType=${WAYS[of.by]}`, input };
}

export const SEND: Handler = { make: send, find: findSent };

/** The invoice stands whether it can be sent or not: what keeps it from being sent is told. */
async function send(
  { client }: Session,
  write: Write,
  { earlier }: WriteContext,
): Promise<WriteOutcome> {
  const { of, by } = write.input as SendInput; // Made by `sendWrite`.
  const made = present(earlier.get(of), 'the invoice');
  const { invoice } = dataOf(made);
  const path = `/invoice/${invoice}/:send?sendType=${WAYS[by]}`;
  const answer = await client.tell({ method: 'PUT', path });
  if (answer.kind === 'done') return { kind: 'done', ...foundAs(invoice) };
  const said = saidBy(answer.error);
  const notices = [{ code: 'invoice-not-sent', invoice: made.id, said }] as const;
  return { kind: 'done', ...foundAs(invoice), notices };
}

/** No field of an invoice tells whether it was sent: a person looks, and it is not sent again. */
async function findSent(
  _session: Session,
  write: Write,
  { earlier }: WriteContext,
): Promise<readonly Found[]> {
  const { of, by } = write.input as SendInput; // Made by `sendWrite`.
  const made = present(earlier.get(of), 'the invoice');
  const about = { what: 'sendType', id: made.id, sent: WAYS[by], booked: '?' } as const;
  const { remote } = foundAs(dataOf(made).invoice);
  return [{ remote, differences: [{ code: 'read-back-differs', ...about }] }];
}
