import { parseLocalDate, plusDays, type LocalDate, type Period } from '../../../domain/date.ts';
import { formatMoney, money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { OrderState, OrderStates } from '../../../domain/sales-document.ts';
import { present } from '../../../lib/assert.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import { exactNumber, type Json } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { TripletexClient } from '../client.ts';
import { refusalBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import { oreOf } from '../read-back.ts';
import { unlessForbidden } from '../registers.ts';
import type { Session } from '../session.ts';

/** A line of an order, by numbers: ids are looked up when it is made. */
export type OrderLine = {
  /** The write that made sure of its product; null: a text alone. */
  readonly product: string | null;
  readonly text: string;
  /** Decimal text; below zero for what is taken off. */
  readonly count: string;
  /** Of one, VAT included. */
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
  /** The write that made sure of its customer; absent where that stays as it is. */
  readonly customer?: string;
  /** Its project, by the write that made sure of it or by number. Absent: none, or as it is. */
  readonly project?: { readonly from: string } | { readonly number: string };
  readonly department: string;
  readonly reference: string;
  readonly comment: string;
  readonly deliverTo: Json | null;
  readonly lines: readonly OrderLine[];
  /** What it must come to, as decimal text. */
  readonly total: string;
  readonly vat: string;
  /** What later plans want to know of it. */
  readonly memo?: string;
};

/** Stands before our key in `deliveryComment`, which is what can be written and searched. */
const KEY_MARK = 'bokbro';
/** Days around an order's own in which it is looked for: a question must name some. */
const SPAN_DAYS = 400;
const PROOF_FIELDS =
  'id,version,number,orderDate,deliveryComment,isClosed,customer(id),currency(code),' +
  'orderLines(amountExcludingVatCurrency,amountIncludingVatCurrency)';

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
  const sent = { ...resolved.body, deliveryComment: `${KEY_MARK} ${context.key}` };
  const { change } = input;
  const there = change === undefined ? null : await readOrder(session.client, change);
  if (change !== undefined && there?.['isClosed'] !== false) {
    const about = there === null ? change : textOf(there, 'number');
    const needs = { code: 'ledger-needs', system: 'Tripletex', account: '' } as const;
    return refusedAs({ ...needs, need: 'open-order', about });
  }
  // By the version a change is refused that somebody was faster with.
  const version = there === null ? {} : { version: Number(textOf(there, 'version')) };
  const [method, path = ''] = write.call.split(' ');
  const answer = await session.client.change({
    method: method === 'PUT' ? 'PUT' : 'POST',
    path,
    body: JSON.stringify({ ...version, ...sent }),
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

/** An order by its id. @returns null when there is none */
function readOrder(client: TripletexClient, id: string): Promise<WireObject | null> {
  return client.get(`/order/${encodeURIComponent(id)}?fields=${PROOF_FIELDS}`);
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
  const period = {
    from: plusDays(input.date, -SPAN_DAYS),
    to: plusDays(input.date, SPAN_DAYS),
  };
  const query = `&deliveryComment=${encodeURIComponent(`${KEY_MARK} ${key}`)}`;
  const listed = await listOrders(client, period, { query, fields: PROOF_FIELDS });
  // The search is “containing”.
  return listed.filter((one) => keyOf(one) === key).map((one) => foundOrder(input, one));
}

/** Every key of ours among the orders of some days. A login without the right to them has none. */
export async function surveyOrders(
  client: TripletexClient,
  period: Period,
): Promise<readonly string[]> {
  const fields = 'id,deliveryComment';
  const query = `&deliveryComment=${KEY_MARK}`;
  const listed = await unlessForbidden(() => listOrders(client, period, { query, fields }));
  return (listed ?? []).flatMap((one) => keyOf(one) ?? []);
}

/**
 * How orders stand. Which invoice one has become it does not tell: the invoices that it may have
 * become do, those of its customer. One that is closed can be neither invoiced nor changed.
 */
export async function readOrders(
  client: TripletexClient,
  today: LocalDate,
  ids: readonly string[],
): Promise<OrderStates> {
  const states = new Map<string, OrderState>();
  const invoiced = new Map<string, ReadonlySet<string>>();
  for (const id of ids) {
    const order = await readOrder(client, id);
    const customer = order === null ? '' : textOf(objectOf(order, 'customer'), 'id');
    if (order === null) {
      states.set(id, 'gone');
      continue;
    }
    const date = parseLocalDate(textOf(order, 'orderDate')) ?? today;
    const known =
      invoiced.get(customer) ?? (await invoicedOrders(client, { customer, date, today }));
    invoiced.set(customer, known);
    const unlessInvoiced = order['isClosed'] === true ? 'gone' : 'open';
    states.set(id, known.has(id) ? 'invoiced' : unlessInvoiced);
  }
  return states;
}

/** The ids of orders that invoices of a customer have been made of. */
async function invoicedOrders(
  client: TripletexClient,
  of: { readonly customer: string; readonly date: LocalDate; readonly today: LocalDate },
): Promise<ReadonlySet<string>> {
  const { customer, date, today } = of;
  const [from, to] = [plusDays(date, -SPAN_DAYS), plusDays(today, SPAN_DAYS)];
  const listed = await client.list(
    `/invoice?invoiceDateFrom=${from}&invoiceDateTo=${to}&customerId=${customer}` +
      '&fields=id,orders(id)',
  );
  return new Set(listed.flatMap((one) => listOf(one, 'orders').map((of) => textOf(of, 'id'))));
}

function listOrders(
  client: TripletexClient,
  { from, to }: Period,
  of: { readonly query: string; readonly fields: string },
): Promise<readonly WireObject[]> {
  // The last day of a range is left out.
  const range = `orderDateFrom=${from}&orderDateTo=${plusDays(to, 1)}`;
  return client.list(`/order?${range}${of.query}&fields=${of.fields}`);
}

/** The key that was put into an order's comment; null when it is not ours. */
function keyOf(order: WireObject): string | null {
  return /^bokbro ([A-Za-z0-9-]{1,40})$/.exec(textOf(order, 'deliveryComment'))?.[1] ?? null;
}

function foundOrder(input: OrderInput, order: WireObject): Found {
  const number = textOf(order, 'number');
  const memo = input.memo === undefined ? {} : { data: { memo: input.memo } };
  const remote = { id: textOf(order, 'id'), label: `Ordre ${number}`, ...memo };
  return { remote, differences: differencesOf(input, order) };
}

/** What an order comes to that Tripletex has reckoned, held against what was meant. */
function differencesOf(input: OrderInput, order: WireObject): readonly Refusal[] {
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
  { registers }: Session,
  input: OrderInput,
  context: WriteContext,
): Promise<Resolved> {
  const refusals: Refusal[] = [];
  const made = (write: string): Reference => {
    return { id: Number(present(context.earlier.get(write), `the result of ${write}`).id) };
  };
  const { customer, project, department: costCentre } = input;
  const currency = await registers.idOf('currency', 'NOK');
  const known = await projectOf(project, { registers, made });
  if (known === 'unknown' && project !== undefined && 'number' in project) {
    refusals.push({ code: 'project-unknown', project: project.number });
  }
  const department = costCentre === '' ? null : await registers.idOf('department', costCentre);
  if (costCentre !== '' && department === null) {
    refusals.push({ code: 'cost-centre-unknown', costCentre });
  }
  const orderLines: WireObject[] = [];
  for (const { product, text, count, price, vat } of input.lines) {
    const vatType = vat === null ? null : await registers.idOf('vat', vat);
    if (vat !== null && vatType === null) {
      const needs = { code: 'ledger-needs', system: 'Tripletex', account: '' } as const;
      refusals.push({ ...needs, need: 'vat-code', about: vat });
    }
    orderLines.push({
      ...(product === null ? {} : { product: made(product) }),
      description: text,
      count: exactNumber(count),
      unitPriceIncludingVatCurrency: exactNumber(price),
      ...(vatType === null ? {} : { vatType: { id: vatType } }),
    });
  }
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const body = {
    ...(customer === undefined ? {} : { customer: made(customer) }),
    ...(known === null || known === 'unknown' ? {} : { project: known }),
    ...(department === null ? {} : { department: { id: department } }),
    orderDate: input.date,
    deliveryDate: input.date,
    ...(currency === null ? {} : { currency: { id: currency } }),
    reference: input.reference,
    ...(input.comment === '' ? {} : { invoiceComment: input.comment }),
    ...(input.deliverTo === null ? {} : { deliveryAddress: input.deliverTo }),
    isPrioritizeAmountsIncludingVat: true,
    orderLines,
  };
  return { kind: 'resolved', body };
}

type Reference = { readonly id: number };

async function projectOf(
  project: OrderInput['project'],
  of: { readonly registers: Session['registers']; readonly made: (write: string) => Reference },
): Promise<Reference | 'unknown' | null> {
  if (project === undefined) return null;
  if ('from' in project) return of.made(project.from);
  const id = await of.registers.idOf('project', project.number);
  return id === null ? 'unknown' : { id };
}

function refusedAs(refusal: Refusal): WriteOutcome {
  return { kind: 'refused', refusals: [refusal] };
}

function inputOf(write: Write): OrderInput {
  return write.input as OrderInput; // Made by `orderWrite`.
}
