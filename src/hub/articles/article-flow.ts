import type { ArticleField } from '../../domain/document/article.ts';
import type { FlowChoices } from '../../domain/posting/choices.ts';
import type { ArticleReader } from '../../ports/articles.ts';
import type { ArticleTrouble } from '../../ports/article-trouble.ts';
import type { StockReader } from '../../ports/stock.ts';
import type { LooksOf } from '../../store/goods-looks.ts';
import {
  listCompanies,
  listFlows,
  listReturns,
  type Company,
  type Connection,
} from '../../store/registry.ts';
import { choicesOf } from '../choices-of-flow.ts';
import type { Hub } from '../hub.ts';

/** A flow whose shop follows a ledger's articles. */
export type ArticleFlow = {
  readonly id: string;
  readonly company: Company;
  readonly ledger: Connection;
  readonly shop: Connection;
  readonly choices: FlowChoices;
};

/** The flows of a company, or of all, whose shops follow a ledger's articles. */
export async function articleFlows(hub: Hub, only?: Company): Promise<readonly ArticleFlow[]> {
  const { db } = hub.database;
  const found: ArticleFlow[] = [];
  for (const company of only === undefined ? await listCompanies(db) : [only]) {
    for (const flow of await listReturns(db, company.id)) {
      const { id, source: ledger, target: shop } = flow;
      const choices = choicesOf(flow, company);
      if (choices.articles !== 'off') found.push({ id, company, ledger, shop, choices });
    }
  }
  return found;
}

/** Its looks, as they are kept. */
export function articlesOf({ id }: Pick<ArticleFlow, 'id'>): LooksOf {
  return { flowId: id, what: 'articles' };
}

/** How the two sides of a flow's articles are asked. */
export type ArticleSides = {
  readonly ledger: ArticleReader;
  /** What the shop has, and where it lies there. */
  readonly shop: StockReader;
};

/** The two sides of a flow's articles, or why neither is asked. */
export async function articleSides(
  hub: Hub,
  flow: Omit<ArticleFlow, 'id'>,
): Promise<ArticleSides | { readonly trouble: ArticleTrouble }> {
  const { company, ledger, shop, choices } = flow;
  const trouble = await troubleBetween(hub, { company, from: ledger, to: shop, choices });
  if (trouble !== null) return { trouble };
  const [ofLedger, ofShop] = [await hub.openArticles(ledger.id), await hub.openStock(shop.id)];
  if (ofLedger === null) return { trouble: { code: 'cannot-tell', system: ledger.name } };
  if (ofShop === null) return { trouble: { code: 'cannot-tell', system: shop.name } };
  return { ledger: ofLedger, shop: ofShop };
}

/** Why a flow cannot keep articles, for what the one the other way keeps. null: it can. */
export async function troubleBetween(
  hub: Hub,
  of: {
    readonly company: Company;
    readonly from: Connection;
    readonly to: Connection;
    readonly choices: FlowChoices;
  },
): Promise<ArticleTrouble | null> {
  const { company, from, to, choices } = of;
  const { db } = hub.database;
  const returns = await listReturns(db, company.id);
  const all = [...(await listFlows(db, company.id)), ...returns];
  const back = all.find(({ source, target }) => source.id === to.id && target.id === from.id);
  if (back === undefined) return null;
  const [shop, ledger] = returns.includes(back) ? [from, to] : [to, from];
  const names = { shop: shop.name, ledger: ledger.name };
  return bothOwn(choices, choicesOf(back, company), names);
}

/** Whether two flows that go both ways would write the same parts of a card. null: they do not. */
function bothOwn(
  one: FlowChoices,
  other: FlowChoices,
  names: { readonly shop: string; readonly ledger: string },
): ArticleTrouble | null {
  if (one.articles === 'off' || other.articles === 'off') return null;
  const fields = one.articleFields.filter((field: ArticleField) =>
    other.articleFields.includes(field),
  );
  return fields.length === 0 ? null : { code: 'both-own', ...names, fields };
}
