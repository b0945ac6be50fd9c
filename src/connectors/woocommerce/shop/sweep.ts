import { z } from 'zod';
import { parseLocalDate, plusDays } from '../../../domain/date.ts';
import { parseCurrency } from '../../../domain/money.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Feed, KnownSale, KnownSales, SweepPage, SweepPlace } from '../../../ports/feed.ts';
import { readAmount } from '../order/amounts.ts';
import type { WooSettings } from '../settings.ts';
import {
  bundleOf,
  dayBegins,
  fileOfBundles,
  hashOf,
  ordersOf,
  PAGE,
  type Seen,
} from './bundles.ts';
import type { ShopClient } from './client.ts';
import { lostOf, refundsGone, tellLost } from './lost.ts';

const placeSchema = z.object({
  /** Lists that have been compared; 0: none yet. */
  page: z.number().int().min(0),
  /** The day from which this comparison looks; empty between two of them. */
  from: z.string(),
  /** The last order of the page before. */
  lastId: z.string(),
  /** Those that were told and still differ: a hash of what is compared, by id. */
  odd: z.record(z.string(), z.string()),
});

type Place = z.infer<typeof placeSchema>;

const briefSchema = z.array(
  z.looseObject({
    id: z.union([z.number(), z.string()]).transform(String),
    status: z.string(),
    total: z.union([z.string(), z.number()]).transform(String),
    currency: z.string(),
    date_modified_gmt: z.string(),
    refunds: z
      .array(z.looseObject({ id: z.union([z.number(), z.string()]).transform(String) }))
      .nullish()
      .transform((all) => all ?? []),
  }),
);

type Brief = z.infer<typeof briefSchema>[number];

const FIELDS = 'id,status,total,currency,date_modified_gmt,refunds';

/**
 * Compares all orders of the last months with what has been told of them, a hundred a call, and
 * tells those that are otherwise: what is deleted for good changes no date and sends no message,
 * nor does a refund that is deleted, and shops that keep orders as posts date some changes not.
 */
export function shopSweep(shop: ShopClient, settings: WooSettings): Pick<Feed, 'sweep'> {
  return {
    sweep: async (known, at) => {
      const place = placeOf(at, settings);
      const sales = await known.since(plusDays(dayOf(place.from), 1));
      if (sales.length === 0 && place.page === 0) return ended(place, { file: null });
      const listed = await briefsAfter(shop, place);
      const isMore = listed.length === PAGE;
      const untilId = isMore ? (listed.at(-1)?.id ?? '') : null;
      const compared = compare(listed, sales, { place, since: at.since });
      const isPosts = !isMore && (await keepsPosts(shop, sales));
      const again = isPosts ? openAmong(sales, compared.told) : [];
      const there = await bundlesOf(shop, [...compared.told, ...again], sales);
      const missing = missingAmong(listed, sales, { place, untilId });
      const lost = await lostOf(shop, missing, settings.deletedMax);
      const goneRefunds = compared.withdrawn;
      const gone = lost.gone.length + lost.tooMany + goneRefunds;
      const isTooMuch = gone > settings.deletedMax;
      const bundles = [
        ...(isTooMuch ? [] : there),
        ...(await bundlesOf(shop, lost.there, sales)),
        ...(isTooMuch ? [] : await tellLost(known, lost.gone)),
      ];
      const facts = { gone: String(gone), limit: String(settings.deletedMax) };
      const page = {
        file: fileOfBundles('compared', bundles),
        concern: isTooMuch ? ({ code: 'many-gone', facts } as const) : null,
      };
      const odd = isTooMuch ? place.odd : { ...place.odd, ...compared.odd };
      if (!isMore) return ended({ ...place, odd }, page);
      const next = { ...place, odd, page: place.page + 1, lastId: untilId ?? '' };
      return { ...page, cursor: next, isMore };
    },
  };
}

function placeOf({ cursor, today }: SweepPlace, { compareDays }: WooSettings): Place {
  const from = plusDays(today, -compareDays);
  if (cursor === null) return { page: 0, from, lastId: '0', odd: {} };
  const before = placeSchema.parse(cursor);
  return before.page > 0 ? before : { ...before, from, lastId: '0' };
}

/** The comparison has come to its end; the next one remembers what was odd in it. */
function ended({ odd }: Place, page: Partial<SweepPage> & Pick<SweepPage, 'file'>): SweepPage {
  return { concern: null, ...page, cursor: { page: 0, from: '', lastId: '0', odd }, isMore: false };
}

function dayOf(text: string) {
  const day = parseLocalDate(text);
  if (day === null) throw new Error(`a comparison from ${text}`);
  return day;
}

async function briefsAfter(shop: ShopClient, { from, page }: Place): Promise<readonly Brief[]> {
  const answer = await shop.get('/orders', {
    ...{ after: dayBegins(from), dates_are_gmt: 'true', status: 'any', _fields: FIELDS },
    ...{ orderby: 'id', order: 'asc', per_page: String(PAGE), page: String(page + 1) },
  });
  const read = briefSchema.safeParse(JSON.parse(answer ?? '[]'));
  if (read.success) return read.data;
  const says = 'The shop’s list of orders cannot be compared with what it told before.';
  throw new ConnectorError(says, { kind: 'unanswered' });
}

