import type { Command } from 'commander';
import { isScheduleDay, isTimeOfDay, outcomeOf } from '../../engine/schedule.ts';
import type { Hub } from '../../hub/hub.ts';
import { MISSING_DAYS_BACK } from '../../hub/look-for-missing.ts';
import { runSchedule, scheduleAct } from '../../hub/schedules.ts';
import type { ScheduledAct, Timetable } from '../../ports/schedules.ts';
import { listCompanies, listFlows, type Company } from '../../store/registry.ts';
import { listSchedules, removeSchedule, type ScheduleView } from '../../store/schedules.ts';
import { describeRun } from '../../text/runs.ts';
import { chooseCompany, chooseFlow } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { readIds, readList } from '../options.ts';
import { paint } from '../paint.ts';
import { withHub } from './company.ts';

type AddOptions = {
  readonly company?: string;
  readonly source?: string;
  readonly target?: string;
  readonly at?: readonly string[];
  readonly on?: readonly string[];
  readonly days?: string;
};

type ListOptions = { readonly company?: string; readonly all?: boolean; readonly json?: boolean };

/** When nothing is said: before the day's work. */
const AT = { missing: ['07:00'], reconcile: ['05:00'] } as const;
/** Days that a run looks at when nothing is said. A ledger is asked voucher by voucher. */
const DAYS_BACK = { missing: MISSING_DAYS_BACK, reconcile: 7 } as const;
const DAYS_BACK_MAX = 400;

export function addSchedule(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const schedule = program
    .command('schedule')
    .description('what is done by itself, when it ran last and runs next, and what it came to')
    .option('--company <name>')
    .option('--all', 'of every company')
    .option('--json', 'one array on standard output')
    .addHelpText('after', `\n${SCHEDULE_HELP}`)
    .action(async (options: ListOptions) => {
      done(await withHub(context, (hub) => list(context, hub, options)));
    });
  schedule
    .command('add')
    .description('do something by itself, or change when')
    .argument('<act>', 'missing: look for day reports that have not come; reconcile: a flow')
    .option('--at <time...>', 'times of the day, such as 05:00')
    .option('--on <day...>', 'mon … sun, or days of the month 1 … 31; every day when absent')
    .option('--days <count>', `days to look at, up to yesterday (missing 31, reconcile 7)`)
    .option('--source <connection>', 'reconcile: which flow, when the company has several')
    .option('--target <connection>', 'reconcile: which flow, when the source has several')
    .option('--company <name>')
    .action(async (act: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<AddOptions>();
      done(await withHub(context, (hub) => add(context, hub, { act, options })));
    });
  schedule
    .command('remove')
    .description('do it by itself no more')
    .argument('<id>', 'number from the list')
    .option('--company <name>')
    .action(async (id: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      done(await withHub(context, (hub) => remove(context, hub, { id, ...options })));
    });
  schedule
    .command('run')
    .description('run it now; it runs at its next time all the same')
    .argument('<id>', 'number from the list')
    .option('--company <name>')
    .action(async (id: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      done(await withHub(context, (hub) => run(context, hub, { id, ...options })));
    });
}

const SCHEDULE_HELP = `Times are the company's own. Times that were missed, as when the hub stood
still, are made up for once. A run that fails is tried again after a minute, then two, at most an
hour. A day of the month that a month lacks is its last one. Balances for tills have times of their
own: bokbro balances. Exit code 0 when all went well, 1 when the latest run of one failed.`;

async function list(context: CliContext, hub: Hub, options: ListOptions): Promise<ExitCode> {
  const { db } = hub.database;
  const companies =
    options.all === true ? await listCompanies(db) : [await chooseCompany(hub, options.company)];
  const found: { readonly company: Company; readonly schedules: readonly ShownSchedule[] }[] = [];
  for (const company of companies) {
    found.push({ company, schedules: await schedulesOf(hub, company) });
  }
  const all = found.flatMap(({ schedules }) => schedules);
  if (options.json === true) {
    const shown = found.flatMap(({ company, schedules }) =>
      schedules.map((one) => scheduleJson(company, one)),
    );
    context.out(`${JSON.stringify(shown, null, 2)}\n`);
  } else if (all.length === 0) {
    context.out('Nothing is done by itself: bokbro schedule add missing\n');
  } else {
    context.out(found.map((one) => showSchedules(context, one)).join(''));
  }
  return all.some(({ latest }) => latest?.outcome === 'failed') ? 1 : 0;
}

/** `of` names the flow, and is empty for what is of the whole company. */
type ShownSchedule = ScheduleView & { readonly of: string };

async function schedulesOf(hub: Hub, company: Company): Promise<readonly ShownSchedule[]> {
  const { db } = hub.database;
  const flows = new Map((await listFlows(db, company.id)).map((flow) => [flow.id, flow]));
  return (await listSchedules(db, company.id)).map((schedule) => {
    const flow = flows.get(schedule.flowId ?? '');
    const of = flow === undefined ? '' : `${flow.source.name} → ${flow.target.name}`;
    return { ...schedule, of };
  });
}

function scheduleJson(company: Company, schedule: ShownSchedule): unknown {
  const { id, act, of, daysBack, timetable, dueAtMs, latest } = schedule;
  const at = (ms: number | null): string | null => (ms === null ? null : momentIn(company, ms));
  return {
    ...{ id, company: company.name, act, flow: of === '' ? null : of, daysBack },
    ...timetable,
    next: at(dueAtMs),
    last:
      latest === null
        ? null
        : { begun: at(latest.begunAtMs), ended: at(latest.endedAtMs), outcome: latest.outcome },
    result: latest?.result ?? null,
  };
}

