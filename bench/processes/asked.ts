import { join } from 'node:path';
import type { BenchRun } from '../bench-run.ts';
import { startChild } from './child.ts';

/** What a process can be asked for, by name. */
export type Acts = Readonly<Record<string, (asks: never) => Promise<unknown>>>;

/** A process that does what it is asked, seen from outside. */
export type Asked<Of extends Acts> = {
  readonly pid: number;
  /** @throws Error with what the process says when it cannot */
  ask<Name extends keyof Of & string>(
    act: Name,
    ...asks: Parameters<Of[Name]>
  ): Promise<Awaited<ReturnType<Of[Name]>>>;
  stop(): Promise<void>;
};

type Question = { readonly id: number; readonly act: string; readonly asks: unknown };
type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly says: string };

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

/** Starts a script of this folder with a task, and waits until it takes questions. */
export async function startAsked<Of extends Acts>(
  { cleanup }: BenchRun,
  of: { readonly script: string; readonly task: unknown },
): Promise<Asked<Of>> {
  const child = startChild(cleanup, {
    args: [join(import.meta.dirname, of.script), JSON.stringify(of.task)],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  await new Promise<void>((resolve, reject) => {
    child.process.on('message', (message) => {
      const said = message as Answer;
      if (said.kind === 'ready') return resolve();
      const one = waiting.get(said.id);
      waiting.delete(said.id);
      if (said.kind === 'answer') one?.resolve(said.value);
      else one?.reject(new Error(said.says));
    });
    void child.ended.then(() => {
      const error = new Error(`${of.script} ended before it was told to`);
      reject(error);
      for (const one of waiting.values()) one.reject(error);
    });
  });
  let asked = 0;
  return {
    pid: child.pid,
    stop: child.stop,
    ask: (act, ...[asks]) =>
      new Promise((resolve, reject) => {
        const question: Question = { id: (asked += 1), act, asks };
        waiting.set(question.id, { resolve, reject });
        child.process.send(question);
      }),
  };
}

/** The task that this process was started with. */
export function ownTask(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}

/** Takes questions until this process is told to end. */
export function answerAsked(acts: Acts, end: () => Promise<void>): void {
  const tell = (said: Answer): void => {
    if (process.connected) process.send?.(said);
  };
  process.on('message', ({ id, act, asks }: Question) => {
    const done = acts[act]?.(asks as never) ?? Promise.reject(new Error(`no act is called ${act}`));
    done.then(
      (value) => tell({ kind: 'answer', id, value }),
      (error: unknown) => tell({ kind: 'failed', id, says: String(error) }),
    );
  });
  const stop = (): void => {
    void end().finally(() => process.exit(0));
  };
  process.once('disconnect', stop);
  process.once('SIGTERM', stop);
  tell({ kind: 'ready' });
}
