import type { z } from 'zod';
import type { ArticleField } from '../../domain/document/article.ts';
import { parseMoney, type Money } from '../../domain/money.ts';
import type { ArticleKeeping } from '../../domain/keep-article.ts';
import type { Step } from '../../domain/plan.ts';
import type { Json } from '../../lib/json.ts';
import type { articleWritten } from '../../ports/articles.ts';
import type { Found, Route, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import { cannot } from './cannot.ts';
import type { Answer, FortnoxClient } from './client.ts';
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
export const SHOWN_LIST = 'A';
const PRICE_IS_MISSING = '2000430';
const PRICE_IS_THERE = '2000762';

/** Description and state of an article go from the ledger alone. */
const FIELDS: Readonly<Partial<Record<ArticleField, string>>> = {
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
  const body = ownedFields(article);
  const isKept = Object.keys(body).length > 0;
  if (isKept) writes.push(writeOf(id, `PUT ${path}`, { ...about, article: 'card', body }));
  if (article.price !== null && (owned.includes('price') || creates)) {
    // A price that the shop is not master of is written where there is none, and never again.
    const call = `PUT /3/prices/${priceList}/${encodeURIComponent(number)}/0`;
    const price = priceIn(article.price);
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

/** Those of the shop. */
function ownedFields(article: ArticleKeeping): Readonly<Record<string, string>> {
  const fields = fieldsOf(article);
  const kept = Object.entries(FIELDS).filter(([field]) =>
    article.owned.some((one) => one === field),
  );
  return Object.fromEntries(kept.map(([, name]) => [name, fields[name] ?? '']));
}

function priceIn({ minor }: Money): number {
  return Number(minor) / 100;
}

/**
 * Whether an article that a list shows so stands as it is to be kept. Of prices, lists tell those
 * of one price list alone.
 */
export function standsAs(shown: WireObject, article: ArticleKeeping): boolean {
  if (Object.keys(otherFields(ownedFields(article), shown)).length > 0) return false;
  const { price, owned, creates, priceList } = article;
  if (price === null) return true;
  const isShown = priceList === SHOWN_LIST;
  const stands = textOf(shown, 'SalesPrice');
  if (owned.includes('price')) return isShown && isPrice({ Price: priceIn(price) }, stands);
  // It is written where there is none, and never again.
  return !isShown || !creates || stands !== '';
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
      ? Object.keys(otherFields(input.body, await readArticle(client, input.number))).length === 0
      : isPrice(input.body, await readPrice(client, input));
  return isSo ? [foundAs(input, null, true)] : [];
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
  const other = otherFields(input.body, fields);
  if (Object.keys(other).length === 0) return doneAs(input);
  const path = `/3/articles/${encodeURIComponent(input.number)}`;
  const body = JSON.stringify({ Article: other });
  const answer = await client.change({ method: 'PUT', path, body });
  return answer.kind === 'refused' ? answer : wroteAs(input);
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
  if (isPrice(body, stands) || (input.fillsIn && stands !== '')) return doneAs(input);
  const path = `/3/prices/${priceList}/${encodeURIComponent(number)}/0`;
  const put = { method: 'PUT', path, body: JSON.stringify({ Price: body }) } as const;
  if (stands !== '') {
    const answer = await client.change(put);
    if (answer.kind !== 'refused') return wroteAs(input);
    if (!isRefusedFor(answer, PRICE_IS_MISSING)) return answer;
  }
  const price = { PriceList: priceList, ArticleNumber: number, FromQuantity: 0, ...body };
  const post = {
    method: 'POST',
    path: '/3/prices',
    body: JSON.stringify({ Price: price }),
  } as const;
  let answer = await client.change(post);
  // An article that was deleted and made again may have the price that it had.
  if (isRefusedFor(answer, PRICE_IS_THERE)) answer = await client.change(put);
  return answer.kind === 'refused' ? answer : wroteAs(input);
}

function isRefusedFor(answer: Answer, code: string): boolean {
  if (answer.kind !== 'refused') return false;
  return answer.refusals.some((one) => one.code === 'target-refused' && one.theirCode === code);
}

/** @returns null when there is no such article */
export async function readArticle(
  client: FortnoxClient,
  number: string,
): Promise<WireObject | null> {
  const body = await client.get(`/3/articles/${encodeURIComponent(number)}`);
  const article = body?.['Article'];
  return isRecord(article) ? article : null;
}

/** @returns an empty text when the list has none for it */
export async function readPrice(
  client: FortnoxClient,
  { priceList, number }: Pick<ArticleInput, 'priceList' | 'number'>,
): Promise<string> {
  const body = await client.get(`/3/prices/${priceList}/${encodeURIComponent(number)}/0`);
  const price = body?.['Price'];
  return isRecord(price) ? textOf(price, 'Price') : '';
}

function isPrice(body: ArticleInput['body'], stands: string): boolean {
  const [is, wanted] = [stands, String(body['Price'])].map((text) => parseMoney(text, 'SEK'));
  return is?.minor === wanted?.minor && is !== null;
}

/** Fields that stand otherwise. What the shop leaves empty says nothing. */
function otherFields(
  body: ArticleInput['body'],
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

function wroteAs(input: ArticleInput): WriteOutcome {
  return { kind: 'done', ...foundAs(input, null, true) };
}

/** Of an article that was made sure of, what stands in it is kept for the calls that follow. */
function foundAs(
  { article, number }: ArticleInput,
  stands: WireObject | null,
  wrote = false,
): Found {
  const written = { wrote } satisfies z.infer<typeof articleWritten>;
  if (article !== 'who') {
    return { remote: { id: number, label: '', data: written }, differences: [] };
  }
  const names = ['Description', 'EAN', 'SalesPrice'];
  const shown = names.map((name) => [name, stands === null ? '' : textOf(stands, name)] as const);
  const fields = { ...Object.fromEntries(shown), isNew: String(wrote) };
  const data = { ...written, isThere: stands !== null, fields };
  return { remote: { id: number, label: number, data }, differences: [] };
}

function standingIn({ earlier }: WriteContext, { who }: ArticleInput): Standing {
  const data = earlier.get(who)?.data;
  return data as Standing; // Made by `foundAs`.
}

function inputOf(write: Write): ArticleInput {
  return write.input as ArticleInput; // Made by `keepArticleWrites`.
}
