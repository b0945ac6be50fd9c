import type { ArticleField } from '../../domain/document/article.ts';
import { parseMoney } from '../../domain/money.ts';
import type { ArticleKeeping } from '../../domain/keep-article.ts';
import type { Step } from '../../domain/plan.ts';
import type { Json } from '../../lib/json.ts';
import type { Found, Route, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import { cannot } from './cannot.ts';
import type { FortnoxClient } from './client.ts';
import { fitText } from './text.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

/** What a write of an article is about; the calls name the same. */
type ArticleInput = {
  readonly article: 'who' | 'card' | 'price';
  readonly number: string;
  /** The write that made sure of the article. */
  readonly who: string;
  readonly creates: boolean;
  /** Only where nothing stands yet. */
  readonly fillsIn: boolean;
  /** Fields as Fortnox spells them. */
  readonly body: Readonly<Record<string, string | number>>;
  readonly priceList: string;
};

/** What is known of an article after it was made sure of. */
type Standing = { readonly isThere: boolean; readonly fields: Readonly<Record<string, string>> };

/** Fortnox takes nothing else in a number; capitals and small letters are two articles. */
const NUMBER = /^[A-Za-z0-9+/_-]{1,50}$/;
const NAME_MAX = 200;
const EAN_MAX = 30;
/** The list whose prices Fortnox shows on the article itself. */
const SHOWN_LIST = 'A';
const PRICE_IS_MISSING = /^2000430$/;

const FIELDS: Readonly<Record<Exclude<ArticleField, 'price'>, string>> = {
  name: 'Description',
  ean: 'EAN',
};

/**
 * The calls that keep an article: it is made sure of, then changed where it stands otherwise, then
 * its price. Where all is as it should be, that takes one call which only reads.
 */
export function keepArticleWrites({
  id,
  article,
}: Extract<Step, { readonly kind: 'keep-article' }>): Route {
  const { number, creates, owned, priceList } = article;
  if (!NUMBER.test(number)) return cannot(`an article with the number ${number}`);
  const fields = fieldsOf(article);
  const about = { number, who: `${id}.who`, creates, fillsIn: false, priceList };
  const path = `/3/articles/${encodeURIComponent(number)}`;
  const writes: Write[] = [
    writeOf(about.who, 'POST /3/articles', {
      ...about,
      article: 'who',
      body: { ArticleNumber: number, ...fields, ...atBirth(article) },
    }),
  ];
  const kept = Object.entries(FIELDS).filter(([field]) => owned.some((one) => one === field));
  const body = Object.fromEntries(kept.map(([, name]) => [name, fields[name] ?? '']));
  if (kept.length > 0) writes.push(writeOf(id, `PUT ${path}`, { ...about, article: 'card', body }));
  if (article.price !== null && (owned.includes('price') || creates)) {
    // A price that the shop is not master of is written where there is none, and never again.
    const call = `PUT /3/prices/${priceList}/${encodeURIComponent(number)}/0`;
    const price = Number(article.price.minor) / 100;
    const terms = { ...about, fillsIn: !owned.includes('price') };
    writes.push(
      writeOf(`${id}.price`, call, { ...terms, article: 'price', body: { Price: price } }),
    );
  }
  return { kind: 'route', writes, notices: [] };
}

function writeOf(id: string, call: string, input: ArticleInput): Write {
  return { id, call, input: input satisfies Json };
}

function fieldsOf({ name, ean }: ArticleKeeping): Readonly<Record<string, string>> {
  return { Description: fitText(name, NAME_MAX).text, EAN: (ean ?? '').slice(0, EAN_MAX) };
}

/** What is only said when it is made. */
function atBirth({ isService, rate }: ArticleKeeping): Readonly<Record<string, string | number>> {
  return { Type: isService ? 'SERVICE' : 'STOCK', ...(rate === null ? {} : { VAT: rate / 100 }) };
}

export function isArticleWrite({ input }: Write): boolean {
  return isRecord(input) && 'article' in input && 'who' in input;
}

export async function makeArticleWrite(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const input = inputOf(write);
  if (input.article === 'who') return makeSure(client, input);
  const known = standingIn(context, input);
  // It is not in the ledger, and the company wants none made.
  if (!known.isThere) return doneAs(input);
  return input.article === 'card'
    ? changeCard(client, input, known)
    : setPrice(client, input, known);
}

/** Everything is known by the article's own number: nothing is made twice. */
export async function findArticleWrite(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const input = inputOf(write);
  if (input.article === 'who') {
    const stands = await readArticle(client, input.number);
    if (stands !== null || !input.creates) return [foundAs(input, stands)];
    return [];
  }
  if (!standingIn(context, input).isThere) return [foundAs(input, null)];
  const isSo =
    input.article === 'card'
      ? Object.keys(otherIn(input, await readArticle(client, input.number))).length === 0
      : isPrice(input, await readPrice(client, input));
  return isSo ? [foundAs(input, null)] : [];
}

async function makeSure(client: FortnoxClient, input: ArticleInput): Promise<WriteOutcome> {
  const stands = await readArticle(client, input.number);
  if (stands !== null || !input.creates) return { kind: 'done', ...foundAs(input, stands) };
  const body = JSON.stringify({ Article: input.body });
  const answer = await client.change({ method: 'POST', path: '/3/articles', body });
  if (answer.kind === 'refused') {
    // “The number is taken” may mean that somebody else was faster.
    const taken = await readArticle(client, input.number);
    if (taken === null) return answer;
    return { kind: 'done', ...foundAs(input, taken) };
  }
  const made = answer.kind === 'ok' ? answer.body['Article'] : null;
  return { kind: 'done', ...foundAs(input, isRecord(made) ? made : {}, true) };
}

async function changeCard(
  client: FortnoxClient,
  input: ArticleInput,
  { fields }: Standing,
): Promise<WriteOutcome> {
  const other = otherIn(input, fields);
  if (Object.keys(other).length === 0) return doneAs(input);
  const path = `/3/articles/${encodeURIComponent(input.number)}`;
  const body = JSON.stringify({ Article: other });
  const answer = await client.change({ method: 'PUT', path, body });
  return answer.kind === 'refused' ? answer : doneAs(input);
}

/** Fortnox keeps prices apart from articles: one that is not there yet is made. */
async function setPrice(
  client: FortnoxClient,
  input: ArticleInput,
  { fields }: Standing,
): Promise<WriteOutcome> {
  const { number, priceList, body } = input;
  const isNew = fields['isNew'] === 'true';
  // A new article has no price in any list; the others say the one of the list that is shown.
  const shown = priceList === SHOWN_LIST ? (fields['SalesPrice'] ?? '') : null;
  const stands = isNew ? '' : (shown ?? (await readPrice(client, input)));
  if (isPrice(input, stands) || (input.fillsIn && stands !== '')) return doneAs(input);
  const path = `/3/prices/${priceList}/${encodeURIComponent(number)}/0`;
  if (stands !== '') {
    const put = { method: 'PUT', path, body: JSON.stringify({ Price: body }) } as const;
    const answer = await client.change(put);
    if (answer.kind !== 'refused') return doneAs(input);
    const isMissing = answer.refusals.some(
      (one) => one.code === 'target-refused' && PRICE_IS_MISSING.test(one.theirCode),
    );
    if (!isMissing) return answer;
  }
  const price = { PriceList: priceList, ArticleNumber: number, FromQuantity: 0, ...body };
  const post = {
    method: 'POST',
    path: '/3/prices',
    body: JSON.stringify({ Price: price }),
  } as const;
  const answer = await client.change(post);
  return answer.kind === 'refused' ? answer : doneAs(input);
}

/** @returns null when there is no such article */
async function readArticle(client: FortnoxClient, number: string): Promise<WireObject | null> {
  const body = await client.get(`/3/articles/${encodeURIComponent(number)}`);
  const article = body?.['Article'];
  return isRecord(article) ? article : null;
}

/** @returns an empty text when the list has none for it */
async function readPrice(client: FortnoxClient, input: ArticleInput): Promise<string> {
  const { priceList, number } = input;
  const body = await client.get(`/3/prices/${priceList}/${encodeURIComponent(number)}/0`);
  const price = body?.['Price'];
  return isRecord(price) ? textOf(price, 'Price') : '';
}

function isPrice({ body }: ArticleInput, stands: string): boolean {
  const [is, wanted] = [stands, String(body['Price'])].map((text) => parseMoney(text, 'SEK'));
  return is?.minor === wanted?.minor && is !== null;
}

/** Fields that stand otherwise. What the shop leaves empty says nothing. */
function otherIn(
  { body }: ArticleInput,
  stands: WireObject | Standing['fields'] | null,
): Record<string, string | number> {
  const other = Object.entries(body).filter(
    ([name, value]) => value !== '' && textOf(stands ?? {}, name) !== String(value),
  );
  return Object.fromEntries(other);
}

function doneAs(input: ArticleInput): WriteOutcome {
  return { kind: 'done', ...foundAs(input, null) };
}

/** Of an article that was made sure of, what stands in it is kept for the calls that follow. */
function foundAs(
  { article, number }: ArticleInput,
  stands: WireObject | null,
  isNew = false,
): Found {
  if (article !== 'who') return { remote: { id: number, label: '' }, differences: [] };
  const names = ['Description', 'EAN', 'SalesPrice'];
  const shown = names.map((name) => [name, stands === null ? '' : textOf(stands, name)] as const);
  const fields = { ...Object.fromEntries(shown), isNew: String(isNew) };
  const data = { isThere: stands !== null, fields };
  return { remote: { id: number, label: number, data }, differences: [] };
}

function standingIn({ earlier }: WriteContext, { who }: ArticleInput): Standing {
  const data = earlier.get(who)?.data;
  return data as Standing; // Made by `foundAs`.
}

function inputOf(write: Write): ArticleInput {
  return write.input as ArticleInput; // Made by `keepArticleWrites`.
}
