import { parseQuantity, type Hundredths } from '../../domain/stock.ts';
import { isRecord, objectIn, textOf, type WireObject } from '../../lib/json-object.ts';
import { jsonIn } from '../../lib/json.ts';
import type { Clock } from '../../ports/clock.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { StockAsked, StockLevel, StockReader } from '../../ports/stock.ts';
import { readArticle } from './article-cards.ts';
import type { FortnoxClient } from './client.ts';
import { markBefore } from './marks.ts';

/** Balances of the warehouse module asked for at once: their numbers are the address. */
const ASKED = 100;
/** From so many articles on, the whole list costs less than a call for each: it is paged. */
const LIST_FROM = 40;

/**
 * Stock of a company: the balances that its articles show, or those of the warehouse module where
 * that is switched on.
 *
 * Whether an article is counted stands on its card and in no list. One that lists show with none,
 * and none reserved, may be a service: its card is asked for before anybody is told of it.
 */
export function fortnoxStock(client: FortnoxClient, clock: Pick<Clock, 'nowMs'>): StockReader {
  let warehouse: Promise<boolean> | null = null;
  // Asked once: nobody switches the module on between two calls of a look.
  const hasModule = (): Promise<boolean> => (warehouse ??= hasWarehouse(client));
  const balanced = async (levels: readonly StockLevel[]): Promise<readonly StockLevel[]> => {
    return levels.length > 0 && (await hasModule()) ? inWarehouse(client, levels) : levels;
  };
  return {
    page: async ({ since, at }) => {
      const page = typeof at === 'number' ? at : 1;
      const mark = markBefore(clock.nowMs());
      const changed = since === null ? '' : `?lastmodified=${encodeURIComponent(since)}`;
      const path = `/3/articles${changed}`;
      const { items, isLast, total } = await client.page(path, 'Articles', page);
      const levels = await balanced(items.flatMap(levelOf));
      return { levels, next: isLast ? null : page + 1, mark, total };
    },
    of: async (asked) => balanced(await articlesOf(client, asked)),
    counted: (numbers) => countedAmong(client, numbers),
    refusesWrites: async () => ((await hasModule()) ? 'warehouse-module' : null),
  };
}

async function articlesOf(
  client: FortnoxClient,
  asked: readonly StockAsked[],
): Promise<readonly StockLevel[]> {
  if (asked.length >= LIST_FROM) {
    const wanted = new Set(asked.map(({ number }) => number));
    const listed = (await client.list('/3/articles', 'Articles')).flatMap(levelOf);
    return listed.filter(({ number }) => wanted.has(number));
  }
  const levels: StockLevel[] = [];
  for (const { number } of asked) {
    const article = await readArticle(client, number);
    if (article === null) continue;
    const isCounted = textOf(article, 'StockGoods') === 'true';
    levels.push(...levelOf(article).map((level) => ({ ...level, isCounted })));
  }
  return levels;
}

async function countedAmong(
  client: FortnoxClient,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const counted = new Set<string>();
  for (const number of numbers) {
    const article = await readArticle(client, number);
    if (article !== null && textOf(article, 'StockGoods') === 'true') counted.add(number);
  }
  return counted;
}

/** What a list or a card says. */
function levelOf(article: WireObject): StockLevel[] {
  const number = textOf(article, 'ArticleNumber');
  const stands = parseQuantity(textOf(article, 'QuantityInStock') || '0');
  const free = parseQuantity(textOf(article, 'DisposableQuantity') || '0');
  if (number === '' || stands === null || free === null) return [];
  const isCounted = stands !== 0 || free !== 0 ? true : null;
  return [{ number, place: number, free, stands, isCounted }];
}

/** With the warehouse module its own balances count, over all stock points. */
async function inWarehouse(
  client: FortnoxClient,
  levels: readonly StockLevel[],
): Promise<readonly StockLevel[]> {
  const there = new Map<string, Balance>();
  for (let at = 0; at < levels.length; at += ASKED) {
    const ids = levels.slice(at, at + ASKED).map(({ number }) => encodeURIComponent(number));
    const path = `/api/warehouse/status-v1/stockbalance?itemIds=${ids.join(',')}`;
    // A list without an envelope, as all of the warehouse's own API.
    const balances = jsonIn(Buffer.from(await client.getBytes(path)).toString('utf8'));
    if (!Array.isArray(balances)) {
      throw new ConnectorError('Fortnox gave balances we cannot read.', { kind: 'unreachable' });
    }
    for (const balance of balances.filter(isRecord)) addTo(there, balance);
  }
  return levels.map((level) => {
    const own = there.get(level.number);
    return own === undefined ? level : { ...level, ...own, isCounted: true };
  });
}

type Balance = { readonly free: Hundredths; readonly stands: Hundredths };

function addTo(there: Map<string, Balance>, balance: WireObject): void {
  const number = textOf(balance, 'itemId');
  const free = parseQuantity(textOf(balance, 'availableStock') || '0') ?? 0;
  const stands = parseQuantity(textOf(balance, 'inStock') || '0') ?? 0;
  const before = there.get(number) ?? { free: 0, stands: 0 };
  there.set(number, { free: before.free + free, stands: before.stands + stands });
}

/** A company whose rights do not reach the warehouse is taken for one that has none. */
async function hasWarehouse(client: FortnoxClient): Promise<boolean> {
  if (!client.settings.scopes.includes('warehouse')) return false;
  try {
    const body = objectIn(await client.getBytes('/api/warehouse/tenants-v4'));
    return body['activated'] === true;
  } catch (error) {
    if (error instanceof ConnectorError && error.failure.kind === 'setup') return false;
    throw error;
  }
}
