import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { OperatorError } from '../ports/errors.ts';
import type { DatabasePlace } from '../store/hub-database.ts';
import { readNetworks } from './reach.ts';

/** How a hub is started: where it keeps things, and where it listens. */
export type Config = {
  /** The data folder: the embedded database with its log, and the master key. */
  readonly home: string;
  readonly database: DatabasePlace;
  readonly masterKey: string | undefined;
  /** A folder for files of every company: whose they are is seen by their store. */
  readonly inbox?: string;
  readonly port: number;
  readonly host: string;
  /** The address under which browsers and outside systems reach the hub. */
  readonly publicUrl: string;
  readonly logLevel: string;
  /** Networks that are not open to the world and may be called all the same. */
  readonly reach: readonly string[];
  /** Where people of the firm sign in besides here; absent: nowhere. */
  readonly oidc?: OidcConfig;
};

/** An OpenID Connect provider, as its administrator has registered the hub there. */
export type OidcConfig = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says. */
  readonly name: string;
  /** Takes e-mail addresses as they are: the provider’s administrator gives them, nobody else. */
  readonly trustsEmail: boolean;
};

const PORT = 5_310;

/**
 * The configuration of the environment. Everything has a default that needs no set-up; a setting
 * that is empty counts as none.
 *
 * @throws OperatorError for a setting that cannot be used, saying which and why
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const setting = (name: string): string | undefined => env[name] || undefined;
  const home = resolve(setting('BOKBRO_HOME') ?? defaultHome(env));
  const port = readPort(setting('BOKBRO_PORT') ?? String(PORT));
  const host = setting('BOKBRO_HOST') ?? '127.0.0.1';
  const url = setting('DATABASE_URL');
  const inbox = setting('BOKBRO_INBOX');
  return {
    home,
    database:
      url === undefined ? { kind: 'embedded', home, durable: true } : { kind: 'server', url },
    masterKey: setting('BOKBRO_MASTER_KEY'),
    ...(inbox === undefined ? {} : { inbox: resolve(inbox) }),
    port,
    host,
    publicUrl: readUrl(setting('BOKBRO_URL') ?? `http://${host}:${port}`),
    logLevel: setting('BOKBRO_LOG') ?? 'info',
    reach: readNetworks(setting('BOKBRO_REACH') ?? ''),
    ...readOidc(setting),
  };
}

function readOidc(setting: (name: string) => string | undefined): Pick<Config, 'oidc'> {
  const issuer = setting('BOKBRO_OIDC_ISSUER');
  if (issuer === undefined) return {};
  const [clientId, clientSecret] = ['BOKBRO_OIDC_CLIENT_ID', 'BOKBRO_OIDC_CLIENT_SECRET'].map(
    (name) => {
      const given = setting(name);
      if (given !== undefined) return given;
      throw new OperatorError(`BOKBRO_OIDC_ISSUER is set, and ${name} is needed with it.`);
    },
  );
  if (!URL.canParse(issuer)) {
    throw new OperatorError(`BOKBRO_OIDC_ISSUER is “${issuer}”, and must be an https address.`);
  }
  return {
    oidc: {
      ...{ issuer: issuer.replace(/\/+$/, ''), clientId: clientId ?? '' },
      clientSecret: clientSecret ?? '',
      name: setting('BOKBRO_OIDC_NAME') ?? new URL(issuer).hostname,
      trustsEmail: setting('BOKBRO_OIDC_EMAIL') === 'trusted',
    },
  };
}

const PORT_MAX = 65_535;

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= PORT_MAX) return Number(text);
  throw new OperatorError(`BOKBRO_PORT is “${text}”, and must be a port from 0 to ${PORT_MAX}.`);
}

/** Paths are put after it: it ends without a slash. */
function readUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new OperatorError(
    `BOKBRO_URL is “${text}”, and must be an address such as https://hub.example.com.`,
  );
}

/** A folder of the user's own; for root one that the database's user can enter. */
function defaultHome(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/bokbro';
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'bokbro');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'bokbro');
}
