import { z } from 'zod';
import type { OrderTelling } from '../../../domain/tell-order.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Notice, Refusal } from '../../../domain/refusal.ts';
import { type Json, jsonIn } from '../../../lib/json.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { ShopFinding } from '../../../ports/health.ts';
import { findSetStock, setStock } from '../../../ports/stock-writes.ts';
import type { Found, Remote, Route, Shop, Write, WriteOutcome } from '../../../ports/target.ts';
import type { WooSettings } from '../settings.ts';
import type { ShopClient } from './client.ts';
import { escaped } from './html.ts';
import {
  findProducts,
  isProductWrite,
  keepProductsWrites,
  writeProducts,
} from './product-writes.ts';
import { isStockWrite, setStockWrites, stockBy } from './stock-writes.ts';

/** States in which an order may still be moved on. From any other nobody moves it but the shop. */
const MOVABLE: ReadonlySet<string> = new Set(['pending', 'on-hold', 'processing']);

const NOTE = 'POST /orders/{id}/notes';
const ORDER = 'PUT /orders/{id}';

/** What is stored of a write. */
const noteSchema = z.object({ order: z.string(), note: z.string() });
const orderSchema = z.object({
  order: z.string(),
  facts: z.record(z.string(), z.string()),
  status: z.string().nullable(),
});

type OrderWrite = z.infer<typeof orderSchema>;
/** What is sent of an order. */
type Change = Readonly<Record<string, Json>>;

const notesSchema = z.array(
  z.looseObject({ id: z.union([z.number(), z.string()]).transform(String), note: z.string() }),
);
const shownSchema = z.looseObject({
  status: z.string(),
  meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).default([]),
});

/** A WooCommerce shop that is told what has become of its orders. */
export function wooShop(
  shop: ShopClient,
  { clock, settings }: { readonly clock: Pick<Clock, 'nowMs'>; readonly settings: WooSettings },
): Shop {
  return {
    capabilities: {
      takes: ['order-news', 'stock-balance', 'article-cards'],
      attachments: false,
      findsBy: 'key-in-object',
    },
    route: (steps) => route(steps, settings),
    write: (write, { key }) => {
      if (isStockWrite(write)) return setStock(write, stockBy(shop), clock.nowMs());
      if (isProductWrite(write)) return writeProducts(shop, settings, write);
      return write.call === NOTE ? addNote(shop, write, key) : changeOrder(shop, write);
    },
    find: (write, { key }) => {
      if (isStockWrite(write)) return findSetStock(write, stockBy(shop));
      if (isProductWrite(write)) return findProducts(shop, settings, write);
      return write.call === NOTE ? findNote(shop, write, key) : findChange(shop, write);
    },
    examine: () => examine(shop),
  };
}

function route(steps: readonly Step[], settings: WooSettings): Route {
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
    if (step.kind !== 'tell-order') {
      const refusal: Refusal = { code: 'target-cannot', system: 'WooCommerce', what: step.kind };
      return { kind: 'cannot', refusals: [refusal] };
    }
    writes.push(...writesOf(step.id, step.telling));
  }
  return { kind: 'route', writes, notices };
}

function writesOf(id: string, { order, note, facts, status }: OrderTelling): Write[] {
  const writes: Write[] = [];
  if (note !== null) writes.push({ id: `${id}.note`, call: NOTE, input: { order, note } });
  if (status !== null || Object.keys(facts).length > 0) {
    writes.push({ id: `${id}.order`, call: ORDER, input: { order, facts, status } });
  }
  return writes;
}

/**
 * Adds a note for the people of the shop. Never one for the customer: that would be mailed.
 *
 * The shop makes two notes of the same call made twice, so it is looked first: a hub that lost its
 * database tells nothing that the one before it has told.
 */
async function addNote(shop: ShopClient, write: Write, key: string): Promise<WriteOutcome> {
  const { order, note } = noteSchema.parse(write.input);
  const [told] = await findNote(shop, write, key);
  if (told !== undefined) return { kind: 'done', ...told };
  const body = { note: `${escaped(note)} ${mark(key)}`, customer_note: false };
  const answer = await shop.change('POST', `/orders/${order}/notes`, body);
  if (answer.kind === 'refused') return refused(answer);
  const made = notesSchema.element.safeParse(jsonIn(answer.text));
  if (!made.success) throw unreadable(shop);
  return { kind: 'done', remote: { id: made.data.id, label: '' }, differences: [] };
}

