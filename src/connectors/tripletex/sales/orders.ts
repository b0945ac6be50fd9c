import type { LocalDate } from '../../../domain/date.ts';
import { formatMoney, money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import { exactNumber, type Json } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { TripletexClient } from '../client.ts';
import { refusalBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import { oreOf } from '../read-back.ts';
import { readParty } from '../parties.ts';
import type { Session } from '../session.ts';
import { needs, refusedAs } from './made.ts';
import { commentOf, keyOf, keysOf, ordersWith, readOrder } from './order-search.ts';

/** A line of an order, by numbers: ids are looked up when it is made. */
export type OrderLine = {
  /** The write that made sure of its product; null: a text alone. */
  readonly product: string | null;
  readonly text: string;
  /** Decimal text; below zero for what is taken off. */
  readonly count: string;
  /** Of one, with or without VAT as its order says. */
  readonly price: string;
  /** The number of its VAT code; null: the product's own. */
  readonly vat: string | null;
};

/** What a stored write of an order holds: everything but its key and Tripletex's ids. */
export type OrderInput = {
  readonly sale: 'order';
  /** Tripletex's id of the order that is changed. Absent: it is made. */
  readonly change?: string;
  readonly date: LocalDate;
  /** By the write that made sure of them or by number; absent where they stay as they are. */
  readonly customer?: { readonly from: string } | { readonly number: string };
  /** Its project, by the write that made sure of it or by number. Absent: none, or as it is. */
  readonly project?: { readonly from: string } | { readonly number: string };
  /** By the write that made sure of it or by number; empty: none. */
  readonly department: string | { readonly from: string };
  readonly reference: string;
  readonly comment: string;
  readonly deliverTo: Json | null;
  readonly lines: readonly OrderLine[];
  /** Prices are without VAT. Absent: they hold it. */
  readonly isNet?: true;
  /** Days from the invoice until it is due. Absent: as the customer's card says. */
  readonly dueInDays?: number;
  /** What it must come to, as decimal text. */
  readonly total: string;
  readonly vat: string;
  /** What later plans want to know of it. */
  readonly memo?: string;
  /** Our name of the document, by which a credit note finds it. Absent: none is looked for. */
  readonly about?: string;
  /** It stands for an invoice: as its draft, or for as long as that is not made of it. */
  readonly of?: 'draft' | 'invoice';
};

/** The write that enters the order of an invoice. Short: keys of writes have forty characters. */
export function orderWriteOf(step: string): string {
  return `${step}.o`;
}

/** The call that enters an order, or changes one that is there. */
export function orderWrite(id: string, of: Omit<OrderInput, 'sale'>): Write {
  const input: OrderInput = { sale: 'order', ...of };
  const { change } = of;
  const call =
    change === undefined ? 'POST /order' : `PUT /order/${change}?updateLinesAndGroups=true`;
  return { id, call, input: input satisfies Json };
}

export const ORDER: Handler = { make: makeOrder, find: findOrder };

async function makeOrder(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const input = inputOf(write);
  const resolved = await resolveOrder(session, input, context);
  if (resolved.kind === 'refused') return resolved;
  const { change, about } = input;
  const there = change === undefined ? null : await readOrder(session.client, change);
  if (change !== undefined && there?.['isClosed'] !== false) {
    return refusedAs(needs('open-order', there === null ? change : textOf(there, 'number')));
  }
  // By the version a change is refused that somebody was faster with.
  const version = there === null ? {} : { version: Number(textOf(there, 'version')) };
  const first = there === null ? null : (keysOf(there)[0] ?? null);
  const deliveryComment = commentOf(context.key, { reference: about, first });
  const [method, path = ''] = write.call.split(' ');
  const answer = await session.client.change({
    method: method === 'PUT' ? 'PUT' : 'POST',
    path,
    body: JSON.stringify({ ...version, ...resolved.body, deliveryComment }),
  });
  if (answer.kind === 'refused') return refusedAs(refusalBy(answer.error));
  const made = await readMade(session.client, textOf(answer.value, 'id'));
  return { kind: 'done', ...foundOrder(input, made) };
}

/** It is made: whatever keeps us from reading it, nothing may be sent again. */
async function readMade(client: TripletexClient, id: string): Promise<WireObject> {
  try {
    const made = id === '' ? null : await readOrder(client, id);
    if (made !== null) return made;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const says = `Tripletex has entered it. ${error.message}`;
    throw new ConnectorError(says, { kind: 'unanswered' }, { cause: error });
  }
  throw new ConnectorError('Tripletex did not say which order it made.', { kind: 'unanswered' });
}

/** Finds an order by the key in its comment; a change is found when it says what was sent. */
async function findOrder(
  { client }: Session,
  write: Write,
  { key }: WriteContext,
): Promise<readonly Found[]> {
  const input = inputOf(write);
  if (input.change !== undefined) {
    const there = await readOrder(client, input.change);
    if (there === null || keyOf(there) !== key) return [];
    const found = foundOrder(input, there);
    return found.differences.length === 0 ? [found] : [];
  }
  const listed = await ordersWith(client, { key, date: input.date });
  return listed.map((one) => foundOrder(input, one));
}

function foundOrder(input: OrderInput, order: WireObject): Found {
  const { memo, of } = input;
  const data = {
    ...(memo === undefined ? {} : { memo }),
    ...(of === 'draft' ? { what: 'order' } : {}),
  };
  // The delivery of an invoice goes by its voucher.
  const label = of === 'invoice' ? '' : `Ordre ${textOf(order, 'number')}`;
  const remote = { id: textOf(order, 'id'), label, data };
  return { remote, differences: differencesOf(input, order) };
}

/** What an order comes to that Tripletex has reckoned, held against what was meant. */
export function differencesOf(
  input: Pick<OrderInput, 'total' | 'vat'>,
  order: WireObject,
): readonly Refusal[] {
  const lines = listOf(order, 'orderLines');
  const gross = sumOf(lines, 'amountIncludingVatCurrency');
  const vat = gross - sumOf(lines, 'amountExcludingVatCurrency');
  const code = textOf(objectOf(order, 'currency'), 'code');
  const sent = `${input.total} NOK, mva ${input.vat}`;
  const booked = `${kroner(gross)} ${code}, mva ${kroner(vat)}`;
  if (sent === booked) return [];
  const id = textOf(order, 'number');
  return [{ code: 'read-back-differs', what: 'order', id, sent, booked }];
}

function sumOf(lines: readonly WireObject[], field: string): bigint {
  return lines.reduce((all, line) => all + oreOf(line, field), 0n);
}

function kroner(ore: bigint): string {
  return formatMoney(money(ore, 'NOK'));
}

type Resolved =
  | { readonly kind: 'resolved'; readonly body: WireObject }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** The body with Tripletex's ids, or everything that it has none for. */
async function resolveOrder(
  session: Session,
  input: OrderInput,
  context: WriteContext,
): Promise<Resolved> {
  const { registers } = session;
  const refusals: Refusal[] = [];
  const made = (write: string): Reference => {
    return { id: Number(present(context.earlier.get(write), `the result of ${write}`).id) };
  };
  const { project, department: named } = input;
  const customer = await customerOf(session, input.customer, made);
  if (customer === 'unknown' && input.customer !== undefined && 'number' in input.customer) {
    refusals.push(needs('known-customer', input.customer.number));
  }
  const currency = await registers.idOf('currency', 'NOK');
  const known = await projectOf(project, { registers, made });
  if (known === 'unknown' && project !== undefined && 'number' in project) {
    refusals.push({ code: 'project-unknown', project: project.number });
  }
  const department = await departmentOf(named, { registers, made });
  if (department === 'unknown' && typeof named === 'string') {
    refusals.push({ code: 'cost-centre-unknown', costCentre: named });
  }
  const orderLines = await linesOf(registers, input, { made, refusals });
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const body = {
    ...(customer === null || customer === 'unknown' ? {} : { customer }),
    ...(known === null || known === 'unknown' ? {} : { project: known }),
    ...(department === null || department === 'unknown' ? {} : { department }),
    orderDate: input.date,
    deliveryDate: input.date,
    ...(currency === null ? {} : { currency: { id: currency } }),
    reference: input.reference,
    ...(input.comment === '' ? {} : { invoiceComment: input.comment }),
    ...(input.deliverTo === null ? {} : { deliveryAddress: input.deliverTo }),
    isPrioritizeAmountsIncludingVat: input.isNet !== true,
    ...dueIn(input),
    orderLines,
  };
  return { kind: 'resolved', body };
}

function dueIn({ dueInDays }: OrderInput): WireObject {
  return dueInDays === undefined ? {} : { invoicesDueIn: dueInDays, invoicesDueInType: 'DAYS' };
}

type Making = {
  readonly made: (write: string) => Reference;
  readonly refusals: Refusal[];
};

async function linesOf(
  registers: Session['registers'],
  { lines, isNet }: OrderInput,
  { made, refusals }: Making,
): Promise<readonly WireObject[]> {
  // Tripletex reckons the price that is not sent, and refuses the one on the other basis.
  const field = isNet ? 'unitPriceExcludingVatCurrency' : 'unitPriceIncludingVatCurrency';
  const orderLines: WireObject[] = [];
  for (const { product, text, count, price, vat } of lines) {
    const vatType = vat === null ? null : await registers.idOf('vat', vat);
    if (vat !== null && vatType === null) refusals.push(needs('vat-code', vat));
    orderLines.push({
      ...(product === null ? {} : { product: made(product) }),
      description: text,
      count: exactNumber(count),
      [field]: exactNumber(price),
      ...(vatType === null ? {} : { vatType: { id: vatType } }),
    });
  }
  return orderLines;
}

type Reference = { readonly id: number };

async function customerOf(
  session: Session,
  customer: OrderInput['customer'],
  made: (write: string) => Reference,
): Promise<Reference | 'unknown' | null> {
  if (customer === undefined) return null;
  if ('from' in customer) return made(customer.from);
  const found = await readParty(session, 'customer', customer.number);
  return found === null ? 'unknown' : { id: Number(textOf(found, 'id')) };
}

async function departmentOf(
  department: OrderInput['department'],
  of: { readonly registers: Session['registers']; readonly made: (write: string) => Reference },
): Promise<Reference | 'unknown' | null> {
  if (typeof department !== 'string') return of.made(department.from);
  if (department === '') return null;
  const id = await of.registers.idOf('department', department);
  return id === null ? 'unknown' : { id };
}

async function projectOf(
  project: OrderInput['project'],
  of: { readonly registers: Session['registers']; readonly made: (write: string) => Reference },
): Promise<Reference | 'unknown' | null> {
  if (project === undefined) return null;
  if ('from' in project) return of.made(project.from);
  const id = await of.registers.idOf('project', project.number);
  return id === null ? 'unknown' : { id };
}

function inputOf(write: Write): OrderInput {
  return write.input as OrderInput; // Made by `orderWrite`.
}
