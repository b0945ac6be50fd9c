import type { CustomerCard, CustomerField } from '../../domain/document/customer.ts';
import { mergeCard, standsAfter, type CardFields } from '../../domain/merge-card.ts';
import type { Step } from '../../domain/plan.ts';
import type { Notice } from '../../domain/refusal.ts';
import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import type { Found, Route, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import { cannot } from './cannot.ts';
import { customerWrite, partyFields, refusalOf, whoIn } from './parties.ts';
import { needs, refusedAs } from './sales/made.ts';
import type { Session } from './session.ts';
import { isRecord, objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

type KeepStep = Extract<Step, { readonly kind: 'keep-customer' }>;

type KeepInput = {
  readonly keeps: string;
  /** By Tripletex's names, those of the address among them. */
  readonly wanted: CardFields;
  readonly owned: readonly CustomerField[];
  /** What stood there, as we sent it, when it was kept last. */
  readonly sent: CardFields;
};

const ADDRESS = ['addressLine1', 'postalCode', 'city'] as const;

/**
 * The parts of a card: one is changed as a whole or left, so that no two addresses are mixed. Terms
 * are none of them: Tripletex gives every customer some, and nobody can tell who chose them.
 */
const PARTS: Readonly<Record<CustomerField, readonly string[]>> = {
  name: ['name'],
  orgNumber: ['organizationNumber'],
  address: ADDRESS,
  email: ['email'],
  gln: ['globalLocationNumber'],
  terms: [],
};

/** The calls that make sure of a customer and keep the card like the source's. */
export function keepCustomerWrites({ id, customer, owned, sent }: KeepStep): Route {
  const who = customerWrite(whoIn(id), customer);
  if (who === null) {
    return cannot(`a customer with the number ${customer.number}: it takes whole numbers`);
  }
  const input: KeepInput = {
    keeps: customer.number,
    wanted: cardOf(customer),
    owned,
    sent: readCard(sent),
  };
  const keep = { id, call: 'PUT /customer/{id}', input: input satisfies Json };
  return { kind: 'route', writes: [who, keep], notices: [] };
}

/** Whether a write keeps a customer's card. */
export function isKeepWrite({ input }: Write): boolean {
  return isRecord(input) && 'keeps' in input;
}

/** Changes what is to be changed, which is mostly nothing: then nothing is called. */
export async function keepCustomer(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const input = inputOf(write);
  const theirs = await readKept(session, write, context);
  if (theirs === null) return refusedAs(needs('known-customer', input.keeps));
  const merged = merge(flat(theirs), input);
  if (Object.keys(merged.changes).length === 0) return doneAs(input.keeps, merged);
  const answer = await session.client.change({
    method: 'PUT',
    path: `/customer/${textOf(theirs, 'id')}`,
    body: JSON.stringify(bodyOf(theirs, merged.changes)),
  });
  if (answer.kind === 'ok') return doneAs(input.keeps, merged);
  return { kind: 'refused', refusals: [refusalOf(input.keeps, answer.error)] };
}

/** Kept is a card on which nothing is left to be changed. */
export async function findKept(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const input = inputOf(write);
  const theirs = await readKept(session, write, context);
  if (theirs === null) return [];
  const merged = merge(flat(theirs), input);
  return Object.keys(merged.changes).length > 0 ? [] : [doneAs(input.keeps, merged)];
}

/** By its id: a list need not show yet what the write before has made. */
async function readKept(
  { client }: Session,
  { id }: Write,
  { earlier }: WriteContext,
): Promise<WireObject | null> {
  const who = present(earlier.get(whoIn(id)), 'the customer');
  return client.get(`/customer/${who.id}?fields=*,postalAddress(*)`);
}

type Merged = {
  readonly changes: CardFields;
  /** What of ours stands there afterwards. */
  readonly sent: CardFields;
  readonly notices: readonly Notice[];
};

function doneAs(number: string, { sent, notices }: Merged) {
  const remote = { id: number, label: '', data: { sent } };
  return { kind: 'done', remote, differences: [], notices } as const;
}

function merge(theirs: CardFields, { keeps, wanted, owned, sent: before }: KeepInput): Merged {
  const card = { wanted, theirs, before };
  const { changes, kept } = mergeCard(card, owned, PARTS);
  const notices: readonly Notice[] =
    kept.length === 0 ? [] : [{ code: 'customer-field-kept', customer: keeps, fields: kept }];
  return { changes, sent: standsAfter(card, changes), notices };
}

/** What is left out stays. By the version a change is refused that somebody was faster with. */
function bodyOf(theirs: WireObject, changes: CardFields): Json {
  const { globalLocationNumber: gln, ...rest } = changes;
  const own = Object.entries(rest).filter(([name]) => !isOfAddress(name));
  const address = Object.entries(rest).filter(([name]) => isOfAddress(name));
  return {
    id: Number(textOf(theirs, 'id')),
    version: Number(textOf(theirs, 'version')),
    ...Object.fromEntries(own),
    ...(gln === undefined ? {} : { globalLocationNumber: Number(gln) }),
    ...(address.length === 0 ? {} : { postalAddress: Object.fromEntries(address) }),
  };
}

function isOfAddress(name: string): boolean {
  return ADDRESS.some((one) => one === name);
}

function flat(theirs: WireObject): CardFields {
  const address = objectOf(theirs, 'postalAddress');
  return Object.fromEntries(
    Object.values(PARTS)
      .flat()
      .map((name) => [name, textOf(isOfAddress(name) ? address : theirs, name)]),
  );
}

function cardOf(customer: CustomerCard): CardFields {
  const { postalAddress, ...fields } = partyFields(customer);
  const gln = /^\d{13}$/.test(customer.gln ?? '') ? (customer.gln ?? '') : '';
  const all = { ...fields, ...(isRecord(postalAddress) ? postalAddress : {}) };
  const texts = Object.keys(all).map((name) => [name, textOf(all, name)] as const);
  const card = [...texts, ['globalLocationNumber', gln] as const];
  return Object.fromEntries(card.filter(([, value]) => value !== ''));
}

/** What `doneAs` kept of the version before; nothing when there is none. */
function readCard(data: Json | null): CardFields {
  const sent = isRecord(data) ? data['sent'] : null;
  if (!isRecord(sent)) return {};
  return Object.fromEntries(Object.keys(sent).map((name) => [name, textOf(sent, name)]));
}

function inputOf(write: Write): KeepInput {
  return write.input as KeepInput; // Made by `keepCustomerWrites`.
}
