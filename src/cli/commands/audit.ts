import type { Command } from 'commander';
import { verifyAudit } from '../../store/audit.ts';
import type { CliContext, ExitCode } from '../context.ts';

export function addAuditCommands(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const audit = program.command('audit').description('the trail of what people have done');
  audit
    .command('verify')
    .description('compute every hash again: has a row been changed or taken away?')
    .option('--json', 'one object on standard output')
    .addHelpText(
      'after',
      '\nExit code 0 when the trail is whole, 1 when not. Rows cut off at the end leave no\n' +
        'trace in the rest: keep the count, and compare it.',
    )
    .action(async (options: { readonly json?: boolean }) => {
      const hub = await context.openHub();
      try {
        const proof = await verifyAudit(hub.database.db);
        const { rows, brokenAt } = proof;
        const says =
          brokenAt === null
            ? `${rows} rows, each as it was written.\n`
            : `Row ${brokenAt} of ${rows} is not as it was written, or one before it is gone.\n`;
        context.out(options.json === true ? `${JSON.stringify(proof, null, 2)}\n` : says);
        done(brokenAt === null ? 0 : 1);
      } finally {
        await hub.close();
      }
    });
}
