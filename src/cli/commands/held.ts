import type { Command } from 'commander';
import type { Decision, RefusalCode } from '../../domain/refusal.ts';
import { ACCEPTABLE } from '../../domain/refusal.ts';
import type { Hub } from '../../hub/hub.ts';
import { rememberCoding } from '../../hub/remember-coding.ts';
import { encodeJson } from '../../lib/json.ts';
import {
  listDeliveries,
  resolveDeliveries,
  type DeliveryView,
  type Resolution,
} from '../../store/deliveries.ts';
import type { Company } from '../../store/registry.ts';
import { describeRefusal } from '../../text/refusals.ts';
import { chooseCompany, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { readDay } from '../options.ts';
import { paint } from '../paint.ts';
import { documentJson, nameDocument } from '../show/documents.ts';
import { refusalJson, showRows } from '../show/preview.ts';
import { untilDelivered } from '../wait.ts';

type ListOptions = {
  readonly company?: string;
  readonly json?: boolean;
  readonly rows?: boolean;
  readonly skipped?: boolean;
};

export function addHeld(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const held = program
    .command('held')
    .description('what waits for a person: the reason, the numbers, and what settles it')
    .option('--company <name>')
    .option('--rows', 'show the rows as far as they are known')
    .option('--skipped', 'show what was skipped instead; resolve NUMBER --again takes it up')
    .option('--json', 'one array on standard output')
    .action(async (options: ListOptions) => {
      done(
        await withCompany(context, options.company, (hub, company) =>
          list(context, hub, { company, options }),
        ),
      );
    });
  held
    .command('resolve')
    .description('settle what is held')
    .argument('<id...>', 'numbers from the list; "all" for every one')
    .option('--again', 'try again: something was mended in the file, the choices or the ledger')
    .option('--accept <code>', 'book as it stands in spite of this reason')
    .option('--account <number>', 'book the difference on this account')
    .option('--code-as <account>', 'book what nobody has coded in an invoice on this account')
    .option('--remember', 'with --code-as: this supplier from now on')
    .option('--date <day>', 'book on this day instead')
    .option('--correct', 'reverse what is booked and book the new version')
    .option('--skip <why>', 'do not book it; the reason is kept')
    .option('--company <name>')
    .option('--no-wait', 'leave the booking to a worker')
    .addHelpText(
      'after',
      '\nGive exactly one way to settle it. What a person decides is kept for good.',
    )
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ResolveOptions>();
      done(
        await withCompany(context, options.company, (hub, company) =>
          resolve(context, hub, { company, ids, options }),
        ),
      );
    });
}

async function withCompany(
  context: CliContext,
  name: string | undefined,
  act: (hub: Hub, company: Company) => Promise<ExitCode>,
): Promise<ExitCode> {
  const hub = await context.openHub();
  try {
    return await act(hub, await chooseCompany(hub, name));
  } finally {
    await hub.close();
  }
}

async function list(
  context: CliContext,
  hub: Hub,
  asked: { readonly company: Company; readonly options: ListOptions },
): Promise<ExitCode> {
  const { company, options } = asked;
  const isSkipped = options.skipped === true;
  const states = isSkipped ? (['skipped'] as const) : (['held', 'review'] as const);
  const held = await listDeliveries(hub.database.db, { companyId: company.id, states });
  const code = held.length > 0 && !isSkipped ? 1 : 0;
  if (options.json === true) {
    const shown = held.map((d) => heldJson(d, context));
    context.out(`${encodeJson(shown, 2)}\n`);
    return code;
  }
  const with_ = paint(context.hasColours);
  if (held.length === 0) context.out(`Nothing ${isSkipped ? 'is skipped' : 'waits for you'}.\n`);
  for (const d of held) {
    const what = d.state === 'review' ? ': waits for approval (--again books it)' : '';
    const why = isSkipped ? `: skipped: ${d.reason ?? ''}` : what;
    context.out(`${with_.bold(d.id)}  ${nameDocument(d.document)}${why}\n`);
    for (const refusal of d.refusals) {
      context.out(
        `    ${describeRefusal(refusal, context.language)} ${with_.dim(`[${refusal.code}]`)}\n`,
      );
    }
    if (options.rows === true) context.out(showRows(d.draft, context.language));
  }
  if (held.length > 0) context.out('\nSettle: bokbro held resolve NUMBER … (--help shows how)\n');
  return code;
}

