import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { learnHostKey, tryPickup, type PickupTrial } from '../../hub/fetch/set-up.ts';
import { mailDay, mailSettings, sftpSettings } from '../../hub/fetch/settings.ts';
import type { Hub } from '../../hub/hub.ts';
import type { Secrets } from '../../ports/connector.ts';
import { PickupError, type Pickup, type PickupKind } from '../../ports/pickup.ts';
import { findPickup, pickupSecrets, savePickup } from '../../store/pickups.ts';
import { askSecret } from '../ask-secret.ts';
import { chooseCompany, chooseConnection } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { collect, readDay, readEvery } from '../options.ts';
import { withHub } from './company.ts';
import { told } from './fetch-choose.ts';

/** Options that both kinds have. */
type Common = {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly folder?: string;
  readonly for?: string;
  readonly company?: string;
  readonly inbox?: boolean;
  readonly pattern?: string;
  readonly after?: string;
  readonly aside?: string;
  readonly maxMb?: string;
  readonly every?: string;
  readonly test: boolean;
};

type SftpOptions = Common & {
  readonly key?: string;
  readonly fingerprint?: string;
  readonly sendOnly?: boolean;
};

type MailOptions = Common & {
  readonly starttls?: boolean;
  readonly ca?: string;
  readonly sender?: readonly string[];
  readonly since?: string;
};

const EVERY_SECONDS = 60;
const MB = 1024 * 1024;

const SFTP_SECRETS = `
The password is asked for, or read from BOKBRO_SECRET_PASSWORD; with --key the key's passphrase,
or BOKBRO_SECRET_PASSPHRASE. The server's key is shown and known from then on: compare it with
what whoever runs the server says, or give that as --fingerprint.`;

const MAIL_SECRETS = `
The password is asked for, or read from BOKBRO_SECRET_PASSWORD; an OAuth2 access token is read from
BOKBRO_SECRET_ACCESSTOKEN. A sender's address is as its mail says it: it can be forged.`;

export function addSftp(
  fetching: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  common(fetching.command('sftp'), 'server')
    .description('fetch files from a folder on an SFTP server, or change how')
    .option('--folder <path>', 'the folder there')
    .option('--key <file>', 'log in with this private key instead of a password')
    .option('--fingerprint <SHA256:…>', 'the key that the server must have')
    .option('--after <what>', 'a file that is kept: move it aside, or leave it (default: move)')
    .option('--aside <name>', 'the folder below that it is moved to (default: taken)')
    .option('--send-only', 'fetch nothing: it is there for bokbro balances --sftp')
    .addHelpText('after', SFTP_SECRETS)
    .action(async (name: string, options: SftpOptions) => {
      done(
        await withHub(context, (hub) => told(context, () => sftp(context, hub, { name, options }))),
      );
    });
}

export function addMailbox(
  fetching: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  common(fetching.command('mail'), 'mail server (IMAP)')
    .description('fetch attachments from a mailbox, or change how')
    .option('--folder <name>', 'the mail folder (default: INBOX)')
    .option('--starttls', 'TLS is begun by STARTTLS (port 143)')
    .option('--ca <file>', 'certificate (PEM) that vouches for a server of your own')
    .option('--sender <address>', 'take mails of this sender or @domain only; repeatable', collect)
    .option('--since <day>', 'leave mails of before this day alone (default: today)')
    .option('--after <what>', 'a mail that is kept: move, flag or leave it (default: move)')
    .option('--aside <name>', 'the mail folder that it is moved to (default: Bokbro)')
    .addHelpText('after', MAIL_SECRETS)
    .action(async (name: string, options: MailOptions) => {
      done(
        await withHub(context, (hub) => told(context, () => mail(context, hub, { name, options }))),
      );
    });
}

function common(command: Command, what: string): Command {
  return command
    .argument('<name>', 'what you call it')
    .option('--host <name>', `the ${what}`)
    .option('--port <number>')
    .option('--user <name>', 'the login')
    .option('--for <connection>', 'the connection whose the files are')
    .option('--company <name>', 'with --for: of this company')
    .option('--inbox', 'files of every company: whose they are is seen by their store')
    .option('--pattern <names>', 'file names that are taken, such as "*.csv,*.xml"')
    .option('--max-mb <number>', 'leave what is larger')
    .option('--every <seconds>', `how often to look (default: ${EVERY_SECONDS})`)
    .option('--no-test', 'do not log in now');
}

/** A kind's settings and login as the options say, beside what was said before. */
type Said = {
  readonly name: string;
  readonly before: Pickup | null;
  readonly secrets: Secrets;
  readonly trial: PickupTrial;
  readonly options: Common;
};

async function sftp(
  context: CliContext,
  hub: Hub,
  asked: { readonly name: string; readonly options: SftpOptions },
): Promise<ExitCode> {
  const { name, options } = asked;
  const before = await beforeOf(hub, name, 'sftp');
  const given: Record<string, unknown> = {
    ...(before?.settings as object | undefined),
    ...readCommon(options),
  };
  const place = sftpSettings.pick({ host: true, port: true, user: true }).safeParse(given);
  if (!place.success) throw unusable(place.error);
  const old = sftpSettings.shape.hostKey.safeParse(given['hostKey']);
  // Asked for anew when it is said, and where the address is another one.
  const isKnown =
    old.success && options.fingerprint === undefined && isSamePlace(before, place.data);
  const hostKey = isKnown
    ? old.data
    : await learnHostKey(place.data, options.fingerprint, hub.reach);
  const folder = options.sendOnly === true ? { folder: null } : {};
  const read = sftpSettings.safeParse({ ...given, ...folder, hostKey });
  if (!read.success) throw unusable(read.error);
  const secrets = await sftpSecrets(context, options, await secretsOf(hub, before));
  const { type, fingerprint } = hostKey;
  context.out(`${place.data.host} is known by its key ${fingerprint} (${type}).\n`);
  const trial = { kind: 'sftp', settings: read.data } as const;
  return keep(context, hub, { name, before, secrets, trial, options });
}

