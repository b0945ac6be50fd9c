import { Readable } from 'node:stream';
import type { Command } from 'commander';
import type { Hub } from '../../hub/hub.ts';
import { ConnectorError } from '../../ports/errors.ts';
import { listDeliveries, resolveDeliveries, type DeliveryView } from '../../store/deliveries.ts';
import { findOrders, type FoundOrder } from '../../store/find-order.ts';
import { listConnections, type Company, type Connection } from '../../store/registry.ts';
import { describeRefusal } from '../../text/refusals.ts';
import { chooseCompany, chooseConnection, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { nameDocument } from '../show/documents.ts';
import { untilDelivered } from '../wait.ts';
import { withHub } from './company.ts';

type SyncOptions = {
  readonly order: string;
  readonly connection?: string;
  readonly company?: string;
};

const SYNC_HELP = `The order is fetched from its shop first, when that can be asked, and booked as
it stands there now, with a voucher of its own: whatever it waits for, and whatever leaves it out.
One that is booked is left alone; one that is cancelled is not booked.
Exit code 0 when it is booked, 1 when it is not, 2 for bad use.`;

export function addSync(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('sync')
    .description('book one order of a shop now')
    .requiredOption('--order <number>', 'its number, as the shop and its customer call it')
    .option('--connection <name>', 'the shop; not needed with a single one')
    .option('--company <name>')
    .addHelpText('after', `\n${SYNC_HELP}`)
    .action(async (options: SyncOptions) => {
      done(await withHub(context, (hub) => sync(context, hub, options)));
    });
}

async function sync(context: CliContext, hub: Hub, options: SyncOptions): Promise<ExitCode> {
  const company = await chooseCompany(hub, options.company);
  const shops = await shopsOf(hub, company, options.connection);
  const number = options.order.replace(/^#/, '').trim();
  const order = await orderOf(context, hub, { company, shops, number });
  if (order.deliveryIds.length === 0) {
    throw new CommandError(
      `Order ${number} goes nowhere: ${order.connection} has no flow, or had none when it came.`,
    );
  }
  const query = { companyId: company.id, ids: order.deliveryIds };
  const { db } = hub.database;
  const flows = await chooseFlows(hub, company, {});
  // What has just come is planned first: it may be booked by that.
  await waitFor(context, hub, { company, flows });
  const ids = (await listDeliveries(db, query)).filter(isToBeBooked).map(({ id }) => id);
  if (ids.length > 0) {
    const resolution = { kind: 'again', decision: { kind: 'book-now' } } as const;
    const act = { companyId: company.id, ids, resolution, by: context.user };
    await resolveDeliveries(db, hub.jobs, act);
    await waitFor(context, hub, { company, flows });
  }
  const after = await listDeliveries(db, query);
  for (const delivery of after) context.out(saidOf(delivery, context));
  return after.every(isBooked) ? 0 : 1;
}

async function waitFor(
  context: CliContext,
  hub: Hub,
  of: Parameters<typeof untilDelivered>[2],
): Promise<void> {
  const says = await untilDelivered(context, hub, of);
  if (says !== null) context.err(`${says}\n`);
}

/** The connections of a company whose systems give orders. At least one. */
async function shopsOf(
  hub: Hub,
  company: Company,
  name: string | undefined,
): Promise<readonly Connection[]> {
  if (name !== undefined) return [await chooseConnection(hub, company, name)];
  const all = await listConnections(hub.database.db, company.id);
  const shops = all.filter((one) => {
    return hub.connectors.get(one.connector)?.gives.includes('order') === true;
  });
  if (shops.length > 0) return shops;
  throw new CommandError(`${company.name} has no shop. Connect one: bokbro connect woocommerce`);
}

type Asked = {
  readonly company: Company;
  readonly shops: readonly Connection[];
  readonly number: string;
};

/** The order as its shop tells it now; as it is known, when that cannot be asked. */
async function orderOf(context: CliContext, hub: Hub, asked: Asked): Promise<FoundOrder> {
  const known = await find(hub, asked);
  if (known.length > 1) throw twoShops(known);
  const [one] = known;
  const shops = asked.shops.filter(({ id }) => one === undefined || one.connectionId === id);
  for (const shop of shops) {
    try {
      await fetchOne(hub, shop, asked.number);
    } catch (error) {
      if (!(error instanceof ConnectorError) || one === undefined) throw error;
      context.err(`${error.message} The order is taken as it came before.\n`);
    }
  }
  const [found, ...others] = await find(hub, asked);
  if (found !== undefined && others.length > 0) throw twoShops([found, ...others]);
  if (found !== undefined) return found;
  const names = asked.shops.map(({ name }) => name).join(', ');
  throw new CommandError(`There is no order ${asked.number} in ${names}, and none has come.`);
}

function find(hub: Hub, { company, shops, number }: Asked): Promise<readonly FoundOrder[]> {
  const connectionIds = shops.map(({ id }) => id);
  return findOrders(hub.database.db, { companyId: company.id, connectionIds, number });
}

function twoShops(found: readonly FoundOrder[]): CommandError {
  const names = found.map(({ connection }) => connection).join(', ');
  return new CommandError(`Which shop’s? --connection NAME: ${names}`);
}

async function fetchOne(hub: Hub, { id }: Connection, number: string): Promise<void> {
  const feed = await hub.openFeed(id);
  const file = (await feed?.one?.(number)) ?? null;
  if (file === null) return;
  const bytes = Readable.from([Buffer.from(file.bytes)]);
  await hub.takeFile({ connectionId: id, name: file.name, via: 'feed', bytes });
}

/** It waits for something, was left out, or waits for a person. */
function isToBeBooked({ state, refusals }: DeliveryView): boolean {
  if (state === 'skipped') return !refusals.some(({ code }) => code === 'order-unchanged');
  return ['pending', 'gathering', 'held', 'review'].includes(state);
}

function isBooked({ state, refusals }: DeliveryView): boolean {
  return state === 'done' || refusals.some(({ code }) => code === 'order-unchanged');
}

function saidOf({ id, document, state, label, refusals }: DeliveryView, of: CliContext): string {
  const name = `${id}  ${nameDocument(document)}`;
  if (state === 'done') return `${name}: booked as ${label ?? ''}\n`;
  const why = refusals.map((refusal) => `    ${describeRefusal(refusal, of.language)}\n`);
  const what = state === 'gathered' ? 'on its way, on the voucher of its day' : state;
  return `${name}: ${what}\n${why.join('')}`;
}
