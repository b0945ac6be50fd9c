import { looksDue } from '../../store/goods-looks.ts';
import type { Hub } from '../hub.ts';
import { keepDoing, type KeptUp } from '../keep-doing.ts';
import { articleFlows, type ArticleFlow } from './article-flow.ts';
import { lookAtArticles } from './look-at-articles.ts';

/** How often it is asked which flows are due. */
const ASK_MS = 5_000;

/**
 * Keeps products of shops like their ledgers' articles. Any number of processes may do so: each
 * flow is looked at by one at a time.
 */
export function keepArticles(hub: Hub): KeptUp {
  const failed = 'it could not be looked which articles shops are to be told of';
  return keepDoing(hub, { everyMs: ASK_MS, failed }, () => lookAtDueArticles(hub));
}

/** Looks at all flows that are due now. One that fails keeps none of the others. */
async function lookAtDueArticles(hub: Hub): Promise<void> {
  const flows = new Map(
    (await articleFlows(hub)).flatMap((flow): [string, ArticleFlow][] => {
      // A connection that waits for a person is not asked.
      const isReady = flow.ledger.state === 'ready' && flow.shop.state === 'ready';
      return isReady ? [[flow.id, flow]] : [];
    }),
  );
  for (const id of await looksDue(hub.database.db, 'articles', [...flows.keys()])) {
    const flow = flows.get(id);
    if (flow === undefined) continue;
    try {
      const looked = await lookAtArticles(hub, flow);
      if (looked.kind === 'stopped' && looked.trouble.code !== 'not-asked') {
        const about = { flow: id, ...looked.trouble };
        hub.log.warn(about, 'articles are not told to the shop: bokbro doctor says why');
      }
      if (looked.kind === 'looked' && looked.compared > 0) {
        hub.log.info({ flow: id, compared: looked.compared }, 'articles were compared');
      }
    } catch (error) {
      hub.log.warn({ flow: id, error: String(error) }, 'a look at articles failed');
    }
  }
}
