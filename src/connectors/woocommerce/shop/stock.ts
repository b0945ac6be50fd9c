import { z } from 'zod';
import { parseQuantity } from '../../../domain/stock.ts';
import { jsonIn } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { StockLevel, StockReader } from '../../../ports/stock.ts';
import { instant } from './bundles.ts';
import type { ShopClient } from './client.ts';

/** As many as WooCommerce gives at once. */
const PAGE = 100;
/** A product with more variations than so many pages is not read whole. */
const PAGES_MAX = 20;
/** Article numbers are the address, and hosts refuse one of more than eight thousand signs. */
const SKU_CHARS_MAX = 4_000;
/** Changes are dated to the second, and some are seen late. */
const OVERLAP_MS = 120_000;
const EVER = '2001-01-01T00:00:00';

const FIELDS = 'id,sku,type,parent_id,manage_stock,stock_quantity,date_modified_gmt';

const productSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  sku: z.string().nullish(),
  type: z.string().default('variation'),
  parent_id: z.union([z.number(), z.string()]).transform(String).default('0'),
  /** `parent`: a variation that is counted with its product. */
  manage_stock: z.union([z.boolean(), z.string()]).default(false),
  stock_quantity: z.union([z.number(), z.string()]).nullish(),
  date_modified_gmt: z.string().default(EVER),
});

type Product = z.infer<typeof productSchema>;

const placeSchema = z.object({ page: z.number().int(), latest: z.string() });

/** Stock of a shop: of its products, and of the variations that some are sold in. */
export function wooStock(shop: ShopClient): StockReader {
  return {
    page: async ({ since, at }) => {
      const from = at === null ? { page: 1, latest: since ?? EVER } : placeSchema.parse(at);
      const query = { page: String(from.page), orderby: 'id', order: 'asc', status: 'any' };
      // A time with a zone would be read as one without, and skip the newest hours.
      const changed = since === null ? {} : { modified_after: since, dates_are_gmt: 'true' };
      const products = await listed(shop, '/products', { ...query, ...changed });
      const levels: StockLevel[] = [];
      for (const product of products) levels.push(...(await levelsOf(shop, product)));
      const latest = [from.latest, ...products.map((one) => one.date_modified_gmt)].toSorted();
      const place = { page: from.page + 1, latest: latest.at(-1) ?? EVER };
      const isLast = products.length < PAGE;
      return { levels, next: isLast ? null : place, mark: before(place.latest), total: null };
    },
    of: async (asked) => {
      const levels: StockLevel[] = [];
      for (const sku of skuAddresses(asked.map(({ number }) => number))) {
        for (let page = 1; page <= PAGES_MAX; page += 1) {
          const query = { sku, page: String(page), orderby: 'id', order: 'asc', status: 'any' };
          const products = await listed(shop, '/products', query);
          levels.push(...products.flatMap(levelOf));
          if (products.length < PAGE) break;
        }
      }
      // The filter may know capitals from small letters or not: the ledger's numbers do.
      const wanted = new Set(asked.map(({ number }) => number));
      return levels.filter(({ number }) => wanted.has(number));
    },
    refusesWrites: () => Promise.resolve(null),
  };
}

/** What stands now where quantities are to be written, by place. */
export async function standingAt(
  shop: ShopClient,
  path: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const query = { include: ids.join(','), orderby: 'id', order: 'asc', status: 'any' };
  const products = await listed(shop, path, query);
  const levels = products.flatMap((one) => levelOf(one).map((level) => [one.id, level] as const));
  return new Map(
    levels.flatMap(([id, { stands, isCounted }]) => (isCounted === true ? [[id, stands]] : [])),
  );
}

/** A product that is sold in variations is counted by these, unless it counts them together. */
async function levelsOf(shop: ShopClient, product: Product): Promise<StockLevel[]> {
  if (product.type !== 'variable') return levelOf(product);
  const levels = levelOf(product);
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const query = { page: String(page), orderby: 'id', order: 'asc' };
    const some = await listed(shop, `/products/${product.id}/variations`, query);
    const own = some.map((one) => ({ ...one, type: 'variation', parent_id: product.id }));
    levels.push(...own.flatMap(levelOf));
    if (some.length < PAGE) break;
  }
  return levels;
}

function levelOf({ id, sku, type, parent_id: parent, ...product }: Product): StockLevel[] {
  const number = (sku ?? '').trim();
  if (number === '') return [];
  const place = type === 'variation' ? `variation:${parent}/${id}` : `product:${id}`;
  const quantity = parseQuantity(String(product.stock_quantity ?? ''));
  const isCounted = product.manage_stock === true && quantity !== null;
  return [{ number, place, free: quantity ?? 0, stands: quantity ?? 0, isCounted }];
}

async function listed(
  shop: ShopClient,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly Product[]> {
  const all = { ...query, per_page: String(PAGE), _fields: FIELDS };
  const answer = await shop.get(path, all);
  const read = z.array(productSchema).safeParse(jsonIn(answer ?? '[]'));
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') || 'JSON';
  const says = `${shop.host} gave a list of products that cannot be read (${field}).`;
  throw new ConnectorError(says, { kind: 'unanswered' });
}

/** Numbers joined as the filter takes them: a comma parts them, so that none may hold one. */
export function skuAddresses(numbers: readonly string[]): readonly string[] {
  const all: string[][] = [[]];
  let chars = 0;
  for (const number of numbers.filter((one) => !one.includes(','))) {
    const last = all.at(-1) ?? [];
    chars += encodeURIComponent(number).length + 1;
    if (last.length < PAGE && chars < SKU_CHARS_MAX) {
      last.push(number);
      continue;
    }
    all.push([number]);
    chars = encodeURIComponent(number).length;
  }
  return all.flatMap((some) => (some.length > 0 ? [some.join(',')] : []));
}

function before(latest: string): string {
  return latest === EVER ? EVER : instant(Date.parse(`${latest}Z`) - OVERLAP_MS);
}
