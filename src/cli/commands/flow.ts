import type { Command } from 'commander';
import type { Dimensions } from '../../domain/posting/choices.ts';
import { FLOW_CHOICES, readFlowChoices } from '../../engine/flow-choices.ts';
import type { Hub } from '../../hub/hub.ts';
import { goodsFault, isReturn, setFlow, setUpFlow } from '../../hub/set-up-flow.ts';
import { readFirm } from '../../store/firm.ts';
import type { Company, Flow } from '../../store/registry.ts';
import { FLOW_CHOICE_TEXTS } from '../../text/flow-choices/flow-choices.ts';
import { formOf } from '../../web/form/fields.ts';
import { chooseCompany, chooseConnection, chooseFlow, type FlowEnds } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { collect, readDay, readPairs, readSetting } from '../options.ts';
import { formHelp } from '../show/form.ts';
import { withHub } from './company.ts';
import { flowError } from './flow-error.ts';
import { flowCoding, type CodingOptions } from './flow-coding.ts';

type FlowOptions = {
  readonly company?: string;
  readonly account?: readonly string[];
  readonly set?: readonly string[];
  readonly department?: readonly string[];
  readonly vatRate?: readonly string[];
  readonly bookWhen?: readonly string[];
  readonly start?: string;
  readonly review?: boolean;
  readonly automatic?: boolean;
};

/** A connection's name, when it was given. */
type Name = string | undefined;

export function addFlowCommands(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const flow = program.command('flow').description('what goes from which system to which ledger');
  const withChoices = (command: Command): Command =>
    command
      .option('--company <name>')
      .option('--account <role=number>', 'an account of your own; ROLE= removes it', collect)
      .option(
        '--department <code=cost centre/project>',
        'of a department of the till; 50=BUTIK, 50=/P1, 50= removes it',
        collect,
      )
      .option(
        '--vat-rate <code=percent>',
        'at home, of what is bought without VAT; DE123456789=25, DE123456789= removes it',
        collect,
      )
      .option(
        '--book-when <method=when>',
        'when orders of a shop are booked: klarna_payments=shipped, default=paid, bacs= removes it',
        collect,
      )
      .option('--set <choice=value>', 'any other choice, such as series=K', collect)
      .option('--start <day>', 'documents of earlier days are held; orders of a shop are left out')
      .option('--review', 'nothing is booked before it is approved')
      .option('--automatic', 'what can be booked is booked')
      .addHelpText('after', `\nChoices:\n${choicesHelp(context)}`);
  withChoices(flow.command('add').argument('<source>').argument('<target>'))
    .description('add a flow between two connections; from a ledger: back to a shop')
    .action(async (source: string, target: string, options: FlowOptions) => {
      done(await withHub(context, (hub) => add(context, hub, { source, target, options })));
    });
  withChoices(flow.command('set').argument('[source]').argument('[target]'))
    .description('change the choices of a flow')
    .action(async (source: Name, target: Name, options: FlowOptions) => {
      done(await withHub(context, (hub) => change(context, hub, { source, target, options })));
    });
  flow
    .command('show')
    .argument('[source]')
    .argument('[target]')
    .option('--company <name>')
    .description('the choices of a flow')
    .action(async (source: Name, target: Name, options: { readonly company?: string }) => {
      done(
        await withHub(context, async (hub) => {
          const { flow: found } = await find(hub, options.company, { source, target });
          context.out(`${JSON.stringify(found.choices, null, 2)}\n`);
          return 0;
        }),
      );
    });
  flow
    .command('coding')
    .argument('[source]')
    .argument('[target]')
    .option('--company <name>')
    .option('--forget <code>', 'no longer code this by itself; may be repeated', collect)
    .option('--json', 'one array on standard output')
    .description('how invoices of suppliers are coded by themselves, and an end to it')
    .action(async (source: Name, target: Name, options: CodingOptions) => {
      done(await withHub(context, (hub) => flowCoding(context, hub, { source, target, options })));
    });
}

function choicesHelp({ language }: CliContext): string {
  return formHelp(formOf(FLOW_CHOICES, FLOW_CHOICE_TEXTS, language), '  ');
}

async function find(
  hub: Hub,
  companyName: string | undefined,
  ends: FlowEnds,
): Promise<{ readonly company: Company; readonly flow: Flow }> {
  const company = await chooseCompany(hub, companyName);
  const how = 'Name its source and target.';
  return { company, flow: await chooseFlow(hub, company, { ...ends, how }) };
}

