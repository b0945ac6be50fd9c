import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { isRecord, textOf, type WireObject } from './wire.ts';

/**
 * A kind of object that is created by one POST: where, in which envelope, and how one that was
 * created by an attempt whose answer was lost is found again.
 */
type Register = {
  readonly path: string;
  readonly envelope: string;
  /** The field with the number that Fortnox knows the object by. */
  readonly number: string;
  /**
   * - `own-number`: we give the number, so the object is read by it.
   * - `reference`: our key stands in `field`, which can be searched by `parameter`.
   * - `listed`: the list is searched for our key in `field`.
   */
  readonly findBy:
    | { readonly kind: 'own-number' }
    | { readonly kind: 'reference'; readonly field: string; readonly parameter: string }
    | {
        readonly kind: 'listed';
        readonly field: string;
        readonly list: string;
        /** A field of the input that narrows the list, and the query parameter for it. */
        readonly by: { readonly field: string; readonly parameter: string };
      };
};

/**
 * The registers of Fortnox that can be written. Payments have no field for a key: they are found
 * by invoice, day and amount, which are compared by `sameAs`.
 */
export const REGISTERS = {
  customer: own('/3/customers', 'Customer', 'CustomerNumber'),
  supplier: own('/3/suppliers', 'Supplier', 'SupplierNumber'),
  article: own('/3/articles', 'Article', 'ArticleNumber'),
  project: own('/3/projects', 'Project', 'ProjectNumber'),
  'cost-centre': own('/3/costcenters', 'CostCenter', 'Code'),
  invoice: referenced('/3/invoices', 'Invoice'),
  order: referenced('/3/orders', 'Order'),
  'supplier-invoice': {
    path: '/3/supplierinvoices',
    envelope: 'SupplierInvoice',
    number: 'GivenNumber',
    findBy: {
      kind: 'listed',
      field: 'Comments',
      list: 'SupplierInvoices',
      by: { field: 'SupplierNumber', parameter: 'suppliernumber' },
    },
  },
  payment: {
    path: '/3/invoicepayments',
    envelope: 'InvoicePayment',
    number: 'Number',
    findBy: {
      kind: 'listed',
      field: '',
      list: 'InvoicePayments',
      by: { field: 'InvoiceNumber', parameter: 'invoicenumber' },
    },
  },
} as const satisfies Readonly<Record<string, Register>>;

/** The name of a register that can be written. */
export type RegisterName = keyof typeof REGISTERS;

function own(path: string, envelope: string, number: string) {
  return { path, envelope, number, findBy: { kind: 'own-number' } } as const;
}

function referenced(path: string, envelope: string) {
  const field = 'ExternalInvoiceReference1';
  const findBy = { kind: 'reference', field, parameter: 'externalinvoicereference1' } as const;
  return { path, envelope, number: 'DocumentNumber', findBy } as const;
}

type CreateInput = { readonly register: RegisterName; readonly body: Json };

/**
 * The call that creates an object. A value `{"from": "<write id>"}` in the body stands for the
 * number that an earlier write of the plan was given.
 */
export function createWrite(id: string, register: RegisterName, body: Json): Write {
  const input: CreateInput = { register, body };
  return { id, call: `POST ${REGISTERS[register].path}`, input: input as Json };
}

export async function createObject(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { register, body } = registerOf(write);
  const sent = withKey(register, filled(body, context), context.key);
  const answer = await client.change({
    method: 'POST',
    path: register.path,
    body: JSON.stringify({ [register.envelope]: sent }),
  });
  if (answer.kind === 'refused') return { kind: 'refused', refusals: answer.refusals };
  const made = answer.kind === 'ok' ? answer.body[register.envelope] : null;
  const number = isRecord(made) ? textOf(made, register.number) : '';
  if (number === '') {
    throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
  }
  return { kind: 'done', remote: { id: number, label: number }, differences: [] };
}

/** Finds what an earlier attempt created. */
export async function findObject(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { register, body } = registerOf(write);
  const wanted = filled(body, context);
  const found = await candidates(client, { register, wanted, key: context.key });
  return found.map((object): Found => {
    const number = textOf(object, register.number);
    return { remote: { id: number, label: number }, differences: [] };
  });
}

