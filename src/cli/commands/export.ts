import type { Command } from 'commander';
import type { Period } from '../../domain/date.ts';
import type { Hub } from '../../hub/hub.ts';
import { listDeliveries } from '../../store/deliveries.ts';
import { chooseCompany } from '../choose.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { readDay } from '../options.ts';
import { writeSieImport } from '../write-sie.ts';
import { withHub } from './company.ts';

type ExportOptions = {
  readonly company?: string;
  readonly from?: string;
  readonly to?: string;
  readonly out: string;
};

export function addExport(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('export')
    .description('write out what the hub has booked')
    .command('sie')
    .description('the vouchers that the hub has sent, as a SIE 4I file')
    .requiredOption('--out <file>', 'the file to write')
    .option('--from <day>', 'first day of the documents')
    .option('--to <day>', 'last day of the documents')
    .option('--company <name>')
    .action(async (options: ExportOptions) => {
      done(await withHub(context, (hub) => exportSie(context, hub, options)));
    });
}

async function exportSie(context: CliContext, hub: Hub, options: ExportOptions): Promise<ExitCode> {
  const company = await chooseCompany(hub, options.company);
  const days: Partial<Period> = {
    ...(options.from === undefined ? {} : { from: readDay(options.from, '--from') }),
    ...(options.to === undefined ? {} : { to: readDay(options.to, '--to') }),
  };
  const query = { companyId: company.id, states: ['done'] as const, ...days };
  const deliveries = await listDeliveries(hub.database.db, query);
  const count = await writeSieImport(options.out, company.name, async function* () {
    for (const delivery of deliveries) yield* delivery.vouchers;
  });
  context.out(`${count} vouchers written to ${options.out}\n`);
  return 0;
}
