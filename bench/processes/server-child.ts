import { createServer } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRun } from '../bench-run.ts';
import { startChild, type Child } from './child.ts';

/** `bokbro start` as a person starts it. */
export type ServerChild = Child & {
  readonly url: string;
  readonly home: string;
  /** When it was started, on the clock of `performance.now()`. */
  readonly startedMs: number;
  /** The server process of its database; null while there is none. */
  postmaster(): number | null;
};

const BOKBRO = join(import.meta.dirname, '../../bin/bokbro.js');
const POLL_MS = 20;
const GONE_WAIT_MS = 20_000;

export async function startServerChild(
  run: BenchRun,
  at: { readonly home: string },
): Promise<ServerChild> {
  const { home } = at;
  const port = await freePort();
  const stopDatabase = stopsDatabaseOf(run, home);
  const startedMs = performance.now();
  const child = startChild(run.cleanup, {
    args: [BOKBRO, 'start'],
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { BOKBRO_HOME: home, BOKBRO_PORT: String(port), BOKBRO_LOG: 'error' },
  });
  return {
    ...child,
    url: `http://127.0.0.1:${port}`,
    home,
    startedMs,
    postmaster: () => postmasterOf(home),
    stop: async () => {
      await child.stop();
      await stopDatabase();
    },
  };
}

/**
 * Should a hub on this folder end without stopping its database, we do.
 *
 * @returns does it now
 */
export function stopsDatabaseOf({ cleanup }: BenchRun, home: string): () => Promise<void> {
  return cleanup.add(async () => {
    const pid = postmasterOf(home);
    if (pid === null) return;
    try {
      process.kill(pid, 'SIGINT');
    } catch {
      return; // It has ended.
    }
    for (let waited = 0; waited < GONE_WAIT_MS && postmasterOf(home) !== null; waited += POLL_MS) {
      await sleep(POLL_MS);
    }
  });
}

function postmasterOf(home: string): number | null {
  const file = join(home, 'pg', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
