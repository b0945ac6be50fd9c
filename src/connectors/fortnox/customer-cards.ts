import type { CustomerCard, CustomerField } from '../../domain/document/customer.ts';
import { mergeCard, standsAfter, type CardFields } from '../../domain/merge-card.ts';
import type { Step } from '../../domain/plan.ts';
import type { Notice } from '../../domain/refusal.ts';
import type { SalesCustomer } from '../../domain/sales-document.ts';
import { present } from '../../lib/assert.ts';
import { stableJson, type Json } from '../../lib/json.ts';
import type {
  Found,
  Remote,
  Route,
  Write,
  WriteContext,
  WriteOutcome,
} from '../../ports/target.ts';
import { cannot } from './cannot.ts';
import type { FortnoxClient } from './client.ts';
import { customerFields, customerWrite } from './parties.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';

type KeepStep = Extract<Step, { readonly kind: 'keep-customer' }>;

type KeepInput = {
  /** The number, or the write that makes sure of whose card it is. */
  readonly keeps: string | { readonly from: string };
  /** By what the card is known, where no number is known beforehand. */
  readonly knownAs?: string;
  /** As Fortnox spells its fields. */
  readonly wanted: CardFields;
  readonly owned: readonly CustomerField[];
  /** What stood there, as we sent it, when it was kept last. */
  readonly sent: CardFields;
  /** It goes before an invoice: what is kept is remembered for the next one. */
  readonly isBeside?: true;
};

/** The parts of a card: one is changed as a whole or left, so that no two addresses are mixed. */
const PARTS: Readonly<Record<CustomerField, readonly string[]>> = {
  name: ['Name'],
  orgNumber: ['OrganisationNumber'],
  address: ['Address1', 'ZipCode', 'City', 'CountryCode'],
  email: ['Email'],
  gln: ['GLN'],
  terms: ['TermsOfPayment'],
};

const TERMS_MAX = 20;

/** The calls that make sure of a customer and keep the card like the source's. */
export function keepCustomerWrites(step: KeepStep): Route {
  const { id, customer, owned, sent, isBeside } = step;
  const beside = isBeside === true ? ({ isBeside } as const) : {};
  const who = customerWrite(`${id}.who`, customer, beside);
  if (who === null) return cannot(`a customer with the number ${customer.number}`);
  const input: KeepInput = {
    keeps: customer.number,
    wanted: cardOf(customer),
    owned,
    sent: readCard(sent),
    ...beside,
  };
  const call = `PUT /3/customers/${encodeURIComponent(customer.number)}`;
  return { kind: 'route', writes: [who, { id, call, input: input satisfies Json }], notices: [] };
}

/** The call that keeps the card of a shop's customer, as far as the company has chosen. */
export function keepBuyerWrites(
  id: string,
  { who, customer }: { readonly who: string; readonly customer: SalesCustomer },
): readonly Write[] {
  const parts = Object.entries(customer.keep ?? {}) as [CustomerField, 'fill' | 'follow'][];
  if (parts.length === 0) return [];
  const fields = customerFields(customer);
  const names = parts.flatMap(([part]) => PARTS[part]);
  const input: KeepInput = {
    keeps: { from: who },
    knownAs: customer.number,
    wanted: Object.fromEntries(
      names.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])),
    ),
    owned: parts.flatMap(([part, policy]) => (policy === 'follow' ? [part] : [])),
    sent: {},
    isBeside: true,
  };
  return [{ id, call: 'PUT /3/customers', input: input satisfies Json }];
}

/** By what a card is known that goes before invoices. */
export function cardLink(write: Write): string | null {
  if (!isKeepWrite(write)) return null;
  const { keeps, knownAs, isBeside } = inputOf(write);
  const name = knownAs ?? (typeof keeps === 'string' ? keeps : keeps.from);
  return isBeside === true ? `card ${name}` : null;
}

/** Whether the card was kept like this before: then there is nothing to look at. */
export function cardStands(write: Write, { data }: Remote): boolean {
  if (!isKeepWrite(write)) return true;
  const { wanted, owned } = inputOf(write);
  const known = isRecord(data) ? (data['kept'] ?? null) : null;
  return stableJson(known) === stableJson({ wanted, owned });
}

