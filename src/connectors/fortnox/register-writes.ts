import { assert, present } from '../../lib/assert.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { exactNumber, type Json } from '../../lib/json.ts';
import { parseMoney } from '../../domain/money.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { isRecord, textOf, type WireError, type WireObject } from './wire.ts';

/**
 * A kind of object that is created by one POST: where, in which envelope, and how one that was
 * created by an attempt whose answer was lost is found again.
 */
type Register = {
  readonly path: string;
  readonly envelope: string;
  /** The field with the number that Fortnox knows the object by. */
  readonly number: string;
  /** Fields that are sent as numbers, whatever an earlier write has given them as. */
  readonly integers?: readonly string[];
  /** Fields, of rows too, whose decimal text is sent as a number of just these digits. */
  readonly amounts?: readonly string[];
  /** The field that says what it comes to; `Total` when absent. */
  readonly total?: string;
  readonly findBy: FindBy;
};

/**
 * - `own-number`: we give the number, so the object is read by it. `same` is the field that tells
 *   it from another one that somebody has given the number.
 * - `reference`: our key stands in `field`, which can be searched by `parameter`.
 * - `comment`: our key is a word of the comment, which lists leave out. What a list says otherwise
 *   in `alike` than we did is not read.
 * - `likeness`: there is no field for a key; what says the same in `fields` is the same.
 * - `marked-likeness`: our key stands in `mark`. What says the same in `fields` and has nothing
 *   there is ours too: nothing says that Fortnox gives the field back.
 */
type FindBy =
  | { readonly kind: 'own-number'; readonly same: string }
  | { readonly kind: 'reference'; readonly field: string; readonly parameter: string }
  | ({ readonly kind: 'comment'; readonly alike: string } & Narrowed)
  | ({ readonly kind: 'likeness'; readonly fields: readonly string[] } & Narrowed)
  | ({
      readonly kind: 'marked-likeness';
      readonly mark: string;
      readonly fields: readonly string[];
    } & Narrowed);

/** A list, and the field of the input that narrows it by a query parameter. */
type Narrowed = { readonly list: string; readonly field: string; readonly parameter: string };

/** The registers of Fortnox that can be written. */
export const REGISTERS = {
  customer: own('/3/customers', 'Customer', { number: 'CustomerNumber', same: 'Name' }),
  supplier: own('/3/suppliers', 'Supplier', { number: 'SupplierNumber', same: 'Name' }),
  article: own('/3/articles', 'Article', { number: 'ArticleNumber', same: 'Description' }),
  project: own('/3/projects', 'Project', { number: 'ProjectNumber', same: 'Description' }),
  'cost-centre': own('/3/costcenters', 'CostCenter', { number: 'Code', same: 'Description' }),
  invoice: referenced('/3/invoices', 'Invoice'),
  order: referenced('/3/orders', 'Order'),
  'supplier-invoice': {
    path: '/3/supplierinvoices',
    envelope: 'SupplierInvoice',
    number: 'GivenNumber',
    amounts: ['Debit', 'Credit'],
    findBy: {
      kind: 'comment',
      alike: 'InvoiceNumber',
      list: 'SupplierInvoices',
      field: 'SupplierNumber',
      parameter: 'suppliernumber',
    },
  },
  payment: {
    path: '/3/invoicepayments',
    envelope: 'InvoicePayment',
    number: 'Number',
    integers: ['InvoiceNumber'],
    findBy: {
      kind: 'likeness',
      fields: ['InvoiceNumber', 'PaymentDate', 'Amount', 'AmountCurrency', 'ModeOfPaymentAccount'],
      list: 'InvoicePayments',
      field: 'InvoiceNumber',
      parameter: 'invoicenumber',
    },
  },
  'supplier-payment': {
    path: '/3/supplierinvoicepayments',
    envelope: 'SupplierInvoicePayment',
    number: 'Number',
    amounts: ['Amount'],
    total: 'Amount',
    findBy: {
      kind: 'marked-likeness',
      mark: 'Information',
      fields: ['PaymentDate', 'Amount', 'ModeOfPayment'],
      list: 'SupplierInvoicePayments',
      field: 'InvoiceNumber',
      parameter: 'invoicenumber',
    },
  },
} as const satisfies Readonly<Record<string, Register>>;

/** The name of a register that can be written. */
export type RegisterName = keyof typeof REGISTERS;

function own(
  path: string,
  envelope: string,
  fields: { readonly number: string; readonly same: string },
): Register {
  const { number, same } = fields;
  return { path, envelope, number, findBy: { kind: 'own-number', same } };
}

function referenced(path: string, envelope: string): Register {
  const field = 'ExternalInvoiceReference1';
  const findBy = { kind: 'reference', field, parameter: 'externalinvoicereference1' } as const;
  return { path, envelope, number: 'DocumentNumber', amounts: ['Price'], findBy };
}

type CreateInput = {
  readonly register: RegisterName;
  readonly body: Json;
  /**
   * Of an invoice or a payment that is to be booked: what it must come to, as decimal text. It is
   * looked for before it is entered, and its number is no label: the delivery goes by that of its
   * voucher.
   */
  readonly total?: string;
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

export async function createObject(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { register, body, total } = registerOf(write);
  const there = total === undefined ? [] : await findObject(client, write, context);
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
  const remote = remoteOf(register, made, total);
  return { kind: 'done', remote, differences: totalDiffers(register, made, total) };
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

function bodyText({ envelope, amounts = [] }: Register, object: WireObject): string {
  return JSON.stringify({ [envelope]: object }, (name, value: unknown) =>
    amounts.includes(name) && typeof value === 'string' ? exactNumber(value) : value,
  );
}

function remoteOf({ number }: Register, object: WireObject, total: string | undefined): Remote {
  const id = textOf(object, number);
  return { id, label: total === undefined ? id : '' };
}

/** Fortnox rounds, and adds what the customer's card says: the total must be what was meant. */
function totalDiffers(
  { envelope, number, total: field = 'Total' }: Register,
  object: WireObject,
  total: string | undefined,
): readonly Refusal[] {
  if (total === undefined) return [];
  const [sent, booked] = [total, textOf(object, field)];
  if (parseMoney(sent, 'SEK')?.minor === parseMoney(booked, 'SEK')?.minor) return [];
  return [{ code: 'read-back-differs', what: envelope, id: textOf(object, number), sent, booked }];
}

/** Finds what an earlier attempt created. */
export async function findObject(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { register, body, total } = registerOf(write);
  const wanted = wantedOf(register, body, context);
  const found = await candidates(client, { register, wanted, key: context.key });
  return found.map((object): Found => {
    const differences = [
      ...differencesOf(register, wanted, object),
      ...totalDiffers(register, object, total),
    ];
    return { remote: remoteOf(register, object, total), differences };
  });
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
function filled(body: Json, { earlier }: WriteContext): WireObject {
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
