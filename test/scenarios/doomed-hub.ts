import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Doom, PushHubEvent, PushHubTask } from './push-hub.ts';
import { until } from './stage.ts';

const PUSH_HUB = join(import.meta.dirname, 'push-hub.ts');

/** A hub in a process of its own, which dies where it is told to. */
export class DoomedHub {
  readonly #process: ChildProcess;
  readonly #events: PushHubEvent[] = [];
  readonly ended: Promise<NodeJS.Signals | null>;

  constructor(task: PushHubTask) {
    this.#process = spawn(process.execPath, [PUSH_HUB, JSON.stringify(task)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.on('message', (event) => void this.#events.push(event as PushHubEvent));
    this.ended = new Promise((resolve) =>
      this.#process.once('exit', (_, signal) => resolve(signal)),
    );
  }

  async ready(): Promise<void> {
    await until(() => this.#events.includes('ready'));
  }

  /** Tells it to die at a point of what it does from now on; null: to count and go on living. */
  async doom(at: number | null): Promise<void> {
    const told: Doom = { at };
    this.#events.length = 0;
    this.#process.send(told);
    await until(() => this.#events.includes('heard'));
  }

  /** What it has come to since. */
  points(): readonly string[] {
    return this.#events.flatMap((event) => (typeof event === 'object' ? event.point : []));
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }
}

/** A port that nothing listens on, for one hub after another. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
