import type { Command } from 'commander';
import { dayAt, plusDays, type LocalDate, type Period } from '../../domain/date.ts';
import { missingReports, type ReportDay } from '../../domain/document/expected-reports.ts';
import { numbersMissing } from '../../domain/document/report-numbers.ts';
import type { Hub } from '../../hub/hub.ts';
import { openGaps, reportDays } from '../../store/expected-reports.ts';
import { listCompanies, type Company } from '../../store/registry.ts';
import { chooseCompany } from '../choose.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { readDay } from '../options.ts';
import { paint } from '../paint.ts';
import { withHub } from './company.ts';

type MissingOptions = {
  readonly company?: string;
  readonly all?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
};

/** What is missing of one company. */
type Missing = {
  readonly company: string;
  readonly days: readonly ReportDay[];
  readonly numbers: readonly {
    readonly store: string;
    readonly register: string;
    readonly after: string;
    readonly before: string;
    readonly missing: number;
  }[];
};

const DAYS_BACK = 31;
/** What a till is expected to do is learnt from the weeks before. */
const LEARNT_FROM_DAYS = 400;

export function addMissing(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('missing')
    .description('day reports that should have come, and gaps in their numbers')
    .option('--company <name>')
    .option('--all', 'of every company')
    .option('--from <day>', `first day; ${DAYS_BACK} days ago when absent`)
    .option('--to <day>', 'last day; yesterday when absent')
    .option('--json', 'one array on standard output')
    .addHelpText('after', `\n${MISSING_HELP}`)
    .action(async (options: MissingOptions) => {
      done(await withHub(context, (hub) => missing(context, hub, options)));
    });
}

const MISSING_HELP = `A till is expected to report on a weekday when it did in three of the four
weeks before. Exit code 0 when nothing is missing, 1 when something is.`;

async function missing(context: CliContext, hub: Hub, options: MissingOptions): Promise<ExitCode> {
  const companies =
    options.all === true
      ? await listCompanies(hub.database.db)
      : [await chooseCompany(hub, options.company)];
  const found: Missing[] = [];
  for (const company of companies) found.push(await missingOf(hub, company, options));
  const count = found.reduce((sum, { days, numbers }) => sum + days.length + numbers.length, 0);
  if (options.json === true) context.out(`${JSON.stringify(found, null, 2)}\n`);
  else context.out(show(context, found, count));
  return count === 0 ? 0 : 1;
}

async function missingOf(hub: Hub, company: Company, options: MissingOptions): Promise<Missing> {
  const { db } = hub.database;
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const period: Period = {
    from: dayOr(options.from, '--from', plusDays(today, -DAYS_BACK)),
    to: dayOr(options.to, '--to', plusDays(today, -1)),
  };
  const learnt = { ...period, from: plusDays(period.from, -LEARNT_FROM_DAYS) };
  const reports = await reportDays(db, company.id, learnt);
  const gaps = await openGaps(db, company.id, period);
  return {
    company: company.name,
    days: missingReports(reports, period, today),
    numbers: gaps.map(({ after, before }) => ({
      store: after.store,
      register: after.register,
      after: after.number.text,
      before: before.number.text,
      missing: before.number.count - after.number.count - 1,
    })),
  };
}

function dayOr(text: string | undefined, option: string, otherwise: LocalDate): LocalDate {
  return text === undefined ? otherwise : readDay(text, option);
}

function show(context: CliContext, found: readonly Missing[], count: number): string {
  if (count === 0) return 'Nothing is missing.\n';
  const with_ = paint(context.hasColours);
  return found
    .filter(({ days, numbers }) => days.length + numbers.length > 0)
    .map(({ company, days, numbers }) => {
      const lines = [
        ...days.map(({ day, ...till }) => `${day}  ${tillOf(till)}: no report`),
        ...numbers.map((gap) => `${tillOf(gap)}: ${numbersMissing(gap)} is missing`),
      ];
      return `${with_.bold(company)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
    })
    .join('');
}

function tillOf(of: { readonly store: string; readonly register: string }): string {
  return `store ${of.store}${of.register === 'ALL' ? '' : ` till ${of.register}`}`;
}
