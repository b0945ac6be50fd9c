import type { Command } from 'commander';
import { dayAt } from '../../domain/date.ts';
import { addSecrets, beginConsent, redirectUri } from '../../hub/consent.ts';
import { keepFeed, tryPickupFeed } from '../../hub/fetch/keep-feed.ts';
import { feedSettings } from '../../hub/fetch/look-feed.ts';
import type { Hub } from '../../hub/hub.ts';
import { setUpConnection } from '../../hub/set-up-connection.ts';
import type { Pickup } from '../../ports/pickup.ts';
import {
  getConnection,
  listConnections,
  type Company,
  type Connection,
} from '../../store/registry.ts';
import { isConsentPending } from '../../store/consents.ts';
import { formOf } from '../../web/form/fields.ts';
import { sourceItems } from '../../web/source-items.ts';
import { askSecret } from '../ask-secret.ts';
import { chooseCompany } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { chooseConnector, readProfile } from '../incoming.ts';
import { collect, readDay, readEvery, readPairs, readSetting } from '../options.ts';
import { formHelp } from '../show/form.ts';
import { withHub } from './company.ts';
import { told } from './fetch-choose.ts';
import { sendTo, untilAnswered, whileListening } from './connect-answer.ts';
import { connectHooks } from './connect-hooks.ts';
import { giveKeys } from './connect-keys.ts';
import { showReadAgain } from './files.ts';

type ConnectOptions = {
  readonly company?: string;
  readonly name?: string;
  readonly set?: readonly string[];
  readonly store?: readonly string[];
  readonly profile?: readonly string[];
  readonly folder?: string;
  readonly consent: boolean;
  readonly since?: string;
  readonly every?: string;
  /** false: no messages any more; absent: as before. */
  readonly hooks?: boolean;
  readonly open?: boolean;
};

export function addConnect(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('connect')
    .description('connect a company to an outside system, or change how it is connected')
    .argument('<system>', [...context.connectors.keys()].join(', '))
    .option('--company <name>')
    .option('--name <name>', 'a name for the connection, when there are several of a kind')
    .option(
      '--set <setting=value>',
      'a setting of the system, a list or object as JSON; may be repeated',
      collect,
    )
    .option('--store <number>', 'a store number whose files belong here', collect)
    .option('--profile <file>', 'a profile (JSON) for files of your own layout', collect)
    .option('--folder <path>', 'a folder that files are dropped into; empty ends it')
    .option('--since <day>', 'a shop: fetch what has changed since this day (default: today)')
    .option('--every <seconds>', 'a shop: how often it is asked (default: as its system bears)')
    .option('--hooks', 'a shop, or Tripletex: have it tell us at once what has changed')
    .option('--no-hooks', 'take that back')
    .option('--open', 'open the page for consent or keys in a browser, where there is a display')
    .option('--no-consent', 'do not ask for consent or keys on such a page now')
    .addHelpText('after', `\n${settingsHelp(context)}`)
    .action(async (system: string, options: ConnectOptions) => {
      done(await withHub(context, (hub) => connect(context, hub, { system, options })));
    });
}

/** The settings of each system, from their own schema. */
function settingsHelp(context: CliContext): string {
  const systems = [...context.connectors.values()].map(({ id, settings, texts }) => {
    const form = formOf(settings, texts.settings, context.language);
    return `  ${id}\n${formHelp(form, '    ')}`;
  });
  const secrets = 'Secrets are asked for, or read from BOKBRO_SECRET_<NAME>.';
  return `Settings:\n${systems.join('\n')}\n\n${secrets}`;
}

async function connect(
  context: CliContext,
  hub: Hub,
  asked: { readonly system: string; readonly options: ConnectOptions },
): Promise<ExitCode> {
  const { system, options } = asked;
  const connector = chooseConnector(context, system);
  const company = await chooseCompany(hub, options.company);
  const name = options.name ?? system;
  const all = await listConnections(hub.database.db, company.id);
  const before = all.find((connection) => connection.name === name);
  const settings = readSettings(connector.settings, before?.settings, options);
  const { connection, taken, readAgain } = await setUpConnection(hub, company, {
    ...{ connector: system, name, settings, stores: options.store ?? [] },
    ...(options.folder === undefined ? {} : { folder: options.folder }),
  });
  if (taken.length > 0) {
    const whose = 'belongs to another company: its takings would be booked twice.';
    throw new CommandError(`Store ${taken.join(', ')} ${whose}`);
  }
  context.out(`${company.name}: ${name} is set up.\n`);
  for (const one of readAgain) context.out(showReadAgain(context, one));
  if (connector.consent === undefined) {
    return connectFeed(context, hub, { company, connection, options });
  }
  const secret = await askSecret(context, 'clientSecret');
  if (secret !== null) await addSecrets(hub, connection.id, { clientSecret: secret });
  return options.consent ? consent(context, hub, { connection, options }) : 0;
}

