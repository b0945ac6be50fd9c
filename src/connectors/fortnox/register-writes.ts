import { assert, present } from '../../lib/assert.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { exactNumber, type Json } from '../../lib/json.ts';
import { parseMoney } from '../../domain/money.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { REGISTERS, type Narrowed, type Register, type RegisterName } from './registers.ts';
import { asMade, keptData, roundedNotices, saleDiffers } from './shop/sale-differs.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';
import type { WireError } from './wire.ts';

type CreateInput = {
  readonly register: RegisterName;
  readonly body: Json;
  /**
   * Of an invoice or a payment that is to be booked: what it must come to, as decimal text. It is
   * looked for before it is entered, and its number is no label: the delivery goes by that of its
   * voucher.
   */
  readonly total?: string;
  /** What its VAT must come to, as decimal text. Absent: what it is. */
  readonly vat?: string;
  /** What stands before its number in its label, when it is what the delivery goes by. */
  readonly label?: string;
  /** Of an invoice whose total Fortnox may round: it is told what it is paid by. */
  readonly mayRound?: boolean;
  /** It is not looked for first: the survey sees whether it stands there. */
  readonly isSurveyed?: boolean;
  /** Of an order: what later plans want to know of it. */
  readonly memo?: string;
};

/**
 * The call that creates an object. A value `{"from": "<write id>"}` in the body stands for the
 * number that an earlier write of the plan was given.
 */
export function createWrite(id: string, register: RegisterName, body: Json): Write {
  const { findBy, number }: Register = REGISTERS[register];
  const isNumbered = isRecord(body) && textOf(body, number) !== '';
  assert(findBy.kind !== 'own-number' || isNumbered, `${register} has a ${number} of our own`);
  const input: CreateInput = { register, body };
  return { id, call: `POST ${REGISTERS[register].path}`, input: input };
}

/**
 * The call that enters an invoice that a later write of the plan books.
 *
 * A hub that lost its database enters it again: the survey reads vouchers only, and the key does
 * not stand in that of an invoice. So this one looks first, which costs a call.
 */
export function enterWrite(
  id: string,
  invoice: {
    readonly register: 'invoice' | 'supplier-invoice' | 'supplier-payment';
    readonly body: Json;
    readonly total: string;
  },
): Write {
  const input: CreateInput = invoice;
  return { ...createWrite(id, invoice.register, invoice.body), input };
}

/**
 * The call that enters an invoice, an order or a payment which the survey would have seen, or
 * whose invoice it would: it is not looked for first.
 */
export function surveyedWrite(
  id: string,
  sale: Omit<CreateInput, 'isSurveyed'> & { readonly register: 'invoice' | 'order' | 'payment' },
): Write {
  const input: CreateInput = { ...sale, isSurveyed: true };
  return { ...createWrite(id, sale.register, sale.body), input };
}

export async function createObject(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { register, body, total, isSurveyed } = registerOf(write);
  const isUnlooked = total === undefined || isSurveyed === true;
  const there = isUnlooked ? [] : await findObject(client, write, context);
  if (there[0] !== undefined) return { kind: 'done', ...there[0], ...moreThanOne(write, there) };
  const wanted = wantedOf(register, body, context);
  const answer = await client.change({
    method: 'POST',
    path: register.path,
    body: bodyText(register, withKey(register, wanted, context.key)),
  });
  if (answer.kind === 'refused') return { kind: 'refused', refusals: answer.refusals };
  if (answer.kind === 'already' && total !== undefined) {
    // An invoice that is paid has been paid by this payment or by another.
    const [found] = await findObject(client, write, context);
    if (found !== undefined) return { kind: 'done', ...found };
    return { kind: 'refused', refusals: [saidBy(answer.error)] };
  }
  const made = answer.kind === 'ok' ? answer.body[register.envelope] : null;
  if (!isRecord(made) || textOf(made, register.number) === '') {
    throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
  }
  return { kind: 'done', ...foundAs(register, made, registerOf(write)) };
}

function foundAs(
  register: Register,
  made: WireObject,
  input: Omit<CreateInput, 'register'>,
): Found {
  const differences = totalDiffers(register, made, input);
  const remote = asMade(remoteOf(register, made, input), differences);
  return { remote, differences, ...noticed(register, made, input) };
}

