import type { Command } from 'commander';
import type { Hub } from '../../hub/hub.ts';
import { addAudit } from '../../store/audit.ts';
import { endKey, listKeys } from '../../store/upload-keys.ts';
import { chooseCompany } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { minuteOf, readIds } from '../options.ts';
import { showTable } from '../table.ts';
import { withHub } from './company.ts';

type Where = { readonly company?: string; readonly inbox?: boolean };

export function addKeys(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const run = async (act: (hub: Hub) => Promise<void>): Promise<void> => {
    done(await withHub(context, (hub) => act(hub).then(() => 0 as const)));
  };
  const keys = program
    .command('keys')
    .description('keys with which programs reach a company; bokbro key makes one');
  const where = (command: Command): Command =>
    command
      .option('--company <name>', 'when there are several')
      .option('--inbox', 'those that open the inbox, and are of no company');
  where(
    keys.command('list').description('what each opens, until when, and when it was used'),
  ).action((options: Where) => run((hub) => list(context, hub, options)));
  where(keys.command('end').argument('<number>', 'of the list'))
    .description('end a key: it opens nothing from here on')
    .action((number: string, options: Where) =>
      run((hub) => end(context, hub, { number, options })),
    );
}

async function list(context: CliContext, hub: Hub, options: Where): Promise<void> {
  const keys = await listKeys(hub.database.db, await placeOf(hub, options));
  if (keys.length === 0) {
    context.out('There is no key yet: bokbro key NAME --for read\n');
    return;
  }
  const heads = ['key', 'name', 'begins', 'opens', 'until', 'last used'].map((head) => ({ head }));
  const rows = keys.map(({ id, name, prefix, scopes, expiresAtMs, lastUsedAtMs }) => {
    const until = expiresAtMs === null ? 'it is ended' : minuteOf(expiresAtMs);
    const used = lastUsedAtMs === null ? 'never' : minuteOf(lastUsedAtMs);
    return [id, name, prefix === null ? '' : `${prefix}…`, scopes.join(' '), until, used];
  });
  context.out(showTable(heads, rows));
}

async function end(
  context: CliContext,
  hub: Hub,
  { number, options }: { readonly number: string; readonly options: Where },
): Promise<void> {
  const [id = ''] = readIds([number], 'bokbro keys list');
  const companyId = await placeOf(hub, options);
  const { db } = hub.database;
  const name = await endKey(db, companyId, id);
  if (name === null) throw new CommandError(`There is no key ${number}: bokbro keys list`);
  await addAudit(db, { by: context.user, companyId, act: 'key.end', about: { key: name } });
  context.out(`${name} opens nothing any more.\n`);
}

async function placeOf(hub: Hub, { company, inbox }: Where): Promise<string | null> {
  return inbox === true ? null : (await chooseCompany(hub, company)).id;
}
