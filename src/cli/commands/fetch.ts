import type { Command } from 'commander';
import { fetchNow, type LookEnd } from '../../hub/fetch/fetch-files.ts';
import { tryPickupFeed } from '../../hub/fetch/keep-feed.ts';
import { isPlaced, trialOf, tryPickup } from '../../hub/fetch/set-up.ts';
import { removeHooks } from '../../hub/hooks/keep-hooks.ts';
import type { Hub } from '../../hub/hub.ts';
import { isUsedForBalances } from '../../store/balance-returns.ts';
import { askAgain } from '../../store/fetched.ts';
import { endPickup, listPickups, pickupSecrets } from '../../store/pickups.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { withHub } from './company.ts';
import { addMailbox, addSftp } from './fetch-add.ts';
import { choosePickup, told } from './fetch-choose.ts';
import { listFetching } from './fetch-list.ts';

const HELP = `
Places are looked into by \`bokbro start\` and \`bokbro worker\`. A file is taken when it has
stopped growing, kept unchanged, and then moved aside at the far end; a mail when everything in
it is kept. Shops are asked for what has changed as soon as they are connected.

    bokbro fetch sftp ica --host sftp.example.com --user butik --folder /ut --inbox
    bokbro fetch mail fakturor --host imap.example.com --user faktura@example.com --for peppol
    bokbro fetch list                  what is fetched, how it goes, what was left for you
    bokbro fetch now ica               look there at once`;

export function addFetch(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const fetching = program
    .command('fetch')
    .description('places elsewhere that are looked into: SFTP servers, mailboxes, shops')
    .addHelpText('after', HELP);
  addSftp(fetching, context, done);
  addMailbox(fetching, context, done);
  const forEach = (act: (hub: Hub) => Promise<ExitCode>): Promise<void> =>
    withHub(context, (hub) => told(context, () => act(hub))).then(done);
  fetching
    .command('list')
    .description('what is fetched from where, how it goes, and what was left for a person')
    .option('--json', 'one object on standard output')
    .action((options: { readonly json?: boolean }) =>
      forEach((hub) => listFetching(context, hub, options.json === true)),
    );
  fetching
    .command('test')
    .description('log in and look whether the folder is there; changes nothing')
    .argument('<name>')
    .action((name: string) => forEach((hub) => test(context, hub, name)));
  fetching
    .command('now')
    .description('look there at once; without a name everywhere')
    .argument('[name]')
    .option('--again', 'also at what was left before, as when a limit was raised')
    .action((name: string | undefined, options: { readonly again?: boolean }) =>
      forEach((hub) => now(context, hub, { name, isAgain: options.again === true })),
    );
  fetching
    .command('remove')
    .description('fetch nothing there any more, and forget the login')
    .argument('<name>')
    .action((name: string) => forEach((hub) => remove(context, hub, name)));
}

async function test(context: CliContext, hub: Hub, name: string): Promise<ExitCode> {
  const pickup = await choosePickup(hub, name);
  if (!isPlaced(pickup)) {
    await tryPickupFeed(hub, pickup);
    context.out(`${name}: the keys work.\n`);
    return 0;
  }
  const secrets = await pickupSecrets(hub.database.db, hub.box, pickup);
  const there = await tryPickup(trialOf(pickup), secrets, hub.reach);
  const what = pickup.kind === 'sftp' ? 'files' : 'mails';
  context.out(`${name}: the login works${there === null ? '' : `; ${there} ${what} are there`}.\n`);
  return 0;
}

async function now(
  context: CliContext,
  hub: Hub,
  asked: { readonly name: string | undefined; readonly isAgain: boolean },
): Promise<ExitCode> {
  const { db } = hub.database;
  const { name, isAgain } = asked;
  const all = name === undefined ? await listPickups(db) : [await choosePickup(hub, name)];
  if (all.length === 0) {
    context.out('Nothing is fetched from anywhere: bokbro fetch sftp --help, fetch mail --help\n');
  }
  let code: ExitCode = 0;
  for (const pickup of all) {
    if (isAgain) await askAgain(db, pickup.id);
    const end = await fetchNow(hub, pickup);
    context.out(`${pickup.name}: ${describeEnd(end, context)}\n`);
    if (end.kind === 'failed') code = 1;
  }
  return code;
}

function describeEnd(end: LookEnd, { language }: CliContext): string {
  if (end.kind === 'failed') return describeTrouble(end.trouble, language);
  if (end.kind === 'held') return 'a running hub looks there just now.';
  const rejected = end.rejected > 0 ? `, of which ${end.rejected} could not be read` : '';
  const more = end.isMore ? '; there are more' : '';
  const note = end.note === null ? '' : ` ${describeTrouble(end.note, language)}`;
  return `${end.taken} files taken${rejected}${more}.${note}`;
}

async function remove(context: CliContext, hub: Hub, name: string): Promise<ExitCode> {
  const { db } = hub.database;
  const pickup = await choosePickup(hub, name);
  if (await isUsedForBalances(db, pickup.id)) {
    throw new CommandError(
      `Balances are put there. End that first: bokbro balances --folder "" --company NAME`,
    );
  }
  if (pickup.kind === 'feed' && pickup.owner !== null) {
    await removeHooks(hub, pickup.owner.connectionId);
  }
  await endPickup(db, pickup.id, hub.clock.nowMs());
  context.out(`Nothing is fetched from ${name} any more. What was fetched stays as it is.\n`);
  return 0;
}
