import { isRecord, type WireObject } from '../../../lib/json-object.ts';
import type { Article } from '../../../domain/document/article.ts';
import { parsePercent } from '../../../domain/vat/rates.ts';
import { boundProblems, problemAt, type Place } from '../../../ports/problem.ts';
import type { Problem } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX } from '../limits.ts';
import { readAmount } from '../order/amounts.ts';
import { SYSTEM } from '../order/order.ts';
import { readText } from '../order/text.ts';
import type { WooSettings } from '../settings.ts';
import { productSchema, type WooProduct } from '../wire.ts';

/** A product as it came, with its variations; `only` names the one article that is meant. */
export type ProductBundle = {
  readonly raw: WireObject;
  readonly product: WooProduct;
  readonly variations: readonly unknown[];
  readonly only: string | null;
};

/** An article, or everything that keeps it from being one. */
type ProductReading =
  | { readonly kind: 'article'; readonly article: Article; readonly extract: Uint8Array }
  | { readonly kind: 'unreadable'; readonly id: string; readonly problems: readonly Problem[] };

/** Types that are sold by their own number; a variable one is sold by its variations. */
const SOLD: ReadonlySet<string> = new Set(['simple', 'variation', 'subscription']);

/** @returns null when it is no product: a product has a type and a price, an order has neither */
export function productBundle(json: unknown): ProductBundle | null {
  if (!isRecord(json)) return null;
  const bundle: WireObject = 'product' in json ? json : { product: json };
  const product = productSchema.safeParse(bundle['product']);
  if (!product.success) return null;
  const { variations, only } = bundle;
  return {
    raw: bundle,
    product: product.data,
    variations: Array.isArray(variations) ? variations : [],
    only: typeof only === 'string' ? only : null,
  };
}

/** The articles that a product is sold as: itself, or each of its variations. */
export function* readProducts(
  { raw, product, variations, only }: ProductBundle,
  { settings, place }: { readonly settings: WooSettings; readonly place: Place },
): Generator<ProductReading> {
  const account = accountOf(product, settings);
  if (account === null) {
    const facts = { field: 'shop', found: hostOf(product), expected: settings.shop };
    const problems = [problemAt('unknown-value', place, facts)];
    yield {
      kind: 'unreadable',
      id: `${SYSTEM}/${hostOf(product)}/product:${product.id}`,
      problems,
    };
    return;
  }
  const own = product.type === 'variable' ? [] : [product];
  const read = variations.map((one) => productSchema.safeParse(one));
  for (const one of [...own, ...read.flatMap(({ data }) => data ?? [])]) {
    const id = `product:${one.id.slice(0, IDENTITY_CHARS_MAX)}`;
    if (!SOLD.has(one.type) || (only !== null && only !== id)) continue;
    const ref = { system: SYSTEM, account, id };
    const article = articleOf(one, { settings, parent: product });
    if (article === null) {
      const facts = { field: 'regular_price', found: one.regular_price };
      const problems = boundProblems([problemAt('not-a-number', place, facts)]);
      yield { kind: 'unreadable', id: `${SYSTEM}/${account}/${id}`, problems };
      continue;
    }
    const extract = Buffer.from(JSON.stringify({ ...raw, only: id }));
    yield { kind: 'article', article: { ...article, ref }, extract };
  }
  const broken = read.filter(({ success }) => !success).length;
  if (broken > 0 && only === null) {
    const facts = { field: 'variations', found: String(broken), expected: 'id, type, sku, …' };
    const problems = [problemAt('unknown-value', place, facts)];
    yield { kind: 'unreadable', id: `${SYSTEM}/${account}/variations of ${product.id}`, problems };
  }
}

/** @returns null when its price is no number */
function articleOf(
  woo: WooProduct,
  { settings, parent }: { readonly settings: WooSettings; readonly parent: WooProduct },
): Omit<Article, 'ref'> | null {
  const { currency } = settings;
  const includesVat = settings.prices === 'with-vat';
  const price = woo.regular_price === '' ? null : readAmount(woo.regular_price, currency);
  if (woo.regular_price !== '' && price === null) return null;
  const own = readText(woo.name);
  // A variation is called by its options alone, or not at all in older shops.
  const name = woo.id === parent.id ? own : [readText(parent.name), own].filter(Boolean).join(', ');
  return {
    kind: 'article',
    currency,
    article: {
      number: woo.sku.trim().slice(0, IDENTITY_CHARS_MAX),
      name,
      ean: woo.global_unique_id.trim() || null,
      isService: woo.virtual === true,
      price: price === null ? null : { amount: price, includesVat },
      rate: rateOf(woo, parent, settings),
    },
  };
}

/** A variation may be taxed as its parent. @returns null when the class is not in the settings */
function rateOf(woo: WooProduct, parent: WooProduct, { taxRates }: WooSettings): number | null {
  if (woo.tax_status === 'none') return 0;
  const taxClass = woo.tax_class === 'parent' ? parent.tax_class : woo.tax_class;
  return parsePercent(taxRates[taxClass === '' ? 'standard' : taxClass] ?? '');
}

/** The shop that a product is of. @returns null when it is not that of the settings */
function accountOf(product: WooProduct, { shop }: WooSettings): string | null {
  const wanted = shop
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
  const own = hostOf(product);
  if (wanted === '') return own;
  return own === 'shop' || own === wanted ? wanted : null;
}

function hostOf({ permalink }: WooProduct): string {
  const host = URL.parse(permalink)?.host ?? '';
  return host.toLowerCase().slice(0, IDENTITY_CHARS_MAX) || 'shop';
}
