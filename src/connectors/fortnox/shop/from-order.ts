import type { Json } from '../../../lib/json.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { ConnectorError, uncertain } from '../../../ports/errors.ts';
import { filled } from '../register-writes.ts';
import { REGISTERS } from '../registers.ts';
import { isRecord, textOf } from '../../../lib/json-object.ts';
import { foundByNumber } from '../found-by-number.ts';

type FromOrderInput = { readonly shop: 'from-order'; readonly order: Json };

/** The call that has Fortnox make an invoice of an order: once, and the order names it. */
export function fromOrderWrite(id: string, order: Json): Write {
  const which = typeof order === 'string' ? encodeURIComponent(order) : '{order}';
  const input: FromOrderInput = { shop: 'from-order', order };
  return { id, call: `PUT ${REGISTERS.order.path}/${which}/createinvoice`, input };
}

export const FROM_ORDER: Handler = { make: makeInvoice, find: findInvoice };

async function makeInvoice(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const path = `${orderPath(write, context)}/createinvoice`;
  const answer = await client.change({ method: 'PUT', path });
  if (answer.kind === 'refused') return answer;
  // Documented is the invoice, and seen the order: what is neither is looked for in the order.
  const [invoice, order] =
    answer.kind === 'ok' ? [answer.body['Invoice'], answer.body['Order']] : [null, null];
  const named = isRecord(order) ? textOf(order, 'InvoiceReference') : '';
  const told = isRecord(invoice) ? textOf(invoice, 'DocumentNumber') : named;
  if (isNumber(told)) return { kind: 'done', ...foundByNumber(told) };
  const [found] = await findInvoice(client, write, context).catch(uncertain);
  if (found !== undefined) return { kind: 'done', ...found };
  throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
}

async function findInvoice(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const body = await client.get(orderPath(write, context));
  const order = body?.['Order'];
  const number = isRecord(order) ? textOf(order, 'InvoiceReference') : '';
  return isNumber(number) ? [foundByNumber(number)] : [];
}

/** A reference to nothing is “0”. */
function isNumber(text: string): boolean {
  return text !== '' && text !== '0';
}

function orderPath({ input }: Write, context: WriteContext): string {
  const { order } = filled(input, context); // Made by `fromOrderWrite`.
  return `${REGISTERS.order.path}/${encodeURIComponent(String(order))}`;
}
