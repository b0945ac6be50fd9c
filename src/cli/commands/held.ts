import type { Command } from 'commander';
import type { Decision, RefusalCode } from '../../domain/refusal.ts';
import { ACCEPTABLE } from '../../domain/refusal.ts';
import { parsePercent, type BasisPoints } from '../../domain/vat/rates.ts';
import type { Hub } from '../../hub/hub.ts';
import { settleHeld } from '../../hub/settle-held.ts';
import { isUncoded, suggestFromHub } from '../../hub/suggest-coding.ts';
import { stillMissing } from '../../hub/look-for-missing.ts';
import { encodeJson } from '../../lib/json.ts';
import { listDeliveries, type DeliveryView, type Resolution } from '../../store/deliveries.ts';
import type { Company } from '../../store/registry.ts';
import { countAside } from '../../store/aside.ts';
import { describeRefusal } from '../../text/refusals.ts';
import { describeSuggestion } from '../../text/suggestions.ts';
import { chooseCompany, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { readDay } from '../options.ts';
import { paint } from '../paint.ts';
import { documentJson, nameDocument } from '../show/documents.ts';
import { showAside } from '../show/aside.ts';
import { refusalJson, showRows } from '../show/preview.ts';
import { untilDelivered } from '../wait.ts';
import { codeAs, codeAsSuggested, tellAwaiting } from './held-coding.ts';
import { showHeld } from './held-show.ts';

type ListOptions = {
  readonly company?: string;
  readonly json?: boolean;
  readonly rows?: boolean;
  readonly skipped?: boolean;
  readonly waiting?: boolean;
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
    .option('--waiting', 'show the orders that wait for the shop or the end of their day instead')
    .option('--json', 'one array on standard output')
    .action(async (options: ListOptions) => {
      done(
        await withCompany(context, options.company, (hub, company) =>
          list(context, hub, { company, options }),
        ),
      );
    });
  held
    .command('show')
    .description('all that is known of what is held, and what a suggestion would lead to')
    .argument('<id...>', 'numbers from the list')
    .option('--company <name>')
    .option('--json', 'one array on standard output')
    .addHelpText('after', `\n${SHOW_HELP}`)
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      done(
        await withCompany(context, options.company, async (hub, company) =>
          showHeld(context, hub, {
            ...{ company, ids: await chosen(hub, company, ids), isJson: options.json === true },
          }),
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
    .option('--code-as <account>', 'book what nobody has coded in it on this account')
    .option('--vat-rate <percent>', 'the rate at home of what was bought without VAT')
    .option('--tax-as <number>', 'tax an order in this one of the ways shown, counted from 1')
    .option('--remember', 'with --code-as, --vat-rate: this supplier, kind or code from now on')
    .option('--as-suggested', 'code as earlier invoices were, and remember it (see held show)')
    .option('--date <day>', 'book on this day instead')
    .option('--correct', 'reverse what is booked and book the new version')
    .option('--now', 'book an order that waits or was left out, as it stands')
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

const SHOW_HELP = `For an invoice that nobody has coded: the account where earlier invoices of the
supplier and kind stand, and the rows as they would be booked. When the hub remembers none, the
ledger is asked for the supplier's latest invoices: about a dozen calls. It books nothing.`;

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
  const isAside = isSkipped || options.waiting === true;
  const states = statesShown(options);
  const all = await listDeliveries(hub.database.db, { companyId: company.id, states });
  // That a version says nothing new to the books was nobody's decision.
  const held = all.filter(({ refusals }) => refusals[0]?.code !== 'order-unchanged');
  const code = held.length > 0 && !isAside ? 1 : 0;
  if (options.json === true) {
    const shown: unknown[] = [];
    for (const d of held) {
      const suggestion = isUncoded(d) ? await suggestFromHub(hub, company, d) : null;
      shown.push({ ...heldJson(d, context), suggestion });
    }
    context.out(`${encodeJson(shown, 2)}\n`);
    return code;
  }
  const with_ = paint(context.hasColours);
  const missing = await stillMissing(hub, company);
  if (missing !== null) {
    const { count, oldest } = missing;
    const says = `${count} missing from the tills since ${oldest}: bokbro missing`;
    context.out(`${with_.warn('!')} ${says}\n`);
  }
  if (!isAside) context.out(showAside(await countAside(hub.database.db, company.id)));
  if (held.length === 0) context.out(`${NOTHING[states[0]]}.\n`);
  for (const d of held) {
    const what = d.state === 'review' ? ': waits for approval (--again books it)' : '';
    const why = isSkipped ? `: skipped${d.reason === null ? '' : `: ${d.reason}`}` : what;
    context.out(`${with_.bold(d.id)}  ${nameDocument(d.document)}${why}\n`);
    for (const refusal of d.refusals) {
      context.out(
        `    ${describeRefusal(refusal, context.language)} ${with_.dim(`[${refusal.code}]`)}\n`,
      );
    }
    const suggestion = isUncoded(d) ? await suggestFromHub(hub, company, d) : null;
    if (suggestion !== null) {
      context.out(`    ${describeSuggestion(suggestion, context.language)}\n`);
    }
    if (options.rows === true) context.out(showRows(d.draft, context.language));
  }
  if (held.length > 0 && !isAside) {
    context.out('\nSettle: bokbro held resolve NUMBER … (--help shows how)\n');
    if (held.some(isUncoded)) context.out('What earlier invoices say: bokbro held show NUMBER\n');
  }
  return code;
}

/** What is told when there is none. */
const NOTHING = {
  held: 'Nothing waits for you',
  skipped: 'Nothing is skipped',
  pending: 'Nothing waits',
};

function statesShown({ skipped, waiting }: ListOptions) {
  if (skipped === true) return ['skipped'] as const;
  if (waiting === true) return ['pending', 'gathering', 'gathered'] as const;
  return ['held', 'review'] as const;
}

function heldJson(d: DeliveryView, context: CliContext) {
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
  readonly asSuggested?: boolean;
  readonly vatRate?: string;
  readonly taxAs?: string;
  readonly date?: string;
  readonly correct?: boolean;
  readonly now?: boolean;
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
  const way = readWay(options);
  const meant = await chosen(hub, company, ids);
  const moved = await settle(context, hub, { company, ids: meant, way, options });
  context.out(`${moved.length} settled.\n`);
  if (moved.length === 0 || way.kind === 'skip' || !options.wait) {
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

async function settle(
  context: CliContext,
  hub: Hub,
  asked: {
    readonly company: Company;
    readonly ids: readonly string[];
    readonly way: Way;
    readonly options: ResolveOptions;
  },
): Promise<readonly string[]> {
  const { company, ids, way, options } = asked;
  if (way.kind === 'as-suggested') return codeAsSuggested(context, hub, { company, ids });
  const decision = way.kind === 'again' ? way.decision : null;
  const isRemembered = options.remember === true;
  if (decision?.kind === 'code-as' || decision?.kind === 'reverse-rate') {
    return codeAs(context, hub, { company, ids, decision, isRemembered });
  }
  if (isRemembered) throw new CommandError('--remember goes with --code-as or --vat-rate.');
  const act = { ids, resolution: way, by: context.user };
  const { moved, awaiting } = await settleHeld(hub, { ...act, company, isRemembered });
  tellAwaiting(context, awaiting);
  return moved;
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

/** How a person settles it: once and for this, or as earlier invoices were. */
type Way = Resolution | { readonly kind: 'as-suggested' };

function readWay(options: ResolveOptions): Way {
  const ways: Way[] = [];
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
  if (options.vatRate !== undefined) {
    again({ kind: 'reverse-rate', rate: readRate(options.vatRate) });
  }
  if (options.taxAs !== undefined) again({ kind: 'tax-as', way: readNumber(options.taxAs) });
  if (options.asSuggested === true) ways.push({ kind: 'as-suggested' });
  if (options.date !== undefined) again({ kind: 'book-on', date: readDay(options.date, '--date') });
  if (options.correct === true) again({ kind: 'correct' });
  if (options.now === true) again({ kind: 'book-now' });
  if (options.skip !== undefined) ways.push({ kind: 'skip', why: options.skip });
  const [way, ...others] = ways;
  if (way !== undefined && others.length === 0) return way;
  throw new CommandError(
    'Say how, in one way: --again, --accept CODE, --account NUMBER, --code-as NUMBER, ' +
      '--vat-rate PERCENT, --tax-as NUMBER, --as-suggested, --date DAY, --correct, --now or ' +
      '--skip WHY.',
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

function readNumber(text: string): number {
  if (/^[1-9]$/.test(text)) return Number(text);
  throw new CommandError(`--tax-as ${text}: give the number of one of the ways, such as 1.`);
}

function readRate(text: string): BasisPoints {
  const rate = parsePercent(text);
  if (rate !== null) return rate;
  throw new CommandError(`--vat-rate ${text}: give a rate in percent, such as 25.`);
}