/** What is looked for: an object like `wanted`, or one that carries `key`. */
type Search = {
  readonly register: Register;
  readonly wanted: WireObject;
  readonly key: string;
};

async function candidates(
  client: FortnoxClient,
  { register, wanted, key }: Search,
): Promise<readonly WireObject[]> {
  const { findBy, path, envelope } = register;
  switch (findBy.kind) {
    case 'own-number': {
      const body = await client.get(
        `${path}/${encodeURIComponent(textOf(wanted, register.number))}`,
      );
      const object = body?.[envelope];
      return isRecord(object) ? [object] : [];
    }
    case 'reference': {
      // The search is “contains”: what it gives is compared exactly.
      const query = `${findBy.parameter}=${encodeURIComponent(key)}`;
      const listed = await client.list(`${path}?${query}`, `${envelope}s`);
      return listed.filter((item) => textOf(item, findBy.field) === key);
    }
    case 'listed': {
      const value = encodeURIComponent(textOf(wanted, findBy.by.field));
      const listed = await client.list(`${path}?${findBy.by.parameter}=${value}`, findBy.list);
      return findBy.field === ''
        ? listed.filter((item) => isSamePayment(item, wanted))
        : withComment(client, { register, wanted, key }, listed);
    }
  }
}

/** The list leaves comments out: the few that are asked about are read whole. */
async function withComment(
  client: FortnoxClient,
  { register, key }: Search,
  listed: readonly WireObject[],
): Promise<readonly WireObject[]> {
  const found: WireObject[] = [];
  for (const item of listed) {
    const number = textOf(item, register.number);
    const body = await client.get(`${register.path}/${encodeURIComponent(number)}`);
    const object = body?.[register.envelope];
    if (isRecord(object) && textOf(object, 'Comments').includes(key)) found.push(object);
  }
  return found;
}

/** A payment carries no key: the same invoice, day and amount is the same payment. */
function isSamePayment(listed: WireObject, wanted: WireObject): boolean {
  const same = (field: string): boolean => {
    const [a, b] = [textOf(listed, field), textOf(wanted, field)];
    return b === '' || a === b || Number(a) === Number(b);
  };
  return ['InvoiceNumber', 'PaymentDate', 'Amount'].every(same);
}

function registerOf(write: Write): { readonly register: Register; readonly body: Json } {
  const input = write.input as CreateInput; // Made by `createWrite`.
  return { register: REGISTERS[input.register], body: input.body };
}

function withKey(register: Register, body: WireObject, key: string): WireObject {
  const field = register.findBy.kind === 'own-number' ? '' : register.findBy.field;
  return field === '' ? body : { ...body, [field]: key };
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

type ActInput = {
  readonly register: RegisterName;
  readonly of: string;
  readonly action: string;
  /** The field that says that it has been done already. */
  readonly done: string;
};

/** The call that books, credits or cancels what an earlier write of the plan made. */
export function actWrite(id: string, act: ActInput): Write {
  const call = `PUT ${REGISTERS[act.register].path}/{${act.of}}/${act.action}`;
  return { id, call, input: act as Json };
}

export async function actOn(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { path, input } = actedOn(write, context);
  const answer = await client.change({ method: 'PUT', path: `${path}/${input.action}` });
  if (answer.kind === 'refused') return { kind: 'refused', refusals: answer.refusals };
  return { kind: 'done', remote: { id: path, label: '' }, differences: [] };
}

/** An action is found by the state of what it acts on. */
export async function findAction(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { path, input } = actedOn(write, context);
  const body = await client.get(path);
  const object = body?.[REGISTERS[input.register].envelope];
  const isDone = isRecord(object) && object[input.done] === true;
  return isDone ? [{ remote: { id: path, label: '' }, differences: [] }] : [];
}

function actedOn(
  write: Write,
  { earlier }: WriteContext,
): { readonly path: string; readonly input: ActInput } {
  const input = write.input as ActInput; // Made by `actWrite`.
  const remote = present(earlier.get(input.of), `the result of ${input.of}`);
  return { path: `${REGISTERS[input.register].path}/${encodeURIComponent(remote.id)}`, input };
}
