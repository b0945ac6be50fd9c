import type { Command } from 'commander';
import { UNKNOWN_BOOKS } from '../../domain/books.ts';
import { dayAt } from '../../domain/date.ts';
import { readFlowChoices, type WrittenChoices } from '../../engine/flow-choices.ts';
import {
  KNOWS_NOTHING,
  previewFiles,
  type PreviewItem,
  type PreviewTools,
} from '../../engine/preview.ts';
import type { IncomingFile } from '../../ports/source.ts';
import { knownDocument } from '../../store/known-documents.ts';
import { chooseCompany, chooseConnection, chooseFlow } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { incomingFiles, looseSource, looseTarget, readProfile } from '../incoming.ts';
import { paint } from '../paint.ts';
import { previewJson, showPreview } from '../show/preview.ts';

/** Options of commands that read files. */
export type FileOptions = {
  readonly from: string;
  readonly profile?: string;
  readonly company?: string;
  readonly choices?: string;
};

type PlanOptions = FileOptions & { readonly to: string; readonly json?: boolean };

export function addPlan(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('plan')
    .description('show what files would become: postings with reasons, and the calls to be made')
    .argument('<file...>')
    .requiredOption('--from <system>', 'where the files come from, such as minbutik')
    .option('--to <system>', 'the ledger whose calls are shown', 'fortnox')
    .option('--profile <file>', 'a profile (JSON) that says how the files are to be read')
    .option('--choices <file>', 'choices (JSON): accounts, series, limits')
    .option('--company <name>', "plan with a company's own choices and what it has booked")
    .option('--json', 'one array on standard output')
    .addHelpText('after', `\n${PLAN_HELP}`)
    .action(async (paths: string[], options: PlanOptions) => {
      done(await plan(context, paths, options));
    });
}

const PLAN_HELP = `Writes nothing anywhere. Without --company nothing is known of any company: the standard
chart of accounts answers, and a report is "seen" only when it stands twice in the files given.
Exit code 0 when everything can be booked, 1 when something is held or unreadable, 2 for bad use.`;

async function plan(
  context: CliContext,
  paths: readonly string[],
  options: PlanOptions,
): Promise<ExitCode> {
  const files = incomingFiles(paths);
  const items =
    options.company === undefined
      ? await collect(files, looseTools(context, options, options.to))
      : await companyPreview(context, files, { ...options, company: options.company });
  const { language } = context;
  if (options.json === true) {
    const objects = items.map((item) => previewJson(item, language)).filter((o) => o !== null);
    context.out(`${JSON.stringify(objects, null, 2)}\n`);
  } else {
    const with_ = paint(context.hasColours);
    for (const item of items) context.out(showPreview(item, language, with_));
    context.out(summary(items));
  }
  return items.some(isHeld) ? 1 : 0;
}

/** Whether a person is asked about it. */
export function isHeld(item: PreviewItem): boolean {
  if (item.kind === 'document') return item.outcome === 'held';
  return item.kind === 'unreadable' || item.kind === 'rejected';
}

async function collect(
  files: readonly IncomingFile[],
  tools: PreviewTools,
): Promise<readonly PreviewItem[]> {
  const items: PreviewItem[] = [];
  for await (const item of previewFiles(files, tools)) items.push(item);
  return items;
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

async function companyPreview(
  context: CliContext,
  files: readonly IncomingFile[],
  options: PlanOptions & { readonly company: string },
): Promise<readonly PreviewItem[]> {
  const hub = await context.openHub();
  try {
    const company = await chooseCompany(hub, options.company);
    const source = await chooseConnection(hub, company, options.from);
    const flow = await chooseFlow(hub, company, source.id);
    const { target } = await hub.openTarget(flow.target.id);
    const stored = await hub.lanes.readBooks(flow.target.id);
    const read = readFlowChoices(flow.choices, company);
    if (!('choices' in read)) throw new CommandError('The choices of the flow cannot be read.');
    return await collect(files, {
      source: await hub.openSource(source.id),
      target,
      choices: read.choices,
      startDate: flow.startDate === null ? null : dayAt(new Date(flow.startDate), 'UTC'),
      books: stored?.books ?? UNKNOWN_BOOKS,
      today: dayAt(new Date(), company.timeZone),
      known: (key) => knownDocument(hub.database.db, { flowId: flow.id, key }),
    });
  } finally {
    await hub.close();
  }
}

function summary(items: readonly PreviewItem[]): string {
  const count = (outcome: string): number =>
    items.filter((i) => i.kind === 'document' && i.outcome === outcome).length;
  const broken = items.filter((i) => i.kind === 'unreadable' || i.kind === 'rejected').length;
  return (
    `${count('plan')} to be booked, ${count('held')} held, ${count('seen')} seen before, ` +
    `${broken} unreadable. Nothing has been written.\n`
  );
}
