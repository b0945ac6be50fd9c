import { reasonOf } from '../../web/connection-reason.ts';
import type { Command } from 'commander';
import type { Hub } from '../../hub/hub.ts';
import { newCompany } from '../../hub/new-company.ts';
import { listCompanies, listConnections, listFlows, listReturns } from '../../store/registry.ts';
import { makeUploadKey, SCOPES, type Scope } from '../../store/upload-keys.ts';
import { chooseCompany } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { readList } from '../options.ts';

type AddOptions = {
  readonly country: string;
  readonly language?: string;
  readonly orgNumber?: string;
};

type KeyOptions = {
  readonly days?: string;
  readonly company?: string;
  readonly for?: readonly string[];
};

export function addCompanyCommands(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const company = program.command('company').description('the companies whose books are kept');
  company
    .command('add')
    .argument('<name>')
    .description('add a company')
    .option('--country <code>', 'SE or NO', 'SE')
    .option('--language <code>', 'language of texts in the ledger: sv, nb or en')
    .option('--org-number <number>')
    .action(async (name: string, options: AddOptions) => {
      done(await withHub(context, (hub) => add(context, hub, { name, options })));
    });
  company
    .command('list')
    .description('companies with their connections and flows')
    .action(async () => {
      done(await withHub(context, (hub) => list(context, hub)));
    });
  program
    .command('key')
    .description('make a key with which a program sends files, or reads balances, for a company')
    .argument('<name>', 'what the key is for')
    .option(
      '--for <what...>',
      'files when absent; files, balances; the API: read, approve, settle, import, connect; ' +
        'or inbox, of no company',
    )
    .option('--days <number>', 'ends by itself after so many days')
    .option('--company <name>')
    .action(async (name: string, options: KeyOptions) => {
      done(await withHub(context, (hub) => makeKey(context, hub, { name, ...options })));
    });
}

/** Opens the hub for one act. */
export async function withHub(
  context: CliContext,
  act: (hub: Hub) => Promise<ExitCode>,
): Promise<ExitCode> {
  const hub = await context.openHub();
  try {
    return await act(hub);
  } finally {
    await hub.close();
  }
}

async function add(
  context: CliContext,
  hub: Hub,
  asked: { readonly name: string; readonly options: AddOptions },
): Promise<ExitCode> {
  const { name, options } = asked;
  const country = options.country.toUpperCase();
  if (country !== 'SE' && country !== 'NO') throw new CommandError('--country: SE or NO.');
  const language = options.language ?? (country === 'SE' ? 'sv' : 'nb');
  if (language !== 'sv' && language !== 'nb' && language !== 'en') {
    throw new CommandError('--language: sv, nb or en.');
  }
  const { orgNumber } = options;
  const company = await newCompany(hub, {
    name,
    country,
    language,
    ...(orgNumber === undefined ? {} : { orgNumber }),
  });
  if (company === null) throw new CommandError(`There is a company “${name}” already.`);
  context.out(
    `${company.name} is added. Connect its systems next:\n` +
      `  bokbro connect fortnox --company "${name}"\n` +
      `  bokbro connect minbutik --company "${name}" --store 1234\n`,
  );
  return 0;
}

async function list(context: CliContext, hub: Hub): Promise<ExitCode> {
  const companies = await listCompanies(hub.database.db);
  if (companies.length === 0) context.out('There is no company yet: bokbro company add NAME\n');
  for (const company of companies) {
    context.out(`${company.name}\n`);
    for (const connection of await listConnections(hub.database.db, company.id)) {
      const state =
        connection.state === 'ready'
          ? ''
          : ` (${reasonOf(connection, context.language) ?? connection.state})`;
      context.out(`  ${connection.name}: ${connection.connector}${state}\n`);
    }
    const { db } = hub.database;
    const flows = [...(await listFlows(db, company.id)), ...(await listReturns(db, company.id))];
    for (const flow of flows) {
      context.out(`  ${flow.source.name} → ${flow.target.name}, ${flow.mode}\n`);
    }
  }
  return 0;
}

async function makeKey(
  context: CliContext,
  hub: Hub,
  asked: { readonly name: string } & KeyOptions,
): Promise<ExitCode> {
  const scopes = readList(asked.for ?? ['files']).map(readScope);
  const isInbox = scopes.includes('inbox');
  if (isInbox && (scopes.length > 1 || asked.company !== undefined)) {
    throw new CommandError('A key for the inbox is of no company, and opens nothing else.');
  }
  const companyId = isInbox ? null : (await chooseCompany(hub, asked.company)).id;
  const of = { companyId, name: asked.name, scopes, by: context.user, ...untilOf(hub, asked.days) };
  const key = await makeUploadKey(hub.database.db, of);
  context.out(`${key}\n`);
  context.err('This is the only time the key is shown. A key of the same name has ended.\n');
  return 0;
}

function untilOf(hub: Hub, days: string | undefined): { readonly expiresAtMs?: number } {
  if (days === undefined) return {};
  if (/^[1-9]\d{0,3}$/.test(days))
    return { expiresAtMs: hub.clock.nowMs() + Number(days) * DAY_MS };
  throw new CommandError(`--days ${days}: give a number of days, from 1 to 9999.`);
}

const DAY_MS = 24 * 60 * 60 * 1_000;

function readScope(text: string): Scope {
  const found = SCOPES.find((scope) => scope === text);
  if (found !== undefined) return found;
  throw new CommandError(`--for ${text}: a key is for ${SCOPES.join(' or ')}.`);
}
