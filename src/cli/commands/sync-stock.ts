import { compareWhole } from '../../hub/stock/compare-whole.ts';
import type { Hub } from '../../hub/hub.ts';
import {
  lookAtStock,
  type StockLooked,
  type StoredStockFlow,
} from '../../hub/stock/look-at-stock.ts';
import { stockFlows, type StockFlow } from '../../hub/stock/stock-flow.ts';
import type { Connection } from '../../store/registry.ts';
import { goodsTexts } from '../../text/goods.ts';
import { describeStockTrouble } from '../../text/stock.ts';
import { chooseCompany, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { flowsMeant, type FlowsSaid } from '../meant-flows.ts';
import { progressOf } from '../show/goods.ts';
import { untilDelivered } from '../wait.ts';

/** What is said of a look at stock or articles. */
export type SyncGoodsOptions = FlowsSaid & {
  readonly company?: string;
  readonly full?: boolean;
};

/** Looks at stock now, of one shop or of all of a company. */
export async function syncStock(
  context: CliContext,
  hub: Hub,
  options: SyncGoodsOptions,
): Promise<ExitCode> {
  const company = await chooseCompany(hub, options.company);
  const meant = await flowsMeant(hub, company, options);
  const flows = (await stockFlows(hub, company)).flatMap((flow): StoredStockFlow[] => {
    return flow.id === null || !meant.has(...endsOf(flow)) ? [] : [{ ...flow, id: flow.id }];
  });
  if (flows.length === 0) {
    const { noStock } = goodsTexts(context.language);
    throw new CommandError(noStock(meant.name));
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

function endsOf({ way, ledger, shop }: StockFlow): readonly [Connection, Connection] {
  return way === 'to-shop' ? [ledger, shop] : [shop, ledger];
}

function saidOf(flow: StoredStockFlow, looked: StockLooked, { language }: CliContext): string {
  const name = endsOf(flow)
    .map((end) => end.name)
    .join(' → ');
  const texts = goodsTexts(language);
  if (looked.kind === 'stopped') {
    return `${name}: ${describeStockTrouble(looked.trouble, language)}\n`;
  }
  if (looked.kind === 'busy') return `${name}: ${texts.busy}\n`;
  const { compared, changes, twice, left = 0 } = looked;
  const double = twice.length === 0 ? '' : texts.twice(twice);
  const later = left === 0 ? '' : texts.left(left);
  return `${name}: ${texts.looked(compared, changes)}${later}${double}\n`;
}