async function findNote(shop: ShopClient, write: Write, key: string): Promise<readonly Found[]> {
  const { order } = noteSchema.parse(write.input);
  const answer = await shop.get(`/orders/${order}/notes`, { type: 'internal' });
  if (answer === null) return []; // The order is gone: telling it says so.
  const notes = notesSchema.safeParse(jsonIn(answer));
  if (!notes.success) throw unreadable(shop);
  return notes.data
    .filter(({ note }) => note.includes(mark(key)))
    .map(({ id }) => ({ remote: { id, label: '' }, differences: [] }));
}

/** Writes what stands otherwise in the order, and nothing when all is as it is to be. */
async function changeOrder(shop: ShopClient, write: Write): Promise<WriteOutcome> {
  const wanted = orderSchema.parse(write.input);
  const shown = await readOrder(shop, wanted.order);
  if (shown === null)
    return refused({ code: 'order-gone', message: `order ${wanted.order} is gone` });
  const change = changeOf(wanted, shown);
  if (change === null) return { kind: 'done', remote: remoteOf(wanted), differences: [] };
  const answer = await shop.change('PUT', `/orders/${wanted.order}`, change);
  if (answer.kind === 'refused') return refused(answer);
  return { kind: 'done', remote: remoteOf(wanted), differences: [] };
}

async function findChange(shop: ShopClient, write: Write): Promise<readonly Found[]> {
  const wanted = orderSchema.parse(write.input);
  const shown = await readOrder(shop, wanted.order);
  if (shown === null || changeOf(wanted, shown) !== null) return [];
  return [{ remote: remoteOf(wanted), differences: [] }];
}

type Shown = z.infer<typeof shownSchema>;

/** @returns null when there is no such order any more */
async function readOrder(shop: ShopClient, order: string): Promise<Shown | null> {
  const answer = await shop.get(`/orders/${order}`);
  if (answer === null) return null;
  const read = shownSchema.safeParse(jsonIn(answer));
  if (!read.success) throw unreadable(shop);
  return read.data;
}

/** Fields are set by name, in place. @returns null when there is nothing to change */
function changeOf({ facts, status }: OrderWrite, shown: Shown): Change | null {
  const standing = new Map(shown.meta_data.map(({ key, value }) => [key, value]));
  const meta = Object.entries(facts).filter(([key, value]) => standing.get(key) !== value);
  const moves = status !== null && status !== shown.status && MOVABLE.has(shown.status);
  if (meta.length === 0 && !moves) return null;
  return {
    ...(meta.length === 0 ? {} : { meta_data: meta.map(([key, value]) => ({ key, value })) }),
    ...(moves ? { status } : {}),
  };
}

function remoteOf({ order }: OrderWrite): Remote {
  return { id: order, label: '' };
}

/**
 * Whether our keys may write, without writing: WooCommerce looks at the rights of a key before it
 * looks for the order, and there is no order 0.
 */
async function examine(shop: ShopClient): Promise<readonly ShopFinding[]> {
  try {
    await shop.change('PUT', '/orders/0', { meta_data: [] });
    return [{ code: 'keys', state: 'ok', facts: { shop: shop.host } }];
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return [{ code: 'keys-refused', state: 'problem', facts: { why: error.message } }];
  }
}

/** By what a note is found again. */
function mark(key: string): string {
  return `[${key}]`;
}

function refused(error: { readonly code: string; readonly message: string }): WriteOutcome {
  const { code: theirCode, message: said } = error;
  return {
    kind: 'refused',
    refusals: [{ code: 'target-refused', system: 'WooCommerce', theirCode, said }],
  };
}

function unreadable(shop: ShopClient): ConnectorError {
  return new ConnectorError(`${shop.host} gave an answer that cannot be read.`, {
    kind: 'unanswered',
  });
}
