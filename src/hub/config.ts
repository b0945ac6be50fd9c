import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DatabasePlace } from '../store/hub-database.ts';

/** How a hub is started: where it keeps things, and where it listens. */
export type Config = {
  /** The data folder: the embedded database, the master key, the log. */
  readonly home: string;
  readonly database: DatabasePlace;
  readonly masterKey: string | undefined;
  readonly port: number;
  readonly host: string;
  /** The address under which browsers and outside systems reach the hub. */
  readonly publicUrl: string;
  readonly logLevel: string;
};

const PORT = 5_310;

/** The configuration of the environment. Everything has a default that needs no set-up. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const home = resolve(env['BOKBRO_HOME'] ?? defaultHome(env));
  const port = Number(env['BOKBRO_PORT'] ?? PORT);
  const host = env['BOKBRO_HOST'] ?? '127.0.0.1';
  const url = env['DATABASE_URL'];
  return {
    home,
    database:
      url === undefined ? { kind: 'embedded', home, durable: true } : { kind: 'server', url },
    masterKey: env['BOKBRO_MASTER_KEY'],
    port,
    host,
    publicUrl: env['BOKBRO_URL'] ?? `http://${host}:${port}`,
    logLevel: env['BOKBRO_LOG'] ?? 'info',
  };
}

/** A folder of the user's own; for root one that the database's user can enter. */
function defaultHome(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/bokbro';
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'bokbro');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'bokbro');
}
