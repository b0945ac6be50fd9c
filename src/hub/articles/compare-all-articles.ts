import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../lib/json.ts';
import type { ArticleTrouble } from '../../ports/article-trouble.ts';
import { countTold } from '../../store/article-levels.ts';
import { endLook, noteWhole, takeLook, type GoodsLook } from '../../store/goods-looks.ts';
import type { Hub } from '../hub.ts';
import { hasArrived, untilTaken, type WholeProgress } from '../stock/compare-whole.ts';
import { articleSides, articlesOf, type ArticleFlow, type ArticleSides } from './article-flow.ts';
import { compareArticles } from './compare-articles.ts';
import { choicesKey, HOLD_MS, unlessUnasked, type ArticlesLooked } from './look-at-articles.ts';

/** How a comparison of all articles ended. */
export type AllCompared =
  | Exclude<ArticlesLooked, { readonly kind: 'looked' }>
  | {
      readonly kind: 'looked';
      readonly compared: number;
      /** Products that the shop has changed or made. */
      readonly changes: number;
      readonly twice: readonly string[];
    };

const placeSchema = z.object({
  at: z.json().nullable(),
  done: z.number().int(),
  changes: z.number().int(),
  twice: z.array(z.string()),
  /** The ledger's mark of when it was begun: what changes meanwhile is asked for from there. */
  begun: z.string().nullable(),
});

type Place = Omit<z.infer<typeof placeSchema>, 'at'> & { readonly at: Json | null };

const FIRST: Place = { at: null, done: 0, changes: 0, twice: [], begun: null };

type Whole = {
  readonly hub: Hub;
  readonly flow: ArticleFlow;
  readonly sides: ArticleSides;
  readonly holder: string;
  readonly told: (progress: WholeProgress) => void;
};

/**
 * Compares every article of the ledger with what stands in the shop, whatever is known of it, and
 * has written what differs. Cut off, it goes on behind the last page that was compared.
 */
export async function compareAllArticles(
  hub: Hub,
  flow: ArticleFlow,
  told: (progress: WholeProgress) => void,
): Promise<AllCompared> {
  const { db } = hub.database;
  const holder = randomUUID();
  const look = await untilTaken(hub, articlesOf(flow), { holder, forMs: HOLD_MS });
  if (look === null) return { kind: 'busy' };
  const ended = await unlessUnasked(async () => {
    const sides = await articleSides(hub, flow);
    return 'trouble' in sides ? sides : compareFrom({ hub, flow, sides, holder, told }, look);
  });
  const trouble: ArticleTrouble | null = 'trouble' in ended ? ended.trouble : null;
  const marks = 'mark' in ended && ended.mark !== null ? { mark: ended.mark, isListed: true } : {};
  await endLook(db, articlesOf(flow), { holder, dueInMs: 0, trouble, ...marks });
  return 'trouble' in ended ? { kind: 'stopped', trouble: ended.trouble } : ended.looked;
}

async function compareFrom(
  { hub, flow, sides, holder, told }: Whole,
  look: GoodsLook,
): Promise<{ readonly looked: AllCompared; readonly mark: string | null }> {
  const { db } = hub.database;
  const busy = { looked: { kind: 'busy' }, mark: null } as const;
  let place: Place = (placeSchema.safeParse(look.whole).data as Place | undefined) ?? FIRST;
  const stillLooking = async (): Promise<void> => {
    await takeLook(db, articlesOf(flow), { holder, forMs: HOLD_MS });
  };
  const arrived = async (): Promise<boolean> => {
    if (!(await hasArrived(hub, articlesOf(flow)))) return false;
    return (await takeLook(db, articlesOf(flow), { holder, forMs: HOLD_MS })) !== null;
  };
  if (!(await arrived())) return busy;
  await countTold(hub.database, flow.id);
  for (;;) {
    const page = await sides.ledger.page({ since: null, at: place.at });
    const own = { hub, flow, sides, which: 'whole', stillLooking } as const;
    const part = await compareArticles({ ...own, look: `${holder}.${place.done}` }, page.rows);
    if (!(await arrived())) return busy;
    const changes = place.changes + (await countTold(hub.database, flow.id));
    const done = place.done + page.rows.length;
    const begun = place.begun ?? page.mark;
    place = { at: page.next, done, changes, twice: [...place.twice, ...part.twice], begun };
    await noteWhole(db, articlesOf(flow), page.next === null ? null : place);
    told({ done, total: page.total, changes });
    if (page.next === null) {
      const { twice } = place;
      const looked = { kind: 'looked', compared: done, changes, twice } as const;
      const mark = { since: begun, at: null, begun: null, choices: choicesKey(flow) };
      return { looked, mark: JSON.stringify(mark) };
    }
  }
}
