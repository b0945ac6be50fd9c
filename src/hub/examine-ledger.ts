import type { Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Order } from '../domain/document/sale.ts';
import { flowNeeds, type FlowNeeds } from '../domain/posting/flow-needs.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import { unbookableAccounts } from '../domain/posting/check-books.ts';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';
import { attemptRead } from '../engine/attempt.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import { stableJson } from '../lib/json.ts';
import type { LedgerFinding, Sells } from '../ports/health.ts';
import { findingsOf, type Findings } from '../ports/ledger-findings.ts';
import type { Company, Connection, Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';
import { asIfDue, planUnder } from './plan-decided.ts';

/** What is found of a ledger and of the flows into it. */
export type LedgerExamination = {
  readonly findings: readonly LedgerFinding[];
  readonly rehearsals: readonly Rehearsal[];
};

/** What the latest orders of a shop would come to if they were booked now. Nothing is written. */
export type Rehearsal = {
  readonly shop: string;
  readonly orders: number;
  /** Why some would be held, each reason with the orders that it holds. */
  readonly held: readonly { readonly refusal: Refusal; readonly orders: readonly string[] }[];
};

/** What the card says by itself, and what is true of old orders alone. */
const SAID_ELSEWHERE: ReadonlySet<RefusalCode> = new Set([
  'period-locked',
  'year-missing',
  'series-unknown',
  'series-not-manual',
]);

/** A flow whose choices can be read, and what its source says that it sells; null: nothing. */
type Asked = {
  readonly flow: Flow;
  readonly choices: FlowChoices;
  readonly sells: Sells | null;
};

/**
 * The ledger as its connector sees it, the accounts that the flows into it will book on, and what
 * would become of the latest orders of the shops.
 */
export async function examineLedger(
  hub: Hub,
  connection: Pick<Connection, 'id' | 'connector'>,
  of: { readonly company: Company; readonly into: readonly Flow[]; readonly today: LocalDate },
): Promise<LedgerExamination> {
  const { company, today } = of;
  const { target } = await hub.openTarget(connection.id);
  const find = findingsOf(hub.connectors.get(connection.connector)?.name ?? connection.connector);
  const period = { from: today, to: today };
  const silent: LedgerFinding[] = [];
  const flows = await Promise.all(of.into.map((flow) => askedOf(hub, { flow, company, find })));
  const asked = flows.flatMap(({ asked: one, trouble }) => {
    silent.push(...trouble);
    return one;
  });
  const series = asked.map(({ choices }) => choices.series);
  const needs = asked.flatMap((one) => needsOf(one, today));
  const found = await target.examine(period, series.length > 0 ? series : [null], needs);
  const findings = [...found, ...silent];
  if (found.some(({ code }) => code === 'connection')) return { findings, rehearsals: [] };
  const books = await target.readBooks(period);
  const accounts = asked.flatMap(({ choices }) => accountFindings(find, { choices, books, today }));
  // Flows that book on the same accounts say the same of them.
  const distinct = new Map(accounts.map((one) => [stableJson(one.facts), one])).values();
  const rehearsals: Rehearsal[] = [];
  for (const one of asked) rehearsals.push(...(await rehearse(hub, { ...one, company, books })));
  return { findings: [...findings, ...distinct], rehearsals };
}

async function askedOf(
  hub: Hub,
  of: { readonly flow: Flow; readonly company: Company; readonly find: Findings },
): Promise<{ readonly asked: readonly Asked[]; readonly trouble: readonly LedgerFinding[] }> {
  const { flow, company, find } = of;
  const read = readFlowChoices(flow.choices, company);
  if (!('choices' in read)) return { asked: [], trouble: [] };
  const { choices } = read;
  const examiner = await hub.openExaminer(flow.source.id);
  const told = await attemptRead(async () => (await examiner?.sells?.(company.country)) ?? null);
  if (told.kind === 'answered')
    return { asked: [{ flow, choices, sells: told.value }], trouble: [] };
  const facts = { shop: flow.source.name, why: told.says };
  const trouble = [find.warning('shop-not-asked', facts)];
  return { asked: [{ flow, choices, sells: null }], trouble };
}

function needsOf({ choices, sells }: Asked, today: LocalDate): readonly FlowNeeds[] {
  return [flowNeeds(choices, { orders: [], foreign: [], ...sells, today })];
}

function accountFindings(
  find: Findings,
  of: { readonly choices: FlowChoices; readonly books: Books; readonly today: LocalDate },
): readonly LedgerFinding[] {
  const wrong = unbookableAccounts(of.choices, of.books, of.today);
  return wrong.map(({ account, roles, isInactive }) => {
    const facts = { account, roles: roles.join(', ') };
    return find.warning(isInactive ? 'account-inactive' : 'account-missing', facts);
  });
}

async function rehearse(
  hub: Hub,
  of: Asked & { readonly company: Company; readonly books: Books },
): Promise<readonly Rehearsal[]> {
  const { flow, company, choices, books, sells } = of;
  if (sells === null || sells.orders.length === 0) return [];
  const under = { company, targetId: flow.target.id, choices, startDate: null, books };
  const reasons: { readonly refusal: Refusal; readonly order: Order }[] = [];
  for (const order of sells.orders) {
    const outcome = await planUnder(hub, under, asIfDue(order));
    const refusals = outcome.kind === 'held' ? outcome.refusals : [];
    const own = refusals.filter(({ code }) => !SAID_ELSEWHERE.has(code));
    reasons.push(...own.map((refusal) => ({ refusal, order })));
  }
  const held = [...Map.groupBy(reasons, ({ refusal }) => refusal.code).values()].flatMap((all) => {
    const [first] = all;
    const orders = [...new Set(all.map(({ order }) => order.number))];
    return first === undefined ? [] : [{ refusal: first.refusal, orders }];
  });
  return [{ shop: flow.source.name, orders: sells.orders.length, held }];
}
