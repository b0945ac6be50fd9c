import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { Cleanup } from '../cleanup.ts';

/** A process of ours. */
export type Child = {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end, and makes it end when it does not. */
  stop(): Promise<void>;
};

export type ChildOptions = {
  readonly command?: string;
  readonly args: readonly string[];
  readonly stdio: StdioOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number } | null;
  readonly signal?: NodeJS.Signals;
};

const STOP_WAIT_MS = 20_000;

/** Starts a process that is stopped at the end of the run at the latest; Node.js by default. */
export function startChild(cleanup: Cleanup, options: ChildOptions): Child {
  const { command = process.execPath, args, stdio, env, user = null, signal = 'SIGTERM' } = options;
  const stop = cleanup.add(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS);
    await ended;
    clearTimeout(late);
  });
  const child = spawn(command, [...args], {
    stdio,
    env: { ...process.env, ...env },
    // A group of its own: Ctrl-C reaches us alone, and we stop everything in order.
    detached: true,
    // Another user may not be able to enter where we stand.
    ...(user === null ? {} : { ...user, cwd: '/' }),
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { pid: child.pid ?? -1, process: child, ended, stop };
}

/** The first line that a process prints. @throws Error when it ends before */
export function firstLine(child: Child): Promise<string> {
  const { stdout } = child.process;
  return new Promise((resolve, reject) => {
    let text = '';
    stdout?.setEncoding('utf8');
    stdout?.on('data', (piece: string) => {
      text += piece;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    void child.ended.then(() => reject(new Error('a process ended without a word')));
  });
}

/** Everything that a process prints. @throws Error when it ends with an error */
export async function wholeOutput(child: Child): Promise<string> {
  const pieces: string[] = [];
  child.process.stdout?.setEncoding('utf8');
  child.process.stdout?.on('data', (piece: string) => pieces.push(piece));
  await new Promise<void>((resolve) => child.process.once('close', () => resolve()));
  await child.stop();
  if (child.process.exitCode === 0) return pieces.join('');
  throw new Error(`${child.process.spawnargs.slice(1, 3).join(' ')} ended with an error`);
}
