import type { Refusal } from '../../../domain/refusal.ts';
import type { Json } from '../../../lib/json.ts';
import { present } from '../../../lib/assert.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { bodyText, saidBy } from '../register-writes.ts';
import { REGISTERS } from '../registers.ts';
import { isRecord, textOf, type WireObject } from '../../../lib/json-object.ts';
import { asMade, keptData, roundedNotices, saleDiffers } from './sale-differs.ts';

const KEY_FIELD = 'ExternalInvoiceReference1';

type ChangeInput = {
  readonly shop: 'change';
  readonly register: 'invoice' | 'order';
  /** Which one: by its number, or by the write of this plan that made it. */
  readonly number?: string;
  readonly of?: string;
  readonly body: Json;
  /** What it comes to afterwards, as decimal text. */
  readonly total: string;
  readonly vat: string;
  readonly label?: string;
  /** Of an invoice whose total Fortnox may round: it is told what it is paid by. */
  readonly mayRound?: boolean;
  /** Of an order: what later plans want to know of it. */
  readonly memo?: string;
};

/**
 * The call that changes a draft: rows are replaced by those sent. Making it twice is making it
 * once, so what does not say what was sent is changed again.
 */
export function changeWrite(id: string, of: Omit<ChangeInput, 'shop'>): Write {
  const input: ChangeInput = { shop: 'change', ...of };
  const which = of.number === undefined ? `{${of.of}}` : encodeURIComponent(of.number);
  return { id, call: `PUT ${REGISTERS[of.register].path}/${which}`, input };
}

export const CHANGE: Handler = { make: makeChange, find: findChange };

async function makeChange(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { register, body } = inputOf(write);
  const { envelope } = REGISTERS[register];
  const answer = await client.change({
    method: 'PUT',
    path: pathOf(write, context),
    body: bodyText(REGISTERS[register], { ...(body as WireObject), [KEY_FIELD]: context.key }),
  });
  if (answer.kind === 'refused') return answer;
  if (answer.kind === 'already') return { kind: 'refused', refusals: [saidBy(answer.error)] };
  const shown = answer.body[envelope];
  if (!isRecord(shown)) {
    throw new ConnectorError('Fortnox did not say what it changed.', { kind: 'unanswered' });
  }
  return { kind: 'done', ...foundAs(write, shown) };
}

/** Changed is what carries our key and comes to what was sent. */
async function findChange(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const body = await client.get(pathOf(write, context));
  const shown = body?.[REGISTERS[inputOf(write).register].envelope];
  if (!isRecord(shown) || textOf(shown, KEY_FIELD) !== context.key) return [];
  const found = foundAs(write, shown);
  return found.differences.length === 0 ? [found] : [];
}

function foundAs(write: Write, shown: WireObject): Found {
  const { register, body, total, vat, label, mayRound = false, memo } = inputOf(write);
  const id = textOf(shown, REGISTERS[register].number);
  const data = keptData(shown, { mayRound, memo });
  const remote: Remote = { id, label: label === undefined ? '' : `${label} ${id}`, ...data };
  const differences = [
    ...otherCustomer(body, shown, id),
    ...saleDiffers(shown, { id, total, vat, mayRound }),
  ];
  const notices = mayRound ? roundedNotices(shown, id) : [];
  return { remote: asMade(remote, differences), differences, notices };
}

/** That a draft may go to another customer is not documented: it must not stay with the first. */
function otherCustomer(body: Json, shown: WireObject, id: string): readonly Refusal[] {
  const sent = isRecord(body) ? textOf(body, CUSTOMER_FIELD) : '';
  const booked = textOf(shown, CUSTOMER_FIELD);
  if (sent === '' || sent === booked) return [];
  return [{ code: 'read-back-differs', what: CUSTOMER_FIELD, id, sent, booked }];
}

const CUSTOMER_FIELD = 'CustomerNumber';

function pathOf(write: Write, { earlier }: WriteContext): string {
  const { register, number, of = '' } = inputOf(write);
  const id = number ?? present(earlier.get(of), `the result of ${of}`).id;
  return `${REGISTERS[register].path}/${encodeURIComponent(id)}`;
}

function inputOf({ input }: Write): ChangeInput {
  return input as ChangeInput; // Made by `changeWrite`.
}
