import type { ArticleFlow } from '../../hub/articles/article-flow.ts';
import type { Hub } from '../../hub/hub.ts';
import type { StockFlow } from '../../hub/stock/stock-flow.ts';
import type { ArticleTrouble } from '../../ports/article-trouble.ts';
import type { HealthItem } from '../../ports/health.ts';
import { isForPerson, type StockTrouble } from '../../ports/stock-trouble.ts';
import { lookTroubles } from '../../store/goods-looks.ts';
import { describeArticleTrouble } from '../../text/articles.ts';
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
  const troubles = await lookTroubles(hub.database.db, 'stock', first.company.id);
  return flows.map(({ id, way, ledger, shop }): HealthItem => {
    const [from, to] = way === 'to-shop' ? [ledger, shop] : [shop, ledger];
    const item = 'stock-kept';
    const trouble = troubles.get(id ?? '') as StockTrouble | undefined; // Written by `lookAtStock`.
    if (trouble === undefined) return { item, state: 'ok', says: `${from.name} → ${to.name}` };
    const says = describeStockTrouble(trouble, context.language);
    return { item, state: isForPerson(trouble) ? 'problem' : 'warning', says };
  });
}

/** How articles of flows from a ledger to a shop are kept; none for a company that keeps none. */
export async function articleItems(
  context: Pick<CliContext, 'language'>,
  hub: Hub,
  flows: readonly ArticleFlow[],
): Promise<readonly HealthItem[]> {
  const [first] = flows;
  if (first === undefined) return [];
  const troubles = await lookTroubles(hub.database.db, 'articles', first.company.id);
  return flows.map(({ id, ledger, shop }): HealthItem => {
    const item = 'articles-kept';
    const trouble = troubles.get(id) as ArticleTrouble | undefined; // Written by `lookAtArticles`.
    if (trouble === undefined) return { item, state: 'ok', says: `${ledger.name} → ${shop.name}` };
    const says = describeArticleTrouble(trouble, context.language, 'terminal');
    return { item, state: trouble.code === 'not-asked' ? 'warning' : 'problem', says };
  });
}
