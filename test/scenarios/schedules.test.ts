import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import { openHub, type Hub } from '../../src/hub/hub.ts';
import { runDueSchedules, runSchedule, scheduleAct } from '../../src/hub/schedules.ts';
import type { ScheduledAct } from '../../src/ports/schedules.ts';
import { beginRun, findSchedule, listSchedules } from '../../src/store/schedules.ts';
import { handClock } from '../../src/testing/hand-clock.ts';
import { newFolder, removeFolder, startTestServer } from '../../src/testing/test-server.ts';
import { command } from './command.ts';
import { addPlayer, startStage, take, UNLIMITED, untilQuiet } from './stage.ts';
import type { Player, Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Monday 4 May 2026, 06:00 in Stockholm. */
const MONDAY_6 = Date.UTC(2026, 4, 4, 4);

let stage: Stage;
let url: string;
let stopServer: () => Promise<void>;
before(async () => {
  const server = await startTestServer();
  stopServer = () => server.stop();
  url = await server.newUrl();
  stage = await startStage({ databaseUrl: url });
});
after(async () => {
  await stage.stop();
  await stopServer();
});

/** The stage at a time of its own, and what tells that time. */
function at(ms: number): { readonly hub: Hub; readonly goOn: (ms: number) => void } {
  const clock = handClock(ms);
  return { hub: { ...stage.hub, clock }, goOn: clock.goOn };
}

async function schedule(
  hub: Hub,
  player: Player,
  act: ScheduledAct,
  of: { readonly times?: readonly string[]; readonly daysBack?: number } = {},
): Promise<string> {
  const { times = ['07:00'], daysBack = 31 } = of;
  const flowId = act === 'missing' ? null : player.flow.id;
  const timetable = { times, days: [] };
  return (await scheduleAct(hub, player.company, { act, flowId, daysBack, timetable })).id;
}

/** `due begun outcome` of every run, with the minutes of the day in UTC. */
async function runsOf(id: string): Promise<readonly string[]> {
  const rows = await stage.hub.database.db
    .selectFrom('schedule_run')
    .selectAll()
    .where('schedule_id', '=', id)
    .orderBy('id')
    .execute();
  const short = (date: Date): string => date.toISOString().slice(5, 16);
  return rows.map((run) => `${short(run.due_at)} ${short(run.begun_at)} ${run.outcome}`);
}

/** Numbers from 1 on, a report of each of so many days from 2 March 2026, but for some. */
async function report(player: Player, days: number, but: readonly number[] = []): Promise<void> {
  const start = Date.UTC(2026, 2, 2);
  const content = tillFile(
    ...Array.from({ length: days }, (_, i) => i)
      .filter((i) => !but.includes(i))
      .map((i) => {
        const day = new Date(start + i * 24 * HOUR_MS).toISOString().slice(0, 10);
        return smallDay({ day, number: `Z-${i + 1}` });
      }),
  );
  await take(player, { name: `${days}.csv`, content });
  await untilQuiet(player);
}

describe('a schedule', () => {
  it('runs when its time has come where the company is, once', async () => {
    const player = await addPlayer(stage, { name: 'Klockan AB' });
    const { hub, goOn } = at(MONDAY_6);
    const id = await schedule(hub, player, 'missing');
    await runDueSchedules(hub);
    assert.deepEqual(await runsOf(id), []);
    goOn(HOUR_MS);
    await runDueSchedules(hub);
    await runDueSchedules(hub);
    assert.deepEqual(await runsOf(id), ['05-04T05:00 05-04T05:00 clean']);
  });

  it('makes up once for all the times at which the hub stood still', async () => {
    const player = await addPlayer(stage, { name: 'Semester AB' });
    const { hub, goOn } = at(MONDAY_6);
    const id = await schedule(hub, player, 'missing', { times: ['07:00', '12:00'] });
    goOn(100 * HOUR_MS);
    await runDueSchedules(hub);
    await runDueSchedules(hub);
    // Monday 06:00 and 100 hours is Friday 10:00: the next time is 12:00.
    assert.deepEqual(await runsOf(id), ['05-04T05:00 05-08T08:00 clean']);
    const next = (await findSchedule(hub.database.db, id))?.dueAtMs;
    assert.equal(next, Date.UTC(2026, 4, 8, 10));
  });

  it('is run by one of several processes', async () => {
    const player = await addPlayer(stage, { name: 'Flera AB' });
    const home = newFolder();
    const config = { ...stage.config, home, database: { kind: 'server', url } } as const;
    const log = pino({ level: 'silent' });
    const others = await Promise.all(
      [1, 2].map(() => openHub(config, { log, connectors: UNLIMITED })),
    );
    const { hub, goOn } = at(MONDAY_6);
    const ids = [await schedule(hub, player, 'missing'), await schedule(hub, player, 'reconcile')];
    goOn(HOUR_MS);
    const hubs = [hub, ...others.map((other) => ({ ...other, clock: hub.clock }))];
    await Promise.all([...hubs, ...hubs].map(runDueSchedules));
    for (const id of ids) assert.equal((await runsOf(id)).length, 1);
    await Promise.all(others.map((other) => other.close()));
    removeFolder(home);
  });

  it('that was cut short is made up for, and says so', async () => {
    const player = await addPlayer(stage, { name: 'Avbrott AB' });
    const { hub, goOn } = at(MONDAY_6);
    const id = await schedule(hub, player, 'missing');
    goOn(HOUR_MS);
    const begun = await findSchedule(hub.database.db, id);
    assert.ok(begun);
    await beginRun(hub.database.db, begun, hub.clock.nowMs());
    goOn(5 * MINUTE_MS);
    await runDueSchedules(hub);
    await runDueSchedules(hub);
    assert.deepEqual(await runsOf(id), [
      '05-04T05:00 05-04T05:00 interrupted',
      '05-04T05:00 05-04T05:05 clean',
    ]);
  });

  it('that fails says why, is tried again ever later, and goes on when it can', async () => {
    const name = 'Trasig AB';
    const player = await addPlayer(stage, { name });
    const { hub, goOn } = at(MONDAY_6);
    const id = await schedule(hub, player, 'reconcile');
    goOn(HOUR_MS);
    const away: Hub = {
      ...hub,
      openTarget: async () => {
        throw new Error('Fortnox is away for maintenance.');
      },
    };
    for (const waitMs of [0, MINUTE_MS, 2 * MINUTE_MS]) {
      goOn(waitMs);
      await runDueSchedules(away);
      await runDueSchedules(away);
    }
    assert.deepEqual(await runsOf(id), [
      '05-04T05:00 05-04T05:00 failed',
      '05-04T05:01 05-04T05:01 failed',
      '05-04T05:03 05-04T05:03 failed',
    ]);
    const shown = await command(stage, 'schedule', '--company', name);
    assert.equal(shown.code, 1);
    assert.match(shown.out, /✗ Det gick inte: Fortnox is away for maintenance\. \(3 times\)/);
    goOn(4 * MINUTE_MS);
    await runDueSchedules(hub);
    assert.equal((await findSchedule(hub.database.db, id))?.failures, 0);
    assert.equal((await command(stage, 'schedule', '--company', name)).code, 0);
  });

  it('keeps the result of a reconciliation as the command does', async () => {
    const name = 'Avstämning AB';
    const player = await addPlayer(stage, { name });
    await report(player, 30);
    const { hub } = at(Date.UTC(2026, 2, 10, 12));
    const id = await schedule(hub, player, 'reconcile', { daysBack: 3 });
    const result = await runSchedule(hub, id, { unlessDone: false });
    const period = { from: '2026-03-07', to: '2026-03-09' };
    assert.deepEqual(result, { kind: 'reconciled', ...period, documents: 3, differences: 0 });
    const kept = await stage.hub.database.db
      .selectFrom('reconciliation')
      .select(['from_day', 'to_day', 'differences'])
      .where('flow_id', '=', player.flow.id)
      .execute();
    assert.deepEqual(kept, [{ from_day: '2026-03-07', to_day: '2026-03-09', differences: 0 }]);
  });
});

describe('what has not come', () => {
  /** 60 days from 2 March are up to 30 April; it is 1 May, 08:00. */
  const MAY_1 = Date.UTC(2026, 4, 1, 6);

  it('is told in the morning, once, and goes when it comes', async () => {
    const name = 'Glömsk AB';
    const player = await addPlayer(stage, { name });
    await report(player, 60, [44]);
    const { hub } = at(MAY_1);
    const warned: unknown[] = [];
    const log = { ...hub.log, warn: (facts: unknown) => void warned.push(facts) };
    const id = await schedule(hub, player, 'missing');
    const run = () => runSchedule({ ...hub, log }, id, { unlessDone: false });
    assert.deepEqual(await run(), { kind: 'looked', open: 2, fresh: 2, closed: 0 });
    const told = warned.length;
    assert.deepEqual(await run(), { kind: 'looked', open: 2, fresh: 0, closed: 0 });
    assert.equal(warned.length, told + 1, 'the run is told, and no finding again');

    const held = await command(atStage(hub), 'held', '--company', name);
    assert.match(held.out, /^! 2 missing from the tills since 2026-04-15: bokbro missing\n/);
    const shown = await command(atStage(hub), 'missing', '--company', name);
    assert.equal(shown.code, 1);
    assert.match(shown.out, /2026-04-15 butik 1234 kassa 1: dagsrapporten saknas\.\n/);
    assert.match(shown.out, /2026-04-16 butik 1234 kassa 1: Z-45 saknas före den dagens rapport/);

    await report(player, 45);
    assert.deepEqual(await run(), { kind: 'looked', open: 0, fresh: 0, closed: 2 });
    const gone = await command(atStage(hub), 'missing', '--company', name);
    assert.deepEqual([gone.code, gone.out], [0, 'Nothing is missing.\n']);
    assert.doesNotMatch((await command(atStage(hub), 'held', '--company', name)).out, /missing/);
  });

  it('is dismissed by a person with a reason, or by the calendar', async () => {
    const name = 'Stängt AB';
    const player = await addPlayer(stage, { name });
    await report(player, 60, [44, 45, 46]);
    const here = atStage(at(MAY_1).hub);
    const json = async (): Promise<{ days: { id: string; day: string }[]; numbers: unknown[] }> => {
      const { out } = await command(here, 'missing', '--json', '--company', name);
      return (JSON.parse(out) as [{ days: []; numbers: [] }])[0];
    };
    const before = await json();
    assert.deepEqual(
      before.days.map(({ day }) => day),
      ['2026-04-15', '2026-04-16', '2026-04-17'],
    );
    assert.equal(before.numbers.length, 1);
    const [first] = before.days;
    const why = ['--why', 'inventering', '--company', name];
    const done = await command(here, 'missing', 'dismiss', first?.id ?? '', ...why);
    assert.deepEqual([done.code, done.out], [0, '1 dismissed.\n']);
    const entered = await command(here, 'closed', 'add', '2026-04-16', '--company', name);
    assert.match(entered.out, /^Entered\. 1 no longer missing, 2 still\.\n$/);
    assert.deepEqual(
      (await json()).days.map(({ day }) => day),
      ['2026-04-17'],
    );
    const dismissed = await command(here, 'missing', '--dismissed', '--company', name);
    assert.match(dismissed.out, /2026-04-15 .* \(anna: inventering\)/);
    await command(here, 'missing', 'expect', first?.id ?? '', '--company', name);
    assert.equal((await json()).days.length, 2);
  });

  /** Commands that are given at the time of this hub. */
  function atStage(hub: Hub): Stage {
    return { ...stage, hub };
  }
});

describe('bokbro schedule', () => {
  it('is made, changed, shown and removed', async () => {
    const name = 'Tider AB';
    await addPlayer(stage, { name });
    const own = ['--company', name];
    const empty = await command(stage, 'schedule', ...own);
    assert.deepEqual(
      [empty.code, empty.out],
      [0, 'Nothing is done by itself: bokbro schedule add missing\n'],
    );
    const added = await command(stage, 'schedule', 'add', 'reconcile', '--on', 'mon,15', ...own);
    assert.match(added.out, /^\d+ {2}reconcile, on mon, 15 at 05:00\. Next: \d{4}-\d\d-\d\d 05:00/);
    const again = ['--at', '06:30', '12:00', '--days', '3', ...own];
    await command(stage, 'schedule', 'add', 'reconcile', ...again);
    const { out } = await command(stage, 'schedule', '--json', ...own);
    const [only, ...others] = JSON.parse(out) as { id: string; times: string[]; days: string[] }[];
    assert.deepEqual([only?.times, only?.days, others], [['06:30', '12:00'], [], []]);
    const gone = await command(stage, 'schedule', 'remove', only?.id ?? '', ...own);
    assert.equal(gone.code, 0);
    assert.equal((await listSchedules(stage.hub.database.db, '0')).length, 0);
    assert.match((await command(stage, 'schedule', ...own)).out, /^Nothing is done/);
  });

  it('says what is wrong with what it was told', async () => {
    const name = 'Fel AB';
    await addPlayer(stage, { name });
    for (const [argv, says] of [
      [['add', 'dream'], /“dream” cannot be done by itself/],
      [['add', 'missing', '--at', '25:00'], /--at 25:00: give a time/],
      [['add', 'missing', '--on', 'måndag'], /--on måndag: give mon … sun/],
      [['add', 'missing', '--days', '0'], /--days 0: give a number/],
      [['add', 'missing', '--source', 'minbutik'], /in a whole company/],
      [['remove', '987654'], /has no schedule 987654/],
      [['run', 'x'], /x is not a number from the list/],
    ] as const) {
      const ended = await command(stage, 'schedule', ...argv, '--company', name);
      assert.deepEqual([ended.code, ended.out], [2, '']);
      assert.match(ended.err, says);
    }
  });

  it('looks each morning once a flow brings day reports', async () => {
    const name = 'Nytt flöde AB';
    const own = ['--company', name];
    await command(stage, 'company', 'add', name);
    await command(stage, 'connect', 'minbutik', '--store', '4711', ...own);
    await command(stage, 'connect', 'fortnox', '--set', 'clientId=x', '--no-consent', ...own);
    const made = await command(stage, 'flow', 'add', 'minbutik', 'fortnox', ...own);
    assert.match(made.out, /What has not come is looked for each day at 07:00: bokbro schedule\n/);
    const { out } = await command(stage, 'schedule', ...own);
    assert.match(out, /missing, every day at 07:00\n {5}last not yet, next \S+ 07:00\n/);
  });
});

describe('bokbro closed', () => {
  it('is the calendar of a company, a store or a till', async () => {
    const name = 'Kalender AB';
    await addPlayer(stage, { name });
    const closed = (...argv: readonly string[]) =>
      command(stage, 'closed', ...argv, '--company', name);
    assert.match((await closed()).out, /^No closed days are entered/);
    await closed('add', '2026-12-25', '2026-12-26', '--why', 'jul');
    const summer = ['--from', '2026-07-01', '--to', '2026-07-28', '--store', '1234'];
    await closed('add', ...summer, '--weekday', 'sat,sun');
    await closed('add', '--from', '2026-11-01', '--till', '3', '--why', 'såld');
    const rows = (await closed()).out
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/).slice(1));
    assert.deepEqual(rows, [
      ['where', 'why', 'by'],
      ['2026-07-01 to 2026-07-28, sat sun', 'store 1234', 'closed', 'anna'],
      ['from 2026-11-01 on', 'everywhere, till 3', 'såld', 'anna'],
      ['2026-12-25', 'everywhere', 'jul', 'anna'],
      ['2026-12-26', 'everywhere', 'jul', 'anna'],
      [],
    ]);
    const [first] = JSON.parse((await closed('--json')).out) as { id: string }[];
    assert.equal((await closed('remove', first?.id ?? '')).out, '1 removed.\n');
    assert.equal((await closed('remove', first?.id ?? '')).code, 1);
  });

  it('says what is wrong with what it was told', async () => {
    const name = 'Fel kalender AB';
    await addPlayer(stage, { name });
    for (const [argv, says] of [
      [['add'], /Say which days/],
      [['add', '2026-12-25', '--from', '2026-12-24'], /Say which days/],
      [['add', '2026-02-30'], /give a day as YYYY-MM-DD/],
      [['add', '2026-12-25', '--weekday', 'sun'], /--weekday go with --from/],
      [['add', '--from', '2026-12-25', '--to', '2026-12-24'], /is before --from/],
      [['add', '--from', '2026-12-25', '--weekday', 'sön'], /--weekday sön: mon … sun/],
      [['remove', 'x'], /x is not a number from the list/],
    ] as const) {
      const ended = await command(stage, 'closed', ...argv, '--company', name);
      assert.deepEqual([ended.code, ended.out], [2, ''], argv.join(' '));
      assert.match(ended.err, says);
    }
  });
});
