import { dayAt } from '../../domain/date.ts';
import {
  ARTICLE_CARDS_MAX,
  type ArticleCards,
  type LedgerCard,
  type PlacedCard,
} from '../../domain/document/article-cards.ts';
import { BOOK_CURRENCY } from '../../domain/posting/choices.ts';
import { isChosen } from '../../domain/stock.ts';
import { sha256, stableJson } from '../../lib/json.ts';
import type { ArticleRow } from '../../ports/articles.ts';
import {
  keepArticles,
  readArticles,
  type KnownArticle,
  type NotTold,
} from '../../store/article-levels.ts';
import type { Hub } from '../hub.ts';
import { byNumber } from '../stock/compare-stock.ts';
import type { ArticleFlow, ArticleSides } from './article-flow.ts';

/** What one comparison is made with. */
export type ComparingArticles = {
  readonly hub: Hub;
  readonly flow: ArticleFlow;
  readonly sides: ArticleSides;
  /** Names the documents that are made. */
  readonly look: string;
  /** Which rows are compared: those that say otherwise, all that came, or all whatever is known. */
  readonly which: 'other' | 'came' | 'whole';
  /** Says that it is still at it: cards take a call each. */
  readonly stillLooking: () => Promise<void>;
};

/** What a comparison of a part of the register came to. */
export type ComparedArticles = {
  /** Articles that were looked at on both sides. */
  readonly compared: number;
  /** Cards that were read, each by a call of its own. */
  readonly cards: number;
  /** Numbers that several products of the shop have: nobody knows which is meant. */
  readonly twice: readonly string[];
};

/**
 * Compares rows of a ledger's register with what the shop has been told of them, and makes
 * deliveries of the cards that say otherwise. What stands in the shop is compared there, just
 * before it is written: only what differs is.
 */
export async function compareArticles(
  of: ComparingArticles,
  rows: readonly ArticleRow[],
): Promise<ComparedArticles> {
  const { hub, flow, sides } = of;
  const { only, which } = flow.choices.products;
  const taking = rows.filter(({ number, isForWebshop }) => {
    return isChosen(number, only) && (which === 'all' || isForWebshop);
  });
  const numbers = taking.map(({ number }) => number);
  const known = await readArticles(hub.database.db, flow.id, numbers);
  const due = taking.filter(({ number, says }) => {
    const is = known.get(number);
    return of.which !== 'other' || is === undefined || is.told === null || is.seen !== says;
  });
  if (due.length === 0) return { compared: 0, cards: 0, twice: [] };
  const asked = due.map(({ number }) => ({ number, place: known.get(number)?.place ?? null }));
  const there = byNumber(await sides.shop.of(asked));
  let cards = 0;
  for (let at = 0; at < due.length; at += ARTICLE_CARDS_MAX) {
    const some = due.slice(at, at + ARTICLE_CARDS_MAX);
    cards += await compareSome({ ...of, known, there, part: at / ARTICLE_CARDS_MAX }, some);
    await of.stillLooking();
  }
  const wanted = new Set(numbers);
  return { compared: due.length, cards, twice: there.twice.filter((one) => wanted.has(one)) };
}

type Comparing = ComparingArticles & {
  readonly known: ReadonlyMap<string, KnownArticle>;
  readonly there: ReturnType<typeof byNumber>;
  readonly part: number;
};

/** As many as one document takes. @returns how many cards were read */
async function compareSome(of: Comparing, due: readonly ArticleRow[]): Promise<number> {
  const { hub, flow, sides, known, there } = of;
  const { articles, priceList } = flow.choices;
  const seen = new Map(due.map(({ number, says }) => [number, says]));
  const placeOf = (number: string): string | null => there.once.get(number)?.place ?? null;
  const levels: KnownArticle[] = [];
  const asked: string[] = [];
  for (const { number, says } of due) {
    const why = notTold(number, { there, creates: articles === 'create' });
    if (why === null) asked.push(number);
    else levels.push({ number, seen: says, place: null, wanted: why, told: why });
  }
  const cards: PlacedCard[] = [];
  for (const card of await sides.ledger.cards(asked, priceList)) {
    const { number } = card;
    const place = placeOf(number);
    const wanted = hashOf(card);
    // An article that is no longer sold gets no product.
    const isIdle = place === null && !card.isActive;
    const isTold = of.which !== 'whole' && known.get(number)?.told === wanted;
    const told = isIdle || isTold ? wanted : null;
    levels.push({ number, seen: seen.get(number) ?? '', place, wanted, told });
    if (told === null) cards.push({ ...card, place });
  }
  const documents = cards.length === 0 ? [] : [documentOf(of, cards)];
  const about = { id: flow.id, companyId: flow.company.id, masterId: flow.ledger.id };
  await keepArticles(hub.database, hub.jobs, { flow: about, levels, documents });
  return asked.length;
}

function notTold(
  number: string,
  of: { readonly there: ReturnType<typeof byNumber>; readonly creates: boolean },
): NotTold | null {
  if (of.there.twice.includes(number)) return 'twice';
  return of.there.once.has(number) || of.creates ? null : 'absent';
}

function hashOf(card: LedgerCard): string {
  return sha256(stableJson(card)).slice(0, 32);
}

function documentOf(
  { hub, flow, look, part }: Comparing,
  cards: readonly PlacedCard[],
): ArticleCards {
  const { company, ledger } = flow;
  const id = `articles:${look}.${part + 1}`;
  return {
    kind: 'article-cards',
    ref: { system: ledger.connector, account: `connection-${ledger.id}`, id },
    date: dayAt(new Date(hub.clock.nowMs()), company.timeZone),
    currency: BOOK_CURRENCY[company.country],
    cards,
  };
}
