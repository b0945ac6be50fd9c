import { z } from 'zod';
import type { LocalDate } from '../../../domain/date.ts';
import { isRateInForce, parsePercent } from '../../../domain/vat/rates.ts';
import type { ExaminedFor, SourceFinding } from '../../../ports/health.ts';
import { found, readAs } from '../../../ports/source-finding.ts';
import { articleRate } from '../order/order.ts';
import type { QbSettings } from '../settings.ts';
import { shopProductSchema } from '../wire.ts';
import type { ShopClient } from './client.ts';
import { articlesOf, PRODUCTS_PAGE } from './products.ts';

/** Five thousand products: more is no card to wait for. */
const PAGES_MAX = 10;
const NAMED_MAX = 5;

/** A list that does not have the field at all says nothing of any rate. */
const productSchema = shopProductSchema.extend({
  tax_rate: z.union([z.string(), z.number()]).transform(String).nullish(),
});
const productsSchema = z.union([z.array(productSchema), productSchema.transform((one) => [one])]);

type Product = z.infer<typeof productSchema>;

/**
 * Products whose rate is none of the law's, or that have none: a basket of theirs and others at
 * several rates cannot be proven. What `articleRates` says of them counts.
 */
export async function examineProducts(
  shop: ShopClient,
  settings: QbSettings,
  { today }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const products = await firstProducts(shop);
  if (products.length === 0) return [];
  if (products.every(({ tax_rate: rate }) => rate === undefined)) {
    const facts = { what: 'products', why: `${shop.host} lists them without tax_rate.` };
    return [found('warning', 'not-told', facts)];
  }
  const without = products.filter((product) => !isRated(product, { settings, today }));
  const count = String(without.length);
  if (without.length === 0) {
    return [found('ok', 'products-rated', { count: String(products.length) })];
  }
  const articles = listed(without.map(({ sku, title }) => sku.trim() || title));
  return [found('warning', 'products-without-rate', { count, articles })];
}

/** The first few, to find them by. */
export function listed(names: readonly string[]): string {
  const more = names.length > NAMED_MAX ? ' …' : '';
  return `${names.slice(0, NAMED_MAX).join(', ')}${more}`;
}

async function firstProducts(shop: ShopClient): Promise<readonly Product[]> {
  const all: Product[] = [];
  for (let page = 0; page < PAGES_MAX && all.length === page * PRODUCTS_PAGE; page += 1) {
    const at = { offset: String(page * PRODUCTS_PAGE), limit: String(PRODUCTS_PAGE) };
    const answer = await shop.get('/products', { ...at, include_details: 'true' });
    if (answer === null) break;
    all.push(...readAs(productsSchema, answer, 'products'));
  }
  return all;
}

function isRated(
  product: Product,
  { settings, today }: { readonly settings: QbSettings; readonly today: LocalDate },
): boolean {
  const told = parsePercent(product.tax_rate ?? '');
  if (told !== null && isRateInForce(settings.country, told, today)) return true;
  const articles = articlesOf({ ...product, tax_rate: '' });
  return (
    articles.length > 0 && articles.every(({ number }) => articleRate(number, settings) !== null)
  );
}
