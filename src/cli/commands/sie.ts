import { createReadStream, existsSync } from 'node:fs';
import type { Command } from 'commander';
import { summarizeSie, type SieSummary } from '../../domain/sie/summary.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { paint } from '../paint.ts';

export function addSie(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const sie = program.command('sie').description('SIE 4 files');
  sie
    .command('read')
    .argument('<file>')
    .description('say what a SIE file holds and everything that is wrong with it')
    .option('--json', 'one object on standard output')
    .addHelpText(
      'after',
      '\nA file of any size is read in constant memory. Exit code 0 without errors, 1 with.',
    )
    .action(async (path: string, options: { readonly json?: boolean }) => {
      if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
      const summary = await summarizeSie(createReadStream(path));
      if (options.json === true) context.out(`${JSON.stringify(summary, null, 2)}\n`);
      else context.out(show(summary, context));
      done(summary.diagnostics.some((d) => d.level === 'error') ? 1 : 0);
    });
}

function show(summary: SieSummary, context: CliContext): string {
  const with_ = paint(context.hasColours);
  const signs = { error: with_.bad('✗'), warning: with_.warn('!'), info: with_.dim('·') };
  const { checksum } = summary;
  const match = checksum?.match === true ? 'right' : with_.bad('wrong');
  const sum = checksum === null ? 'none' : match;
  const diagnostics = summary.diagnostics.map(
    (d) => `  ${signs[d.level]} line ${d.line}: ${d.message} ${with_.dim(`[${d.code}]`)}\n`,
  );
  return (
    `SIE ${summary.type ?? '?'}, ${summary.encoding}, checksum ${sum}\n` +
    `${summary.accounts} accounts, ${summary.vouchers} vouchers, ${summary.rows} rows, ` +
    `${summary.unbalanced} unbalanced\n${diagnostics.join('')}`
  );
}
