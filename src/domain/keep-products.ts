import type { ArticleCards, PlacedCard } from './document/article-cards.ts';
import type { ArticleField } from './document/article.ts';
import { priceAs, type ArticleChoices } from './keep-article.ts';
import { formatMoney, parseMoney } from './money.ts';
import { isRateInForce, percentText, type Country } from './vat/rates.ts';

/** What a company has chosen about products of a shop that follow the ledger's articles. */
export type ProductChoices = {
  readonly products: {
    /** New products are seen by customers at once; else a person of the shop lets them out. */
    readonly publish: boolean;
    /** webshop: only those that the ledger marks as such. */
    readonly which: 'all' | 'webshop';
    /** Numbers of articles that take part; a `*` at the end stands for anything. None: all. */
    readonly only: readonly string[];
  };
};

/** How products of a shop are to be kept. */
export type ProductKeeping = {
  readonly publishes: boolean;
  /** What the ledger is master of. The rest is written when a product is made, and never again. */
  readonly owned: readonly ArticleField[];
  /** Whether the prices hold their VAT. */
  readonly includesVat: boolean;
  /** At least one. What has no place is made. */
  readonly cards: readonly PlacedCard[];
};

/** How products are kept like the ledger's articles, or why they are not. */
export function keepProducts(
  { cards, date }: ArticleCards,
  choices: ArticleChoices & ProductChoices & { readonly country: Country },
): { readonly keeping: ProductKeeping } | { readonly idle: string } {
  const { articles, articleFields: owned, listPrices, products, country } = choices;
  if (articles === 'off') return { idle: 'the flow keeps no articles' };
  const wanted = cards.filter(({ place }) => place !== null || articles === 'create');
  if (wanted.length === 0) return { idle: 'the shop has none of them' };
  return {
    keeping: {
      publishes: products.publish,
      owned,
      includesVat: listPrices === 'with-vat',
      cards: wanted.map((card) => {
        const { rate } = card;
        // The card may still say a rate that is no longer in force: nothing is reckoned with it.
        return rate === null || isRateInForce(country, rate, date) ? card : { ...card, rate: null };
      }),
    },
  };
}

/** Parts of a product as plain text: a price as `199.00`, whether it is active as yes or no. */
export type ProductFields = Readonly<Partial<Record<ArticleField, string>>>;

/** What a product is to say. */
export type ProductWish = {
  readonly number: string;
  readonly place: string;
  /** What is not named is left as it stands. */
  readonly fields: ProductFields;
};

/** A product that is to be made. */
export type NewProduct = {
  readonly number: string;
  readonly fields: ProductFields;
  readonly isService: boolean;
  /** Whether it is counted, from none on. */
  readonly isCounted: boolean;
  /** Customers see it at once. */
  readonly isPublished: boolean;
  /** The VAT rate in percent; null: nobody says. */
  readonly percent: string | null;
};

/** What a shop has to do, and what of it can not be done for want of a VAT rate. */
export type ProductWishes = {
  readonly changes: readonly ProductWish[];
  readonly makes: readonly NewProduct[];
  /** Numbers of articles whose prices cannot be told as the shop keeps them. */
  readonly withoutRate: readonly string[];
};

/** What is to be made of cards in a shop that keeps its prices with VAT, or without. */
export function productWishes(
  { cards, owned, includesVat, publishes }: ProductKeeping,
  wantsVat: boolean,
): ProductWishes {
  const changes: ProductWish[] = [];
  const makes: NewProduct[] = [];
  const withoutRate: string[] = [];
  // Nothing is let out that the company does not want let out.
  const shown = publishes ? 'yes' : '';
  for (const card of cards) {
    const { number, place, price, rate, isService, isCounted } = card;
    const isPriced = price !== null && (place === null || owned.includes('price'));
    const told = price === null ? null : priceAs({ amount: price, includesVat }, rate, wantsVat);
    if (isPriced && told === null) withoutRate.push(number);
    const all: Record<ArticleField, string> = {
      name: card.name,
      description: card.description,
      ean: card.ean ?? '',
      price: told === null ? '' : formatMoney(told),
      active: card.isActive ? shown : 'no',
    };
    const said = Object.entries(all).filter(([, text]) => text !== '');
    if (place !== null) {
      const fields = said.filter(([name]) => owned.some((one) => one === name));
      changes.push({ number, place, fields: Object.fromEntries(fields) });
      continue;
    }
    if (isPriced && told === null) continue;
    const { active: _shown, ...fields } = Object.fromEntries(said);
    const percent = rate === null ? null : percentText(rate);
    makes.push({ number, fields, isService, isCounted, isPublished: publishes, percent });
  }
  return { changes, makes, withoutRate };
}

/** What of a wish stands otherwise. What the shop does not show of a product is left alone. */
export function otherFields(wanted: ProductFields, stands: ProductFields): ProductFields {
  const other = Object.entries(wanted).filter(([name, text]) => {
    const is = stands[name as ArticleField];
    return is !== undefined && !isSame(name, is, text);
  });
  return Object.fromEntries(other);
}

function isSame(name: string, is: string, wanted: string): boolean {
  if (name !== 'price') return words(is) === words(wanted);
  const [a, b] = [is, wanted].map((text) => parseMoney(text, 'SEK'));
  return a !== null && a?.minor === b?.minor;
}

/** Shops set their own blanks and line breaks. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
