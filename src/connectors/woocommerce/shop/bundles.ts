import { jsonIn } from '../../../lib/json.ts';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { readJsonValues } from '../../../lib/json-values.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { FeedFile } from '../../../ports/feed.ts';
import { DEPTH_MAX, ORDER_BYTES_MAX } from '../limits.ts';
import type { ShopClient } from './client.ts';

/** As many as WooCommerce gives at once. */
export const PAGE = 100;

/** What is read of an order to fetch it; it is kept as it came. */
const seenSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  date_modified_gmt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  refunds: z.array(z.unknown()).nullish(),
});

/** An order, or a product, as the shop told it. */
export type Seen = {
  readonly id: string;
  /** When it was changed last: GMT, to the second. */
  readonly changed: string;
  readonly hasRefunds: boolean;
  /** As it came. */
  readonly text: string;
};

/** Orders as a list of the shop tells them. */
export function ordersOf(
  shop: ShopClient,
  query: Readonly<Record<string, string>>,
): Promise<readonly Seen[]> {
  return seenAt(shop, '/orders', query);
}

/** Orders or products as a list of the shop tells them. */
export async function seenAt(
  shop: ShopClient,
  path: '/orders' | '/products',
  query: Readonly<Record<string, string>>,
): Promise<readonly Seen[]> {
  const answer = await shop.get(path, { ...query, per_page: String(PAGE) });
  const seen: Seen[] = [];
  const limits = { bytesMax: ORDER_BYTES_MAX, depthMax: DEPTH_MAX };
  for await (const item of readJsonValues(Readable.from([Buffer.from(answer ?? '[]')]), limits)) {
    if (item.kind !== 'value') throw notOrders(item.kind);
    seen.push(seenIn(item.value.text));
  }
  return seen;
}

/** One order, wherever it stands. @returns null when the shop has none of this id */
export async function orderAt(shop: ShopClient, id: string): Promise<Seen | null> {
  const text = await shop.get(`/orders/${id}`);
  return text === null ? null : seenIn(text);
}

/** @throws ConnectorError when it is no order */
export function seenIn(text: string): Seen {
  const order = seenSchema.safeParse(jsonIn(text));
  if (!order.success) throw notOrders(order.error.issues[0]?.path.join('.') ?? 'JSON');
  const { id, date_modified_gmt: changed, refunds } = order.data;
  return { id, changed, hasRefunds: (refunds ?? []).length > 0, text };
}

/** A refund that was told and is in the shop no more. */
export type Withdrawn = { readonly id: string; readonly date_created: string };

/** The order and its refunds in one: what was given back is told apart from what was bought. */
export async function bundleOf(
  shop: ShopClient,
  { id, text, hasRefunds }: Seen,
  withdrawn: readonly Withdrawn[] = [],
): Promise<string> {
  const told = hasRefunds
    ? await shop.get(`/orders/${id}/refunds`, { per_page: String(PAGE) })
    : '[]';
  if (withdrawn.length === 0) return hasRefunds ? `{"order":${text},"refunds":${told}}` : text;
  const gone = JSON.stringify(withdrawn);
  return `{"order":${text},"refunds":${told ?? '[]'},"withdrawn":${gone}}`;
}

/** Named by what it holds: the same orders that are asked for twice are the same file. */
export function fileOfBundles(what: string, bundles: readonly string[]): FeedFile | null {
  if (bundles.length === 0) return null;
  const bytes = Buffer.from(`[${bundles.join(',\n')}]`);
  return { name: `orders-${what}-${hashOf(bytes.toString())}.json`, bytes };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/**
 * A moment as the filter takes it: in GMT, to the second and **without a zone**. With a zone or
 * parts of a second WooCommerce reads it as the shop's own time and passes over hours of orders.
 */
export function instant(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** The moment at which a day has begun everywhere: up to fourteen hours before it does in GMT. */
export function dayBegins(day: string): string {
  return instant(Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000);
}

function notOrders(what: string): ConnectorError {
  return new ConnectorError(`What the shop lists cannot be read (${what}).`, {
    kind: 'unanswered',
  });
}
