import { dayAt, plusDays } from '../domain/date.ts';
import { dueAfterRun, nextDueMs, outcomeOf } from '../engine/schedule.ts';
import { present } from '../lib/assert.ts';
import type { RunResult, Schedule, Timetable } from '../ports/schedules.ts';
import { listCompanies, listFlows, type Company, type Flow } from '../store/registry.ts';
import {
  addScheduleOnce,
  beginRun,
  dueSchedules,
  endRun,
  findSchedule,
  inScheduleTurn,
  setSchedule,
} from '../store/schedules.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';
import { lookForMissing, MISSING_DAYS_BACK } from './look-for-missing.ts';
import { reconcileFlow } from './reconcile-flow.ts';

const LOOK_MS = 20_000;
/** When a company's day has begun and the files of the night have come. */
const MORNING: Timetable = { times: ['07:00'], days: [] };

/** Runs what is due, as it becomes due. Of several processes one runs each. */
export function keepSchedules(hub: Hub): KeptUp {
  const failed = 'it could not be looked what is due';
  return keepDoing(hub, { everyMs: LOOK_MS, failed }, () => runDueSchedules(hub));
}

/**
 * Runs every schedule that is due now, once however many of its times were missed. One that was cut
 * short is due still, and is made up for.
 */
export async function runDueSchedules(hub: Hub): Promise<void> {
  const due = await dueSchedules(hub.database.db, hub.clock.nowMs());
  await Promise.all(due.map((id) => runSchedule(hub, id, { unlessDone: true })));
}

/**
 * Runs a schedule, and keeps what it came to. What goes wrong is kept as its result: it is due
 * again soon.
 *
 * @param options.unlessDone - only when it is due: somebody else may just have run it
 * @returns null when it is not run: another process does it now, or it is gone or not due
 */
export async function runSchedule(
  hub: Hub,
  id: string,
  options: { readonly unlessDone: boolean },
): Promise<RunResult | null> {
  const { db } = hub.database;
  return inScheduleTurn(hub.database, id, async () => {
    const schedule = await findSchedule(db, id);
    const nowMs = hub.clock.nowMs();
    if (schedule === null || (options.unlessDone && schedule.dueAtMs > nowMs)) return null;
    const companies = await listCompanies(db);
    const company = present(
      companies.find((one) => one.id === schedule.companyId),
      `the company of schedule ${id}`,
    );
    const runId = await beginRun(db, schedule, nowMs);
    const result = await carriedOut(hub, schedule, company);
    const outcome = outcomeOf(result);
    const failures = outcome === 'failed' ? schedule.failures + 1 : 0;
    const atMs = hub.clock.nowMs();
    const after = { endedAtMs: atMs, failures };
    const dueAtMs = dueAfterRun(schedule.timetable, company.timeZone, after);
    await endRun(db, schedule, { id: runId, atMs, outcome, result, dueAtMs, failures });
    const about = { schedule: id, act: schedule.act, companyId: company.id };
    if (outcome === 'clean') hub.log.info({ ...about, ...result }, 'a schedule has run');
    else hub.log.warn({ ...about, ...result }, 'a schedule has run, and tells something');
    return result;
  });
}

/** What stops one act stops no other: it is told, and tried again. */
async function carriedOut(hub: Hub, schedule: Schedule, company: Company): Promise<RunResult> {
  try {
    return await carryOut(hub, schedule, company);
  } catch (error) {
    return { kind: 'failed', says: error instanceof Error ? error.message : String(error) };
  }
}

async function carryOut(hub: Hub, schedule: Schedule, company: Company): Promise<RunResult> {
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const period = { from: plusDays(today, -schedule.daysBack), to: plusDays(today, -1) };
  if (schedule.flowId === null) {
    return { kind: 'looked', ...(await lookForMissing(hub, company, period)) };
  }
  const flows = await listFlows(hub.database.db, company.id);
  const flow = present(
    flows.find(({ id }) => id === schedule.flowId),
    `the flow of schedule ${schedule.id}`,
  );
  const { counts, differences } = await reconcileFlow(hub, { company, flow, period });
  const { documents } = counts;
  return { kind: 'reconciled', ...period, documents, differences: differences.length };
}

/** Sets what is done by itself, and when: from its next time on. */
export async function scheduleAct(
  hub: Hub,
  company: Company,
  of: Pick<Schedule, 'act' | 'flowId' | 'daysBack' | 'timetable'>,
): Promise<{ readonly id: string; readonly dueAtMs: number }> {
  const dueAtMs = nextDueMs(of.timetable, company.timeZone, hub.clock.nowMs());
  const id = await setSchedule(hub.database.db, { companyId: company.id, ...of, dueAtMs });
  return { id, dueAtMs };
}

/**
 * Lets a company whose tills report be told each morning what has not come.
 *
 * @returns the times; null when the flow brings no day reports, or the company is told already
 */
export async function tellEachMorning(
  hub: Hub,
  company: Company,
  source: Flow['source'],
): Promise<readonly string[] | null> {
  const gives = hub.connectors.get(source.connector)?.gives ?? [];
  if (!gives.includes('day-report')) return null;
  const isNew = await addScheduleOnce(hub.database.db, {
    companyId: company.id,
    act: 'missing',
    flowId: null,
    daysBack: MISSING_DAYS_BACK,
    timetable: MORNING,
    dueAtMs: nextDueMs(MORNING, company.timeZone, hub.clock.nowMs()),
  });
  return isNew ? MORNING.times : null;
}
