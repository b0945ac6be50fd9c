import type { Command } from 'commander';
import type { Hub } from '../../hub/hub.ts';
import { filesInInbox, type InboxFile } from '../../hub/inbox.ts';
import { readFilesAgain, type ReadAgain } from '../../hub/read-again.ts';
import { listCompanies, type Company } from '../../store/registry.ts';
import { listWaitingFiles, setFilesAside, type WaitingFile } from '../../store/waiting-files.ts';
import { describeNobodys } from '../../text/nobodys.ts';
import { describeProblem } from '../../text/problems.ts';
import { chooseCompany } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { readIds } from '../options.ts';
import { paint } from '../paint.ts';
import { withHub } from './company.ts';

type FilesOptions = {
  readonly company?: string;
  readonly all?: boolean;
  readonly json?: boolean;
};

export function addFiles(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const files = program
    .command('files')
    .description('files that wait: not readable, or nobody’s')
    .option('--company <name>')
    .option('--all', 'of every company, and in the inbox')
    .option('--json', 'one object on standard output')
    .addHelpText('after', `\n${FILES_HELP}`)
    .action(async (options: FilesOptions) => {
      done(await withHub(context, (hub) => list(context, hub, options)));
    });
  files
    .command('retry')
    .description('read files again, by the settings that there are now')
    .argument('<id...>', 'numbers from the list; "all" for every one')
    .option('--company <name>')
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<FilesOptions>();
      done(await withHub(context, (hub) => retry(context, hub, { ids, ...options })));
    });
  files
    .command('aside')
    .description('say that nothing is lost with these files; they stay kept')
    .argument('<id...>', 'numbers from the list')
    .requiredOption('--why <text>', 'the reason; it is kept')
    .option('--company <name>')
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ readonly why: string } & FilesOptions>();
      done(await withHub(context, (hub) => aside(context, hub, { ids, ...options })));
    });
}

const FILES_HELP = `A file that could not be read is kept, and read again by itself when the
settings of its connection change, as when a profile comes: bokbro connect … --profile FILE. One in
the inbox is nobody's until its store is connected, or a connection has a profile that knows it.
Exit code 0 when nothing waits, 1 when something does.`;

/** What waits of one company. */
type Waiting = { readonly company: string; readonly files: readonly WaitingFile[] };

async function list(context: CliContext, hub: Hub, options: FilesOptions): Promise<ExitCode> {
  const companies = await companiesOf(hub, options);
  const found: Waiting[] = [];
  for (const { id, name } of companies) {
    const files = await listWaitingFiles(hub.database.db, { companyId: id });
    if (files.length > 0) found.push({ company: name, files });
  }
  // What is nobody's is nobody's business alone: it is shown where no company is named.
  const inbox = options.company === undefined ? ((await filesInInbox(hub)) ?? []) : [];
  if (options.json === true) context.out(filesJson(found, inbox));
  else context.out(showFiles(context, hub.clock.nowMs(), { found, inbox }));
  return found.length + inbox.length === 0 ? 0 : 1;
}

async function companiesOf(hub: Hub, options: FilesOptions): Promise<readonly Company[]> {
  if (options.all === true) return listCompanies(hub.database.db);
  return [await chooseCompany(hub, options.company)];
}

function filesJson(found: readonly Waiting[], inbox: readonly InboxFile[]): string {
  const at = (ms: number): string => new Date(ms).toISOString();
  const files = found.flatMap(({ company, files: waiting }) =>
    waiting.map(({ receivedAtMs, ...file }) => {
      return { company, ...file, receivedAt: at(receivedAtMs) };
    }),
  );
  const nobodys = inbox.map(({ sinceMs, ...file }) => ({ ...file, since: at(sinceMs) }));
  return `${JSON.stringify({ files, inbox: nobodys }, null, 2)}\n`;
}

/** Reasons shown of one file. */
const PROBLEMS_SHOWN = 3;

