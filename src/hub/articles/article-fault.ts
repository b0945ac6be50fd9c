import type { ArticleField } from '../../domain/document/article.ts';
import { readFlowChoices } from '../../engine/flow-choices.ts';
import type { ArticleTrouble } from '../../ports/article-trouble.ts';
import type { Hub } from '../hub.ts';
import type { FlowWish } from '../stock/stock-fault.ts';
import { articleSides, troubleBetween } from './article-flow.ts';

/** What a shop cannot be master of. */
const LEDGER_ALONE: ReadonlySet<ArticleField> = new Set(['description', 'active']);

/** Why a flow could not keep articles; null: it can, or is to keep none. */
export async function articleFault(hub: Hub, wish: FlowWish): Promise<ArticleTrouble | null> {
  const { company, source, target, isReturn } = wish;
  const read = readFlowChoices(wish.choices, company);
  if (!('choices' in read) || read.choices.articles === 'off') return null;
  const { choices } = read;
  if (isReturn) {
    const sides = await articleSides(hub, { company, ledger: source, shop: target, choices });
    return 'trouble' in sides ? sides.trouble : null;
  }
  const fields = choices.articleFields.filter((field) => LEDGER_ALONE.has(field));
  if (fields.length > 0) return { code: 'ledger-alone', shop: source.name, fields };
  return troubleBetween(hub, { company, from: source, to: target, choices });
}