/** Which customers there are, by number: a call for each. */
export async function readCustomers(
  client: FortnoxClient,
  numbers: readonly string[],
): Promise<Readonly<Record<string, { readonly active: boolean }>>> {
  const known: Record<string, { readonly active: boolean }> = {};
  for (const number of numbers) {
    const body = await client.get(`/3/customers/${encodeURIComponent(number)}`);
    const customer = body?.['Customer'];
    if (isRecord(customer)) known[number] = { active: customer['Active'] !== false };
  }
  return known;
}

/** Whether a write keeps a customer's card. */
export function isKeepWrite({ input }: Write): boolean {
  return isRecord(input) && 'keeps' in input;
}

/** Changes what is to be changed, which is mostly nothing: then nothing is called. */
export async function keepCustomer(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const input = inputNow(write, context);
  const { keeps } = input;
  const merged = await merge(client, input);
  if (Object.keys(merged.changes).length === 0) return doneAs(input, merged);
  const answer = await client.change({
    method: 'PUT',
    path: `/3/customers/${encodeURIComponent(keeps)}`,
    body: JSON.stringify({ Customer: merged.changes }),
  });
  return answer.kind === 'refused' ? answer : doneAs(input, merged);
}

/** Kept is a card on which nothing is left to be changed. */
export async function findKept(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const input = inputNow(write, context);
  const merged = await merge(client, input);
  if (Object.keys(merged.changes).length > 0) return [];
  return [doneAs(input, merged)];
}

type Keeping = KeepInput & { readonly keeps: string };

/** The card before an invoice was kept last by the invoice before it. */
function inputNow(write: Write, { before, earlier }: WriteContext): Keeping {
  const { keeps: whose, ...input } = inputOf(write);
  const keeps = typeof whose === 'string' ? whose : remoteOf(earlier, whose.from);
  const now = { ...input, keeps };
  return before?.data === undefined ? now : { ...now, sent: readCard(before.data) };
}

function remoteOf(earlier: WriteContext['earlier'], id: string): string {
  return present(earlier.get(id), `the result of ${id}`).id;
}

type Merged = {
  readonly changes: CardFields;
  /** What of ours stands there afterwards. */
  readonly sent: CardFields;
  readonly notices: readonly Notice[];
};

function doneAs({ keeps, wanted, owned, isBeside }: Keeping, { sent, notices }: Merged) {
  const data = isBeside === true ? { sent, kept: { wanted, owned } } : { sent };
  const remote = { id: keeps, label: '', data };
  return { kind: 'done', remote, differences: [], notices } as const;
}

async function merge(client: FortnoxClient, input: Keeping): Promise<Merged> {
  const { keeps, wanted, owned, sent: before } = input;
  const body = await client.get(`/3/customers/${encodeURIComponent(keeps)}`);
  const shown = isRecord(body?.['Customer']) ? body['Customer'] : {};
  const names = Object.values(PARTS).flat();
  const theirs = Object.fromEntries(names.map((name) => [name, textOf(shown, name)]));
  const { changes: all, kept } = mergeCard({ wanted, theirs, before }, owned, PARTS);
  const { TermsOfPayment: terms, ...others } = all;
  const isTold = terms !== undefined && !(await hasTerms(client, terms));
  const changes = isTold ? others : all;
  const notices: Notice[] = isTold ? [{ code: 'terms-unknown', customer: keeps, terms }] : [];
  if (kept.length > 0) notices.push({ code: 'customer-field-kept', customer: keeps, fields: kept });
  return { changes, sent: standsAfter({ wanted, theirs }, changes), notices };
}

/** Fortnox refuses terms that it does not have, and the whole card with them. */
async function hasTerms(client: FortnoxClient, code: string): Promise<boolean> {
  return (await client.get(`/3/termsofpayments/${encodeURIComponent(code)}`)) !== null;
}

function cardOf(customer: CustomerCard): CardFields {
  const terms = (customer.terms ?? '').trim();
  const fields = customerFields(customer);
  const card = Object.values(PARTS)
    .flat()
    .map((name) => [name, fields[name] ?? ''] as const);
  const all = { ...Object.fromEntries(card), TermsOfPayment: terms.slice(0, TERMS_MAX) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
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