async function mail(
  context: CliContext,
  hub: Hub,
  asked: { readonly name: string; readonly options: MailOptions },
): Promise<ExitCode> {
  const { name, options } = asked;
  const { starttls, ca, sender, since } = options;
  const before = await beforeOf(hub, name, 'mail');
  const read = mailSettings.safeParse({
    since: mailDay(new Date(hub.clock.nowMs())),
    ...(before?.settings as object | undefined),
    ...(starttls === true ? { security: 'starttls', port: 143 } : {}),
    ...readCommon(options),
    ...(ca === undefined ? {} : { ca: readText(ca) }),
    ...(sender === undefined ? {} : { senders: sender }),
    ...(since === undefined ? {} : { since: readDay(since, '--since') }),
  });
  if (!read.success) throw unusable(read.error);
  const secrets = await mailSecrets(context, await secretsOf(hub, before));
  const trial = { kind: 'mail', settings: read.data } as const;
  return keep(context, hub, { name, before, secrets, trial, options });
}

/** Tries a place unless told not to, and keeps it. */
async function keep(context: CliContext, hub: Hub, said: Said): Promise<ExitCode> {
  const { name, before, secrets, trial, options } = said;
  if (Object.keys(secrets).length === 0) {
    throw new CommandError('There is no login: set BOKBRO_SECRET_PASSWORD, or use a terminal.');
  }
  const isSendOnly = trial.settings.folder === null;
  const owner = await ownerOf(hub, options, { before, isSendOnly });
  const there = options.test ? await tryPickup(trial, secrets, hub.reach) : null;
  const { kind, settings } = trial;
  const everySeconds = readEvery(options.every) ?? before?.everySeconds ?? EVERY_SECONDS;
  const seed = { name, kind, owner, everySeconds, settings, secrets };
  await savePickup(hub.database.db, hub.box, seed);
  const tested =
    there === null ? '' : ` ${there} ${kind === 'sftp' ? 'files' : 'mails'} are there.`;
  context.out(
    isSendOnly
      ? `${name} is set up. Put balances there: bokbro balances --sftp ${name} --folder PATH\n`
      : `${name} is set up, and is looked into each ${everySeconds} s by a running hub.${tested}\n`,
  );
  return 0;
}

async function beforeOf(hub: Hub, name: string, kind: PickupKind): Promise<Pickup | null> {
  const before = await findPickup(hub.database.db, name);
  if (before === null || before.kind === kind) return before;
  throw new CommandError(`There is a “${name}” already, of another kind. Choose another name.`);
}

async function secretsOf(hub: Hub, before: Pickup | null): Promise<Secrets | null> {
  if (before === null) return null;
  try {
    return await pickupSecrets(hub.database.db, hub.box, before);
  } catch (error) {
    // What cannot be opened any more is what a person mends by giving it again.
    if (error instanceof PickupError) return null;
    throw error;
  }
}

async function ownerOf(
  hub: Hub,
  options: Common,
  { before, isSendOnly }: { readonly before: Pickup | null; readonly isSendOnly: boolean },
): Promise<Pickup['owner']> {
  if (options.for !== undefined) {
    if (options.inbox === true) throw new CommandError('Say either --for or --inbox.');
    const company = await chooseCompany(hub, options.company);
    const { id } = await chooseConnection(hub, company, options.for);
    return { companyId: company.id, connectionId: id };
  }
  if (options.inbox === true || isSendOnly) return null;
  if (before !== null) return before.owner;
  throw new CommandError(
    'Whose are the files? Say --for CONNECTION, or --inbox for any company’s.',
  );
}

/** What was said of the settings; what was not stays as it was. */
function readCommon(options: Common): Record<string, unknown> {
  const { host, port, user, folder, pattern, after, aside, maxMb } = options;
  const said = {
    ...{ host, user, folder, pattern, after, aside },
    port: port === undefined ? undefined : Number(port),
    bytesMax: maxMb === undefined ? undefined : Number(maxMb) * MB,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function isSamePlace(
  before: Pickup | null,
  place: { readonly host: string; readonly port: number },
): boolean {
  const read = sftpSettings.pick({ host: true, port: true }).safeParse(before?.settings);
  return read.success && read.data.host === place.host && read.data.port === place.port;
}

async function sftpSecrets(
  context: CliContext,
  options: SftpOptions,
  before: Secrets | null,
): Promise<Secrets> {
  if (options.key === undefined) {
    const password = await askSecret(context, 'password');
    return password === null ? (before ?? {}) : { password };
  }
  const privateKey = readText(options.key);
  const passphrase = await askSecret(context, 'passphrase');
  return passphrase === null ? { privateKey } : { privateKey, passphrase };
}

async function mailSecrets(context: CliContext, before: Secrets | null): Promise<Secrets> {
  const accessToken = process.env['BOKBRO_SECRET_ACCESSTOKEN'];
  if (accessToken !== undefined) return { accessToken };
  const password = await askSecret(context, 'password');
  return password === null ? (before ?? {}) : { password };
}

function readText(path: string): string {
  if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
  return readFileSync(path, 'utf8');
}

function unusable(error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }) {
  const lines = error.issues.map(({ path, message }) => `  --${path.join('.')}: ${message}`);
  return new CommandError(`The settings cannot be used:\n${lines.join('\n')}`);
}
