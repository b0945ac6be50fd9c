import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { addAuditCommands } from './commands/audit.ts';
import { addBalances } from './commands/balances.ts';
import { addClosed } from './commands/closed.ts';
import { addCompanyCommands } from './commands/company.ts';
import { addConnect } from './commands/connect.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExport } from './commands/export.ts';
import { addFetch } from './commands/fetch.ts';
import { addFiles } from './commands/files.ts';
import { addFirm } from './commands/firm.ts';
import { addFlowCommands } from './commands/flow.ts';
import { addHeld } from './commands/held.ts';
import { addImport } from './commands/import.ts';
import { addKeys } from './commands/keys.ts';
import { addMissing } from './commands/missing.ts';
import { addPeople } from './commands/people.ts';
import { addPlan } from './commands/plan.ts';
import { addReconcile } from './commands/reconcile.ts';
import { addRunCommands } from './commands/run.ts';
import { addSchedule } from './commands/schedule.ts';
import { addSync } from './commands/sync.ts';
import { addSie } from './commands/sie.ts';
import { addWebhooks } from './commands/webhooks.ts';
import { ConnectorError, OperatorError } from '../ports/errors.ts';
import { noteActs } from './note-acts.ts';
import { CommandError, type CliContext, type ExitCode } from './context.ts';

const ABOUT = `Carries business documents from where a company sells into its books: exactly once,
seen before it is booked, proven afterwards.

Begin with:  bokbro demo            a month of day reports into simulated books
             bokbro plan FILE --from minbutik      what a file would become`;

/** Runs one command. @returns 0 done, 1 something waits for a person, 2 it could not be done */
export async function runCommand(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  let code: ExitCode = 0;
  const done = (ended: ExitCode): void => {
    code = ended;
  };
  const program = new Command('bokbro')
    .description(ABOUT)
    .version(versionOf(), '--version', 'its version')
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .configureOutput({ writeOut: context.out, writeErr: context.err });
  const noting = noteActs(context);
  noting.watch(program);
  for (const add of COMMANDS) add(program, noting.context, done);
  for (const command of everyCommand(program))
    command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, context);
  }
}

const COMMANDS = [
  addPlan,
  addImport,
  addHeld,
  addSync,
  addMissing,
  addClosed,
  addFiles,
  addSchedule,
  addBalances,
  addReconcile,
  addExport,
  addSie,
  addDoctor,
  addCompanyCommands,
  addConnect,
  addFetch,
  addFlowCommands,
  addFirm,
  addPeople,
  addKeys,
  addWebhooks,
  addAuditCommands,
  addRunCommands,
] as const;

/** As the package says it. */
function versionOf(): string {
  const file = join(import.meta.dirname, '..', '..', 'package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}

function everyCommand(program: Command): Command[] {
  return program.commands.flatMap((command) => [command, ...everyCommand(command)]);
}

function failed(error: unknown, context: CliContext): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CommandError || isForPeople(error)) {
    context.err(`${error.message}\n`);
    return 2;
  }
  throw error;
}

/** These say themselves what happened and what to do. */
function isForPeople(error: unknown): error is Error {
  return error instanceof OperatorError || error instanceof ConnectorError;
}