/** What a person wants to know of what stands there, made now or found again. */
function noticed(
  register: Register,
  made: WireObject,
  { mayRound }: Pick<CreateInput, 'mayRound'>,
): Pick<Found, 'notices'> {
  const notices = mayRound === true ? roundedNotices(made, textOf(made, register.number)) : [];
  return notices.length === 0 ? {} : { notices };
}

/** What Fortnox has against it, in its own words. */
export function saidBy({ message: said, code }: WireError): Refusal {
  return { code: 'target-refused', system: 'Fortnox', said, theirCode: String(code) };
}

/** Two that carry one key: a person chooses. */
function moreThanOne(write: Write, found: readonly Found[]): { differences?: readonly Refusal[] } {
  if (found.length < 2) return {};
  const ids = found.map(({ remote }) => remote.id);
  return { differences: [{ code: 'found-twice', what: write.call, ids }] };
}

/** The object in its envelope, amounts as exact numbers. */
export function bodyText(
  { envelope, amounts = [] }: Pick<Register, 'envelope' | 'amounts'>,
  object: WireObject,
): string {
  return JSON.stringify({ [envelope]: object }, (name, value: unknown) =>
    amounts.includes(name) && typeof value === 'string' ? exactNumber(value) : value,
  );
}

function remoteOf(
  { number }: Register,
  object: WireObject,
  { total, label, mayRound, memo }: Pick<CreateInput, 'total' | 'label' | 'mayRound' | 'memo'>,
): Remote {
  const id = textOf(object, number);
  const data = keptData(object, { mayRound, memo });
  if (label !== undefined) return { id, label: `${label} ${id}`, ...data };
  return { id, label: total === undefined ? id : '', ...data };
}

/** Fortnox rounds, and adds what the customer's card says: the total must be what was meant. */
function totalDiffers(
  { envelope, number, total: field = 'Total' }: Register,
  object: WireObject,
  { total, vat, mayRound = false }: Pick<CreateInput, 'total' | 'vat' | 'mayRound'>,
): readonly Refusal[] {
  if (total === undefined) return [];
  const id = textOf(object, number);
  if (vat !== undefined) return saleDiffers(object, { id, total, vat, mayRound });
  const [sent, booked] = [total, textOf(object, field)];
  if (parseMoney(sent, 'SEK')?.minor === parseMoney(booked, 'SEK')?.minor) return [];
  return [{ code: 'read-back-differs', what: envelope, id, sent, booked }];
}

/** Finds what an earlier attempt created. */
export async function findObject(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { register, body, ...input } = registerOf(write);
  const wanted = wantedOf(register, body, context);
  const listed = await candidates(client, { register, wanted, key: context.key });
  // Lists leave out the VAT of an invoice.
  const found = input.vat === undefined ? listed : await wholeOf(client, register, listed);
  return found.map((object): Found => {
    const differences = [
      ...differencesOf(register, wanted, object),
      ...totalDiffers(register, object, input),
    ];
    const remote = asMade(remoteOf(register, object, input), differences);
    return { remote, differences, ...noticed(register, object, input) };
  });
}

async function wholeOf(
  client: FortnoxClient,
  register: Register,
  listed: readonly WireObject[],
): Promise<readonly WireObject[]> {
  const whole: WireObject[] = [];
  for (const item of listed) {
    whole.push((await readOne(client, register, textOf(item, register.number))) ?? item);
  }
  return whole;
}

/** Somebody else may have given the number that we meant to give. */
function differencesOf(
  { findBy, envelope, number }: Register,
  wanted: WireObject,
  found: WireObject,
): readonly Refusal[] {
  if (findBy.kind !== 'own-number') return [];
  const [sent, booked] = [textOf(wanted, findBy.same), textOf(found, findBy.same)];
  if (sent === booked) return [];
  const id = textOf(found, number);
  return [{ code: 'read-back-differs', what: envelope, id, sent, booked }];
}

/** What is looked for: an object like `wanted`, or one that carries `key`. */
type Search = {
  readonly register: Register;
  readonly wanted: WireObject;
  readonly key: string;
};

