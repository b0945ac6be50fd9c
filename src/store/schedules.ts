import { sql, type Selectable } from 'kysely';
import { encodeJson } from '../lib/json.ts';
import type { RunResult, Schedule, ScheduleRun } from '../ports/schedules.ts';
import type { Database, Db } from './db.ts';
import type { Schema } from './schema.ts';
import { ifOurTurn } from './turns.ts';

/** A schedule with its latest run. */
export type ScheduleView = Schedule & {
  /** null: none yet. */
  readonly latest: ScheduleRun | null;
};

/** Runs of a schedule that are kept: more than a year of mornings. */
const RUNS_KEPT = 400;

/** Makes a schedule, or changes the one that the company has for the same act and flow. */
export async function setSchedule(
  db: Db,
  schedule: Omit<Schedule, 'id' | 'failures'>,
): Promise<string> {
  const row = rowOf(schedule);
  const { id } = await db
    .insertInto('schedule')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'act', 'flow_id']).doUpdateSet({ ...row, failures: 0 }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Makes a schedule unless there is one for the same act and flow. @returns whether it did */
export async function addScheduleOnce(
  db: Db,
  schedule: Omit<Schedule, 'id' | 'failures'>,
): Promise<boolean> {
  const made = await db
    .insertInto('schedule')
    .values(rowOf(schedule))
    .onConflict((conflict) => conflict.columns(['company_id', 'act', 'flow_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return made !== undefined;
}

function rowOf(schedule: Omit<Schedule, 'id' | 'failures'>) {
  const { timetable } = schedule;
  return {
    company_id: schedule.companyId,
    act: schedule.act,
    flow_id: schedule.flowId,
    days_back: schedule.daysBack,
    times: [...timetable.times],
    days: [...timetable.days],
    due_at: new Date(schedule.dueAtMs),
  };
}

/** Ends a schedule of a company. @returns false when it has none of this id */
export async function removeSchedule(db: Db, companyId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('schedule')
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** @returns null when there is none of this id any more */
export async function findSchedule(db: Db, id: string): Promise<Schedule | null> {
  const row = await db.selectFrom('schedule').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : asSchedule(row);
}

/** A company's schedules, each with its latest run. */
export async function listSchedules(db: Db, companyId: string): Promise<readonly ScheduleView[]> {
  type Row = Selectable<Schema['schedule']> & {
    begun_at: Date | null;
    ended_at: Date | null;
    outcome: ScheduleRun['outcome'];
    result: unknown;
  };
  const { rows } = await sql<Row>`
    select s.*, r.begun_at, r.ended_at, r.outcome, r.result
      from schedule s
      left join lateral (select * from schedule_run where schedule_id = s.id
                          order by id desc limit 1) r on true
     where s.company_id = ${companyId}
     order by s.id
  `.execute(db);
  return rows.map((row) => ({ ...asSchedule(row), latest: asRun(row) }));
}

function asRun(row: {
  readonly begun_at: Date | null;
  readonly ended_at: Date | null;
  readonly outcome: ScheduleRun['outcome'];
  readonly result: unknown;
}): ScheduleRun | null {
  if (row.begun_at === null) return null;
  const isEnded = row.ended_at !== null && row.outcome !== 'interrupted';
  return {
    begunAtMs: row.begun_at.getTime(),
    endedAtMs: row.ended_at?.getTime() ?? null,
    outcome: row.outcome,
    result: isEnded ? (row.result as RunResult) : null,
  };
}

function asSchedule(row: Selectable<Schema['schedule']>): Schedule {
  return {
    id: row.id,
    companyId: row.company_id,
    act: row.act,
    flowId: row.flow_id,
    daysBack: row.days_back,
    timetable: { times: row.times, days: row.days },
    dueAtMs: row.due_at.getTime(),
    failures: row.failures,
  };
}

/** Ids of the schedules that are due, the longest due first. */
export async function dueSchedules(db: Db, nowMs: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('schedule')
    .select('id')
    .where('due_at', '<=', new Date(nowMs))
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Runs a schedule unless another process does it now. @returns null then */
export async function inScheduleTurn<T>(
  database: Database,
  id: string,
  act: () => Promise<T>,
): Promise<T | null> {
  return database.keeping.whileScheduled(() => ifOurTurn(database, { turn: 'schedule', id }, act));
}

/** Notes that a run has begun; one before it that never ended was interrupted. @returns its id */
export async function beginRun(db: Db, schedule: Schedule, atMs: number): Promise<string> {
  const at = new Date(atMs);
  return db.transaction().execute(async (trx) => {
    await trx
      .updateTable('schedule_run')
      .set({ outcome: 'interrupted', ended_at: at })
      .where('schedule_id', '=', schedule.id)
      .where('ended_at', 'is', null)
      .execute();
    const { id } = await trx
      .insertInto('schedule_run')
      .values({
        company_id: schedule.companyId,
        schedule_id: schedule.id,
        due_at: new Date(schedule.dueAtMs),
        begun_at: at,
        ended_at: null,
        outcome: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`
      delete from schedule_run where schedule_id = ${schedule.id} and id < (
        select min(id) from (select id from schedule_run where schedule_id = ${schedule.id}
                              order by id desc limit ${RUNS_KEPT}) kept)
    `.execute(trx);
    return id;
  });
}

/** Notes what a run came to, and when its schedule is due next, in one transaction. */
export async function endRun(
  db: Db,
  schedule: Schedule,
  run: {
    readonly id: string;
    readonly atMs: number;
    readonly outcome: 'clean' | 'found' | 'failed';
    readonly result: RunResult;
    readonly dueAtMs: number;
    readonly failures: number;
  },
): Promise<void> {
  const { outcome, result, failures } = run;
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('schedule_run')
      .set({ ended_at: new Date(run.atMs), outcome, result: encodeJson(result) })
      .where('id', '=', run.id)
      .execute();
    await trx
      .updateTable('schedule')
      .set({ due_at: new Date(run.dueAtMs), failures })
      .where('id', '=', schedule.id)
      .execute();
  });
}
