import { z } from 'zod';
import type { StockChange } from '../domain/document/stock-balance.ts';
import type { Hundredths } from '../domain/stock.ts';
import type { Json } from '../lib/json.ts';
import { dueStock, stockRemote, type StockLeft, type StockWritten } from './stock.ts';
import type { Found, Write, WriteOutcome } from './target.ts';

const inputSchema = z.object({
  /** What the shop knows by itself: the product whose variations they are. Else empty. */
  parent: z.string().default(''),
  askedAtMs: z.number(),
  changes: z.array(
    z.object({ number: z.string(), place: z.string(), from: z.number(), to: z.number() }),
  ),
});

/** What a write of quantities is about. */
export type StockAskedFor = z.infer<typeof inputSchema>;

/** A write of quantities, as it is stored. */
export function stockInput({ parent, askedAtMs, changes }: StockAskedFor): Json {
  return { parent, askedAtMs, changes: changes.map((one) => ({ ...one })) };
}

/** How a shop is asked, and its quantities are set. */
export type StockBy = {
  /** What stands now where quantities are to be written, by place. What is not counted is not. */
  readonly standing: (asked: StockAskedFor) => Promise<ReadonlyMap<string, Hundredths>>;
  /** What it said of each: null where it did as asked; empty where it did not say why not. */
  readonly send: (
    due: readonly StockChange[],
    asked: StockAskedFor,
  ) => Promise<readonly (string | null)[]>;
};

/**
 * Sets what still stands as it was seen, in one call; none when all is as it should be. What has
 * moved since is left to the next look: somebody has bought it, and would be able to buy it twice.
 */
export async function setStock(write: Write, by: StockBy, nowMs: number): Promise<WriteOutcome> {
  const asked = inputSchema.parse(write.input);
  const { due, told } = dueStock(asked, await standingByNumber(asked, by), nowMs);
  if (due.length === 0) return done(asked, told);
  const said = await by.send(due, asked);
  const written = [...told.written];
  const left = [...told.left];
  for (const [i, { number, to }] of due.entries()) {
    // A shop that says nothing of one that it was sent has not done it.
    const why = said[i] === undefined ? '' : said[i];
    if (why === null) written.push([number, to]);
    else left.push([number, why || ('not-counted' satisfies StockLeft), to]);
  }
  return done(asked, { written, left });
}

/** Quantities are set, not moved: what stands as it should needs no second call. */
export async function findSetStock(write: Write, by: StockBy): Promise<readonly Found[]> {
  const asked = inputSchema.parse(write.input);
  const stands = await standingByNumber(asked, by);
  if (!asked.changes.every(({ number, to }) => stands.get(number) === to)) return [];
  const written = asked.changes.map(({ number, to }): [string, number] => [number, to]);
  return [{ remote: stockRemote(asked.parent, { written, left: [] }), differences: [] }];
}

async function standingByNumber(
  asked: StockAskedFor,
  { standing }: StockBy,
): Promise<ReadonlyMap<string, Hundredths>> {
  const places = await standing(asked);
  return new Map(
    asked.changes.flatMap(({ number, place }) => {
      const stands = places.get(place);
      return stands === undefined ? [] : [[number, stands] as const];
    }),
  );
}

function done({ parent }: StockAskedFor, told: StockWritten): WriteOutcome {
  return { kind: 'done', remote: stockRemote(parent, told), differences: [] };
}
