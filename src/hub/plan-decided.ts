import { UNKNOWN_BOOKS, type Books } from '../domain/books.ts';
import { day, type LocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import { NO_PAYMENTS } from '../domain/document/payments.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { Decision } from '../domain/refusal.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import { planInputOf } from '../engine/delivery-input.ts';
import { planDocument } from '../engine/plan.ts';
import { readPurchases } from '../engine/purchases.ts';
import { readQuotedOrders } from '../engine/quoted-orders.ts';
import { assert } from '../lib/assert.ts';
import type { DueDelivery } from '../ports/store.ts';
import { readAllAsDue, readAsDue } from '../store/due-deliveries.ts';
import { listFlows, type Company, type Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/**
 * What a delivery would become if a person decided so: planned by the code that books, with the
 * ledger's books as they were read last. Nothing is written.
 *
 * @returns null when the company has no such delivery
 * @throws ConnectorError when the ledger has to be asked for invoices or orders and cannot be read
 */
export async function planDecided(
  hub: Hub,
  of: { readonly company: Company; readonly deliveryId: string },
  decisions: readonly Decision[],
): Promise<PlanOutcome | null> {
  const { company, deliveryId } = of;
  const delivery = await readAsDue(hub.database.pool, { companyId: company.id, deliveryId });
  if (delivery === null) return null;
  const flows = await listFlows(hub.database.db, company.id);
  const decided = { ...delivery, decisions: [...delivery.decisions, ...decisions] };
  return planUnder(hub, termsOf(flows, { company, delivery }), decided);
}

/** A delivery beside what it would become as it stands. */
export type PlannedAsIs = {
  readonly delivery: DueDelivery;
  /** null: the ledger has to be asked before anything can be said. */
  readonly outcome: PlanOutcome | null;
};

/**
 * What each of many deliveries would become as it stands, by day. No ledger is asked: what only a
 * ledger can say is left open.
 */
export async function planManyAsIs(
  hub: Hub,
  of: { readonly company: Company; readonly deliveryIds: readonly string[] },
): Promise<readonly PlannedAsIs[]> {
  const { company, deliveryIds } = of;
  const { pool, db } = hub.database;
  const due = await readAllAsDue(pool, { companyId: company.id, deliveryIds });
  const flows = await listFlows(db, company.id);
  const books = new Map<string, Books>();
  const planned: PlannedAsIs[] = [];
  for (const delivery of due) {
    const under = termsOf(flows, { company, delivery });
    const { targetId } = under;
    const known = books.get(targetId) ?? (await knownBooks(hub, targetId));
    books.set(targetId, known);
    const outcome = isLedgerAsked(delivery)
      ? null
      : await planUnder(hub, { ...under, books: known }, delivery);
    planned.push({ delivery, outcome });
  }
  return planned;
}

function termsOf(
  flows: readonly Flow[],
  of: { readonly company: Company; readonly delivery: DueDelivery },
): PlannedUnder {
  const { company, delivery } = of;
  const flow = flows.find(({ id }) => id === delivery.flowId);
  assert(flow !== undefined, `delivery ${delivery.id} has a flow`);
  const read = readFlowChoices(flow.choices, company);
  assert('choices' in read, `the choices of flow ${flow.id} can be read`);
  const startDate = flow.startDate === null ? null : day(flow.startDate);
  return { company, targetId: flow.target.id, choices: read.choices, startDate };
}

/** A document that no flow has taken yet, as one that is about to be planned. */
export function asIfDue(document: Document, documentId = '0'): DueDelivery {
  return {
    ...{ id: '0', key: refKey(document.ref), state: 'waiting', attempts: 0, flowId: '0' },
    ...{ documentId, document, doubts: [], decisions: [], notices: [], steps: [], attachments: [] },
    ...{ follows: null, of: null, overlaps: null, credit: [], receiptsTwice: [] },
    ...{ payments: NO_PAYMENTS, payouts: [] },
  };
}

/** Statements pay invoices, and quotes change orders, that stand in the ledger. */
function isLedgerAsked({ document: { kind } }: DueDelivery): boolean {
  return kind === 'account-statement' || kind === 'quote';
}

async function knownBooks(hub: Hub, targetId: string): Promise<Books> {
  return (await hub.lanes.readBooks(targetId, null))?.books ?? UNKNOWN_BOOKS;
}

/** What a delivery is planned under. */
export type PlannedUnder = {
  readonly company: Company;
  readonly targetId: string;
  readonly choices: FlowChoices;
  readonly startDate: LocalDate | null;
  /** Absent: as they were read last. */
  readonly books?: Books;
};

/**
 * What a delivery would become under these choices.
 *
 * @throws ConnectorError when the ledger has to be asked for invoices or orders and cannot be read
 */
export async function planUnder(
  hub: Hub,
  under: PlannedUnder,
  delivery: DueDelivery,
): Promise<PlanOutcome> {
  const { company, targetId, choices, startDate } = under;
  const books = under.books ?? (await knownBooks(hub, targetId));
  const { document } = delivery;
  const target = isLedgerAsked(delivery) ? (await hub.openTarget(targetId)).target : {};
  const results = delivery.follows?.results ?? {};
  return planDocument({
    ...planInputOf(delivery, {
      flow: { choices, startDate, timeZone: company.timeZone },
      books,
      purchases: await readPurchases(target, { document, choices }),
      nowMs: hub.clock.nowMs(),
    }),
    orders: await readQuotedOrders(target, { document, results }),
  });
}
