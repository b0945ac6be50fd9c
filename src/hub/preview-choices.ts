import { documentDate, type Document } from '../domain/document/document.ts';
import { day } from '../domain/date.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import { stableJson } from '../lib/json.ts';
import { searchDocuments, type ListedDocument } from '../store/document-list.ts';
import { readAsDue } from '../store/due-deliveries.ts';
import type { Company, Connection } from '../store/registry.ts';
import type { Hub } from './hub.ts';
import { asIfDue, planUnder } from './plan-decided.ts';

/** Documents that choices are tried on. */
const TRIED = 10;
/** Looked through to find them: some kinds are never booked. */
const LOOKED_AT = 60;

/** What one document would become under other choices. */
export type Tried = {
  readonly document: Document;
  readonly outcome: PlanOutcome;
  /** Whether it is booked already, and as it would be now; null: it is not booked. */
  readonly isAsBooked: boolean | null;
};

/**
 * What the last documents of a source would become under choices that somebody is editing: planned
 * by the code that books, with the ledger's books as they were read last. Nothing is written.
 *
 * @throws ConnectorError when the ledger has to be asked for open invoices and cannot be read
 */
export async function previewChoices(
  hub: Hub,
  of: {
    readonly company: Company;
    readonly source: Connection;
    readonly target: Connection;
    readonly choices: FlowChoices;
    readonly startDate: string | null;
  },
): Promise<readonly Tried[]> {
  const { company, source, target, choices, startDate } = of;
  const { db, pool } = hub.database;
  const search = { companyId: company.id, connectionId: source.id, limit: LOOKED_AT };
  const takes = new Set<string>(hub.connectors.get(target.connector)?.takes);
  const found = (await searchDocuments(db, search)).filter(({ document }) => {
    return takes.has(document.kind) && documentDate(document) !== null;
  });
  const start = startDate === null ? null : day(startDate);
  const under = { company, targetId: target.id, choices, startDate: start };
  const tried: Tried[] = [];
  for (const listed of found.slice(0, TRIED)) {
    const { deliveryId } = listed;
    const due =
      deliveryId === null ? null : await readAsDue(pool, { companyId: company.id, deliveryId });
    const outcome = await planUnder(hub, under, due ?? asIfDue(listed.document, listed.id));
    tried.push({ document: listed.document, outcome, isAsBooked: isAsBooked(listed, outcome) });
  }
  return tried;
}

function isAsBooked({ state, vouchers }: ListedDocument, outcome: PlanOutcome): boolean | null {
  if (state !== 'done') return null;
  if (outcome.kind !== 'plan') return false;
  return rowsOf(vouchers) === rowsOf(outcome.plan.vouchers);
}

/** What counts in the books: the reasons of rows are words. */
function rowsOf(vouchers: readonly Voucher[]): string {
  const rows = vouchers.map(({ date, rows: all }) => [
    date,
    all.map(({ account, amount, costCentre, project }) => {
      return [account, String(amount.minor), costCentre ?? '', project ?? ''];
    }),
  ]);
  return stableJson(rows);
}
