import { created, deleted, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerList } from '../api/listing.ts';
import { change, inOrder, put, remove, type Entry } from '../tenant/shelf.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { fieldTable } from '../wire/field-table.ts';
import { numberOf, pick, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';

/**
 * Prices, named by price list, article and the quantity they hold from.
 *
 * | Uncertain                                | Chosen                                      |
 * |------------------------------------------|---------------------------------------------|
 * | POST of a price that is there            | 2000762                                     |
 * | Path without a quantity                  | The price from quantity 0                   |
 */
const TABLE = fieldTable('ArticleNumber:t* Date:d~ FromQuantity:m Percent:m Price:m PriceList:t*');
const SCOPE = 'price';
const LISTED = ['ArticleNumber', 'FromQuantity', 'Price', 'PriceList'];

export const PRICE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/3/prices', scope: SCOPE, act: (call) => list(call, everything) },
  { method: 'POST', path: '/3/prices', scope: SCOPE, act: make },
  {
    method: 'GET',
    path: '/3/prices/sublist/{PriceList}/{ArticleNumber}',
    scope: SCOPE,
    act: (call) =>
      list(
        call,
        (fields) =>
          textOf(fields, 'PriceList') === param(call, 0) &&
          textOf(fields, 'ArticleNumber') === param(call, 1),
      ),
  },
  ...[
    '/3/prices/{PriceList}/{ArticleNumber}',
    '/3/prices/{PriceList}/{ArticleNumber}/{From}',
  ].flatMap((path): Route[] => [
    { method: 'GET', path, scope: SCOPE, act: (call) => found('Price', show(findOne(call))) },
    { method: 'PUT', path, scope: SCOPE, act: update },
    { method: 'DELETE', path, scope: SCOPE, act: erase },
  ]),
];

type PriceKey = { readonly list: string; readonly article: string; readonly quantity: number };

/** The price that holds from exactly this quantity. @returns null when there is none */
export function priceOf(tenant: Tenant, key: PriceKey): number | null {
  const entry = tenant.shelves.prices.entries.get(keyText(key));
  return entry ? numberOf(entry.fields, 'Price') : null;
}

/** The price of a document row: the one with the highest quantity that is reached. */
export function priceAt(tenant: Tenant, key: PriceKey): number {
  let best: Fields | null = null;
  for (const { fields } of tenant.shelves.prices.entries.values()) {
    const isOfArticle =
      textOf(fields, 'PriceList') === key.list && textOf(fields, 'ArticleNumber') === key.article;
    const from = numberOf(fields, 'FromQuantity');
    if (!isOfArticle || from > Math.max(0, key.quantity)) continue;
    if (best === null || from > numberOf(best, 'FromQuantity')) best = fields;
  }
  return best === null ? 0 : numberOf(best, 'Price');
}

/** Puts a price into the register unchecked. */
export function keepPrice(tenant: Tenant, fields: Fields, atMs: number): void {
  const [list, article] = [textOf(fields, 'PriceList'), textOf(fields, 'ArticleNumber')];
  const key = keyText({ list, article, quantity: numberOf(fields, 'FromQuantity') });
  put(tenant.shelves.prices, key, { fields, atMs });
}

function keyText(key: PriceKey): string {
  return `${key.list}/${key.article}/${key.quantity}`;
}

const everything = (): boolean => true;

function list(call: Call, test: (fields: Fields) => boolean): Answer {
  return answerList(call, {
    envelope: 'Prices',
    entries: inOrder(call.tenant.shelves.prices).filter(({ fields }) => test(fields)),
    search: {
      texts: { articlenumber: 'ArticleNumber', fromquantity: 'FromQuantity' },
      sorts: { articlenumber: 'ArticleNumber', pricelist: 'PriceList' },
    },
    isPaged: true,
    show: ({ fields }) => ({ '@url': urlOfPrice(fields), ...pick(fields, LISTED) }),
  });
}

function make(call: Call): Answer {
  const sent = readBody(call, 'Price', { table: TABLE, isNew: true });
  const article = textOf(sent, 'ArticleNumber');
  const priceList = textOf(sent, 'PriceList');
  const { shelves } = call.tenant;
  if (!shelves.pricelists.entries.has(priceList)) refuse('price-list-not-found');
  if (!shelves.articles.entries.has(article)) refuse('article-not-found');
  const key = keyText({ list: priceList, article, quantity: numberOf(sent, 'FromQuantity') });
  if (shelves.prices.entries.has(key)) refuse('price-taken');
  const fields = { Price: 0, FromQuantity: 0, Percent: 0, ...sent, Date: call.today };
  const entry = put(shelves.prices, key, { fields, atMs: call.nowMs });
  return created('Price', show(entry), 'prices');
}

function update(call: Call): Answer {
  const entry = findOne(call);
  const sent = readBody(call, 'Price', { table: TABLE, isNew: false });
  const kept = pick(entry.fields, ['ArticleNumber', 'FromQuantity', 'PriceList']);
  change(entry, { ...entry.fields, ...sent, ...kept, Date: call.today }, call.nowMs);
  return found('Price', show(entry));
}

function erase(call: Call): Answer {
  remove(call.tenant.shelves.prices, findOne(call).key);
  return deleted();
}

function findOne(call: Call): Entry {
  const quantity = Number(param(call, 2) || '0');
  const key = keyText({ list: param(call, 0), article: param(call, 1), quantity });
  return call.tenant.shelves.prices.entries.get(key) ?? refuse('price-not-found');
}

function show(entry: Entry): Fields {
  return { '@url': urlOfPrice(entry.fields), ...pick(entry.fields, [...TABLE.keys()]) };
}

function urlOfPrice(fields: Fields): string {
  return urlOf(
    'prices',
    textOf(fields, 'PriceList'),
    textOf(fields, 'ArticleNumber'),
    numberOf(fields, 'FromQuantity'),
  );
}
