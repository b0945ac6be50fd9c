import type { FlowChoices } from '../../domain/posting/choices.ts';
import type { ArticleReader } from '../../ports/articles.ts';
import type { ArticleTrouble } from '../../ports/article-trouble.ts';
import type { Feed } from '../../ports/feed.ts';
import type { FileSource } from '../../ports/source.ts';
import { listFlows, type Company, type Connection } from '../../store/registry.ts';
import { choicesOf } from '../choices-of-flow.ts';
import type { Hub } from '../hub.ts';
import { troubleBetween } from './article-flow.ts';

/** A flow whose ledger's register follows a shop. */
export type ShopArticleFlow = {
  readonly id: string;
  readonly company: Company;
  readonly shop: Connection;
  readonly ledger: Connection;
  readonly choices: FlowChoices;
};

/** The flows of a company whose ledgers follow a shop's articles. */
export async function shopArticleFlows(
  hub: Hub,
  company: Company,
): Promise<readonly ShopArticleFlow[]> {
  const flows = await listFlows(hub.database.db, company.id);
  return flows.flatMap((flow): ShopArticleFlow[] => {
    const { id, source: shop, target: ledger } = flow;
    const choices = choicesOf(flow, company);
    const isKept = choices.articles !== 'off' && isShop(hub, shop);
    return isKept ? [{ id, company, shop, ledger, choices }] : [];
  });
}

/** Only what can be told something back is asked what it sells. */
function isShop(hub: Hub, { connector }: Connection): boolean {
  return hub.connectors.get(connector)?.hears !== undefined;
}

/** How the two sides of a flow are asked. */
export type ShopArticleSides = {
  readonly again: NonNullable<Feed['again']>;
  readonly source: FileSource;
  readonly ledger: ArticleReader;
};

/** The two sides of a flow, or why neither is asked. */
export async function shopArticleSides(
  hub: Hub,
  flow: ShopArticleFlow,
): Promise<ShopArticleSides | { readonly trouble: ArticleTrouble }> {
  const { company, shop, ledger, choices } = flow;
  const trouble = await troubleBetween(hub, { company, from: shop, to: ledger, choices });
  if (trouble !== null) return { trouble };
  const again = (await hub.openFeed(shop.id))?.again;
  if (again === undefined) return { trouble: { code: 'not-fetched', shop: shop.name } };
  const register = await hub.openArticles(ledger.id);
  if (register === null) return { trouble: { code: 'cannot-tell', system: ledger.name } };
  return { again, source: await hub.openSource(shop.id), ledger: register };
}
