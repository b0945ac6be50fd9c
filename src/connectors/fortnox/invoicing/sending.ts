import { present } from '../../../lib/assert.ts';
import { isRecord, textOf } from '../../../lib/json-object.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { saidBy } from '../register-writes.ts';
import { REGISTERS } from '../registers.ts';
import { foundByNumber } from '../found-by-number.ts';

type SendInput = {
  readonly invoicing: 'send';
  /** The write that entered the invoice. */
  readonly of: string;
  readonly by: 'email' | 'e-invoice';
};

const CALLS = { email: 'email', 'e-invoice': 'einvoice' } as const;

/** The call that has Fortnox send an invoice to its customer: a GET that changes it. */
export function sendWrite(id: string, of: Omit<SendInput, 'invoicing'>): Write {
  const input: SendInput = { invoicing: 'send', ...of };
  return { id, call: `GET ${REGISTERS.invoice.path}/{${of.of}}/${CALLS[of.by]}`, input };
}

export const SEND: Handler = { make: send, find: findSent };

/** The invoice stands whether it can be sent or not: what keeps it from being sent is told. */
async function send(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { by } = write.input as SendInput; // Made by `sendWrite`.
  const { path, number } = entered(write, context);
  const answer = await client.change({ method: 'GET', path: `${path}/${CALLS[by]}` });
  if (answer.kind === 'ok') return { kind: 'done', ...foundByNumber(path) };
  const [refusal] = answer.kind === 'refused' ? answer.refusals : [saidBy(answer.error)];
  const said = refusal?.code === 'target-refused' ? refusal.said : (refusal?.code ?? '');
  const notices = [{ code: 'invoice-not-sent', invoice: number, said }] as const;
  return { kind: 'done', ...foundByNumber(path), notices };
}

async function findSent(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { path } = entered(write, context);
  const body = await client.get(path);
  const invoice = body?.['Invoice'];
  return isRecord(invoice) && textOf(invoice, 'Sent') === 'true' ? [foundByNumber(path)] : [];
}

function entered({ input }: Write, { earlier }: WriteContext) {
  const { of } = input as SendInput; // Made by `sendWrite`.
  const { id: number } = present(earlier.get(of), `the result of ${of}`);
  return { path: `${REGISTERS.invoice.path}/${encodeURIComponent(number)}`, number };
}
