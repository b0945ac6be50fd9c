import { z } from 'zod';
import type { Step } from '../../../domain/plan.ts';
import type { Notice } from '../../../domain/refusal.ts';
import type { OrderTelling } from '../../../domain/tell-order.ts';
import { type Json, jsonIn } from '../../../lib/json.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import { findSetStock, setStock } from '../../../ports/stock-writes.ts';
import type { Found, Remote, Route, Shop, Write, WriteOutcome } from '../../../ports/target.ts';
import type { QbSettings } from '../settings.ts';
import type { ShopClient } from './client.ts';
import {
  findProducts,
  isProductWrite,
  keepProductsWrites,
  resultsSchema,
  writeProducts,
} from './product-writes.ts';
import { isStockWrite, setStockWrites, stockBy } from './stock.ts';

const FIELDS = 'PUT /v1/metadata/order/{id}';
const STATUS = 'PUT /v1/orders';

/** States that an order can be moved on to, and those that it is moved from. Never backwards. */
const MOVES: Readonly<Record<string, { readonly to: string; readonly from: readonly string[] }>> = {
  paid: { to: '1', from: ['-1'] },
  done: { to: '2', from: ['-1', '1'] },
};

const fieldsSchema = z.object({ order: z.string(), fields: z.record(z.string(), z.string()) });
const statusSchema = z.object({ order: z.string(), status: z.string() });
const orderSchema = z.looseObject({
  order_id: z.union([z.number(), z.string()]).transform(String),
  status: z.union([z.number(), z.string()]).transform(String),
});
const resultSchema = z.looseObject({
  success: z.boolean(),
  errors: z.array(z.coerce.string()).default([]),
});

/** A Quickbutik shop that is told what has become of its orders: in metadata, and by state. */
export function quickbutikShop(
  shop: ShopClient,
  { clock, settings }: { readonly clock: Pick<Clock, 'nowMs'>; readonly settings: QbSettings },
): Shop {
  return {
    capabilities: {
      takes: ['order-news', 'stock-balance', 'article-cards'],
      attachments: false,
      findsBy: 'key-in-object',
    },
    route: (steps) => route(steps, settings),
    write: (write) => {
      if (isStockWrite(write)) return setStock(write, stockBy(shop), clock.nowMs());
      if (isProductWrite(write)) return writeProducts(shop, write);
      return write.call === STATUS ? setStatus(shop, write) : setFields(shop, write);
    },
    find: (write) => {
      if (isStockWrite(write)) return findSetStock(write, stockBy(shop));
      if (isProductWrite(write)) return findProducts(shop, write);
      return write.call === STATUS ? findStatus(shop, write) : findFields(shop, write);
    },
    // A key is not limited to reading, as far as is known: there is nothing to look for.
    examine: () => Promise.resolve([]),
  };
}

function route(steps: readonly Step[], settings: QbSettings): Route {
  const writes: Write[] = [];
  const notices: Notice[] = [];
  for (const step of steps) {
    if (step.kind === 'set-stock') {
      writes.push(...setStockWrites(step));
      continue;
    }
    if (step.kind === 'keep-products') {
      const kept = keepProductsWrites(step, settings);
      writes.push(...kept.writes);
      notices.push(...kept.notices);
      continue;
    }
    if (step.kind !== 'tell-order') return cannot(step.kind);
    const { status } = step.telling;
    if (status !== null && !(status in MOVES)) return cannot(`the state ${status} (paid, done)`);
    writes.push(...writesOf(step.id, step.telling));
  }
  return { kind: 'route', writes, notices };
}

/** There are no notes: what is said in words is a field as well. */
function writesOf(id: string, { order, note, facts, status }: OrderTelling): Write[] {
  const named = Object.entries(facts).map(([name, text]) => [name.replace(/^_/, ''), text]);
  const fields = { ...Object.fromEntries(named), ...(note === null ? {} : { bokbro_note: note }) };
  const writes: Write[] = [];
  if (Object.keys(fields).length > 0) {
    writes.push({ id: `${id}.fields`, call: FIELDS, input: { order, fields } });
  }
  if (status !== null) writes.push({ id: `${id}.state`, call: STATUS, input: { order, status } });
  return writes;
}

