import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../src/connectors/tripletex/simulator/faults/fault.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import type { WorkerTask } from '../torture/worker.ts';
import { QUICK, type Stage } from './stage.ts';

const WORKER = join(import.meta.dirname, '../torture/worker.ts');

/** A worker process, and the next one when it has died. */
export class Lives {
  #child: ChildProcess | null = null;
  #isOver = false;
  #count = 0;

  begin(task: WorkerTask): void {
    const seed = task.seed + 1_000 * this.#count;
    this.#count += 1;
    const given = JSON.stringify({ ...task, seed });
    const child = spawn(process.execPath, [WORKER, given], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.once('exit', () => {
      if (!this.#isOver) this.begin(task);
    });
    this.#child = child;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}

/** Each way in which a call to Tripletex can go wrong. */
export const FAULTS: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'too-many-requests' },
  { kind: 'session-expired', forGood: false },
  { kind: 'session-expired', forGood: true },
  { kind: 'server-error', commits: false },
  { kind: 'server-error', commits: true },
  { kind: 'hang', commits: true },
  { kind: 'lose-answer' },
  { kind: 'cut-answer' },
  { kind: 'late-commit', ms: 60 },
  { kind: 'wrong-body', body: 'html', commits: true },
  { kind: 'wrong-body', body: 'error', commits: true },
];

/** Processes take long to begin on a busy machine, and some die at once. */
const PATIENCE_MS = 240_000;

/**
 * Resolves when so many deliveries of a company are done.
 *
 * @throws AssertionError when something waits for a person
 */
export async function untilDone(
  stage: Stage,
  company: { readonly id: string },
  count: number,
): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const { done, held } = await countDeliveries(stage.hub.database.db, company.id);
    assert.equal(held, 0, 'nothing waits for a person');
    if (done === count) return;
    assert.ok(Date.now() < endMs, `${done} of ${count} are done`);
    await sleep(100);
  }
}

/** Files to be taken in, by a process that dies now and then. */
export function workerTask(
  stage: Stage,
  of: Pick<WorkerTask, 'databaseUrl' | 'seed' | 'chances'> & {
    readonly files: readonly {
      readonly name: string;
      readonly content: string;
      readonly source: { readonly id: string };
    }[];
  },
): WorkerTask {
  const { home, publicUrl } = stage.config;
  const { databaseUrl, seed, chances } = of;
  return {
    ...{ databaseUrl, home, seed, chances, publicUrl },
    masterKey: readFileSync(join(home, 'master.key'), 'utf8').trim(),
    files: of.files.map(({ name, content, source }) => {
      const path = join(home, name);
      writeFileSync(path, content);
      return { path, connectionId: source.id };
    }),
    timing: { ...QUICK, callMs: 350, deadlineMs: 900, secondLookMs: 500 },
    rate: { requests: 60, perMs: 600 },
  };
}
