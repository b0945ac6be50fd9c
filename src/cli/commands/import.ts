import type { Command } from 'commander';
import type { IntakeResult } from '../../engine/intake.ts';
import type { Hub } from '../../hub/hub.ts';
import type { IncomingFile } from '../../ports/source.ts';
import type { Company, Connection } from '../../store/registry.ts';
import { listDeliveries, type DeliveryView } from '../../store/deliveries.ts';
import { listUnreadable } from '../../store/files.ts';
import { chooseCompany, chooseConnection, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { incomingFiles } from '../incoming.ts';
import { paint } from '../paint.ts';
import {
  importedDocument,
  importJson,
  showImport,
  type ImportedDocument,
  type ImportReport,
} from '../show/import.ts';
import { untilDelivered } from '../wait.ts';
import { writeSieFile } from './import-to-sie.ts';
import type { FileOptions } from './plan.ts';

type ImportOptions = FileOptions & {
  readonly from: string;
  readonly to?: string;
  readonly out?: string;
  readonly name?: string;
  readonly json?: boolean;
  readonly wait: boolean;
};

export function addImport(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('import')
    .description('take files in and book what is in them')
    .argument('<file...>')
    .requiredOption('--from <system>', 'where the files come from, such as minbutik')
    .option('--company <name>', 'whose files they are; not needed with a single company')
    .option('--profile <file>', 'a profile (JSON) that says how the files are to be read')
    .option('--to <system>', 'sie: write a SIE 4I file instead of booking (needs --out)')
    .option('--out <file>', 'the SIE file to write')
    .option('--name <name>', 'with --to sie: the company name in the file')
    .option('--choices <file>', 'with --to sie: choices (JSON)')
    .option('--no-wait', 'return when the files are safely kept; a worker books them')
    .option('--json', 'one object on standard output')
    .addHelpText('after', `\n${IMPORT_HELP}`)
    .action(async (paths: string[], options: ImportOptions) => {
      done(await importFiles(context, paths, options));
    });
}

const IMPORT_HELP = `A file may be given as often as you like: what is booked is left alone.
With --to sie nothing is kept and no company is needed: files in, vouchers out.
Exit code 0 when everything is booked, 1 when something is held or unreadable, 2 for bad use.`;

async function importFiles(
  context: CliContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ExitCode> {
  const files = incomingFiles(paths);
  if (options.to === 'sie') return writeSieFile(context, files, options);
  if (options.to !== undefined) {
    throw new CommandError('--to takes only "sie": other ledgers are connected to a company.');
  }
  const hub = await context.openHub({ maintain: true });
  try {
    const company = await chooseCompany(hub, options.company);
    const source = await chooseConnection(hub, company, options.from);
    const flows = await chooseFlows(hub, company, { source: source.name });
    if (options.profile !== undefined) {
      throw new CommandError(
        `A company's profiles belong to its connection: bokbro connect ${source.connector} ` +
          `--company "${company.name}" --profile ${options.profile}`,
      );
    }
    const results = await takeFiles(hub, source, files);
    const ended = options.wait ? await untilDelivered(context, hub, { company, flows }) : null;
    const report = await reportOf(hub, { company, source, results, says: ended });
    const { language } = context;
    if (options.json === true) context.out(importJson(report, language));
    else context.out(showImport(report, language, paint(context.hasColours)));
    return needsPerson(report) ? 1 : 0;
  } finally {
    await hub.close();
  }
}

async function takeFiles(
  hub: Hub,
  source: Connection,
  files: readonly IncomingFile[],
): Promise<readonly { readonly file: string; readonly result: IntakeResult }[]> {
  const results = [];
  for (const file of files) {
    const result = await hub.takeFile({
      connectionId: source.id,
      name: file.name,
      via: 'command',
      bytes: file.open(),
    });
    results.push({ file: file.name, result });
  }
  return results;
}

/** Deliveries read at a time: a year's file brings thousands. */
const PAGE_MAX = 500;

async function reportOf(
  hub: Hub,
  of: {
    readonly company: Company;
    readonly source: Connection;
    readonly results: ImportReport['files'];
    readonly says: string | null;
  },
): Promise<ImportReport> {
  const { db } = hub.database;
  const fileIds = new Set(of.results.map(({ result }) => result.fileId));
  const query = { companyId: of.company.id, fileIds: [...fileIds] };
  const documents: ImportedDocument[] = [];
  for (let after: string | undefined = '0'; after !== undefined;) {
    const page = { after, limit: PAGE_MAX };
    const deliveries: readonly DeliveryView[] = await listDeliveries(db, { ...query, page });
    documents.push(...deliveries.map(importedDocument));
    after = deliveries.at(-1)?.id;
  }
  const unreadable = await listUnreadable(db, [of.source.id]);
  return {
    files: of.results,
    documents,
    unreadable: unreadable.filter((u) => fileIds.has(u.fileId)),
    says: of.says,
  };
}

/** Done, or brought along by what it waits for. */
const NOBODYS_TURN: ReadonlySet<DeliveryView['state']> = new Set([
  ...(['done', 'skipped', 'pending', 'gathering', 'gathered'] as const),
]);

function needsPerson(report: ImportReport): boolean {
  const open = report.documents.some((d) => !NOBODYS_TURN.has(d.state));
  const rejected = report.files.some(({ result }) => result.kind === 'rejected');
  return open || rejected || report.unreadable.length > 0;
}