function heldJson(d: DeliveryView, context: CliContext): unknown {
  return {
    id: d.id,
    state: d.state,
    document: documentJson(d.document),
    refusals: d.refusals.map((refusal) => refusalJson(refusal, context.language)),
    draft: d.draft.map((row) => ({ ...row, amount: undefined, minor: String(row.amount.minor) })),
  };
}

type ResolveOptions = {
  readonly company?: string;
  readonly again?: boolean;
  readonly accept?: string;
  readonly account?: string;
  readonly codeAs?: string;
  readonly remember?: boolean;
  readonly date?: string;
  readonly correct?: boolean;
  readonly skip?: string;
  readonly wait: boolean;
};

async function resolve(
  context: CliContext,
  hub: Hub,
  asked: {
    readonly company: Company;
    readonly ids: readonly string[];
    readonly options: ResolveOptions;
  },
): Promise<ExitCode> {
  const { company, ids, options } = asked;
  const resolution = readResolution(options);
  const meant = await chosen(hub, company, ids);
  if (options.remember === true) await remember(context, hub, { ...options, company, ids: meant });
  const moved = await resolveDeliveries(hub.database.db, hub.jobs, {
    companyId: company.id,
    ids: meant,
    resolution,
    by: context.user,
  });
  context.out(`${moved.length} settled.\n`);
  if (moved.length === 0 || resolution.kind === 'skip' || !options.wait) {
    return moved.length > 0 ? 0 : 1;
  }
  const flows = await chooseFlows(hub, company, {});
  const says = await untilDelivered(context, hub, { company, flows });
  if (says !== null) context.err(`${says}\n`);
  const after = await listDeliveries(hub.database.db, { companyId: company.id, ids: moved });
  for (const d of after) {
    const state = d.state === 'done' && d.label ? `booked as ${d.label}` : d.state;
    context.out(`${d.id}  ${nameDocument(d.document)}: ${state}\n`);
    for (const r of d.refusals) context.out(`    ${describeRefusal(r, context.language)}\n`);
  }
  return after.every((d) => d.state === 'done') ? 0 : 1;
}

/** Codes the suppliers of these invoices from now on. */
async function remember(
  context: CliContext,
  hub: Hub,
  of: { readonly company: Company; readonly ids: readonly string[]; readonly codeAs?: string },
): Promise<void> {
  const { company, ids, codeAs: account } = of;
  if (account === undefined) throw new CommandError('--remember goes with --code-as.');
  for (const supplier of await rememberCoding(hub, { companyId: company.id, ids, account })) {
    context.out(`${supplier} is coded as ${account} from now on.\n`);
  }
}

async function chosen(
  hub: Hub,
  company: Company,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.includes('all')) {
    const query = { companyId: company.id, states: ['held', 'review'] as const };
    return (await listDeliveries(hub.database.db, query)).map((d) => d.id);
  }
  const strange = ids.find((id) => !/^\d{1,18}$/.test(id));
  if (strange === undefined) return ids;
  throw new CommandError(`${strange} is not a number from the list: bokbro held`);
}

function readResolution(options: ResolveOptions): Resolution {
  const ways: Resolution[] = [];
  const again = (decision: Decision | null): void => {
    ways.push({ kind: 'again', decision });
  };
  if (options.again === true) again(null);
  if (options.accept !== undefined) again({ kind: 'accept', code: readAcceptable(options.accept) });
  if (options.account !== undefined) {
    again({ kind: 'book-difference', account: readAccount(options.account, '--account') });
  }
  if (options.codeAs !== undefined) {
    again({ kind: 'code-as', account: readAccount(options.codeAs, '--code-as') });
  }
  if (options.date !== undefined) again({ kind: 'book-on', date: readDay(options.date, '--date') });
  if (options.correct === true) again({ kind: 'correct' });
  if (options.skip !== undefined) ways.push({ kind: 'skip', why: options.skip });
  const [way, ...others] = ways;
  if (way !== undefined && others.length === 0) return way;
  throw new CommandError(
    'Say how, in one way: --again, --accept CODE, --account NUMBER, --code-as NUMBER, ' +
      '--date DAY, --correct or --skip WHY.',
  );
}

function readAcceptable(code: string): RefusalCode {
  const found = [...ACCEPTABLE].find((acceptable) => acceptable === code);
  if (found !== undefined) return found;
  throw new CommandError(`${code} cannot be accepted. These can: ${[...ACCEPTABLE].join(', ')}.`);
}

function readAccount(account: string, option: string): string {
  if (/^\d{4,8}$/.test(account)) return account;
  throw new CommandError(`${option} ${account}: give an account number, such as 6991.`);
}
