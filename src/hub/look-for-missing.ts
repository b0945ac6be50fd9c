import { dayAt, plusDays, type LocalDate, type Period } from '../domain/date.ts';
import { missingReports } from '../domain/document/expected-reports.ts';
import { numberGap, reportMissing, type Finding } from '../domain/document/finding.ts';
import { listClosedDays } from '../store/closed-days.ts';
import { openGaps, reportDays } from '../store/expected-reports.ts';
import { noteFindings, openFindings } from '../store/findings.ts';
import type { Company } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** How far back is looked when nothing else is said. */
export const MISSING_DAYS_BACK = 31;
/** What a till is expected to do is learnt from the weeks before. */
const LEARNT_FROM_DAYS = 400;

/** What a look for missing reports came to. */
export type Looked = { readonly open: number; readonly fresh: number; readonly closed: number };

/**
 * Looks for day reports that should have come and for gaps in numbers, and keeps what it finds:
 * each finding is told once, in the log, and closed when what was missing has come. Findings of
 * earlier days that are still open are looked at again.
 *
 * @param period - up to yesterday; the last month when absent
 */
export async function lookForMissing(
  hub: Hub,
  company: Company,
  period: Partial<Period> = {},
): Promise<Looked> {
  const { db } = hub.database;
  const nowMs = hub.clock.nowMs();
  const today = dayAt(new Date(nowMs), company.timeZone);
  const from = period.from ?? plusDays(today, -MISSING_DAYS_BACK);
  const before = await openFindings(db, company.id);
  const looked: Period = {
    from: earlier(from, before?.oldest ?? from),
    to: period.to ?? plusDays(today, -1),
  };
  const found = await missingIn(hub, company, { period: looked, today });
  const noted = await noteFindings(db, company.id, { found, period: looked, atMs: nowMs });
  for (const finding of noted.fresh) {
    hub.log.warn({ companyId: company.id, ...finding }, 'a day report is missing');
  }
  const open = (await openFindings(db, company.id))?.count ?? 0;
  return { open, fresh: noted.fresh.length, closed: noted.closed };
}

/**
 * What a company is known to miss: what has come since it was looked last is not told any more.
 *
 * @returns null when nothing is missing
 */
export async function stillMissing(hub: Hub, company: Company): ReturnType<typeof openFindings> {
  const { db } = hub.database;
  if ((await openFindings(db, company.id)) === null) return null;
  await lookForMissing(hub, company);
  return openFindings(db, company.id);
}

async function missingIn(
  hub: Hub,
  company: Company,
  { period, today }: { readonly period: Period; readonly today: LocalDate },
): Promise<readonly Finding[]> {
  const { db } = hub.database;
  const learnt = { ...period, from: plusDays(period.from, -LEARNT_FROM_DAYS) };
  const reports = await reportDays(db, company.id, learnt);
  const closed = await listClosedDays(db, company.id);
  const gaps = await openGaps(db, company.id, period);
  return [
    ...missingReports(reports, period, { today, closed }).map(reportMissing),
    ...gaps.map(numberGap),
  ];
}

function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}
