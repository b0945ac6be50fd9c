import { dayAt, type LocalDate, type Period } from '../domain/date.ts';
import { refKey } from '../domain/document/source-ref.ts';
import { taxedAsDecided, taxWaysIn } from '../domain/document/taxed-as.ts';
import type { Document } from '../domain/document/document.ts';
import { reconcile, type ReconcileDocument, type Reconciliation } from '../engine/reconcile.ts';
import { statementAccount } from '../domain/posting/rules/account-statement.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import type { FileSource } from '../ports/source.ts';
import type { Target } from '../ports/target.ts';
import { clearingBooks } from '../store/clearing.ts';
import { decisionsOf, listDeliveries, type DeliveryView } from '../store/deliveries.ts';
import { keepReconciliation } from '../store/reconciliations.ts';
import type { Company, Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/**
 * Reads both sides of a flow again and compares them. The result is kept as evidence.
 *
 * The source side is read from the bytes that were received, the ledger side from the ledger.
 */
export async function reconcileFlow(
  hub: Hub,
  of: { readonly company: Company; readonly flow: Flow; readonly period: Period },
): Promise<Reconciliation & { readonly id: string }> {
  const { company, flow, period } = of;
  const query = { companyId: company.id, flowId: flow.id, ...period };
  const deliveries = await listDeliveries(hub.database.db, query);
  const source = await hub.openSource(flow.source.id);
  const documents: ReconcileDocument[] = [];
  for (const versions of byDocument(deliveries)) {
    documents.push(await asReconciled(hub, source, versions));
  }
  const { target } = await hub.openTarget(flow.target.id);
  // A correction stands on the day it was made: the ledger is read up to today.
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const reach: Period = { from: period.from, to: later(today, period.to) };
  const ledger = await target.readLedger(reach);
  const keys = await target.survey(reach);
  const statements = await statementTerms(target, { company, flow, documents, from: period.from });
  const home = company.country;
  const singlePurposeCards = singleCards(flow, company);
  const cards = { home, singlePurposeCards };
  const clearing = await clearingTerms(hub, target, { company, flow, documents, period });
  const result = reconcile({ documents, ledger, keys, ...cards, ...statements, ...clearing });
  const flowId = flow.id;
  const companyId = company.id;
  const id = await keepReconciliation(hub.database.db, { companyId, flowId, period, result });
  return { ...result, id };
}

/** How the flow's statements are held against the ledger: costs a call only where there are any. */
async function statementTerms(
  target: Target,
  of: {
    readonly company: Company;
    readonly flow: Flow;
    readonly documents: readonly ReconcileDocument[];
    readonly from: LocalDate;
  },
): Promise<Pick<Parameters<typeof reconcile>[0], 'statements'>> {
  const { company, flow, documents, from } = of;
  if (!documents.some(({ document }) => document.kind === 'account-statement')) return {};
  const read = readFlowChoices(flow.choices, company);
  if (!('choices' in read)) return {};
  const { choices } = read;
  return {
    statements: {
      opening: (await target.readOpening?.(from)) ?? null,
      accountOf: (accountId) => statementAccount(accountId, choices)?.account ?? null,
      isBookedOnArrival: (accountId) => choices.bookedOnArrival.includes(accountId),
    },
  };
}

function singleCards({ choices }: Flow, company: Company): readonly string[] {
  const read = readFlowChoices(choices, company);
  return 'choices' in read ? read.choices.singlePurposeCards : [];
}

/** How clearing accounts are held against the ledger: of a flow that payouts come by. */
async function clearingTerms(
  hub: Hub,
  target: Target,
  of: {
    readonly company: Company;
    readonly flow: Flow;
    readonly documents: readonly ReconcileDocument[];
    readonly period: Period;
  },
): Promise<Pick<Parameters<typeof reconcile>[0], 'clearing'>> {
  const { company, flow, documents, period } = of;
  if (!documents.some(({ document }) => document.kind === 'payout')) return {};
  const read = readFlowChoices(flow.choices, company);
  if (!('choices' in read)) return {};
  const place = { companyId: company.id, laneId: flow.target.id, to: period.to };
  return {
    clearing: {
      books: await clearingBooks(hub.database.pool, place),
      period,
      opening: (await target.readOpening?.(period.from)) ?? null,
      lateAfterDays: read.choices.lateAfterDays,
    },
  };
}

/** The versions of each document, oldest first. */
function byDocument(deliveries: readonly DeliveryView[]): readonly (readonly DeliveryView[])[] {
  const groups = new Map<string, DeliveryView[]>();
  for (const delivery of deliveries) {
    const key = refKey(delivery.document.ref);
    groups.set(key, [...(groups.get(key) ?? []), delivery]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.version - b.version));
}

/**
 * What the versions of a document have come to. While a new version waits for a decision, the one
 * that is booked is what the ledger must show.
 */
async function asReconciled(
  hub: Hub,
  source: FileSource,
  versions: readonly DeliveryView[],
): Promise<ReconcileDocument> {
  const booked = versions.filter((version) => version.state === 'done');
  const shown = booked.at(-1) ?? versions.at(-1);
  if (shown === undefined) throw new Error('a document has at least one version');
  // What shares the voucher of its day is in the ledger by the day's own document; what made no
  // voucher goes by the number of an order or a draft.
  const alone = booked.filter(({ within, vouchers }) => within === null && vouchers.length > 0);
  const labels = alone.flatMap((version) => (version.label ?? '').split(', ').filter(Boolean));
  return {
    id: shown.documentId,
    document: await readAgain(hub, source, shown),
    state: shown.state,
    labels,
    sent: alone.flatMap((version) => version.vouchers),
  };
}

/** The document as its received bytes say now; as stored when they cannot be read alone. */
async function readAgain(hub: Hub, source: FileSource, delivery: DeliveryView): Promise<Document> {
  const { bytes } = await hub.lanes.readExtract(delivery.documentId);
  const file = {
    name: 'extract',
    open: async function* () {
      yield bytes;
    },
  };
  for await (const reading of source.read(file)) {
    if (reading.kind !== 'document') continue;
    if (refKey(reading.document.ref) !== refKey(delivery.document.ref)) continue;
    if (taxWaysIn(reading.doubts).length === 0) return reading.document;
    const decisions = await decisionsOf(hub.database.db, delivery.id);
    return taxedAsDecided(reading, decisions).document;
  }
  return delivery.document;
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}
