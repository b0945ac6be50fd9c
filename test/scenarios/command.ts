import { runCommand } from '../../src/cli/program.ts';
import type { CliContext, ExitCode } from '../../src/cli/context.ts';
import { readConfig } from '../../src/hub/config.ts';
import type { Stage } from './stage.ts';
import { UNLIMITED } from './stage.ts';

/** What a command wrote, and how it ended. Spaces that do not break are shown as spaces. */
export type Ended = { readonly code: ExitCode; readonly out: string; readonly err: string };

/** Runs a `bokbro` command of a Swedish-speaking person on a stage's hub. */
export function command(stage: Stage, ...argv: readonly string[]): Promise<Ended> {
  return commandHeard(stage, () => undefined, ...argv);
}

/** The same for one that waits for something: what it writes is heard as it comes. */
export function commandHeard(
  stage: Stage,
  hear: (text: string) => void,
  ...argv: readonly string[]
): Promise<Ended> {
  // The stage's hub goes on when the command has ended.
  const openHub = async () => ({ ...stage.hub, close: async () => undefined });
  return run(argv, { config: stage.config, openHub }, hear);
}

/** Runs a command where there is no hub: it fails when it asks for one. */
export function commandAlone(home: string, ...argv: readonly string[]): Promise<Ended> {
  return run(argv, { config: readConfig({ BOKBRO_HOME: home }), openHub: never });
}

async function run(
  argv: readonly string[],
  own: Pick<CliContext, 'config' | 'openHub'>,
  hear: (text: string) => void = () => undefined,
): Promise<Ended> {
  const said = { out: '', err: '' };
  const code = await runCommand(argv, {
    out: (text) => {
      said.out += text;
      hear(text);
    },
    err: (text) => void (said.err += text),
    isTerminal: false,
    hasColours: false,
    columns: 100,
    language: 'sv',
    user: 'anna',
    connectors: UNLIMITED,
    ...{ start: never, work: never, demo: never },
    ...own,
  });
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
  return { code, out: plain(said.out), err: plain(said.err) };
}

async function never(): Promise<never> {
  throw new Error('a test does not start this');
}
