import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { money } from '../../domain/money.ts';
import { isTimeOfDay } from '../../engine/schedule.ts';
import { balancesOf } from '../../hub/customer-balances.ts';
import type { Hub } from '../../hub/hub.ts';
import { makeSnapshot } from '../../hub/keep-snapshots.ts';
import { planSnapshots } from '../../store/balance-snapshots.ts';
import { balanceReturns, setBalanceReturn } from '../../store/balance-returns.ts';
import { getPickup } from '../../store/pickups.ts';
import type { Company, Flow } from '../../store/registry.ts';
import { showAmount } from '../../text/amounts.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { chooseCompany, chooseFlow, chooseFlows, type FlowEnds } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { showTable } from '../table.ts';
import { withHub } from './company.ts';
import { choosePickup } from './fetch-choose.ts';

type BalancesOptions = {
  readonly company?: string;
  readonly source?: string;
  readonly target?: string;
  readonly out?: string;
  readonly folder?: string;
  readonly serve?: boolean;
  readonly sftp?: string;
  readonly at?: readonly string[];
  readonly json?: boolean;
};

/** When nothing is said: before the stores open. */
const AT = ['04:00'];

export function addBalances(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('balances')
    .description('what customers owe, for the till: everyone, as of now')
    .option('--out <file>', 'the file that the till reads')
    .option('--company <name>')
    .option('--source <name>', 'the connection whose till is meant')
    .option('--target <name>', 'the connection whose ledger is meant')
    .option('--folder <path>', 'put the file there from now on; "" ends it')
    .option('--sftp <name>', 'with --folder: on this SFTP server, see bokbro fetch sftp --help')
    .option('--serve', 'let the till fetch them over HTTP from now on; says where')
    .option('--no-serve', 'do not serve them any more')
    .option('--at <time...>', 'with --folder or --serve: times of the day, such as 04:00 12:00')
    .option('--json', 'one object on standard output')
    .action(async (options: BalancesOptions) => {
      done(await withHub(context, (hub) => balances(context, hub, options)));
    });
}

async function balances(
  context: CliContext,
  hub: Hub,
  options: BalancesOptions,
): Promise<ExitCode> {
  const { source, target, out } = options;
  const company = await chooseCompany(hub, options.company);
  const flow = await flowOf(hub, company, { source, target });
  if (options.folder !== undefined) return setReturn(context, hub, { flow, options });
  if (options.serve !== undefined) return setServe(context, hub, { company, flow, options });
  const { snapshot, file } = await balancesOf(hub, { company, flow });
  if (out !== undefined) writeFileSync(out, file.bytes);
  if (options.json === true) {
    const plain = (_key: string, v: unknown): unknown => (typeof v === 'bigint' ? String(v) : v);
    context.out(`${JSON.stringify(snapshot, plain, 2)}\n`);
    return 0;
  }
  const amount = (minor: bigint): string => showAmount(money(minor, 'SEK'), context.language);
  const columns = [
    { head: 'customer' },
    { head: '' },
    { head: 'owes', align: 'right' },
    { head: 'overdue', align: 'right' },
  ] as const;
  const rows = snapshot.customers.map(({ number, name, balance, overdue }) => [
    number,
    name,
    amount(balance),
    amount(overdue),
  ]);
  context.out(rows.length === 0 ? 'There are no customers.\n' : `${showTable(columns, rows)}\n`);
  context.out(`As of ${snapshot.asOf}.${out === undefined ? '' : ` Written to ${out}.`}\n`);
  context.out(await describeReturn(context, hub, flow.id));
  return 0;
}

/** The flow that is meant; unless it is said, the one whose till takes balances. */
async function flowOf(hub: Hub, company: Company, ends: FlowEnds): Promise<Flow> {
  const taking: Flow[] = [];
  for (const flow of await chooseFlows(hub, company, ends)) {
    if ((await hub.openBalances(flow.source.id)) !== null) taking.push(flow);
  }
  const [flow] = taking;
  if (flow !== undefined && taking.length === 1) return flow;
  return chooseFlow(hub, company, { ...ends, how: 'Say --source and --target.' });
}

async function setReturn(
  context: CliContext,
  hub: Hub,
  of: { readonly flow: Flow; readonly options: BalancesOptions },
): Promise<ExitCode> {
  const { folder = '', sftp } = of.options;
  const times = readTimes(of.options);
  const pickup = sftp === undefined ? null : await choosePickup(hub, sftp);
  if (pickup !== null && pickup.kind !== 'sftp') {
    throw new CommandError(`${pickup.name} is a mailbox: balances are put on an SFTP server.`);
  }
  const at = { flowId: of.flow.id, folder, times, pickupId: pickup?.id ?? null };
  await setBalanceReturn(hub.database.db, at);
  const there = pickup === null ? folder : `${folder} at ${pickup.name}`;
  context.out(
    folder === ''
      ? 'No balances are put anywhere from now on.\n'
      : `Balances are put into ${there} at ${times.join(', ')}, and when they have changed.\n`,
  );
  return 0;
}

function readTimes({ at: times = AT }: BalancesOptions): readonly string[] {
  const strange = times.find((time) => !isTimeOfDay(time));
  if (strange === undefined) return times;
  throw new CommandError(`--at ${strange}: give a time such as 04:00.`);
}

async function setServe(
  context: CliContext,
  hub: Hub,
  of: { readonly company: Company; readonly flow: Flow; readonly options: BalancesOptions },
): Promise<ExitCode> {
  const { company, flow, options } = of;
  if (options.serve !== true) {
    await planSnapshots(hub.database.db, flow.id, null);
    context.out('No balances are served from now on.\n');
    return 0;
  }
  const times = readTimes(options);
  await planSnapshots(hub.database.db, flow.id, times);
  const { asOf } = await makeSnapshot(hub, { company, flow });
  const url = `${hub.config.publicUrl}/v1/balances/${encodeURIComponent(flow.source.name)}`;
  context.out(
    `Balances are made at ${times.join(', ')}, and when they have changed; these are as of ` +
      `${asOf}. The till fetches them with\n\n  GET ${url}\n  authorization: Bearer KEY\n\n` +
      `KEY is made by: bokbro key NAME --for balances --company "${company.name}"\n`,
  );
  return 0;
}

/** Where the balances are put, when that was done last, and what is in the way. */
async function describeReturn(context: CliContext, hub: Hub, flowId: string): Promise<string> {
  const { db } = hub.database;
  const one = (await balanceReturns(db)).find((each) => each.flowId === flowId);
  if (one === undefined) return '';
  const pickup = one.pickupId === null ? null : await getPickup(db, one.pickupId);
  const there = pickup === null ? one.folder : `${one.folder} at ${pickup.name}`;
  const last = one.returnedAtMs === null ? 'not yet' : new Date(one.returnedAtMs).toISOString();
  const says = `Put into ${there} at ${one.times.join(', ')}; last ${last}.\n`;
  if (one.failed === null) return says;
  const { atMs, trouble } = one.failed;
  const when = new Date(atMs).toISOString();
  return `${says}Not put there at ${when}: ${describeTrouble(trouble, context.language)}\n`;
}
