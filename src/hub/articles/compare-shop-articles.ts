import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Article } from '../../domain/document/article.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import { keepArticle } from '../../domain/keep-article.ts';
import type { Json } from '../../lib/json.ts';
import type { ArticleReader, ArticleRow } from '../../ports/articles.ts';
import type { ArticleTrouble } from '../../ports/article-trouble.ts';
import type { FeedFile } from '../../ports/feed.ts';
import { endLook, noteWhole, takeLook } from '../../store/goods-looks.ts';
import { countKept, countOnTheirWay, tellAgain, toldArticles } from '../../store/shop-articles.ts';
import type { Hub } from '../hub.ts';
import { untilTaken, type WholeProgress } from '../stock/compare-whole.ts';
import { articlesOf } from './article-flow.ts';
import type { AllCompared } from './compare-all-articles.ts';
import { HOLD_MS, unlessUnasked } from './look-at-articles.ts';
import {
  shopArticleSides,
  type ShopArticleFlow,
  type ShopArticleSides,
} from './shop-article-flow.ts';

/** Pages of a ledger's register, five hundred articles each. */
const REGISTER_PAGES_MAX = 1_000;
/** Pages of a shop's products, a hundred or more each. */
const SHOP_PAGES_MAX = 10_000;
/** How often it is looked whether what is on its way has arrived. */
const WAIT_MS = 100;
/** So long without anything arriving, it is given up: the ledger does not answer. */
const PATIENCE_MS = 10 * 60_000;

const placeSchema = z.object({
  at: z.json().nullable(),
  done: z.number().int(),
  changes: z.number().int(),
  twice: z.array(z.string()),
});

type Place = Omit<z.infer<typeof placeSchema>, 'at'> & { readonly at: Json | null };

const FIRST: Place = { at: null, done: 0, changes: 0, twice: [] };

type Whole = {
  readonly hub: Hub;
  readonly flow: ShopArticleFlow;
  readonly sides: ShopArticleSides;
  readonly holder: string;
  readonly told: (progress: WholeProgress) => void;
};

/**
 * Compares every article of a shop with what stands in the ledger's register, whatever is known of
 * it, and has written what differs. The register is listed once; the shop is read page by page, and
 * the next page when what the one before has changed has arrived, so that bookings wait behind no
 * more than a page. Cut off, it goes on behind the last page that was compared.
 */
export async function compareShopArticles(
  hub: Hub,
  flow: ShopArticleFlow,
  told: (progress: WholeProgress) => void,
): Promise<AllCompared> {
  const { db } = hub.database;
  const holder = randomUUID();
  const look = await untilTaken(hub, articlesOf(flow), { holder, forMs: HOLD_MS });
  if (look === null) return { kind: 'busy' };
  const from = (placeSchema.safeParse(look.whole).data as Place | undefined) ?? FIRST;
  const ended = await unlessUnasked(async () => {
    const sides = await shopArticleSides(hub, flow);
    return 'trouble' in sides ? sides : compareFrom({ hub, flow, sides, holder, told }, from);
  });
  const trouble: ArticleTrouble | null = 'trouble' in ended ? ended.trouble : null;
  await endLook(db, articlesOf(flow), { holder, dueInMs: 0, trouble });
  return 'trouble' in ended ? { kind: 'stopped', trouble: ended.trouble } : ended;
}

async function compareFrom(whole: Whole, from: Place): Promise<AllCompared> {
  const { hub, flow, sides, told } = whole;
  const { db } = hub.database;
  if (!(await haveArrived(whole))) return { kind: 'busy' };
  const before = await countKept(hub.database, flow.id);
  // What a run that was cut off had on its way is its own.
  let place = from === FIRST ? from : { ...from, changes: from.changes + before };
  const register = await registerOf(whole);
  if (register === null) return tooMany(flow.ledger);
  for (let pages = 0; pages < SHOP_PAGES_MAX; pages += 1) {
    const page = await sides.again(place.at);
    const articles = page.file === null ? [] : await taken(whole, page.file);
    const twice = await tellOthers(whole, { articles, register });
    if (!(await haveArrived(whole))) return { kind: 'busy' };
    const changes = place.changes + (await countKept(hub.database, flow.id));
    const done = place.done + articles.length;
    place = { at: page.cursor, done, changes, twice: [...new Set([...place.twice, ...twice])] };
    await noteWhole(db, articlesOf(flow), page.isMore ? place : null);
    told({ done, total: page.isMore ? null : done, changes });
    if (!page.isMore) return { kind: 'looked', compared: done, changes, twice: place.twice };
  }
  return tooMany(flow.shop);
}

