import { userInfo } from 'node:os';
import { styleText } from 'node:util';
import { pino } from 'pino';
import { runCommand } from '../cli/program.ts';
import type { CliContext } from '../cli/context.ts';
import type { Language } from '../domain/posting/words.ts';
import { readConfig, type Config } from '../hub/config.ts';
import { openHub } from '../hub/hub.ts';
import { OperatorError } from '../ports/errors.ts';
import type { Log } from '../ports/log.ts';
import { CONNECTORS } from './connectors.ts';
import { runDemo } from './demo/demo.ts';
import { startHub, startWorkerOnly } from './run.ts';

const TERMINAL_COLUMNS = 100;

/** The language of a person's terminal: `--lang` is taken out of the arguments. */
function readLanguage(argv: string[], env: NodeJS.ProcessEnv): Language {
  const at = argv.indexOf('--lang');
  const [, asked] = at < 0 ? [] : argv.splice(at, 2);
  const locale = asked ?? env['BOKBRO_LANG'] ?? env['LC_ALL'] ?? env['LANG'] ?? '';
  if (/^sv/i.test(locale)) return 'sv';
  return /^(nb|no|nn)/i.test(locale) ? 'nb' : 'en';
}

/** Complaints of a command go to standard error; a running hub logs lines of JSON. */
function commandLog(config: Config): Log {
  return pino(
    { level: config.logLevel === 'info' ? 'error' : config.logLevel },
    pino.destination(2),
  );
}

/** A setting that cannot be used is told in one line; the exit code is that of a wrong command. */
function readConfigOrEnd(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

const argv = process.argv.slice(2);
const language = readLanguage(argv, process.env);
const config = readConfigOrEnd();
const hasColours =
  process.stdout.isTTY && styleText('bold', 'x', { stream: process.stdout }) !== 'x';

// Who reads our output may stop reading, as `head` does: what was begun is ended all the same.
let isHeard = true;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  isHeard = false;
});

const context: CliContext = {
  out: (text) => {
    if (isHeard) process.stdout.write(text);
  },
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  hasColours,
  columns: process.stdout.columns || TERMINAL_COLUMNS,
  language,
  user: process.env['BOKBRO_USER'] ?? userInfo().username,
  config,
  connectors: CONNECTORS,
  openHub: (options) =>
    openHub(config, { log: commandLog(config), connectors: CONNECTORS, ...options }),
  start: () => startHub(config),
  work: () => startWorkerOnly(config),
  demo: (options) => runDemo(context, options),
};

process.exitCode = await runCommand(argv, context);
