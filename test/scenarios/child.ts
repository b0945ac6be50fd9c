import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { LOOPBACK } from '../../src/hub/reach.ts';
import type { Stage } from './stage.ts';

/** A `bokbro` command in a process of its own. */
export type Child = {
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly said: { out: string; err: string };
  /** Resolves with its exit code when it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
};

/** What a command came to. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

const COMMAND = join(import.meta.dirname, '..', '..', 'bin', 'bokbro.js');

/** Variables of the machine that would change what a command does or says. */
const OWN = /^(BOKBRO_|DATABASE_URL$|NODE_|LC_|LANG$|FORCE_COLOR$|NO_COLOR$)/;

/**
 * Starts a command with these variables and nothing of the hub's from the machine's own. The systems
 * that it calls stand on this machine.
 */
export function startChild(
  env: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Child {
  const inherited = Object.entries(process.env).filter(([name]) => !OWN.test(name));
  const child = spawn(process.execPath, [COMMAND, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(inherited), BOKBRO_REACH: LOOPBACK.join(), ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said.err += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { process: child, said, ended };
}

/** Runs a command to its end. */
export async function runChild(
  env: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<Ended> {
  const child = startChild(env, ...argv);
  const code = await child.ended;
  return { code, ...child.said };
}

/** Tells a process to stop, and resolves with its exit code when it has. */
export function stopChild(child: Child): Promise<number | null> {
  child.process.kill('SIGTERM');
  return child.ended;
}

/** Variables by which a process works on a stage's own database. */
export function envOf({ config }: Stage): Readonly<Record<string, string>> {
  const { database, home } = config;
  if (database.kind !== 'server') throw new Error('the stage is on a database server');
  return { BOKBRO_HOME: home, DATABASE_URL: database.url, BOKBRO_PORT: '0' };
}
