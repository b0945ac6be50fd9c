import type { Refusal } from '../../../domain/refusal.ts';
import { ConnectorError, uncertain } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { actedOn, actWrite, type ActInput } from '../register-actions.ts';
import { saidBy } from '../register-writes.ts';
import { REGISTERS } from '../registers.ts';
import { voucherId } from '../voucher.ts';
import { isOtherwise, saleDiffers } from './sale-differs.ts';
import { isRecord, textOf, type WireObject } from '../../../lib/json-object.ts';

/**
 * The booking of a shop's invoice or payment. Its totals were compared when it was entered, and
 * the accounts when it was planned; the voucher is not read back, which would be a call for each:
 * reconciliation reads them all in one.
 */
type BookInput = ActInput & {
  readonly shop: 'book';
  /** Id of the financial year; null when it is not known. */
  readonly year: string | null;
  /** What an invoice must come to, as decimal text; absent for payments. */
  readonly total?: string;
};

/** The call that books what an earlier write of the plan has entered. */
export function bookSaleWrite(
  id: string,
  of: {
    readonly register: 'invoice' | 'payment';
    readonly of: string;
    readonly year: string | null;
    readonly total?: string;
  },
): Write {
  const { register, of: entered, ...rest } = of;
  const act: ActInput = { register, of: entered, action: 'bookkeep', done: 'Booked' };
  const input: BookInput = { ...act, shop: 'book', ...rest };
  return { ...actWrite(id, act), input };
}

export const BOOK: Handler = { make: book, find: findBooked };

async function book(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { path, input } = actedOn(write, context);
  if (isOtherwise(context.earlier.get(input.of))) {
    const refusals = await stillOtherwise(client, path, write);
    if (refusals.length > 0) return { kind: 'refused', refusals };
  }
  const answer = await client.change({ method: 'PUT', path: `${path}/bookkeep` });
  if (answer.kind === 'ok') {
    const shown = answer.body[REGISTERS[input.register].envelope];
    const found = isRecord(shown) ? foundAs(write, shown) : null;
    if (found !== null) return { kind: 'done', ...found };
  }
  // One that somebody has booked is taken as it stands.
  const [found] = await findBooked(client, write, context).catch(uncertain);
  if (found !== undefined) return { kind: 'done', ...found };
  if (answer.kind === 'ok') {
    throw new ConnectorError('Fortnox did not say which voucher it made.', { kind: 'unanswered' });
  }
  const refusals = answer.kind === 'refused' ? answer.refusals : [saidBy(answer.error)];
  return { kind: 'refused', refusals };
}

/**
 * A draft that came to another total than the order is reckoned anew, for the company may have
 * changed its settings since. What its VAT differs by a person may have accepted, its total never.
 */
async function stillOtherwise(
  client: FortnoxClient,
  path: string,
  write: Write,
): Promise<readonly Refusal[]> {
  const { register, total } = write.input as BookInput; // Made by `bookSaleWrite`.
  if (total === undefined) return [];
  const { envelope, number } = REGISTERS[register];
  const body = JSON.stringify({ [envelope]: { Freight: 0 } });
  const answer = await client.change({ method: 'PUT', path, body });
  if (answer.kind === 'refused') return answer.refusals;
  const shown = answer.kind === 'ok' ? answer.body[envelope] : null;
  if (!isRecord(shown)) {
    throw new ConnectorError('Fortnox did not say what it comes to.', { kind: 'unreachable' });
  }
  const vat = textOf(shown, 'TotalVAT');
  return saleDiffers(shown, { id: textOf(shown, number), total, vat });
}

async function findBooked(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { path, input } = actedOn(write, context);
  const body = await client.get(path);
  const shown = body?.[REGISTERS[input.register].envelope];
  const found =
    isRecord(shown) && textOf(shown, 'Booked') === 'true' ? foundAs(write, shown) : null;
  return found === null ? [] : [found];
}

/** @returns null when the object names no voucher */
function foundAs(write: Write, shown: WireObject): Found | null {
  const { year: asked } = write.input as BookInput; // Made by `bookSaleWrite`.
  const [series, number] = [textOf(shown, 'VoucherSeries'), textOf(shown, 'VoucherNumber')];
  if (series === '' || number === '' || number === '0') return null;
  const name = { series, number, year: asked ?? textOf(shown, 'VoucherYear') };
  const remote = { id: voucherId(name), label: `${series} ${number}`, data: name };
  return { remote, differences: [] };
}
