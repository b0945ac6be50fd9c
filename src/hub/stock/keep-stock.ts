import { isForPerson } from '../../ports/stock-trouble.ts';
import { looksDue } from '../../store/goods-looks.ts';
import type { Hub } from '../hub.ts';
import { keepDoing, type KeptUp } from '../keep-doing.ts';
import { lookAtStock, type StoredStockFlow } from './look-at-stock.ts';
import { stockFlows } from './stock-flow.ts';

/** How often it is asked which flows are due. */
const ASK_MS = 5_000;

/**
 * Keeps stock of flows like their masters'. Any number of processes may do so: each flow is looked
 * at by one at a time.
 */
export function keepStock(hub: Hub): KeptUp {
  const failed = 'it could not be looked whose stock is to be written';
  return keepDoing(hub, { everyMs: ASK_MS, failed }, () => lookAtDueStock(hub));
}

/** Looks at all flows that are due now. One that fails keeps none of the others. */
async function lookAtDueStock(hub: Hub): Promise<void> {
  const flows = new Map(
    (await stockFlows(hub)).flatMap((flow): [string, StoredStockFlow][] => {
      const { id } = flow;
      return id === null || !isReady(flow) ? [] : [[id, { ...flow, id }]];
    }),
  );
  for (const id of await looksDue(hub.database.db, 'stock', [...flows.keys()])) {
    const flow = flows.get(id);
    if (flow === undefined) continue;
    try {
      const looked = await lookAtStock(hub, flow);
      if (looked.kind === 'stopped' && isForPerson(looked.trouble)) {
        const about = { flow: id, ...looked.trouble };
        hub.log.warn(about, 'stock is not written: bokbro doctor says why');
      }
      if (looked.kind === 'looked' && looked.changes > 0) {
        hub.log.info({ flow: id, changes: looked.changes }, 'stock is being written');
      }
    } catch (error) {
      hub.log.warn({ flow: id, error: String(error) }, 'a look at stock failed');
    }
  }
}

/** A connection that waits for a person is not asked. */
function isReady({ ledger, shop }: Pick<StoredStockFlow, 'ledger' | 'shop'>): boolean {
  return ledger.state === 'ready' && shop.state === 'ready';
}
