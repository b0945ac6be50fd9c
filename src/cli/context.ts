import type { Language } from '../domain/posting/words.ts';
import type { Config } from '../hub/config.ts';
import type { Hub } from '../hub/hub.ts';
import type { AnyConnector } from '../ports/connector.ts';

/** What commands are given: where they write, in which language, and how they reach a hub. */
export type CliContext = {
  readonly out: (text: string) => void;
  /** Progress and complaints: never mixed with what a program reads from standard output. */
  readonly err: (text: string) => void;
  readonly isTerminal: boolean;
  readonly hasColours: boolean;
  readonly columns: number;
  readonly language: Language;
  /** Who decides, as noted with a decision. */
  readonly user: string;
  readonly config: Config;
  readonly connectors: ReadonlyMap<string, AnyConnector>;
  readonly openHub: (options?: { readonly maintain?: boolean }) => Promise<Hub>;
  /** Runs the hub with its web server until it is told to stop. */
  readonly start: () => Promise<void>;
  /** Runs a worker until it is told to stop. */
  readonly work: () => Promise<void>;
  /** Runs the demo. */
  readonly demo: (options: DemoOptions) => Promise<number>;
};

/** How the demo is run. */
export type DemoOptions = {
  readonly json: boolean;
  readonly keep: boolean;
  readonly sie: string | null;
};

/** How a command ended: 0 done, 1 something waits for a person, 2 it could not be done. */
export type ExitCode = 0 | 1 | 2;

/** The command cannot be carried out; the message says what to do. Exit code 2. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
