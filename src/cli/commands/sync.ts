import type { Command } from 'commander';
import type { Hub } from '../../hub/hub.ts';
import {
  bookNow,
  fetchOrder,
  isBooked,
  orderNumber,
  shopsOf,
  type OrderAsked,
} from '../../hub/sync-order.ts';
import { listDeliveries, type DeliveryView } from '../../store/deliveries.ts';
import type { FoundOrder } from '../../store/find-order.ts';
import type { Company, Connection } from '../../store/registry.ts';
import { describeRefusal } from '../../text/refusals.ts';
import { chooseCompany, chooseConnection, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { nameDocument } from '../show/documents.ts';
import { untilDelivered } from '../wait.ts';
import { withHub } from './company.ts';
import { syncArticles } from './sync-articles.ts';
import { syncStock, type SyncGoodsOptions } from './sync-stock.ts';

type SyncOptions = SyncGoodsOptions & { readonly order?: string };

const SYNC_HELP = `The order is fetched from its shop first, when that can be asked, and booked as
it stands there now, with a voucher of its own: whatever it waits for, and whatever leaves it out.
One that is booked is left alone; one that is cancelled is not booked.
Stock and articles are compared by a look as the hub makes them by itself, in whichever way flows
keep them; --full compares every article with what stands on the other side, goes on where it was
cut off, and says how far it is. A flow is meant by its two ends where a shop has one each way:

    bokbro sync articles --full --flow woocommerce fortnox
    bokbro sync stock --full --flow fortnox woocommerce

Exit code 0 when it is booked or compared, 1 when it is not, 2 for bad use.`;

export function addSync(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('sync')
    .argument('[what]', 'stock or articles, when it is not an order')
    .description('book one order of a shop now, or bring stock or articles up to date')
    .option('--order <number>', 'its number, as the shop and its customer call it')
    .option('--full', 'stock, articles: compare every article, whatever is known of it')
    .option('--connection <name>', 'the shop; not needed with a single one')
    .option('--flow <ends...>', 'stock, articles: one flow alone, as SOURCE TARGET')
    .option('--company <name>')
    .addHelpText('after', `\n${SYNC_HELP}`)
    .action(async (what: string | undefined, options: SyncOptions) => {
      done(await withHub(context, (hub) => syncWhat(context, hub, { what, options })));
    });
}

function syncWhat(
  context: CliContext,
  hub: Hub,
  { what, options }: { readonly what: string | undefined; readonly options: SyncOptions },
): Promise<ExitCode> {
  const { order } = options;
  if (order !== undefined && options.flow !== undefined) {
    throw new CommandError('--flow is for stock and articles; an order is found by --connection');
  }
  if (what === 'stock' && order === undefined) return syncStock(context, hub, options);
  if (what === 'articles' && order === undefined) return syncArticles(context, hub, options);
  if (what === undefined && order !== undefined) return sync(context, hub, { ...options, order });
  throw new CommandError('bokbro sync --order NUMBER, bokbro sync stock or bokbro sync articles');
}

async function sync(
  context: CliContext,
  hub: Hub,
  options: SyncOptions & { readonly order: string },
): Promise<ExitCode> {
  const company = await chooseCompany(hub, options.company);
  const shops = await chooseShops(hub, company, options.connection);
  const number = orderNumber(options.order);
  const order = await orderOf(context, hub, { companyId: company.id, shops, number });
  const { deliveryIds } = order;
  if (deliveryIds.length === 0) {
    throw new CommandError(
      `Order ${number} goes nowhere: ${order.connection} has no flow, or had none when it came.`,
    );
  }
  const flows = await chooseFlows(hub, company, {});
  // What has just come is planned first: it may be booked by that.
  await waitFor(context, hub, { company, flows });
  const act = { companyId: company.id, deliveryIds, by: context.user };
  if (await bookNow(hub, act)) await waitFor(context, hub, { company, flows });
  const query = { companyId: company.id, ids: deliveryIds };
  const after = await listDeliveries(hub.database.db, query);
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

/** The connections that may have the order. At least one. */
async function chooseShops(
  hub: Hub,
  company: Company,
  name: string | undefined,
): Promise<readonly Connection[]> {
  if (name !== undefined) return [await chooseConnection(hub, company, name)];
  const shops = await shopsOf(hub, company.id);
  if (shops.length > 0) return shops;
  throw new CommandError(`${company.name} has no shop. Connect one: bokbro connect woocommerce`);
}

async function orderOf(context: CliContext, hub: Hub, asked: OrderAsked): Promise<FoundOrder> {
  const fetched = await fetchOrder(hub, asked);
  switch (fetched.kind) {
    case 'several':
      throw new CommandError(`Which shop’s? --connection NAME: ${fetched.names.join(', ')}`);
    case 'none': {
      const names = asked.shops.map(({ name }) => name).join(', ');
      throw new CommandError(
        fetched.trouble ?? `There is no order ${asked.number} in ${names}, and none has come.`,
      );
    }
    case 'found':
      if (fetched.trouble !== null) {
        context.err(`${fetched.trouble} The order is taken as it came before.\n`);
      }
      return fetched.order;
  }
}

function saidOf({ id, document, state, label, refusals }: DeliveryView, of: CliContext): string {
  const name = `${id}  ${nameDocument(document)}`;
  if (state === 'done') return `${name}: booked as ${label ?? ''}\n`;
  const why = refusals.map((refusal) => `    ${describeRefusal(refusal, of.language)}\n`);
  const what = state === 'gathered' ? 'on its way, on the voucher of its day' : state;
  return `${name}: ${what}\n${why.join('')}`;
}