async function candidates(client: FortnoxClient, search: Search): Promise<readonly WireObject[]> {
  const { register, wanted, key } = search;
  const { findBy, path, envelope, number } = register;
  switch (findBy.kind) {
    case 'own-number': {
      const object = await readOne(client, register, textOf(wanted, number));
      return object === null ? [] : [object];
    }
    case 'reference': {
      // The search is “contains”: what it gives is compared exactly.
      const query = `${findBy.parameter}=${encodeURIComponent(key)}`;
      const listed = await client.list(`${path}?${query}`, `${envelope}s`);
      return listed.filter((item) => textOf(item, findBy.field) === key);
    }
    case 'comment': {
      const { alike } = findBy;
      const said = textOf(wanted, alike);
      const isAlike = (one: WireObject) => said === '' || textOf(one, alike) === said;
      const whole = await readListed(client, search, { ...findBy, isAlike });
      return whole.filter((object) => wordsOf(textOf(object, 'Comments')).includes(key));
    }
    case 'likeness': {
      const whole = await readListed(client, search, { ...findBy, isAlike: () => true });
      return whole.filter((object) => isLike(object, wanted, findBy.fields));
    }
    case 'marked-likeness': {
      const whole = await readListed(client, search, { ...findBy, isAlike: () => true });
      const marked = whole.filter((object) => wordsOf(textOf(object, findBy.mark)).includes(key));
      if (marked.length > 0) return marked;
      const unmarked = whole.filter((object) => textOf(object, findBy.mark) === '');
      return unmarked.filter((object) => isLike(object, wanted, findBy.fields));
    }
  }
}

/** The objects of a list, each read by itself: lists leave out what tells them apart. */
async function readListed(
  client: FortnoxClient,
  { register, wanted }: Search,
  { list, field, parameter, isAlike }: Narrowed & { isAlike: (one: WireObject) => boolean },
): Promise<readonly WireObject[]> {
  const value = textOf(wanted, field);
  const query = `${parameter}=${encodeURIComponent(value)}`;
  const listed = await client.list(`${register.path}?${query}`, list);
  const whole: WireObject[] = [];
  // The search is “contains”, and a parameter that is not known may be passed over.
  for (const item of listed.filter((one) => textOf(one, field) === value && isAlike(one))) {
    const object = await readOne(client, register, textOf(item, register.number));
    if (object !== null) whole.push(object);
  }
  return whole;
}

async function readOne(
  client: FortnoxClient,
  { path, envelope }: Register,
  number: string,
): Promise<WireObject | null> {
  const body = await client.get(`${path}/${encodeURIComponent(number)}`);
  const object = body?.[envelope];
  return isRecord(object) ? object : null;
}

/** Whether everything that was to be sent in some fields is the same; numbers as numbers. */
function isLike(found: WireObject, wanted: WireObject, fields: readonly string[]): boolean {
  return fields.every((field) => {
    const [a, b] = [textOf(found, field), textOf(wanted, field)];
    return b === '' || a === b || Number(a) === Number(b);
  });
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/);
}

function registerOf(write: Write): Omit<CreateInput, 'register'> & { readonly register: Register } {
  const input = write.input as CreateInput; // Made by `createWrite` or `enterWrite`.
  return { ...input, register: REGISTERS[input.register] };
}

function withKey({ findBy }: Register, body: WireObject, key: string): WireObject {
  if (findBy.kind === 'reference') return { ...body, [findBy.field]: key };
  if (findBy.kind === 'marked-likeness') return { ...body, [findBy.mark]: key };
  if (findBy.kind !== 'comment') return body;
  return { ...body, Comments: [textOf(body, 'Comments'), key].join(' ').trim() };
}

/** What is to be sent, but for the key. */
function wantedOf(register: Register, body: Json, context: WriteContext): WireObject {
  const wanted = filled(body, context);
  const numbers = (register.integers ?? []).map((field) => [field, Number(wanted[field])] as const);
  return { ...wanted, ...Object.fromEntries(numbers) };
}

/** The body with the numbers of earlier writes filled in. */
export function filled(body: Json, { earlier }: WriteContext): WireObject {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (!isRecord(value)) return value;
    const from = value['from'];
    if (typeof from === 'string' && Object.keys(value).length === 1) {
      return remoteNumber(present(earlier.get(from), `the result of ${from}`));
    }
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, fill(v)]));
  };
  return fill(body) as WireObject;
}

function remoteNumber(remote: Remote): string {
  return remote.id;
}
