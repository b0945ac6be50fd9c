import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day, dayAt } from '../domain/date.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import type { PreviewTools } from '../engine/preview.ts';
import { readPurchases } from '../engine/purchases.ts';
import { readQuotedOrders } from '../engine/quoted-orders.ts';
import { OperatorError } from '../ports/errors.ts';
import { invoiceModes } from '../store/known-customers.ts';
import { knownDocument, knownTwin } from '../store/known-documents.ts';
import { bookedPayouts, paymentsBeside } from '../store/payments.ts';
import type { Company, Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/**
 * Tools that preview files as they would go along a flow: with the company's choices, its ledger's
 * books as they were read last, and what it has booked.
 *
 * @throws OperatorError when the choices of the flow cannot be read
 */
export async function previewToolsOf(
  hub: Hub,
  { company, flow }: { readonly company: Company; readonly flow: Flow },
): Promise<PreviewTools> {
  const { db, pool } = hub.database;
  const { target } = await hub.openTarget(flow.target.id);
  const stored = await hub.lanes.readBooks(flow.target.id, null);
  const read = readFlowChoices(flow.choices, company);
  if (!('choices' in read)) throw new OperatorError('The choices of the flow cannot be read.');
  const { choices } = read;
  return {
    source: await hub.openSource(flow.source.id),
    target,
    choices,
    startDate: flow.startDate === null ? null : day(flow.startDate),
    books: stored?.books ?? UNKNOWN_BOOKS,
    today: dayAt(new Date(hub.clock.nowMs()), company.timeZone),
    known: (key) => knownDocument(db, { flowId: flow.id, key }),
    purchases: (document) => readPurchases(target, { document, choices }),
    orders: (document, results) => readQuotedOrders(target, { document, results }),
    paid: async (document) => {
      const asking = { companyId: company.id, document };
      return {
        payments: await paymentsBeside(pool, asking),
        payouts: await bookedPayouts(pool, asking),
      };
    },
    invoiceModes: () => invoiceModes(db, flow.source.id),
    knownTwin: (twin, key) => {
      return knownTwin(db, { companyId: company.id, laneId: flow.target.id, twin, key });
    },
  };
}