function showFiles(
  context: CliContext,
  nowMs: number,
  of: { readonly found: readonly Waiting[]; readonly inbox: readonly InboxFile[] },
): string {
  if (of.found.length + of.inbox.length === 0) return 'No file waits.\n';
  const with_ = paint(context.hasColours);
  const { language } = context;
  const companies = of.found.map(({ company, files }) => {
    const lines = files.map((file) => {
      const { fileId, name, connection, state, unreadable, receivedAtMs, problems } = file;
      const what = state === 'rejected' ? 'not read' : `${unreadable} unreadable`;
      const reasons = new Set(problems.map((problem) => describeProblem(problem, language)));
      return (
        `  ${with_.bold(fileId)}  ${name} (${connection}): ${what}, ` +
        `${ageOf(nowMs - receivedAtMs)} old\n` +
        [...reasons]
          .slice(0, PROBLEMS_SHOWN)
          .map((reason) => `      ${reason}\n`)
          .join('')
      );
    });
    return `${with_.bold(company)}\n${lines.join('')}`;
  });
  const nobodys = of.inbox.map(({ name, sinceMs, why }) => {
    const age = ageOf(nowMs - sinceMs);
    return `  ${name}: ${age} old\n      ${describeNobodys(why, language)}\n`;
  });
  const inbox = nobodys.length === 0 ? '' : `${with_.bold('In the inbox')}\n${nobodys.join('')}`;
  const how =
    companies.length === 0
      ? ''
      : '\nRead again: bokbro files retry NUMBER … or all. Nothing is lost with it: ' +
        'bokbro files aside NUMBER … --why TEXT\n';
  return `${companies.join('')}${inbox}${how}`;
}

const MINUTE_MS = 60_000;

/** `4 minutes`, `3 hours`, `12 days`: the largest unit of which there are two. */
function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}

async function retry(
  context: CliContext,
  hub: Hub,
  asked: { readonly ids: readonly string[]; readonly company?: string },
): Promise<ExitCode> {
  const company = await chooseCompany(hub, asked.company);
  const waiting = await listWaitingFiles(hub.database.db, { companyId: company.id });
  const results = await readFilesAgain(hub, chosen(waiting, asked.ids));
  if (results.length === 0) context.out('No file waits.\n');
  for (const one of results) context.out(showReadAgain(context, one));
  const left = await listWaitingFiles(hub.database.db, { companyId: company.id });
  return left.length === 0 ? 0 : 1;
}

function chosen(waiting: readonly WaitingFile[], ids: readonly string[]): readonly WaitingFile[] {
  if (ids.includes('all')) return waiting;
  return readIds(ids, 'bokbro files').map((id) => {
    const found = waiting.find(({ fileId }) => fileId === id);
    if (found !== undefined) return found;
    throw new CommandError(`File ${id} does not wait: bokbro files`);
  });
}

/** One line of what became of a file. */
export function showReadAgain(context: CliContext, { file, result }: ReadAgain): string {
  const with_ = paint(context.hasColours);
  const name = `${file.fileId}  ${file.name}`;
  if (result === null || result.kind === 'rejected') {
    const [problem] = result?.problems ?? file.problems;
    const why = problem === undefined ? '' : ` ${describeProblem(problem, context.language)}`;
    return `${with_.bad('✗')} ${name}: as before.${why}\n`;
  }
  if (result.kind === 'seen') return `${with_.good('✓')} ${name}: seen before\n`;
  const left = result.unreadable === 0 ? '' : `, ${result.unreadable} unreadable`;
  return `${with_.good('✓')} ${name}: ${result.documents} new documents${left}\n`;
}

async function aside(
  context: CliContext,
  hub: Hub,
  asked: { readonly ids: readonly string[]; readonly company?: string; readonly why: string },
): Promise<ExitCode> {
  const company = await chooseCompany(hub, asked.company);
  const ids = readIds(asked.ids, 'bokbro files');
  const of = { companyId: company.id, ids, by: context.user, why: asked.why };
  const moved = await setFilesAside(hub.database.db, of);
  context.out(`${moved.length} set aside.\n`);
  return moved.length === new Set(ids).size ? 0 : 1;
}
