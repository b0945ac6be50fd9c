import type { Hub } from '../../hub/hub.ts';
import type { StockFlow } from '../../hub/stock/stock-flow.ts';
import type { HealthItem } from '../../ports/target.ts';
import { isForPerson, type StockTrouble } from '../../ports/stock-trouble.ts';
import { stockTroubles } from '../../store/stock.ts';
import { describeStockTrouble } from '../../text/stock.ts';
import type { CliContext } from '../context.ts';

/** How stock of flows is kept; none for a company that keeps none. */
export async function stockItems(
  context: Pick<CliContext, 'language'>,
  hub: Hub,
  flows: readonly StockFlow[],
): Promise<readonly HealthItem[]> {
  const [first] = flows;
  if (first === undefined) return [];
  const troubles = await stockTroubles(hub.database.db, first.company.id);
  return flows.map(({ id, way, ledger, shop }): HealthItem => {
    const [from, to] = way === 'to-shop' ? [ledger, shop] : [shop, ledger];
    const item = 'stock';
    const trouble = troubles.get(id ?? '') as StockTrouble | undefined; // Written by `lookAtStock`.
    if (trouble === undefined) return { item, state: 'ok', says: `${from.name} → ${to.name}` };
    const says = describeStockTrouble(trouble, context.language);
    return { item, state: isForPerson(trouble) ? 'problem' : 'warning', says };
  });
}
