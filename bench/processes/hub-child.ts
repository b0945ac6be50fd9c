import { join } from 'node:path';
import type { BenchRun } from '../bench-run.ts';
import { startChild } from './child.ts';
import type { HubActName, HubActs, HubAnswer, HubQuestion, HubTask } from './hub-acts.ts';

/** A hub in a process of its own. */
export type HubChild = {
  readonly pid: number;
  /** @throws Error with what the process says when it cannot */
  ask<Name extends HubActName>(
    act: Name,
    asks: HubActs[Name]['asks'],
  ): Promise<HubActs[Name]['answers']>;
  /** Deliveries brought to their end, as last told. */
  done(): number;
  stop(): Promise<void>;
};

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
};

/** Starts a hub and waits until it is open. */
export async function startHubChild({ cleanup }: BenchRun, task: HubTask): Promise<HubChild> {
  const child = startChild(cleanup, {
    args: [join(import.meta.dirname, 'hub-process.ts'), JSON.stringify(task)],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  let done = 0;
  let asked = 0;
  const ready = new Promise<void>((resolve, reject) => {
    child.process.on('message', (message) => {
      const said = message as HubAnswer;
      if (said.kind === 'ready') resolve();
      else if (said.kind === 'done') done = said.count;
      else settle(waiting, said);
    });
    void child.ended.then(() => {
      const error = new Error('a hub process ended before it was told to');
      reject(error);
      for (const one of waiting.values()) one.reject(error);
    });
  });
  await ready;
  return {
    pid: child.pid,
    done: () => done,
    stop: child.stop,
    ask: async (act, asks) => {
      const question: HubQuestion = { id: (asked += 1), act, asks };
      const answered = new Promise<unknown>((resolve, reject) => {
        waiting.set(question.id, { resolve, reject });
      });
      child.process.send(question);
      return (await answered) as HubActs[typeof act]['answers'];
    },
  };
}

function settle(
  waiting: Map<number, Waiting>,
  said: Extract<HubAnswer, { readonly kind: 'answer' | 'failed' }>,
): void {
  const one = waiting.get(said.id);
  waiting.delete(said.id);
  if (said.kind === 'answer') one?.resolve(said.value);
  else one?.reject(new Error(said.says));
}
