import { Readable } from 'node:stream';
import { z } from 'zod';
import { readJsonValues } from '../../../lib/json-values.ts';
import { jsonIn } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { FeedPage } from '../../../ports/feed.ts';
import type { ProductPages } from '../../../ports/products-feed.ts';
import { DEPTH_MAX, ORDER_BYTES_MAX } from '../limits.ts';
import type { ShopClient } from './client.ts';
import { PRODUCTS_PAGE } from './products.ts';

/**
 * How far back changes are told again: `date_modified` has no time zone, and nobody says how late a
 * change shows. What has been told is known by its content.
 */
const OVERLAP_MS = 24 * 60 * 60_000;
const EVER = '2001-01-01 00:00:00';

const placeSchema = z.object({ mark: z.string(), offset: z.number().int(), latest: z.string() });

const seenSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  date_modified: z.string().default(''),
});

type Place = z.infer<typeof placeSchema>;

const FIRST: Place = { mark: EVER, offset: 0, latest: EVER };

/**
 * The API has no asking for what has changed: all products are listed, and those told that say that
 * they have.
 */
export function productPages(shop: ShopClient): ProductPages {
  return (cursor) => productPage(shop, cursor === null ? FIRST : placeSchema.parse(cursor));
}

async function productPage(
  shop: ShopClient,
  { mark, offset, latest }: Place,
): Promise<Omit<FeedPage, 'seen'>> {
  const query = { offset: String(offset), limit: String(PRODUCTS_PAGE), include_details: 'true' };
  const answer = await shop.get('/products', query);
  const told: string[] = [];
  let [count, newest] = [0, latest];
  const limits = { bytesMax: ORDER_BYTES_MAX, depthMax: DEPTH_MAX };
  for await (const item of readJsonValues(Readable.from([Buffer.from(answer ?? '[]')]), limits)) {
    const seen = seenSchema.safeParse(item.kind === 'value' ? jsonIn(item.value.text) : null);
    if (!seen.success || item.kind !== 'value') {
      const says = `${shop.host} gave a list of products that cannot be read.`;
      throw new ConnectorError(says, { kind: 'unanswered' });
    }
    count += 1;
    const { date_modified: changed } = seen.data;
    if (changed > newest) newest = changed;
    // One that does not say when it was changed may have been.
    if (changed === '' || changed >= mark) told.push(`{"product":${item.value.text}}`);
  }
  const isMore = count === PRODUCTS_PAGE;
  const cursor: Place = isMore
    ? { mark, offset: offset + PRODUCTS_PAGE, latest: newest }
    : { mark: before(newest), offset: 0, latest: newest };
  const name = `products-${offset}-until-${newest.replaceAll(/\D/g, '')}.json`;
  const file = told.length === 0 ? null : { name, bytes: Buffer.from(`[${told.join(',\n')}]`) };
  return { file, cursor, isMore };
}

/** A day before, in the form that the shop writes times in: it sorts as text. */
function before(latest: string): string {
  const atMs = Date.parse(`${latest.replace(' ', 'T')}Z`);
  if (Number.isNaN(atMs)) return EVER;
  return new Date(atMs - OVERLAP_MS).toISOString().slice(0, 19).replace('T', ' ');
}