function showSchedules(
  context: CliContext,
  { company, schedules }: { readonly company: Company; schedules: readonly ShownSchedule[] },
): string {
  if (schedules.length === 0) return '';
  const with_ = paint(context.hasColours);
  const blocks = schedules.map((schedule) => {
    const { id, act, of, timetable, dueAtMs, latest } = schedule;
    const last = latest === null ? 'not yet' : momentIn(company, latest.begunAtMs);
    return (
      `  ${with_.bold(id)}  ${act}${of === '' ? '' : ` ${of}`}, ${timesOf(timetable)}\n` +
      `     last ${last}, next ${momentIn(company, dueAtMs)}\n` +
      (latest === null ? '' : `     ${resultOf(context, schedule)}\n`)
    );
  });
  return `${with_.bold(company.name)}\n${blocks.join('')}`;
}

function resultOf(context: CliContext, { latest, failures }: ScheduleView): string {
  const with_ = paint(context.hasColours);
  if (latest === null || latest.result === null) {
    return latest?.outcome === 'interrupted' ? 'it was interrupted' : 'it is running';
  }
  const says = describeRun(latest.result, context.language);
  if (latest.outcome === 'clean') return `${with_.good('✓')} ${says}`;
  const times = failures > 1 ? ` (${failures} times)` : '';
  return `${latest.outcome === 'failed' ? with_.bad('✗') : with_.warn('!')} ${says}${times}`;
}

function timesOf({ times, days }: Timetable): string {
  const on = days.length === 0 ? 'every day' : `on ${days.join(', ')}`;
  return `${on} at ${times.join(', ')}`;
}

/** `2026-05-03 04:00`, as clocks show it where the company is. */
function momentIn(company: Company, ms: number): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(company.timeZone);
  const time = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${zoned.toPlainDate().toString()} ${time}`;
}

async function add(
  context: CliContext,
  hub: Hub,
  asked: { readonly act: string; readonly options: AddOptions },
): Promise<ExitCode> {
  const { options } = asked;
  const act = readAct(asked.act);
  const timetable = readTimetable(act, options);
  const daysBack = readDaysBack(options.days) ?? DAYS_BACK[act];
  const company = await chooseCompany(hub, options.company);
  const { source, target } = options;
  if (act === 'missing' && (source ?? target) !== undefined) {
    throw new CommandError('missing is looked for in a whole company: no --source or --target.');
  }
  const ends = { source, target, how: 'Say --source and --target.' };
  const flowId = act === 'missing' ? null : (await chooseFlow(hub, company, ends)).id;
  const made = await scheduleAct(hub, company, { act, flowId, daysBack, timetable });
  context.out(
    `${made.id}  ${act}, ${timesOf(timetable)}. Next: ${momentIn(company, made.dueAtMs)}.\n`,
  );
  return 0;
}

function readAct(text: string): ScheduledAct {
  if (text === 'missing' || text === 'reconcile') return text;
  throw new CommandError(`“${text}” cannot be done by itself. These can: missing, reconcile.`);
}

function readTimetable(act: ScheduledAct, options: AddOptions): Timetable {
  const times = options.at === undefined ? AT[act] : readList(options.at);
  const strange = times.find((time) => !isTimeOfDay(time));
  if (strange !== undefined) throw new CommandError(`--at ${strange}: give a time such as 05:00.`);
  const days = readList(options.on);
  const unknown = days.find((day) => !isScheduleDay(day));
  if (unknown === undefined) return { times, days };
  throw new CommandError(`--on ${unknown}: give mon … sun, or a day of the month 1 … 31.`);
}

function readDaysBack(text: string | undefined): number | null {
  if (text === undefined) return null;
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= DAYS_BACK_MAX) return days;
  throw new CommandError(`--days ${text}: give a number from 1 to ${DAYS_BACK_MAX}.`);
}

async function remove(
  context: CliContext,
  hub: Hub,
  asked: { readonly id: string; readonly company?: string },
): Promise<ExitCode> {
  const { company, id } = await chosen(hub, asked);
  await removeSchedule(hub.database.db, company.id, id);
  context.out(`${id} is not done by itself any more.\n`);
  return 0;
}

async function run(
  context: CliContext,
  hub: Hub,
  asked: { readonly id: string; readonly company?: string },
): Promise<ExitCode> {
  const { id } = await chosen(hub, asked);
  const result = await runSchedule(hub, id, { unlessDone: false });
  if (result === null) throw new CommandError(`${id} is being run by another process now.`);
  const says = `${describeRun(result, context.language)}\n`;
  const outcome = outcomeOf(result);
  if (outcome === 'failed') context.err(says);
  else context.out(says);
  return { clean: 0, found: 1, failed: 2 }[outcome] as ExitCode;
}

async function chosen(
  hub: Hub,
  asked: { readonly id: string; readonly company?: string },
): Promise<{ readonly company: Company; readonly id: string }> {
  const company = await chooseCompany(hub, asked.company);
  const [id = ''] = readIds([asked.id], 'bokbro schedule');
  const all = await listSchedules(hub.database.db, company.id);
  if (all.some((schedule) => schedule.id === id)) return { company, id };
  throw new CommandError(`${company.name} has no schedule ${id}: bokbro schedule`);
}