type Compared = {
  /** Orders to be told: unknown ones, and those that are otherwise. */
  readonly told: readonly string[];
  readonly odd: Readonly<Record<string, string>>;
  /** Refunds that are in the shop no more. */
  readonly withdrawn: number;
};

function compare(
  listed: readonly Brief[],
  sales: readonly KnownSale[],
  { place, since }: { readonly place: Place; readonly since: string },
): Compared {
  const orders = new Map(
    sales.filter(({ kind }) => kind === 'order').map((sale) => [sale.ref, sale]),
  );
  const told: string[] = [];
  const odd: Record<string, string> = {};
  let withdrawn = 0;
  for (const brief of listed) {
    const order = orders.get(brief.id);
    const isLater = order === undefined && brief.date_modified_gmt >= dayBegins(since);
    const isOther = order !== undefined && isOtherwise(brief, order, sales);
    if (!isLater && !isOther) continue;
    const hash = hashOf(JSON.stringify(brief));
    if (place.odd[brief.id] === hash) continue; // It was told, and has not become a document.
    odd[brief.id] = hash;
    told.push(brief.id);
    withdrawn += refundsGone(brief.refunds, brief.id, sales).length;
  }
  return { told, odd, withdrawn };
}

function isOtherwise(brief: Brief, order: KnownSale, sales: readonly KnownSale[]): boolean {
  const currency = parseCurrency(brief.currency);
  const total = currency === null ? null : readAmount(brief.total, currency);
  const isEqual =
    order.sourceState === brief.status &&
    total !== null &&
    total.minor === order.payable.minor &&
    total.currency === order.payable.currency;
  if (!isEqual) return true;
  const known = new Set(refundsOf(sales, brief.id).map(({ ref }) => ref));
  const isUntold = brief.refunds.some(({ id }) => !known.has(`refund:${id}`));
  return isUntold || refundsGone(brief.refunds, brief.id, sales).length > 0;
}

function refundsOf(sales: readonly KnownSale[], orderId: string): readonly KnownSale[] {
  return sales.filter((sale) => sale.of === orderId);
}

/** Orders that were told and do not stand between the last page and the end of this one. */
function missingAmong(
  listed: readonly Brief[],
  sales: readonly KnownSale[],
  { place, untilId }: { readonly place: Place; readonly untilId: string | null },
): readonly string[] {
  const there = new Set(listed.map(({ id }) => id));
  return sales
    .filter(
      ({ kind, sourceState }) => kind === 'order' && !/^(trash|deleted)$/.test(`${sourceState}`),
    )
    .map(({ ref }) => ref)
    .filter((id) => Number(id) > Number(place.lastId))
    .filter((id) => untilId === null || Number(id) <= Number(untilId))
    .filter((id) => !there.has(id));
}

/** Orders that may still change without a date: asked for once more, all of them. */
function openAmong(sales: readonly KnownSale[], told: readonly string[]): readonly string[] {
  const open = sales.filter(({ kind, state, sourceState }) => {
    return kind === 'order' && /^(open|accepted)$/.test(`${state}`) && sourceState !== 'deleted';
  });
  return open.map(({ ref }) => ref).filter((id) => !told.includes(id));
}

/** Whether the shop keeps orders as posts. One that does not say so is taken for one that does. */
async function keepsPosts(shop: ShopClient, sales: readonly KnownSale[]): Promise<boolean> {
  if (openAmong(sales, []).length === 0) return false;
  const answer = await shop.get('/system_status', { _fields: 'settings' });
  const { settings } = z
    .looseObject({ settings: z.looseObject({ HPOS_enabled: z.boolean().optional() }).optional() })
    .parse(JSON.parse(answer ?? '{}'));
  return settings?.HPOS_enabled !== true;
}

async function bundlesOf(
  shop: ShopClient,
  ids: readonly string[] | readonly Seen[],
  sales: readonly KnownSale[],
): Promise<readonly string[]> {
  const bundles: string[] = [];
  for (const seen of await seenOf(shop, ids)) {
    const { refunds } = briefSchema.element.parse(JSON.parse(seen.text));
    bundles.push(await bundleOf(shop, seen, refundsGone(refunds, seen.id, sales)));
  }
  return bundles;
}

async function seenOf(shop: ShopClient, ids: readonly (string | Seen)[]): Promise<readonly Seen[]> {
  const asked = ids.filter((one) => typeof one === 'string');
  const seen = ids.filter((one) => typeof one !== 'string');
  for (let at = 0; at < asked.length; at += PAGE) {
    const include = asked.slice(at, at + PAGE).join(',');
    seen.push(...(await ordersOf(shop, { include, status: 'any', orderby: 'id', order: 'asc' })));
  }
  return seen;
}

/** Looks at orders that messages have named. */
export function orderLook(shop: ShopClient): Pick<Feed, 'look'> {
  return {
    look: async (objects, known: KnownSales) => {
      const ids = objects.filter((one) => /^\d+$/.test(one));
      const there = await seenOf(shop, ids);
      const missing = ids.filter((id) => !there.some((one) => one.id === id));
      // A message is no proof: what it says is gone is asked for, here and there.
      const lost = await lostOf(shop, missing, Infinity);
      const families: KnownSale[] = [];
      for (const { id } of [...there, ...lost.there]) families.push(...(await known.family(id)));
      const bundles = await bundlesOf(shop, [...there, ...lost.there], families);
      return fileOfBundles('named', [...bundles, ...(await tellLost(known, lost.gone))]);
    },
  };
}
