import { sha256 } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { fitText } from '../text.ts';
import { isRecord, textOf } from '../../../lib/json-object.ts';
import { foundByNumber } from '../found-by-number.ts';

const PATH = '/3/articles';
const NUMBER_MAX = 50;
const DESCRIPTION_MAX = 200;
/** Enough that two numbers of a shop which are cut alike stay two. */
const MARK_CHARS = 6;
/** “The article number is taken.” */
const TAKEN = '2000013';

type ArticleInput = {
  readonly shop: 'article';
  readonly body: {
    readonly ArticleNumber: string;
    readonly Description: string;
    readonly Type?: 'SERVICE';
  };
};

/**
 * The number that Fortnox knows an article of the shop by: the shop's own, unless it holds signs
 * that Fortnox refuses or is too long. Then a mark at its end keeps it apart from others like it.
 */
export function articleNumber(sku: string): string {
  const clean = sku.replace(/[^A-Za-z0-9\-+/_.]/gu, '-');
  if (clean === sku && sku.length <= NUMBER_MAX) return sku;
  const mark = sha256(sku).slice(0, MARK_CHARS);
  return `${clean.slice(0, NUMBER_MAX - MARK_CHARS - 1)}-${mark}`;
}

/** The write that makes sure of an article. What stands there under the number is left as it is. */
export function articleWrite(
  id: string,
  of: { readonly sku: string; readonly text: string; readonly isService: boolean },
): Write {
  const description = fitText(of.text, DESCRIPTION_MAX).text || of.sku;
  const body: ArticleInput['body'] = {
    ArticleNumber: articleNumber(of.sku),
    Description: description,
    ...(of.isService ? { Type: 'SERVICE' } : {}),
  };
  const input: ArticleInput = { shop: 'article', body };
  return { id, call: `POST ${PATH}`, input };
}

/** By what the article is known once it is made sure of. */
export function articleLink({ input }: Write): string {
  return `article ${(input as ArticleInput).body.ArticleNumber}`; // Made by `articleWrite`.
}

export const ARTICLE: Handler = { make: makeArticle, find: findArticle };

/** One call for an article that is new and for one that is there: Fortnox says that it is taken. */
async function makeArticle(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<WriteOutcome> {
  const { body } = write.input as ArticleInput; // Made by `articleWrite`.
  const answer = await client.change({
    method: 'POST',
    path: PATH,
    body: JSON.stringify({ Article: body }),
  });
  const remote = { id: body.ArticleNumber, label: '' };
  if (answer.kind === 'refused') {
    const isTaken = answer.refusals.some(
      (one) => one.code === 'target-refused' && one.theirCode === TAKEN,
    );
    return isTaken ? { kind: 'done', remote, differences: [] } : answer;
  }
  const made = answer.kind === 'ok' ? answer.body['Article'] : null;
  if (!isRecord(made) || textOf(made, 'ArticleNumber') === '') {
    throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
  }
  return { kind: 'done', remote, differences: [] };
}

async function findArticle(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const { ArticleNumber: id } = (write.input as ArticleInput).body; // Made by `articleWrite`.
  const body = await client.get(`${PATH}/${encodeURIComponent(id)}`);
  return isRecord(body?.['Article']) ? [foundByNumber(id)] : [];
}
