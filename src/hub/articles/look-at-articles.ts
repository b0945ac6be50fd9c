import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { attemptRead } from '../../engine/attempt.ts';
import { encodeJson, jsonIn, sha256, stableJson, type Json } from '../../lib/json.ts';
import type { ArticleTrouble } from '../../ports/article-trouble.ts';
import { countTold, forgetNotTold, forgetTold } from '../../store/article-levels.ts';
import { endLook, isUnderway, takeLook, type GoodsLook } from '../../store/goods-looks.ts';
import type { Hub } from '../hub.ts';
import { articleSides, articlesOf, type ArticleFlow, type ArticleSides } from './article-flow.ts';
import { compareArticles, type ComparedArticles } from './compare-articles.ts';

/** How often the ledger is asked, at the most. */
const EVERY_MS = 2 * 60_000;
/** A look takes no more than this part of the time; while it has more to come to, half. */
const SHARE = 10;
const FIRST_SHARE = 1;
/** What waits for a person is tried again so much later. */
const TROUBLED_MS = 10 * 60_000;
/** A holder that has not said for so long that it lives has died: a hundred cards take less. */
export const HOLD_MS = 5 * 60_000;
/** All rows are listed so often; in between, what has changed is asked for. */
const WHOLE_MS = 30 * 60_000;
/** What the shop lacked, or had twice, is looked for again so often. */
const NOT_TOLD_MS = 24 * 60 * 60_000;
/** Cards of one look: bookings share the ledger's limit with it. */
const CARDS_MAX = 200;

/** How a look at articles ended. */
export type ArticlesLooked =
  | ({ readonly kind: 'looked' } & Omit<ComparedArticles, 'cards'>)
  /** Another process looks just now, or what was found before is still on its way. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'stopped'; readonly trouble: ArticleTrouble };

const markSchema = z.object({
  /** What has changed since is asked for the next time; null: all is listed. */
  since: z.string().nullable(),
  /** Where a look that came to its end of cards goes on; null: it came to the end of all. */
  at: z.json().nullable(),
  /** The ledger's mark of where that look began. */
  begun: z.string().nullable(),
  /** What was chosen then. */
  choices: z.string(),
});

type Mark = Omit<z.infer<typeof markSchema>, 'at'> & { readonly at: Json | null };

/** Looks at a flow's articles now, and has told what the shop is to know. */
export async function lookAtArticles(hub: Hub, flow: ArticleFlow): Promise<ArticlesLooked> {
  const { db } = hub.database;
  const holder = randomUUID();
  const look = await takeLook(db, articlesOf(flow), { holder, forMs: HOLD_MS });
  if (look === null) return { kind: 'busy' };
  const beganMs = hub.clock.nowMs();
  if (await isUnderway(db, articlesOf(flow))) {
    await endLook(db, articlesOf(flow), { holder, dueInMs: 0, trouble: null });
    return { kind: 'busy' };
  }
  await countTold(hub.database, flow.id);
  const ended = await unlessUnasked(async () => {
    const sides = await articleSides(hub, flow);
    return 'trouble' in sides ? sides : walk({ hub, flow, sides, holder }, look);
  });
  const tookMs = hub.clock.nowMs() - beganMs;
  if ('trouble' in ended) {
    const { trouble } = ended;
    const waitMs = trouble.code === 'not-asked' ? EVERY_MS : TROUBLED_MS;
    await endLook(db, articlesOf(flow), { holder, dueInMs: waitMs, trouble });
    return { kind: 'stopped', trouble };
  }
  const { mark, looked } = ended;
  const isDone = mark.at === null;
  const dueInMs = isDone ? Math.max(EVERY_MS, tookMs * SHARE) : tookMs * FIRST_SHARE;
  const marks = { mark: encodeJson(mark), isListed: isDone && ended.isWhole };
  await endLook(db, articlesOf(flow), { holder, dueInMs, trouble: null, ...marks });
  return { kind: 'looked', ...looked };
}

/** What is in the way of a look, as data. */
export async function unlessUnasked<T>(
  act: () => Promise<T>,
): Promise<T | { readonly trouble: ArticleTrouble }> {
  const read = await attemptRead(act);
  if (read.kind === 'answered') return read.value;
  return { trouble: { code: 'not-asked', why: read.says } };
}

type Walking = {
  readonly hub: Hub;
  readonly flow: ArticleFlow;
  readonly sides: ArticleSides;
  readonly holder: string;
};

/** Goes through what has changed, or through all, up to the end of the cards of one look. */
async function walk(
  { hub, flow, sides, holder }: Walking,
  look: GoodsLook,
): Promise<{
  readonly mark: Mark;
  readonly isWhole: boolean;
  readonly looked: Omit<ComparedArticles, 'cards'>;
}> {
  const { db } = hub.database;
  const choices = choicesKey(flow);
  const before = markSchema.safeParse(jsonIn(look.mark ?? '')).data as Mark | undefined;
  const isAsChosen = before?.choices === choices;
  // Other choices tell other parts of each card.
  if (!isAsChosen) await forgetTold(db, flow.id);
  await forgetNotTold(hub.database, flow.id, NOT_TOLD_MS);
  const isOld = look.listedAtMs === null || hub.clock.nowMs() - look.listedAtMs >= WHOLE_MS;
  const goesOn = isAsChosen && before.at !== null;
  const since = isAsChosen && (goesOn || !isOld) ? before.since : null;
  const which = since === null ? 'other' : 'came';
  let [at, begun] = goesOn ? [before.at, before.begun] : [null, null];
  let [compared, cards] = [0, 0];
  const twice: string[] = [];
  const stillLooking = async (): Promise<void> => {
    await takeLook(db, articlesOf(flow), { holder, forMs: HOLD_MS });
  };
  for (let pages = 0; ; pages += 1) {
    const page = await sides.ledger.page({ since, at });
    begun ??= page.mark;
    const own = { hub, flow, sides, which, stillLooking, look: `${holder}.${pages}` } as const;
    const part = await compareArticles(own, page.rows);
    compared += part.compared;
    cards += part.cards;
    twice.push(...part.twice);
    at = page.next;
    if (at === null || cards >= CARDS_MAX) break;
  }
  const mark = at === null ? { since: begun, at, begun: null } : { since, at, begun };
  const isWhole = since === null;
  return { mark: { ...mark, choices }, isWhole, looked: { compared, twice } };
}

/** All that decides what a shop is told of an article. */
export function choicesKey({ choices }: ArticleFlow): string {
  const { articles, articleFields, priceList, listPrices, products } = choices;
  return sha256(stableJson([articles, articleFields, priceList, listPrices, products])).slice(
    0,
    16,
  );
}
