import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day, type LocalDate } from '../domain/date.ts';
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
import { readAsDue } from '../store/due-deliveries.ts';
import { listFlows, type Company } from '../store/registry.ts';
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
  const flow = flows.find(({ id }) => id === delivery.flowId);
  assert(flow !== undefined, `delivery ${deliveryId} has a flow`);
  const read = readFlowChoices(flow.choices, company);
  assert('choices' in read, `the choices of flow ${flow.id} can be read`);
  const startDate = flow.startDate === null ? null : day(flow.startDate);
  const under = { company, targetId: flow.target.id, choices: read.choices, startDate };
  const decided = { ...delivery, decisions: [...delivery.decisions, ...decisions] };
  return planUnder(hub, under, decided);
}

/**
 * What a delivery would become under these choices.
 *
 * @throws ConnectorError when the ledger has to be asked for invoices or orders and cannot be read
 */
export async function planUnder(
  hub: Hub,
  under: {
    readonly company: Company;
    readonly targetId: string;
    readonly choices: FlowChoices;
    readonly startDate: LocalDate | null;
  },
  delivery: DueDelivery,
): Promise<PlanOutcome> {
  const { company, targetId, choices, startDate } = under;
  const { document } = delivery;
  const { kind } = document;
  const isAsked = kind === 'account-statement' || kind === 'quote';
  const target = isAsked ? (await hub.openTarget(targetId)).target : {};
  const results = delivery.follows?.results ?? {};
  return planDocument({
    ...planInputOf(delivery, {
      flow: { choices, startDate, timeZone: company.timeZone },
      books: (await hub.lanes.readBooks(targetId, null))?.books ?? UNKNOWN_BOOKS,
      purchases: await readPurchases(target, { document, choices }),
      nowMs: hub.clock.nowMs(),
    }),
    orders: await readQuotedOrders(target, { document, results }),
  });
}
