import { z } from 'zod';
import type { StockChange } from '../../../domain/document/stock-balance.ts';
import type { Step } from '../../../domain/plan.ts';
import { parseQuantity, type Hundredths } from '../../../domain/stock.ts';
import { jsonIn } from '../../../lib/json.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import { dueStock, stockRemote, type StockWritten } from '../../../ports/stock.ts';
import type { Found, Write, WriteOutcome } from '../../../ports/target.ts';
import type { ShopClient } from './client.ts';
import { standingAt } from './stock.ts';

/** Objects that one call changes. */
const BATCH = 100;

const PRODUCTS = 'POST /products/batch';
const VARIATIONS = 'POST /products/{id}/variations/batch';

const inputSchema = z.object({
  /** The product whose variations they are; empty: they are products. */
  parent: z.string(),
  askedAtMs: z.number(),
  changes: z.array(
    z.object({ number: z.string(), place: z.string(), from: z.number(), to: z.number() }),
  ),
});

type StockInput = z.infer<typeof inputSchema>;

const answeredSchema = z.looseObject({
  update: z.array(
    z.looseObject({
      id: z.union([z.number(), z.string()]).transform(String),
      stock_quantity: z.union([z.number(), z.string()]).nullish(),
      error: z.looseObject({ message: z.string() }).optional(),
    }),
  ),
});

/**
 * Products a hundred at a time, and variations as many as their product has: WooCommerce changes
 * these under it alone.
 */
export function setStockWrites({
  id,
  setting: { askedAtMs, changes },
}: Extract<Step, { readonly kind: 'set-stock' }>): readonly Write[] {
  const byParent = Map.groupBy(changes, ({ place }) => parentOf(place));
  const calls = [...byParent].flatMap(([parent, own]) => inBatches(own).map((b) => [parent, b]));
  return calls.map(([parent, batch], i) => {
    const call = parent === '' ? PRODUCTS : VARIATIONS;
    return { id: `${id}.${i + 1}`, call, input: { parent, askedAtMs, changes: batch } };
  });
}

export function isStockWrite({ call }: Write): boolean {
  return call === PRODUCTS || call === VARIATIONS;
}

/**
 * Sets what still stands as it was seen. What has moved since is left to the next look: somebody
 * has bought it, and would be able to buy it twice.
 */
export async function writeStock(
  shop: ShopClient,
  clock: Pick<Clock, 'nowMs'>,
  write: Write,
): Promise<WriteOutcome> {
  const input = inputSchema.parse(write.input);
  const stands = await standing(shop, input);
  const { due, told } = dueStock(input, stands, clock.nowMs());
  if (due.length === 0) return done(input, told);
  const update = due.map(({ place, to }) => ({
    id: Number(idOf(place)),
    stock_quantity: to / 100,
  }));
  const answer = await shop.change('POST', `${pathOf(input)}/batch`, { update });
  if (answer.kind === 'refused') {
    const refused = due.map(({ number, to }) => [number, answer.message, to] as const);
    return done(input, { ...told, left: [...told.left, ...refused] });
  }
  const read = answeredSchema.safeParse(jsonIn(answer.text));
  if (!read.success) {
    const says = `${shop.host} did not say what it changed.`;
    throw new ConnectorError(says, { kind: 'unanswered' });
  }
  const answers = new Map(read.data.update.map((one) => [one.id, one]));
  const written = [...told.written];
  const left = [...told.left];
  for (const change of due) {
    const one = answers.get(idOf(change.place));
    const quantity = parseQuantity(String(one?.stock_quantity ?? ''));
    if (quantity === change.to) written.push([change.number, change.to]);
    else left.push([change.number, one?.error?.message ?? 'not-counted', change.to]);
  }
  return done(input, { written, left });
}

/** Quantities are set, not moved: what stands as it should needs no second call. */
export async function findStock(shop: ShopClient, write: Write): Promise<readonly Found[]> {
  const input = inputSchema.parse(write.input);
  const stands = await standing(shop, input);
  if (!input.changes.every(({ number, to }) => stands.get(number) === to)) return [];
  const written = input.changes.map(({ number, to }): [string, number] => [number, to]);
  return [{ remote: stockRemote(input.parent, { written, left: [] }), differences: [] }];
}

/** By number, as they stand now. */
async function standing(
  shop: ShopClient,
  input: StockInput,
): Promise<ReadonlyMap<string, Hundredths>> {
  const ids = input.changes.map(({ place }) => idOf(place));
  const there = await standingAt(shop, pathOf(input), ids);
  return new Map(
    input.changes.flatMap(({ number, place }) => {
      const stands = there.get(idOf(place));
      return stands === undefined ? [] : [[number, stands] as const];
    }),
  );
}

function inBatches(changes: readonly StockChange[]): readonly (readonly StockChange[])[] {
  const count = Math.ceil(changes.length / BATCH);
  return Array.from({ length: count }, (_, i) => changes.slice(i * BATCH, (i + 1) * BATCH));
}

/** `product:10` has none; `variation:18/19` has 18. */
function parentOf(place: string): string {
  return place.startsWith('variation:')
    ? (place.slice('variation:'.length).split('/')[0] ?? '')
    : '';
}

function idOf(place: string): string {
  return place.split(/[:/]/).at(-1) ?? '';
}

function pathOf({ parent }: StockInput): string {
  return parent === '' ? '/products' : `/products/${parent}/variations`;
}

function done({ parent }: StockInput, told: StockWritten): WriteOutcome {
  return { kind: 'done', remote: stockRemote(parent, told), differences: [] };
}
