import { z } from 'zod';
import {
  otherFields,
  type NewProduct,
  type ProductFields,
  type ProductWish,
} from '../domain/keep-products.ts';
import type { Notice } from '../domain/refusal.ts';
import type { Json } from '../lib/json.ts';
import type { Found, Write, WriteOutcome } from './target.ts';

/** What a write of products came to, kept as the data of its `Remote`. */
export const productsWritten = z.object({
  /** Numbers of those that lie elsewhere than where they were seen: they are compared again. */
  moved: z.array(z.string()),
  /** How many the shop has changed or made. */
  wrote: z.number(),
});

/** A product as it stands in a shop, where it lies, and what of it may be changed. */
export type StandingProduct = {
  readonly number: string;
  readonly place: string;
  readonly fields: ProductFields;
};

/** Fields of a product that are to be set anew. */
export type ProductChange = { readonly place: string; readonly fields: ProductFields };

/** What a shop said of each of several: null where it did as asked. */
export type Said = readonly (string | null)[];

const fields = z.record(z.string(), z.string());
const changesSchema = z.object({
  /** What the shop knows by itself: the product whose variations they are. Else empty. */
  parent: z.string(),
  changes: z.array(z.object({ number: z.string(), place: z.string(), fields })),
});
const makesSchema = z.object({
  makes: z.array(
    z.object({
      ...{ number: z.string(), fields, percent: z.string().nullable() },
      ...{ isService: z.boolean(), isCounted: z.boolean(), isPublished: z.boolean() },
    }),
  ),
});

/** A write that changes products, as it is stored. */
export function changeInput(parent: string, changes: readonly ProductWish[]): Json {
  return {
    parent,
    changes: changes.map(({ number, place, fields: own }) => ({ number, place, fields: own })),
  };
}

/** A write that makes products, as it is stored. */
export function makeInput(makes: readonly NewProduct[]): Json {
  return { makes: makes.map((one) => ({ ...one })) };
}

/** What a write of changes is about. */
export type ChangesAsked = { readonly parent: string; readonly changes: readonly ProductWish[] };

/** How a shop is asked, and changed. */
export type ChangesBy = {
  /** Those of the products that are there, as they stand now. */
  readonly standing: (asked: ChangesAsked) => Promise<readonly StandingProduct[]>;
  readonly send: (changes: readonly ProductChange[], asked: ChangesAsked) => Promise<Said>;
};

/** Changes what stands otherwise, in one call; none when all is as it should be. */
export async function changeProducts(write: Write, by: ChangesBy): Promise<WriteOutcome> {
  const asked = changesSchema.parse(write.input);
  const { due, moved } = dueChanges(asked, await by.standing(asked));
  if (due.length === 0) return done(write, { moved, said: [], wrote: 0 });
  return sentOf(write, moved, { due, said: await by.send(due, asked) });
}

/** Fields are set, not moved: what stands as it should needs no second call. */
export async function findChanged(write: Write, by: ChangesBy): Promise<readonly Found[]> {
  const asked = changesSchema.parse(write.input);
  const { due, moved } = dueChanges(asked, await by.standing(asked));
  const wrote = asked.changes.length - moved.length;
  return due.length === 0 ? [foundAs(write, { moved, wrote })] : [];
}

/** How products are looked for by their numbers, and made. */
export type MakesBy = {
  /** Which of these numbers the shop has. */
  readonly numbersThere: (numbers: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly send: (makes: readonly NewProduct[]) => Promise<Said>;
};

/**
 * Makes what is not there, in one call. A shop makes two of the same call made twice: it is looked
 * first, and what is there by now is compared the next time.
 */
export async function makeProducts(write: Write, by: MakesBy): Promise<WriteOutcome> {
  const { makes } = makesSchema.parse(write.input);
  const there = await by.numbersThere(makes.map(({ number }) => number));
  const moved = makes.flatMap(({ number }) => (there.has(number) ? [number] : []));
  const due = makes.filter(({ number }) => !there.has(number));
  if (due.length === 0) return done(write, { moved, said: [], wrote: 0 });
  return sentOf(write, moved, { due, said: await by.send(due) });
}

/** What an attempt whose answer was lost has made. */
export async function findMade(write: Write, by: MakesBy): Promise<readonly Found[]> {
  const { makes } = makesSchema.parse(write.input);
  const there = await by.numbersThere(makes.map(({ number }) => number));
  const isMade = makes.every(({ number }) => there.has(number));
  return isMade ? [foundAs(write, { moved: [], wrote: makes.length })] : [];
}

/** What of the articles cannot be told as the shop keeps its prices. */
export function rateNotices(numbers: readonly string[]): readonly Notice[] {
  return numbers.length === 0 ? [] : [{ code: 'products-left', products: numbers }];
}

function dueChanges(
  { changes }: ChangesAsked,
  standing: readonly StandingProduct[],
): {
  readonly due: readonly (ProductChange & { readonly number: string })[];
  readonly moved: readonly string[];
} {
  const there = new Map(standing.map((one) => [one.place, one]));
  const due: (ProductChange & { readonly number: string })[] = [];
  const moved: string[] = [];
  for (const { number, place, fields: wanted } of changes) {
    const stands = there.get(place);
    if (stands?.number !== number) {
      moved.push(number);
      continue;
    }
    const other = otherFields(wanted, stands.fields);
    if (Object.keys(other).length > 0) due.push({ number, place, fields: other });
  }
  return { due, moved };
}

type Refused = { readonly number: string; readonly said: string };

/** A shop that says nothing of one that it was sent has not done it. */
function refusal(number: string, said: string | null | undefined): Refused[] {
  return said === null ? [] : [{ number, said: said ?? '' }];
}

function sentOf(
  write: Write,
  moved: readonly string[],
  of: { readonly due: readonly { readonly number: string }[]; readonly said: Said },
): WriteOutcome {
  const said = of.due.flatMap((one, i) => refusal(one.number, of.said[i]));
  return done(write, { moved, said, wrote: of.due.length - said.length });
}

function done(
  write: Write,
  of: {
    readonly moved: readonly string[];
    readonly said: readonly Refused[];
    readonly wrote: number;
  },
): WriteOutcome {
  const byWhy = Map.groupBy(of.said, ({ said }) => said);
  const notices = [...byWhy].map(([said, some]): Notice => {
    const products = some.map(({ number }) => number);
    return { code: 'products-left', said, products };
  });
  return { kind: 'done', ...foundAs(write, of), notices };
}

function foundAs(
  { id }: Write,
  { moved, wrote }: { readonly moved: readonly string[]; readonly wrote: number },
): Found {
  return { remote: { id, label: '', data: { moved: [...moved], wrote } }, differences: [] };
}