/** Asks for the keys of a system that is asked what is new, tries them and begins to ask. */
async function connectFeed(
  context: CliContext,
  hub: Hub,
  of: {
    readonly company: Company;
    readonly connection: Connection;
    readonly options: ConnectOptions;
  },
): Promise<ExitCode> {
  const { company, connection, options } = of;
  const { id: connectionId } = connection;
  if ((await hub.openFeed(connectionId)) === null) {
    await giveKeys(context, hub, { connectionId, options, beforePage: async () => null });
    await connectHooks(context, hub, { connectionId, wanted: options.hooks });
    return 0;
  }
  const { since } = options;
  const everySeconds = readEvery(options.every);
  const keep = (): Promise<Pickup | null> =>
    keepFeed(hub, connection.id, {
      today: dayAt(new Date(hub.clock.nowMs()), company.timeZone),
      ...(since === undefined ? {} : { since: readDay(since, '--since') }),
      ...(everySeconds === null ? {} : { everySeconds }),
    });
  await giveKeys(context, hub, { connectionId, options, beforePage: keep });
  const feed = await keep();
  if (feed === null) return 0;
  return told(context, async () => {
    await tryPickupFeed(hub, feed);
    const from = feedSettings.parse(feed.settings).since;
    const how = `Its keys work. What has changed since ${from} is fetched each`;
    context.out(
      `${how} ${feed.everySeconds} s by bokbro start, or now: bokbro fetch now ${feed.name}\n`,
    );
    await showIlls(context, hub, { company, connection });
    await connectHooks(context, hub, { connectionId: connection.id, wanted: options.hooks });
    return 0;
  });
}

/** What is not well there is told before the first order: `bokbro doctor` says the same. */
async function showIlls(
  context: CliContext,
  hub: Hub,
  { company, connection }: { readonly company: Company; readonly connection: Connection },
): Promise<void> {
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const items = await sourceItems(hub, connection, {
    company,
    from: [],
    today,
    language: context.language,
  });
  for (const { state, says } of items) if (state !== 'ok') context.out(`! ${says}\n`);
}

function readSettings(
  schema: { safeParse(value: unknown): { success: boolean; data?: unknown; error?: unknown } },
  before: unknown,
  options: ConnectOptions,
): unknown {
  const given = {
    ...(before as object | undefined),
    ...Object.fromEntries(
      Object.entries(readPairs(options.set)).map(([name, text]) => [name, readSetting(name, text)]),
    ),
    ...(options.store === undefined ? {} : { stores: options.store }),
    ...(options.profile === undefined ? {} : { profiles: options.profile.map(readProfile) }),
  };
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw new CommandError(`The settings cannot be used:\n${String(read.error)}`);
}

/** Sends the person to the consent page and waits until they are back. */
async function consent(
  context: CliContext,
  hub: Hub,
  of: { readonly connection: Connection; readonly options: ConnectOptions },
): Promise<ExitCode> {
  const { id: connectionId } = of.connection;
  return whileListening(hub, async () => {
    const why = `give consent (redirect address: ${redirectUri(hub)})`;
    const url = await beginConsent(hub, connectionId);
    await sendTo(context, { url, why, opens: of.options.open === true });
    await untilAnswered(hub, connectionId);
    const isConnected = (await getConnection(hub.database.db, connectionId)).state === 'ready';
    const isPending = await isConsentPending(hub.database.db, connectionId);
    if (isConnected && !isPending) context.out('Connected.\n');
    else context.err('No consent came. Begin again with the same command.\n');
    return isConnected && !isPending ? 0 : 1;
  });
}
