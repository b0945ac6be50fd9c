import { day, dayAt } from '../domain/date.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { SupplierInvoice } from '../domain/document/supplier-invoice.ts';
import { supplierKey, twinOf } from '../domain/document/twin.ts';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import {
  suggestCoding,
  type CodedInvoice,
  type CodingSuggestion,
} from '../domain/posting/suggest-coding.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import { planDocument } from '../engine/plan.ts';
import { assert } from '../lib/assert.ts';
import { bookedInvoices, type BookedInvoice } from '../store/coded-invoices.ts';
import { readDecisions, type DeliveryView } from '../store/deliveries.ts';
import { knownDocument, knownTwin } from '../store/known-documents.ts';
import type { Company, Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** Earlier invoices that are looked at. What was done long ago says little. */
const EARLIER_MAX = 50;

/** Whether a delivery waits for somebody to say what its invoice is for. */
export function isUncoded({ state, refusals }: DeliveryView): boolean {
  return state === 'held' && refusals.some(({ code }) => code === 'invoice-not-coded');
}

/**
 * What the hub remembers of a held invoice's kind: where earlier invoices of the supplier with the
 * same accounting cost and class were booked, whoever decided it.
 *
 * @returns null when there is none
 */
export async function suggestFromHub(
  hub: Pick<Hub, 'database'>,
  company: Company,
  { document, laneId }: DeliveryView,
): Promise<CodingSuggestion | null> {
  if (document.kind !== 'supplier-invoice') return null;
  const supplier = supplierKey(document.supplier);
  const place = { companyId: company.id, laneId, supplier, limit: EARLIER_MAX };
  const earlier = await bookedInvoices(hub.database.db, place);
  const alike = earlier.filter(({ invoice }) => kindOf(invoice) === kindOf(document));
  return suggestCoding(alike.map(codedAs), 'hub');
}

/**
 * The same, and when the hub remembers nothing where the ledger's latest invoices of the supplier
 * stand, whatever they were for: a ledger keeps no accounting cost. Asking it takes a dozen calls.
 *
 * @throws ConnectorError when the ledger cannot be read
 */
export async function suggestCodingFor(
  hub: Hub,
  company: Company,
  delivery: DeliveryView,
): Promise<CodingSuggestion | null> {
  const remembered = await suggestFromHub(hub, company, delivery);
  const { document, laneId } = delivery;
  if (remembered !== null || document.kind !== 'supplier-invoice') return remembered;
  const { target } = await hub.openTarget(laneId);
  const earlier = await target.readCoding?.(document.supplier);
  return earlier === undefined ? null : suggestCoding(earlier, 'ledger');
}

/**
 * What a held invoice would become with an account for what nobody has coded: planned by the code
 * that books, with the ledger's books as they were read last. Nothing is written.
 */
export async function planCoded(
  hub: Pick<Hub, 'database' | 'lanes' | 'clock'>,
  of: { readonly company: Company; readonly flow: Flow; readonly delivery: DeliveryView },
  account: string,
): Promise<PlanOutcome> {
  const { company, flow, delivery } = of;
  const { document, laneId } = delivery;
  const { db } = hub.database;
  const read = readFlowChoices(flow.choices, company);
  assert('choices' in read, `the choices of flow ${flow.id} can be read`);
  const key = refKey(document.ref);
  const twin = twinOf(document);
  const place = { companyId: company.id, laneId, key };
  const decisions = await readDecisions(db, delivery.id);
  return planDocument({
    document,
    doubts: [],
    decisions: [...decisions, { kind: 'code-as', account }],
    choices: read.choices,
    startDate: flow.startDate === null ? null : day(flow.startDate),
    books: (await hub.lanes.readBooks(laneId, null))?.books ?? UNKNOWN_BOOKS,
    booked: (await knownDocument(db, { flowId: flow.id, key }))?.booked ?? null,
    credit: [],
    purchases: null,
    overlaps: twin === null ? null : await knownTwin(db, { ...place, twin }),
    today: dayAt(new Date(hub.clock.nowMs()), company.timeZone),
  });
}

/** What invoices have in common that are for the same, as the supplier and the source say it. */
function kindOf({ accountingCost, class: stated }: SupplierInvoice): string {
  return (accountingCost ?? stated ?? '').toUpperCase();
}

/** The cost rows of what an invoice was booked as. */
function codedAs({ invoice, vouchers }: BookedInvoice): CodedInvoice {
  const rows = vouchers.slice(-1).flatMap((voucher) => voucher.rows);
  const costs = rows
    .filter(({ role }) => role.split('/')[0] === 'purchases')
    .map(({ account, amount }) => ({ account, minor: amount.minor }));
  return { number: invoice.number, date: invoice.date, costs };
}
