import { articleFlows, type ArticleFlow } from '../../hub/articles/article-flow.ts';
import { compareAllArticles, type AllCompared } from '../../hub/articles/compare-all-articles.ts';
import { compareShopArticles } from '../../hub/articles/compare-shop-articles.ts';
import { lookAtArticles, type ArticlesLooked } from '../../hub/articles/look-at-articles.ts';
import { shopArticleFlows, type ShopArticleFlow } from '../../hub/articles/shop-article-flow.ts';
import { fetchNow } from '../../hub/fetch/fetch-files.ts';
import type { Hub } from '../../hub/hub.ts';
import type { WholeProgress } from '../../hub/stock/compare-whole.ts';
import { findFeed } from '../../store/pickups.ts';
import type { Company, Connection } from '../../store/registry.ts';
import { describeArticleTrouble } from '../../text/articles.ts';
import { goodsTexts } from '../../text/goods.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { chooseCompany, chooseFlows } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { flowsMeant } from '../meant-flows.ts';
import { progressOf } from '../show/goods.ts';
import { untilDelivered } from '../wait.ts';
import type { SyncGoodsOptions } from './sync-stock.ts';

/** A flow of either way, with what is done about it. */
type Syncing = {
  readonly company: Company;
  readonly source: Connection;
  readonly target: Connection;
  readonly look: () => Promise<Looked>;
  readonly all: (told: (progress: WholeProgress) => void) => Promise<AllCompared>;
};

type Looked =
  | ArticlesLooked
  | AllCompared
  /** A shop was asked what has changed. */
  | { readonly kind: 'fetched' }
  | { readonly kind: 'failed'; readonly says: string };

/** Compares articles now, of one shop or flow, or of all of a company. */
export async function syncArticles(
  context: CliContext,
  hub: Hub,
  options: SyncGoodsOptions,
): Promise<ExitCode> {
  const company = await chooseCompany(hub, options.company);
  const meant = await flowsMeant(hub, company, options);
  const flows = [
    ...(await shopArticleFlows(hub, company)).map((flow) => toLedger(context, hub, flow)),
    ...(await articleFlows(hub, company)).map((flow) => toShop(hub, flow)),
  ].filter(({ source, target }) => meant.has(source, target));
  const texts = goodsTexts(context.language);
  if (flows.length === 0) throw new CommandError(texts.noArticles(meant.name));
  let code: ExitCode = 0;
  for (const flow of flows) {
    const looked =
      options.full === true ? await all(context, hub, flow) : await look(context, hub, flow);
    context.out(`${flow.source.name} → ${flow.target.name}: ${saidOf(looked, context)}\n`);
    if (looked.kind !== 'looked' && looked.kind !== 'fetched') code = 1;
  }
  return code;
}

function toShop(hub: Hub, flow: ArticleFlow): Syncing {
  const { company, ledger: source, shop: target } = flow;
  return {
    ...{ company, source, target },
    look: () => lookAtArticles(hub, flow),
    all: (told) => compareAllArticles(hub, flow, told),
  };
}

function toLedger(context: CliContext, hub: Hub, flow: ShopArticleFlow): Syncing {
  const { company, shop: source, ledger: target } = flow;
  return {
    ...{ company, source, target },
    look: () => ask(context, hub, source),
    all: (told) => compareShopArticles(hub, flow, told),
  };
}

/** Asks a shop what has changed, as it is asked by itself. */
async function ask({ language }: CliContext, hub: Hub, { id, name }: Connection): Promise<Looked> {
  const feed = await findFeed(hub.database.db, id);
  if (feed === null) {
    return { kind: 'stopped', trouble: { code: 'not-fetched', shop: name } };
  }
  const end = await fetchNow(hub, feed);
  if (end.kind === 'failed')
    return { kind: 'failed', says: describeTrouble(end.trouble, language) };
  return end.kind === 'held' ? { kind: 'busy' } : { kind: 'fetched' };
}

async function look(context: CliContext, hub: Hub, flow: Syncing): Promise<Looked> {
  const { company, source, target } = flow;
  const ends = new Set([source.id, target.id]);
  const flows = (await chooseFlows(hub, company, {})).filter((one) => ends.has(one.target.id));
  const looked = await flow.look();
  const says = await untilDelivered(context, hub, { company, flows });
  if (says !== null) context.err(`${says}\n`);
  return looked;
}

async function all(context: CliContext, hub: Hub, flow: Syncing): Promise<AllCompared> {
  const worker = await hub.startWorker();
  const progress = progressOf(context);
  try {
    return await flow.all(progress.told);
  } finally {
    progress.end();
    await worker.stop();
  }
}

function saidOf(looked: Looked, { language }: CliContext): string {
  const texts = goodsTexts(language);
  switch (looked.kind) {
    case 'stopped':
      return describeArticleTrouble(looked.trouble, language, 'terminal');
    case 'failed':
      return looked.says;
    case 'busy':
      return texts.busy;
    case 'fetched':
      return texts.fetched;
    case 'looked': {
      const { compared, twice } = looked;
      const says =
        'changes' in looked ? texts.looked(compared, looked.changes) : texts.compared(compared);
      return `${says}${twice.length === 0 ? '' : texts.twice(twice)}`;
    }
  }
}