function cannot(what: string): Route {
  return { kind: 'cannot', refusals: [{ code: 'target-cannot', system: 'Quickbutik', what }] };
}

/** Writes the fields that stand otherwise. They are known by their names: none is made twice. */
async function setFields(shop: ShopClient, write: Write): Promise<WriteOutcome> {
  const { order, fields } = fieldsSchema.parse(write.input);
  const standing = await readFields(shop, order);
  const other = Object.entries(fields).filter(([name, text]) => standing.get(name) !== text);
  if (other.length === 0) return done(order);
  // How the two differ is not documented: the one makes, the other changes, as everywhere.
  const method = standing.size === 0 ? 'POST' : 'PUT';
  const answer = await shop.change(method, `/metadata/order/${order}`, Object.fromEntries(other));
  if (answer === null) return refused(`order ${order} is not there`);
  const read = resultSchema.safeParse(jsonIn(answer));
  if (read.success && !read.data.success) return refused(read.data.errors.join('; '));
  return done(order);
}

async function findFields(shop: ShopClient, write: Write): Promise<readonly Found[]> {
  const { order, fields } = fieldsSchema.parse(write.input);
  const standing = await readFields(shop, order);
  const isThere = Object.entries(fields).every(([name, text]) => standing.get(name) === text);
  return isThere ? [{ remote: remoteOf(order), differences: [] }] : [];
}

/** Nothing, a list of nothing and 404 are the same: it has none. */
async function readFields(shop: ShopClient, order: string): Promise<ReadonlyMap<string, string>> {
  const read = z
    .record(z.string(), z.coerce.string())
    .safeParse(jsonIn((await shop.get(`/metadata/order/${order}`)) ?? '{}'));
  return new Map(read.success ? Object.entries(read.data) : []);
}

/** Nobody is mailed, nothing is drawn, and no webhook tells us of what we did ourselves. */
async function setStatus(shop: ShopClient, write: Write): Promise<WriteOutcome> {
  const { order, status } = statusSchema.parse(write.input);
  const stands = await statusOf(shop, order);
  if (stands === null) return refused(`order ${order} is not there`);
  if (!MOVES[status]?.from.includes(stands)) return done(order);
  const change: Json = {
    ...{ order_id: Number(order), status, skip_webhook: true, skip_email_confirmation: true },
    ...{ email_confirmation: false, paymethod_activate: false },
  };
  const answer = await shop.change('PUT', '/orders', [change]);
  const read = resultsSchema.safeParse(jsonIn(answer ?? ''));
  const [result] = read.success ? Object.values(read.data.results) : [];
  if (result === undefined) throw unreadable(shop);
  return result.success ? done(order) : refused(result.errors.join('; '));
}

async function findStatus(shop: ShopClient, write: Write): Promise<readonly Found[]> {
  const { order, status } = statusSchema.parse(write.input);
  const stands = await statusOf(shop, order);
  const isThere = stands !== null && !MOVES[status]?.from.includes(stands);
  return isThere ? [{ remote: remoteOf(order), differences: [] }] : [];
}

/** @returns null when there is no such order */
async function statusOf(shop: ShopClient, order: string): Promise<string | null> {
  const answer = await shop.get('/orders', { order_id: order, include_details: 'true' });
  if (answer === null) return null;
  const value = jsonIn(answer);
  const read = z.array(orderSchema).safeParse(Array.isArray(value) ? value : [value]);
  if (!read.success) throw unreadable(shop);
  return read.data.find(({ order_id: id }) => id === order)?.status ?? null;
}

function done(order: string): WriteOutcome {
  return { kind: 'done', remote: remoteOf(order), differences: [] };
}

function remoteOf(order: string): Remote {
  return { id: order, label: '' };
}

function refused(said: string): WriteOutcome {
  const refusal = { code: 'target-refused', system: 'Quickbutik', theirCode: '', said } as const;
  return { kind: 'refused', refusals: [refusal] };
}

function unreadable(shop: ShopClient): ConnectorError {
  return new ConnectorError(`${shop.host} gave an answer that cannot be read.`, {
    kind: 'unanswered',
  });
}
