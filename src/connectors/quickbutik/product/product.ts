import type { Article } from '../../../domain/document/article.ts';
import { parseMoney } from '../../../domain/money.ts';
import { parsePercent } from '../../../domain/vat/rates.ts';
import { isRecord } from '../../../lib/json-object.ts';
import { boundProblems, problemAt, type Place } from '../../../ports/problem.ts';
import type { Problem } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX, TEXT_CHARS_MAX } from '../limits.ts';
import { SYSTEM } from '../order/order.ts';
import type { QbSettings } from '../settings.ts';
import { shopProductSchema, type QbShopProduct } from '../wire.ts';

/** A product as it was fetched; `only` names the one article that is meant. */
export type ProductBundle = {
  readonly raw: object;
  readonly product: QbShopProduct;
  readonly only: string | null;
};

type ProductReading =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'unreadable'; readonly id: string; readonly problems: readonly Problem[] };

/** @returns null when it is no product in the envelope that products are fetched in */
export function productBundle(json: unknown, only: string): ProductBundle | null {
  if (!isRecord(json) || !('product' in json)) return null;
  const product = shopProductSchema.safeParse(json['product']);
  if (!product.success) return null;
  const meant = json[only];
  return { raw: json, product: product.data, only: typeof meant === 'string' ? meant : null };
}

/** The articles that a product is sold as: itself, or each of its variants. */
export function* readProducts(
  { product, only }: ProductBundle,
  { settings, place }: { readonly settings: QbSettings; readonly place: Place },
): Generator<ProductReading> {
  const { variants, sku, price, gtin } = product;
  const sold =
    variants.length === 0
      ? [{ id: `product:${product.id}`, name: product.title, sku, price, gtin }]
      : variants.map((variant) => {
          const options = variant.values.map(({ val }) => val).filter(Boolean);
          return {
            id: `product:${product.id}-${variant.id}`,
            name: [product.title, ...options].join(', '),
            // What a variant does not say is the product's.
            ...{ sku: variant.sku, price: variant.price || price, gtin: variant.gtin },
          };
        });
  for (const one of sold) {
    const id = one.id.slice(0, IDENTITY_CHARS_MAX);
    if (only !== null && only !== id) continue;
    const amount = one.price === '' ? null : parseMoney(one.price, settings.currency);
    if (one.price !== '' && amount === null) {
      const facts = { field: 'price', found: one.price };
      const problems = boundProblems([problemAt('not-a-number', place, facts)]);
      yield { kind: 'unreadable', id: `${SYSTEM}/${settings.shop}/${id}`, problems };
      continue;
    }
    const includesVat = settings.prices === 'with-vat';
    const article: Article = {
      kind: 'article',
      ref: { system: SYSTEM, account: settings.shop, id },
      currency: settings.currency,
      article: {
        number: one.sku.trim().slice(0, IDENTITY_CHARS_MAX),
        name: one.name.trim().slice(0, TEXT_CHARS_MAX),
        ean: one.gtin.trim() || null,
        isService: false,
        price: amount === null ? null : { amount, includesVat },
        rate: parsePercent(product.tax_rate),
      },
    };
    yield { kind: 'article', article };
  }
}