async function add(
  context: CliContext,
  hub: Hub,
  asked: { readonly source: string; readonly target: string; readonly options: FlowOptions },
): Promise<ExitCode> {
  const { options } = asked;
  const company = await chooseCompany(hub, options.company);
  const source = await chooseConnection(hub, company, asked.source);
  const target = await chooseConnection(hub, company, asked.target);
  const added = await setUpFlow(hub, company, {
    ...{ source, target },
    mode: options.review === true ? 'review' : 'automatic',
    choices: changed({}, company, options),
    startDate: options.start === undefined ? null : readDay(options.start, '--start'),
  });
  if ('kind' in added) throw flowError(added, { source, target, language: context.language });
  const { fourEyesMinor } = await readFirm(hub.database.db);
  if (fourEyesMinor !== null) await setFlow(hub, added.id, { fourEyesMinor });
  const says = added.isReturn ? ': what is booked from now on is told back to it' : '';
  context.out(`${source.name} → ${target.name} is set up${says}.\n`);
  if (added.lookedForAt !== null) {
    const at = added.lookedForAt.join(', ');
    context.out(`What has not come is looked for each day at ${at}: bokbro schedule\n`);
  }
  return 0;
}

async function change(
  context: CliContext,
  hub: Hub,
  asked: FlowEnds & { readonly options: FlowOptions },
): Promise<ExitCode> {
  const { options } = asked;
  const { company, flow } = await find(hub, options.company, asked);
  const choices = changed(flow.choices as object, company, options);
  const { id, source, target } = flow;
  const ends = { id, source, target, isReturn: isReturn(hub, source, target) };
  const other = options.automatic === true ? 'automatic' : flow.mode;
  const mode = options.review === true ? 'review' : other;
  const fault = await goodsFault(hub, { company, ...ends, mode, choices });
  if (fault !== null) throw flowError(fault, { source, target, language: context.language });
  const again = await setFlow(hub, flow.id, {
    ...{ choices, mode },
    ...(options.start === undefined ? {} : { startDate: readDay(options.start, '--start') }),
  });
  if (again > 0) context.out(`${again} that waited or were left out are planned again.\n`);
  context.out('Changed. What is held is planned again with: bokbro held resolve all --again\n');
  return 0;
}

/** Choices that are many, and the options that set one of them. */
const ONE_AT_A_TIME: ReadonlyMap<string, string> = new Map([
  ['accounts', '--account'],
  ['departments', '--department'],
  ['reverseChargeRates', '--vat-rate'],
  ['bookWhen', '--book-when'],
]);

/** The choices with what the options say; refused when they cannot be used. */
function changed(before: object, company: Company, options: FlowOptions): unknown {
  const old = before as Readonly<
    Partial<Record<'accounts' | 'departments' | 'reverseChargeRates' | 'bookWhen', object>>
  >;
  const departments = Object.entries(readPairs(options.department)).map(([code, text]) => {
    return [code, readDimensions(text)] as const;
  });
  const other = Object.entries(readPairs(options.set)).map(([name, text]) => {
    const [first = ''] = name.split('.');
    const single = ONE_AT_A_TIME.get(first);
    if (single === undefined) return [name, readValue(name, text)] as const;
    throw new CommandError(`${first} are set one at a time: ${single}.`);
  });
  const choices = {
    ...before,
    ...Object.fromEntries(other.filter(([name]) => !name.includes('.'))),
    ...nested(before, other),
    accounts: withoutEmpty({ ...old.accounts, ...readPairs(options.account) }),
    departments: withoutEmpty({ ...old.departments, ...Object.fromEntries(departments) }),
    reverseChargeRates: withoutEmpty({
      ...old.reverseChargeRates,
      ...readPairs(options.vatRate),
    }),
    bookWhen: withoutEmpty({ ...old.bookWhen, ...readPairs(options.bookWhen) }),
  };
  const read = readFlowChoices(choices, company);
  if ('choices' in read) return choices;
  const says = read.problems.map((p) => `${p.path || 'choices'}: ${p.says}`).join('\n  ');
  throw new CommandError(`The choices cannot be used:\n  ${says}`);
}

/** Choices within a choice, by their path: `invoicing.as`, `invoicing.methods.invoice.terms`. */
function nested(before: object, set: readonly (readonly [string, unknown])[]): object {
  const whole = structuredClone(before) as Record<string, unknown>;
  const touched: Record<string, unknown> = {};
  for (const [path, value] of set) {
    const [first = '', ...rest] = path.split('.');
    if (rest.length === 0) continue;
    let at = (touched[first] ??= whole[first] ?? {}) as Record<string, unknown>;
    for (const name of rest.slice(0, -1)) at = (at[name] ??= {}) as Record<string, unknown>;
    at[rest.at(-1) ?? ''] = value ?? '';
  }
  return touched;
}

/** @returns null when both are empty: the department has none any more */
function readDimensions(text: string): Dimensions | null {
  const [costCentre = '', project = ''] = text.split('/', 2);
  if (costCentre === '' && project === '') return null;
  return {
    ...(costCentre === '' ? {} : { costCentre }),
    ...(project === '' ? {} : { project }),
  };
}

/** What was given empty is taken away. */
function withoutEmpty(map: object): object {
  return Object.fromEntries(
    Object.entries(map).filter(([, value]) => value !== '' && value !== null),
  );
}

function readValue(name: string, text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text === '' ? null : readSetting(name, text);
}
