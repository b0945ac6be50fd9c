import { present } from '../../../lib/assert.ts';
import { textOf } from '../../../lib/json-object.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { needs, refusedAs } from './made.ts';
import { readOrder } from './order-search.ts';

/** An order that is there, taken for the draft of its invoice: Tripletex has no other. */
type TakenInput = {
  readonly sale: 'taken';
  readonly order: { readonly from: string } | { readonly number: string };
};

export function takeOrderWrite(id: string, order: TakenInput['order']): Write {
  const input: TakenInput = { sale: 'taken', order };
  const which = 'number' in order ? order.number : `{${order.from}}`;
  return { id, call: `GET /order/${which}`, input };
}

export const TAKEN: Handler = { make: takeOrder, find: findTaken };

async function takeOrder(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const [there] = await findTaken(session, write, context);
  if (there !== undefined) return { kind: 'done', ...there };
  return refusedAs(needs('open-order', idIn(write, context)));
}

async function findTaken(
  { client }: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const order = await readOrder(client, idIn(write, context));
  if (order === null) return [];
  const data = { what: 'order' };
  const remote = { id: textOf(order, 'id'), label: `Ordre ${textOf(order, 'number')}`, data };
  return [{ remote, differences: [] }];
}

function idIn({ input }: Write, { earlier }: WriteContext): string {
  const { order } = input as TakenInput; // Made by `takeOrderWrite`.
  return 'number' in order ? order.number : present(earlier.get(order.from), 'the order').id;
}