/** The ledger's register, by article number. @returns null when there is too much of it */
async function registerOf({
  sides,
  ...whole
}: Whole): Promise<ReadonlyMap<string, ArticleRow> | null> {
  const register = new Map<string, ArticleRow>();
  let at: Json | null = null;
  for (let pages = 0; pages < REGISTER_PAGES_MAX; pages += 1) {
    const page: Awaited<ReturnType<ArticleReader['page']>> = await sides.ledger.page({
      since: null,
      at,
    });
    for (const row of page.rows) register.set(row.number, row);
    await stillLooking(whole);
    at = page.next;
    if (at === null) return register;
  }
  return null;
}

function tooMany({ name: system }: { readonly name: string }): AllCompared {
  return { kind: 'stopped', trouble: { code: 'too-many', system } };
}

/** Takes a page in as any that a shop tells: what has changed since goes its way by that. */
async function taken({ hub, flow, sides }: Whole, file: FeedFile): Promise<readonly Article[]> {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield file.bytes;
  };
  const { name } = file;
  await hub.takeFile({ connectionId: flow.shop.id, name, via: 'feed', bytes: open() });
  const articles: Article[] = [];
  for await (const reading of sides.source.read({ name, open })) {
    if (reading.kind === 'document' && reading.document.kind === 'article') {
      articles.push(reading.document);
    }
  }
  return articles;
}

/**
 * Tells the ledger again what is known there otherwise, and is not on its way.
 *
 * @returns numbers that several articles have: nobody knows which is meant
 */
async function tellOthers(
  { hub, flow, sides }: Whole,
  of: {
    readonly articles: readonly Article[];
    readonly register: ReadonlyMap<string, ArticleRow>;
  },
): Promise<readonly string[]> {
  const shopFlow = { id: flow.id, shopId: flow.shop.id };
  const keys = of.articles.map(({ ref }) => refKey(ref));
  const known = await toldArticles(hub.database.db, shopFlow, keys);
  const [again, twice]: [string[], string[]] = [[], []];
  for (const document of of.articles) {
    const stands = known.get(refKey(document.ref));
    if (stands === undefined || stands.isOpen) continue;
    const { number } = document.article;
    if (stands.isShared) twice.push(number);
    else if (differs(sides.ledger, document, { flow, row: of.register.get(number) })) {
      again.push(refKey(document.ref));
    }
  }
  if (again.length > 0) await tellAgain(hub.database, hub.jobs, { flow: shopFlow, keys: again });
  return twice;
}

function differs(
  ledger: ArticleReader,
  document: Article,
  { flow, row }: { readonly flow: ShopArticleFlow; readonly row: ArticleRow | undefined },
): boolean {
  const kept = keepArticle(document, flow.choices);
  if ('idle' in kept) return false;
  return row === undefined ? kept.keeping.creates : !ledger.holds(row, kept.keeping);
}

/** Waits until nothing of the flow is on its way. @returns false when nothing moves any more */
async function haveArrived(whole: Omit<Whole, 'sides'>): Promise<boolean> {
  const { hub, flow } = whole;
  let before = Number.POSITIVE_INFINITY;
  let movedAtMs = hub.clock.nowMs();
  for (;;) {
    const open = await countOnTheirWay(hub.database.db, flow.id);
    if (open === 0) return stillLooking(whole);
    if (open !== before) {
      if (!(await stillLooking(whole))) return false;
      movedAtMs = hub.clock.nowMs();
      before = open;
    }
    if (hub.clock.nowMs() - movedAtMs > PATIENCE_MS) return false;
    await hub.clock.sleep(WAIT_MS);
  }
}

/** Says that it is still at it. @returns false when another process has taken over */
async function stillLooking({ hub, flow, holder }: Omit<Whole, 'sides'>): Promise<boolean> {
  const hold = { holder, forMs: HOLD_MS };
  return (await takeLook(hub.database.db, articlesOf(flow), hold)) !== null;
}
