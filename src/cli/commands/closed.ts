import type { Command } from 'commander';
import { isWeekday } from '../../domain/date.ts';
import type { Hub } from '../../hub/hub.ts';
import { lookForMissing } from '../../hub/look-for-missing.ts';
import {
  addClosedDays,
  listClosedDays,
  removeClosedDays,
  type CalendarEntry,
} from '../../store/closed-days.ts';
import { chooseCompany } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { readDay, readIds, readList } from '../options.ts';
import { showTable } from '../table.ts';
import { withHub } from './company.ts';

type AddOptions = {
  readonly company?: string;
  readonly from?: string;
  readonly to?: string;
  readonly weekday?: readonly string[];
  readonly store?: string;
  readonly till?: string;
  readonly why: string;
};

export function addClosed(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const closed = program
    .command('closed')
    .description('days on which no report is expected: the calendar of a company')
    .option('--company <name>')
    .option('--json', 'one array on standard output')
    .addHelpText('after', `\n${CLOSED_HELP}`)
    .action(async (options: { readonly company?: string; readonly json?: boolean }) => {
      done(await withHub(context, (hub) => list(context, hub, options)));
    });
  closed
    .command('add')
    .description('say when a company, a store or a till is closed')
    .argument('[day...]', 'single days')
    .option('--from <day>', 'first day of a time, instead of single days')
    .option('--to <day>', 'last day of it; open-ended when absent: a till out of use')
    .option('--weekday <day...>', 'with --from: only these weekdays, such as sun')
    .option('--store <number>', 'only this store')
    .option('--till <name>', 'only this till')
    .option('--why <text>', 'the reason', 'closed')
    .option('--company <name>')
    .action(async (days: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<AddOptions>();
      done(await withHub(context, (hub) => add(context, hub, { days, options })));
    });
  closed
    .command('remove')
    .description('take entries out of the calendar')
    .argument('<id...>', 'numbers from the list')
    .option('--company <name>')
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ readonly company?: string }>();
      done(await withHub(context, (hub) => remove(context, hub, { ids, ...options })));
    });
}

const CLOSED_HELP = `Public holidays are not taken for days of rest: stores are open on them. A
weekday on which a store never reports need not be entered: it is learnt.`;

async function list(
  context: CliContext,
  hub: Hub,
  options: { readonly company?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const company = await chooseCompany(hub, options.company);
  const entries = await listClosedDays(hub.database.db, company.id);
  if (options.json === true) {
    context.out(`${JSON.stringify(entries, null, 2)}\n`);
    return 0;
  }
  if (entries.length === 0) {
    context.out(`No closed days are entered for ${company.name}: bokbro closed add DAY\n`);
    return 0;
  }
  const columns = ['', 'days', 'where', 'why', 'by'].map((head) => ({ head }));
  const rows = entries.map((one) => [one.id, daysOf(one), whereOf(one), one.reason, one.by]);
  context.out(showTable(columns, rows));
  return 0;
}

function daysOf({ from, to, weekdays }: CalendarEntry): string {
  if (from === to) return from;
  const span = to === null ? `from ${from} on` : `${from} to ${to}`;
  return weekdays.length === 0 ? span : `${span}, ${weekdays.join(' ')}`;
}

function whereOf({ store, register }: CalendarEntry): string {
  const place = store === null ? 'everywhere' : `store ${store}`;
  return register === null ? place : `${place}, till ${register}`;
}

async function add(
  context: CliContext,
  hub: Hub,
  asked: { readonly days: readonly string[]; readonly options: AddOptions },
): Promise<ExitCode> {
  const { days, options } = asked;
  const company = await chooseCompany(hub, options.company);
  const about = {
    store: options.store ?? null,
    register: options.till ?? null,
    reason: options.why,
    by: context.user,
  };
  const entries = spansOf(days, options).map((span) => ({ ...about, ...span }));
  await addClosedDays(hub.database.db, company.id, entries);
  const { closed, open } = await lookForMissing(hub, company);
  const left = closed === 0 ? '' : ` ${closed} no longer missing, ${open} still.`;
  context.out(`Entered.${left}\n`);
  return 0;
}

function spansOf(
  days: readonly string[],
  options: AddOptions,
): readonly Pick<CalendarEntry, 'from' | 'to' | 'weekdays'>[] {
  const weekdays = readList(options.weekday);
  const strange = weekdays.find((weekday) => !isWeekday(weekday));
  if (strange !== undefined) throw new CommandError(`--weekday ${strange}: mon … sun.`);
  if (days.length > 0 === (options.from !== undefined)) {
    throw new CommandError('Say which days: single ones, or --from DAY and --to DAY.');
  }
  if (options.from === undefined) {
    if (options.to !== undefined || weekdays.length > 0) {
      throw new CommandError('--to and --weekday go with --from.');
    }
    return days.map((text) => {
      const day = readDay(text, 'closed add');
      return { from: day, to: day, weekdays: [] };
    });
  }
  const from = readDay(options.from, '--from');
  const to = options.to === undefined ? null : readDay(options.to, '--to');
  if (to !== null && to < from) throw new CommandError(`--to ${to} is before --from ${from}.`);
  return [{ from, to, weekdays }];
}

async function remove(
  context: CliContext,
  hub: Hub,
  asked: { readonly ids: readonly string[]; readonly company?: string },
): Promise<ExitCode> {
  const company = await chooseCompany(hub, asked.company);
  const ids = readIds(asked.ids, 'bokbro closed');
  const removed = await removeClosedDays(hub.database.db, company.id, ids);
  context.out(`${removed.length} removed.\n`);
  return removed.length === new Set(ids).size ? 0 : 1;
}
