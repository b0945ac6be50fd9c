import { runCommand } from '../../src/cli/program.ts';
import type { ExitCode } from '../../src/cli/context.ts';
import type { Stage } from './stage.ts';
import { UNLIMITED } from './stage.ts';

/** What a command wrote, and how it ended. Spaces that do not break are shown as spaces. */
export type Ended = { readonly code: ExitCode; readonly out: string; readonly err: string };

/** Runs a `bokbro` command of a Swedish-speaking person on a stage's hub. */
export function command(stage: Stage, ...argv: readonly string[]): Promise<Ended> {
  return commandHeard(stage, () => undefined, ...argv);
}

/** The same for one that waits for something: what it writes is heard as it comes. */
export async function commandHeard(
  stage: Stage,
  hear: (text: string) => void,
  ...argv: readonly string[]
): Promise<Ended> {
  const said = { out: '', err: '' };
  const never = async (): Promise<never> => {
    throw new Error('a test does not start this');
  };
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
    config: stage.config,
    connectors: UNLIMITED,
    // The stage's hub goes on when the command has ended.
    openHub: async () => ({ ...stage.hub, close: async () => undefined }),
    start: never,
    work: never,
    demo: never,
  });
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
  return { code, out: plain(said.out), err: plain(said.err) };
}
