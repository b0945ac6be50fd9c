import type { Command } from 'commander';
import { dayAt } from '../../domain/date.ts';
import { readFlowChoices, type WrittenChoices } from '../../engine/flow-choices.ts';
import {
  KNOWS_NOTHING,
  previewFiles,
  type PreviewItem,
  type PreviewTools,
} from '../../engine/preview.ts';
import type { Hub } from '../../hub/hub.ts';
import { previewToolsOf } from '../../hub/preview-tools.ts';
import { encodeJson } from '../../lib/json.ts';
import { chooseCompany, chooseConnection, chooseFlow } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { incomingFiles, looseSource, looseTarget, readProfile } from '../incoming.ts';
import { paint } from '../paint.ts';
import { previewJson, showPreview } from '../show/preview.ts';

/** Options of commands that read files. */
export type FileOptions = {
  readonly from?: string;
  readonly profile?: string;
  readonly company?: string;
  readonly choices?: string;
};

type PlanOptions = FileOptions & { readonly to?: string; readonly json?: boolean };

export function addPlan(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('plan')
    .description('show what files would become: postings with reasons, and the calls to be made')
    .argument('<file...>')
    .option('--from <system>', 'where the files come from, such as minbutik; else it is seen')
    .option('--to <system>', 'the ledger whose calls are shown; fortnox when no company is given')
    .option('--profile <file>', 'a profile (JSON) that says how the files are to be read')
    .option('--choices <file>', 'choices (JSON): accounts, series, limits')
    .option('--company <name>', "plan with a company's own choices and what it has booked")
    .option('--json', 'one array on standard output')
    .addHelpText('after', `\n${PLAN_HELP}`)
    .action(async (paths: string[], options: PlanOptions) => {
      done(await plan(context, paths, options));
    });
}

const PLAN_HELP = `Writes nothing anywhere. Without --company nothing is known of any company: the
standard chart of accounts answers, and a report is "seen" only when it stands twice in the files.
Exit code 0 when everything can be booked, 1 when something is held or unreadable, 2 for bad use.`;

async function plan(
  context: CliContext,
  paths: readonly string[],
  options: PlanOptions,
): Promise<ExitCode> {
  const files = incomingFiles(paths);
  const { company } = options;
  if (company === undefined) {
    return showItems(
      context,
      previewFiles(files, looseTools(context, options, options.to ?? 'fortnox')),
      options,
    );
  }
  const hub = await context.openHub();
  try {
    const tools = await companyTools(hub, { ...options, company });
    return await showItems(context, previewFiles(files, tools), options);
  } finally {
    await hub.close();
  }
}

/** Writes each preview as it comes: a large file needs no more memory than a small one. */
async function showItems(
  context: CliContext,
  items: AsyncIterable<PreviewItem>,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const { language } = context;
  const with_ = paint(context.hasColours);
  const counts = { plan: 0, held: 0, seen: 0, pending: 0, gathers: 0, skipped: 0, broken: 0 };
  let objects = 0;
  if (options.json === true) context.out('[');
  for await (const item of items) {
    if (item.kind === 'document') counts[item.outcome] += 1;
    if (item.kind === 'unreadable' || item.kind === 'rejected') counts.broken += 1;
    if (options.json !== true) {
      context.out(showPreview(item, language, with_));
      continue;
    }
    const object = previewJson(item, language);
    if (object === null) continue;
    context.out(`${objects === 0 ? '' : ','}\n${encodeJson(object, 2)}`);
    objects += 1;
  }
  if (options.json === true) context.out('\n]\n');
  else {
    const aside = counts.pending + counts.gathers + counts.skipped;
    const others =
      aside === 0
        ? ''
        : `${counts.pending} waiting, ${counts.gathers} sharing a voucher of their day, ` +
          `${counts.skipped} left out, `;
    context.out(
      `${counts.plan} to be booked, ${counts.held} held, ${counts.seen} seen before, ${others}` +
        `${counts.broken} unreadable. Nothing has been written.\n`,
    );
  }
  return counts.held + counts.broken > 0 ? 1 : 0;
}

/** Whether a person is asked about it. */
export function isHeld(item: PreviewItem): boolean {
  if (item.kind === 'document') return item.outcome === 'held';
  return item.kind === 'unreadable' || item.kind === 'rejected';
}

/** Tools of no company: the choices of a file, or the standard ones. */
export function looseTools(
  context: CliContext,
  options: Omit<FileOptions, 'company'>,
  ledger: string | null,
): PreviewTools {
  const written: WrittenChoices =
    options.choices === undefined ? {} : (readProfile(options.choices) as WrittenChoices);
  const read = readFlowChoices(written, { country: 'SE', language: 'sv' });
  if (!('choices' in read)) {
    const says = read.problems.map((p) => `${p.path}: ${p.says}`).join('\n  ');
    throw new CommandError(`The choices in ${options.choices ?? ''} cannot be used:\n  ${says}`);
  }
  return {
    ...KNOWS_NOTHING,
    source: looseSource(context, options.from, options.profile),
    target: ledger === null ? null : looseTarget(context, ledger),
    choices: read.choices,
    today: dayAt(new Date(), 'Europe/Stockholm'),
  };
}

async function companyTools(
  hub: Hub,
  options: PlanOptions & { readonly company: string },
): Promise<PreviewTools> {
  const company = await chooseCompany(hub, options.company);
  if (options.from === undefined) throw new CommandError('With --company, say --from as well.');
  const source = await chooseConnection(hub, company, options.from);
  const flow = await chooseFlow(hub, company, {
    source: source.name,
    target: options.to,
    how: 'Say --to.',
  });
  return previewToolsOf(hub, { company, flow });
}
