import { SingleBar } from 'cli-progress';
import { compareWhole, type WholeProgress } from '../../hub/stock/compare-whole.ts';
import type { Hub } from '../../hub/hub.ts';
import {
  lookAtStock,
  type StockLooked,
  type StoredStockFlow,
} from '../../hub/stock/look-at-stock.ts';
import { stockFlows } from '../../hub/stock/stock-flow.ts';
import { describeStockTrouble } from '../../text/stock.ts';
import { chooseCompany, chooseConnection, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { untilDelivered } from '../wait.ts';

/** What is said of a look at stock. */
export type SyncStockOptions = {
  readonly connection?: string;
  readonly company?: string;
  readonly full?: boolean;
};

/** Looks at stock now, of one shop or of all of a company. */
export async function syncStock(
  context: CliContext,
  hub: Hub,
  options: SyncStockOptions,
): Promise<ExitCode> {
  const company = await chooseCompany(hub, options.company);
  const { connection } = options;
  const only = connection === undefined ? null : await chooseConnection(hub, company, connection);
  const flows = (await stockFlows(hub, company)).flatMap((flow): StoredStockFlow[] => {
    const isMeant = only === null || flow.shop.id === only.id || flow.ledger.id === only.id;
    return flow.id === null || !isMeant ? [] : [{ ...flow, id: flow.id }];
  });
  if (flows.length === 0) {
    throw new CommandError(
      `No stock is kept for ${only?.name ?? company.name}: a flow does so with ` +
        '--set stock.follows=true, from a shop to its ledger or back.',
    );
  }
  let code: ExitCode = 0;
  for (const flow of flows) {
    const looked = await look(context, hub, { flow, isFull: options.full === true });
    context.out(saidOf(flow, looked, context));
    if (looked.kind !== 'looked') code = 1;
  }
  return code;
}

async function look(
  context: CliContext,
  hub: Hub,
  of: { readonly flow: StoredStockFlow; readonly isFull: boolean },
): Promise<StockLooked> {
  const { flow, isFull } = of;
  const ends = { source: flow.ledger.id, target: flow.shop.id };
  const [company, all] = [flow.company, await chooseFlows(hub, flow.company, {})];
  const flows = all.filter(({ target }) => target.id === ends.source || target.id === ends.target);
  if (!isFull) {
    const looked = await lookAtStock(hub, flow);
    const says = await untilDelivered(context, hub, { company, flows });
    if (says !== null) context.err(`${says}\n`);
    return looked;
  }
  const worker = await hub.startWorker();
  const progress = progressOf(context);
  try {
    return await compareWhole(hub, flow, progress.told);
  } finally {
    progress.end();
    await worker.stop();
  }
}

type Shown = { readonly told: (at: WholeProgress) => void; readonly end: () => void };

/** A bar on a terminal; elsewhere a line for each part, which a log file keeps. */
function progressOf(context: CliContext): Shown {
  if (!context.isTerminal) {
    const told = ({ done, total, changes }: WholeProgress): void => {
      const of = total === null ? '' : ` of ${total}`;
      context.err(`${done}${of} articles compared, ${changes} to be written\n`);
    };
    return { told, end: () => undefined };
  }
  const bar = new SingleBar({
    format: '{bar} {value}/{total} articles, {changes} to be written',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(0, 0, { changes: 0 });
  const told = ({ done, total, changes }: WholeProgress): void => {
    bar.setTotal(Math.max(done, total ?? 0));
    bar.update(done, { changes });
  };
  return { told, end: () => bar.stop() };
}

function saidOf(
  { way, ledger, shop }: StoredStockFlow,
  looked: StockLooked,
  { language }: CliContext,
): string {
  const [from, to] = way === 'to-shop' ? [ledger.name, shop.name] : [shop.name, ledger.name];
  const name = `${from} → ${to}`;
  if (looked.kind === 'stopped')
    return `${name}: ${describeStockTrouble(looked.trouble, language)}\n`;
  if (looked.kind === 'busy') {
    return `${name}: somebody looks just now, or what was found is still on its way\n`;
  }
  const { compared, changes, twice } = looked;
  const double =
    twice.length === 0 ? '' : `, left alone as several have the number: ${twice.join(', ')}`;
  return `${name}: ${compared} articles compared, ${changes} written${double}\n`;
}
