import type { Command } from 'commander';
import type { Period } from '../../domain/date.ts';
import { answerFindings } from '../../hub/answer-findings.ts';
import type { Hub } from '../../hub/hub.ts';
import { lookForMissing, MISSING_DAYS_BACK } from '../../hub/look-for-missing.ts';
import { listFindings, type FindingView } from '../../store/findings.ts';
import { listCompanies, type Company } from '../../store/registry.ts';
import { describeFinding } from '../../text/findings.ts';
import { chooseCompany } from '../choose.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { readDay, readIds } from '../options.ts';
import { paint } from '../paint.ts';
import { withHub } from './company.ts';

type MissingOptions = {
  readonly company?: string;
  readonly all?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly dismissed?: boolean;
  readonly json?: boolean;
};

/** What is missing of one company. */
type Missing = { readonly company: string; readonly findings: readonly FindingView[] };

export function addMissing(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const missing = program
    .command('missing')
    .description(
      'day reports that should have come, gaps in their numbers, and what shops have changed',
    )
    .option('--company <name>')
    .option('--all', 'of every company')
    .option(
      '--from <day>',
      `first day; ${MISSING_DAYS_BACK} days ago and what is open, when absent`,
    )
    .option('--to <day>', 'last day; yesterday when absent')
    .option('--dismissed', 'show what was dismissed instead; missing expect takes it up again')
    .option('--json', 'one array on standard output')
    .addHelpText('after', `\n${MISSING_HELP}`)
    .action(async (options: MissingOptions) => {
      done(await withHub(context, (hub) => show(context, hub, options)));
    });
  missing
    .command('dismiss')
    .description(
      'say that what is missing will never come, or that what a shop has changed is right',
    )
    .argument('<id...>', 'numbers from the list')
    .requiredOption('--why <text>', 'the reason; it is kept')
    .option('--company <name>')
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ readonly why: string } & MissingOptions>();
      done(await withHub(context, (hub) => dismiss(context, hub, { ids, ...options })));
    });
  missing
    .command('expect')
    .description('expect after all what was dismissed')
    .argument('<id...>', 'numbers from missing --dismissed')
    .option('--company <name>')
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<MissingOptions>();
      done(await withHub(context, (hub) => dismiss(context, hub, { ids, ...options })));
    });
}

const MISSING_HELP = `A till is expected to report on a weekday when it did in three of the four
weeks before, unless the calendar says that the store is closed: bokbro closed. What is missing is
noted once and goes by itself when it has come. What a shop has changed of its settings stands here
until somebody says that it is right; where amounts go by it, its orders are held so long. Both are
looked for each day: bokbro schedule.
Exit code 0 when nothing is missing, 1 when something is.`;

async function show(context: CliContext, hub: Hub, options: MissingOptions): Promise<ExitCode> {
  const companies =
    options.all === true
      ? await listCompanies(hub.database.db)
      : [await chooseCompany(hub, options.company)];
  const found: Missing[] = [];
  for (const company of companies) found.push(await missingOf(hub, company, options));
  const count = found.reduce((sum, { findings }) => sum + findings.length, 0);
  if (options.json === true) context.out(`${JSON.stringify(found.map(missingJson), null, 2)}\n`);
  else context.out(showMissing(context, found, options.dismissed === true));
  return count === 0 || options.dismissed === true ? 0 : 1;
}

async function missingOf(hub: Hub, company: Company, options: MissingOptions): Promise<Missing> {
  const { db } = hub.database;
  const period: Partial<Period> = {
    ...(options.from === undefined ? {} : { from: readDay(options.from, '--from') }),
    ...(options.to === undefined ? {} : { to: readDay(options.to, '--to') }),
  };
  await lookForMissing(hub, company, period);
  const which = options.dismissed === true ? 'dismissed' : 'open';
  const all = await listFindings(db, company.id, which);
  const findings = all.filter(({ finding: { day } }) => {
    return day >= (period.from ?? day) && day <= (period.to ?? day);
  });
  return { company: company.name, findings };
}

function missingJson({ company, findings }: Missing): unknown {
  const shown = findings.map(({ id, finding, foundAtMs, dismissed }) => {
    return { id, ...finding, foundAt: new Date(foundAtMs).toISOString(), dismissed };
  });
  return {
    company,
    days: shown.filter(({ kind }) => kind === 'report-missing'),
    numbers: shown.filter(({ kind }) => kind === 'number-gap'),
    settings: shown.filter(({ kind }) => kind === 'shop-setting-changed'),
  };
}

function showMissing(context: CliContext, found: readonly Missing[], isDismissed: boolean): string {
  const told = found.filter(({ findings }) => findings.length > 0);
  if (told.length === 0) return `Nothing is ${isDismissed ? 'dismissed' : 'missing'}.\n`;
  const with_ = paint(context.hasColours);
  const lists = told.map(({ company, findings }) => {
    const lines = findings.map(({ id, finding, dismissed }) => {
      const why = dismissed === null ? '' : ` (${dismissed.by}: ${dismissed.reason})`;
      return `  ${with_.bold(id)}  ${describeFinding(finding, context.language)}${why}\n`;
    });
    return `${with_.bold(company)}\n${lines.join('')}`;
  });
  const how = isDismissed
    ? 'Expect it after all: bokbro missing expect NUMBER …'
    : 'It will never come, or it is right: bokbro missing dismiss NUMBER … --why TEXT. A day of ' +
      'rest: bokbro closed add DAY';
  return `${lists.join('')}\n${how}\n`;
}

/** Without a reason: expects them after all. */
async function dismiss(
  context: CliContext,
  hub: Hub,
  asked: { readonly ids: readonly string[]; readonly company?: string; readonly why?: string },
): Promise<ExitCode> {
  const company = await chooseCompany(hub, asked.company);
  const { why } = asked;
  const changed = await answerFindings(hub, {
    companyId: company.id,
    ids: readIds(asked.ids, 'bokbro missing'),
    dismissal:
      why === undefined ? null : { by: context.user, reason: why, atMs: hub.clock.nowMs() },
  });
  const what = why === undefined ? 'expected again' : 'dismissed';
  context.out(`${changed.length} ${what}.\n`);
  return changed.length === new Set(asked.ids).size ? 0 : 1;
}
