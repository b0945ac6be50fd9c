import assert from 'node:assert/strict';
import { UNKNOWN_BOOKS } from '../../domain/books.ts';
import type { ArticleField, ArticleCard } from '../../domain/document/article.ts';
import type { LedgerCard, PlacedCard } from '../../domain/document/article-cards.ts';
import type { StockChange } from '../../domain/document/stock-balance.ts';
import type { Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import { ConnectorError } from '../../ports/errors.ts';
import { productsWritten } from '../../ports/products.ts';
import { stockWritten, type StockLevel } from '../../ports/stock.ts';
import type { Shop, Write, WriteContext } from '../../ports/target.ts';
import { kr } from '../day-reports.ts';
import type { ShopBench } from './bench.ts';
import type { ShopGoods } from './trial.ts';

type Check = (title: string, body: (bench: ShopBench) => Promise<void>) => void;
type Act = (goods: ShopGoods, bench: ShopBench) => Promise<void>;

/** No simulated shop sells this. */
const NO_NUMBER = 'FINNS-EJ';
/** No simulated shop tells so many pages. */
const PAGES_MAX = 20;
const MINUTE_MS = 60_000;

/**
 * What every shop must keep whose stock and products follow a ledger: quantities are set and never
 * moved, nothing is sold twice because of us, and what stands as it should is not written.
 */
export function checkGoods(check: Check): void {
  const of = (title: string, act: Act): void =>
    check(title, (bench) => act(present(bench.run.goods, 'goods of the shop'), bench));
  checkStock(of);
  checkProducts(of);
  checkTold(of);
}

function checkStock(of: (title: string, act: Act) => void): void {
  of('sets quantities to what they are to be, of products and of variations', async (goods, b) => {
    const { simple, variation } = goods.numbers;
    const changes = [change(await levelOf(b, simple), 7), change(await levelOf(b, variation), 0)];
    const told = await set(b, changes);
    assert.deepEqual(sorted(told.written), sorted([pair(simple, 700), pair(variation, 0)]));
    assert.deepEqual(told.left, []);
    assert.equal((await goods.seen(simple)).stock, 7);
    assert.equal((await goods.seen(variation)).stock, 0);
    assert.equal((await levelOf(b, simple)).stands, 700);
  });

  of('writes no quantity that stands as it should', async (goods, b) => {
    const { simple } = goods.numbers;
    const changes = [change(await levelOf(b, simple), 3)];
    await set(b, changes);
    const before = goods.writes();
    const again = await set(b, changes);
    assert.deepEqual(again.written, [[simple, 300]]);
    assert.equal(goods.writes(), before);
  });

  of(
    'leaves a quantity that somebody has bought of since, and that is too old',
    async (goods, b) => {
      const { simple, variation } = goods.numbers;
      const seen = change(await levelOf(b, simple), 50);
      const stands = (await goods.seen(simple)).stock;
      goods.sell(simple);
      const moved = await set(b, [seen]);
      assert.deepEqual(moved, { written: [], left: [[simple, 'moved', 5_000]] });
      assert.equal((await goods.seen(simple)).stock, stands - 1);
      const old = await set(b, [change(await levelOf(b, variation), 50)], 3 * MINUTE_MS);
      assert.deepEqual(old, { written: [], left: [[variation, 'stale', 5_000]] });
    },
  );

  of('is set once when the answer is lost, whoever looks for it', async (goods, b) => {
    const { simple } = goods.numbers;
    const [write] = stockWrites(shopOf(b), [change(await levelOf(b, simple), 9)]);
    const one = present(write, 'a write');
    assert.deepEqual(await shopOf(b).find(one, CONTEXT), []);
    await losing(b, () => shopOf(b).write(one, CONTEXT));
    const [found] = await shopOf(b).find(one, CONTEXT);
    const told = stockWritten.parse(present(found, 'what was set').remote.data);
    assert.deepEqual(told, { written: [[simple, 900]], left: [] });
    // Somebody buys one before it is tried again: their piece is not put back.
    goods.sell(simple);
    await shopOf(b).write(one, CONTEXT);
    assert.equal((await goods.seen(simple)).stock, 8);
  });

  of(
    'knows no stock of what it does not sell, and sets none where it is gone',
    async (goods, b) => {
      const { simple } = goods.numbers;
      assert.deepEqual(await levels(b, [NO_NUMBER]), []);
      const seen = change(await levelOf(b, simple), 4);
      await goods.remove(simple);
      assert.deepEqual(await levels(b, [simple]), []);
      assert.deepEqual(await set(b, [seen]), { written: [], left: [[simple, 'moved', 400]] });
    },
  );

  of('lists all that it has in stock, page by page', async (goods, b) => {
    const stock = stockOf(b);
    const found = new Set<string>();
    let at: Json | null = null;
    for (let pages = 0; pages < PAGES_MAX; pages += 1) {
      const page: Awaited<ReturnType<typeof stock.page>> = await stock.page({ since: null, at });
      for (const { number } of page.levels) found.add(number);
      at = page.next;
      if (at === null) break;
    }
    assert.equal(at, null);
    for (const number of Object.values(goods.numbers)) assert.ok(found.has(number), number);
  });
}

function checkProducts(of: (title: string, act: Act) => void): void {
  of('keeps products and variations like the ledger’s cards', async (goods, b) => {
    const { simple, variation } = goods.numbers;
    const name = (await goods.seen(variation)).name;
    const { said, wrote } = await keep(b, [
      card({ number: simple, name: 'Nytt namn', price: kr('80') }, await placeOf(b, simple)),
      card({ number: variation, name: 'Nej', price: kr('160') }, await placeOf(b, variation)),
    ]);
    assert.deepEqual([said, wrote], [[], 2]);
    // 80.00 and 160.00 with 25 % are 100.00 and 200.00. A variation is called as its product.
    const [first, second] = [await goods.seen(simple), await goods.seen(variation)];
    assert.deepEqual([first.name, Number(first.price)], ['Nytt namn', 100]);
    assert.deepEqual([second.name, Number(second.price)], [name, 200]);
  });

  of('writes nothing of a product that stands as its card', async (goods, b) => {
    const { simple } = goods.numbers;
    const cards = [card({ number: simple, name: 'Nytt namn' }, await placeOf(b, simple))];
    await keep(b, cards);
    const before = goods.writes();
    assert.equal((await keep(b, cards)).wrote, 0);
    assert.equal(goods.writes(), before);
  });

  of('makes what it lacks once, out of sight and with none in stock', async (goods, b) => {
    const cards = [card({ number: 'NY-1', name: 'Ny lampa', isCounted: true }, null)];
    const [write] = productWrites(shopOf(b), cards);
    const one = present(write, 'a write');
    assert.deepEqual(await shopOf(b).find(one, CONTEXT), []);
    await losing(b, () => shopOf(b).write(one, CONTEXT));
    assert.equal((await shopOf(b).find(one, CONTEXT)).length, 1);
    await shopOf(b).write(one, CONTEXT);
    const { name, price, stock, count, isSeen } = await goods.seen('NY-1');
    assert.deepEqual(
      { name, price: Number(price), stock, count, isSeen },
      { name: 'Ny lampa', price: 100, stock: 0, count: 1, isSeen: false },
    );
  });

  of('compares again what lies elsewhere by now', async (goods, b) => {
    const { simple } = goods.numbers;
    const cards = [card({ number: simple, name: 'Nytt namn' }, await placeOf(b, simple))];
    await goods.remove(simple);
    assert.deepEqual(await keep(b, cards), { moved: [simple], said: [], wrote: 0 });
  });
}

/** What goes the other way. */
function checkTold(of: (title: string, act: Act) => void): void {
  of('tells every article from the beginning, as often as it is asked', async (goods, b) => {
    const first = await told(b);
    for (const number of Object.values(goods.numbers)) {
      const { name, price } = await goods.seen(number);
      const [one, ...others] = first.filter((article) => article.number === number);
      assert.deepEqual(others, []);
      assert.ok(present(one, number).name.startsWith(name), number);
      assert.equal(Number(present(one?.price, 'a price').amount.minor), Number(price) * 100);
    }
    assert.deepEqual(await told(b), first);
  });

  of('takes what it has told itself for what stands: nothing echoes', async (goods, b) => {
    const { simple, variation } = goods.numbers;
    const own = new Map((await told(b)).map((article) => [article.number, article]));
    const cards: PlacedCard[] = [];
    for (const number of [simple, variation]) {
      const article = present(own.get(number), number);
      const price = present(article.price, 'a price');
      assert.ok(price.includesVat);
      cards.push(card({ ...article, price: price.amount }, await placeOf(b, number)));
    }
    const before = goods.writes();
    const { wrote } = await keep(b, cards, { includesVat: true, owned: ['name', 'ean', 'price'] });
    assert.equal(wrote, 0);
    assert.equal(goods.writes(), before);
    const standing = await levels(b, [simple, variation]);
    const same = standing.map((one) => change(one, one.stands / 100));
    assert.equal((await set(b, same)).written.length, 2);
    assert.equal(goods.writes(), before);
  });
}

const CONTEXT: WriteContext = {
  key: 'bb0123456789abcdef01234567-goods',
  wasSeen: false,
  earlier: new Map(),
  file: () => Promise.reject(new Error('goods have no file')),
};

const sorted = (all: readonly (readonly [string, number])[]) =>
  all.toSorted(([a], [b]) => a.localeCompare(b));
const pair = (number: string, quantity: number): readonly [string, number] => [number, quantity];

function shopOf(bench: ShopBench): Shop {
  return present(bench.open().shop, 'a shop that is told something');
}

function stockOf(bench: ShopBench) {
  return present(bench.open().stock, 'stock of the shop');
}

function levels(bench: ShopBench, numbers: readonly string[]): Promise<readonly StockLevel[]> {
  return stockOf(bench).of(numbers.map((number) => ({ number, place: null })));
}

async function levelOf(bench: ShopBench, number: string): Promise<StockLevel> {
  const [level, ...others] = await levels(bench, [number]);
  assert.deepEqual(others, []);
  return present(level, number);
}

async function placeOf(bench: ShopBench, number: string): Promise<string> {
  return (await levelOf(bench, number)).place;
}

/** To so many pieces, from what stands. */
function change({ number, place, stands }: StockLevel, pieces: number): StockChange {
  return { number, place, from: stands, to: pieces * 100 };
}

function stockWrites(shop: Shop, changes: readonly StockChange[], ageMs = 0): readonly Write[] {
  const setting = { askedAtMs: Date.now() - ageMs, changes };
  return writesOf(shop, { kind: 'set-stock', id: 'stock-1', setting });
}

async function set(bench: ShopBench, changes: readonly StockChange[], ageMs = 0) {
  const shop = shopOf(bench);
  const all = [];
  for (const write of stockWrites(shop, changes, ageMs)) {
    all.push(stockWritten.parse(await dataOf(shop, write)));
  }
  return {
    written: all.flatMap(({ written }) => written),
    left: all.flatMap(({ left }) => left),
  };
}

/** A card of 100.00 without VAT but for what is given. */
function card(given: Partial<LedgerCard> & { readonly number: string }, place: string | null) {
  const { number, name = number, ean = null, price = kr('80') } = given;
  const about = { number, name, ean, price, rate: 2_500, description: '', place };
  return { ...about, isService: false, isActive: true, isCounted: given.isCounted ?? false };
}

type Owning = { readonly includesVat: boolean; readonly owned: readonly ArticleField[] };
const NAME_AND_PRICE: Owning = { includesVat: false, owned: ['name', 'price'] };

function productWrites(
  shop: Shop,
  cards: readonly PlacedCard[],
  owning = NAME_AND_PRICE,
): readonly Write[] {
  const keeping = { ...owning, publishes: false, cards };
  return writesOf(shop, { kind: 'keep-products', id: 'products-1', keeping });
}

async function keep(bench: ShopBench, cards: readonly PlacedCard[], owning = NAME_AND_PRICE) {
  const shop = shopOf(bench);
  const all = [];
  const said: string[] = [];
  for (const write of productWrites(shop, cards, owning)) {
    const outcome = await shop.write(write, CONTEXT);
    assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
    all.push(productsWritten.parse(outcome.remote.data));
    said.push(...(outcome.notices ?? []).map(({ code }) => code));
  }
  const moved = all.flatMap((one) => one.moved);
  return { moved, said, wrote: all.reduce((sum, one) => sum + one.wrote, 0) };
}

function writesOf(shop: Shop, step: Step): readonly Write[] {
  const route = shop.route([step], UNKNOWN_BOOKS);
  assert.ok(route.kind === 'route', JSON.stringify(route));
  return route.writes;
}

async function dataOf(shop: Shop, write: Write): Promise<unknown> {
  const outcome = await shop.write(write, CONTEXT);
  assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
  return outcome.remote.data;
}

/** Acts while the answer of the next write is lost. */
async function losing(bench: ShopBench, act: () => Promise<unknown>): Promise<void> {
  bench.run.loseAnswer();
  await assert.rejects(act(), (error: unknown) => {
    return error instanceof ConnectorError && error.failure.kind === 'unanswered';
  });
}

/** Every article, as files of the shop's feed say. */
async function told(bench: ShopBench): Promise<readonly ArticleCard[]> {
  const { feed, files } = bench.open();
  const again = present(present(feed, 'a feed').again, 'articles from the beginning');
  const articles: ArticleCard[] = [];
  let cursor: Json | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page: Awaited<ReturnType<typeof again>> = await again(cursor);
    const { file } = page;
    if (file !== null) {
      const open = async function* (): AsyncGenerator<Uint8Array> {
        yield file.bytes;
      };
      for await (const reading of present(files, 'files').read({ name: file.name, open })) {
        assert.ok(reading.kind !== 'rejected' && reading.kind !== 'unreadable', reading.kind);
        if (reading.kind !== 'document') continue;
        assert.ok(reading.document.kind === 'article', reading.document.kind);
        articles.push(reading.document.article);
      }
    }
    if (!page.isMore) return articles;
    cursor = page.cursor;
  }
  throw new Error('there is no end of its pages');
}
