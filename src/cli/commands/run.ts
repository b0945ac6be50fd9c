import type { Command } from 'commander';
import type { CliContext, ExitCode } from '../context.ts';

type DemoFlags = { readonly json?: boolean; readonly keep?: boolean; readonly sie?: string };

export function addRunCommands(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('start')
    .description('run the hub: web server, uploads, drop folders, fetching and a worker')
    .action(async () => {
      await context.start();
      done(0);
    });
  program
    .command('worker')
    .description('run a worker only; any number of them share the work over DATABASE_URL')
    .action(async () => {
      await context.work();
      done(0);
    });
  program
    .command('demo')
    .description('a month of day reports into simulated books, and the proof')
    .option('--json', 'one object on standard output')
    .option('--sie <file>', 'also write the ledger as SIE 4')
    .option('--keep', 'leave the hub running')
    .action(async (flags: DemoFlags) => {
      const code = await context.demo({
        json: flags.json === true,
        keep: flags.keep === true,
        sie: flags.sie ?? null,
      });
      done(code === 0 ? 0 : 1);
    });
}
