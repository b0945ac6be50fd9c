import type { AgencyScheme, TenderMeans } from '../../domain/document/day-report.ts';
import type { Currency } from '../../domain/money.ts';
import type { MinButikSettings } from './settings.ts';

/** What a connection's settings say of the codes and stores in its files. */
export type Terms = {
  readonly currency: Currency;
  readonly stores: StoreNumbers;
  /** `other` for a code that nobody has given a meaning: the posting rule then asks. */
  meansOf(code: string): TenderMeans;
  schemeOf(code: string): AgencyScheme;
};

/** The usual payment codes. Settings come first. */
export const TENDER_CODES: Readonly<Record<string, TenderMeans>> = {
  KORT: 'card',
  SWISH: 'swish',
  KONTANT: 'cash',
  ICAPK: 'chain-gift-card',
  EGETPK: 'gift-card',
  BONUS: 'bonus',
  KREDIT: 'credit',
};

/** The usual agency codes; everything else is `other`. Settings come first. */
export const AGENCY_CODES: Readonly<Record<string, AgencyScheme>> = { 'SPEL*': 'gaming' };

/** Prepares settings for reading. */
export function termsOf(settings: MinButikSettings): Terms {
  const tenders = new CodeTable([settings.tenderCodes, TENDER_CODES]);
  const agencies = new CodeTable([settings.agencyCodes, AGENCY_CODES]);
  return {
    currency: settings.currency,
    stores: new StoreNumbers(settings.stores),
    meansOf: (code) => tenders.meaningOf(code) ?? 'other',
    schemeOf: (code) => agencies.meaningOf(code) ?? 'other',
  };
}

/** Meanings by code, letter case aside; a key that ends in `*` answers for all that begin so. */
class CodeTable<Meaning> {
  readonly #exact = new Map<string, Meaning>();
  readonly #prefixes: { readonly prefix: string; readonly meaning: Meaning }[] = [];

  /** @param tables - the first that knows a code answers; a code before a prefix */
  constructor(tables: readonly Readonly<Record<string, Meaning>>[]) {
    for (const [key, meaning] of tables.flatMap((table) => Object.entries(table))) {
      const code = key.toUpperCase();
      if (code.endsWith('*')) this.#prefixes.push({ prefix: code.slice(0, -1), meaning });
      else if (!this.#exact.has(code)) this.#exact.set(code, meaning);
    }
  }

  meaningOf(code: string): Meaning | null {
    const upper = code.toUpperCase();
    const exact = this.#exact.get(upper);
    if (exact !== undefined) return exact;
    return this.#prefixes.find(({ prefix }) => upper.startsWith(prefix))?.meaning ?? null;
  }
}

/** The company's own store numbers. */
export class StoreNumbers {
  readonly known: readonly string[];

  constructor(known: readonly string[]) {
    this.known = known;
  }

  /**
   * The store's number as the company writes it: spreadsheets drop leading zeros (`234` for
   * `0234`), which is mended when only one store can be meant.
   *
   * @returns null when it is none of the company's stores, or may be two of them
   */
  find(text: string): string | null {
    if (this.known.length === 0 || this.known.includes(text)) return text;
    const plain = withoutZeros(text);
    const alike = this.known.filter((number) => withoutZeros(number) === plain);
    return alike.length === 1 ? (alike[0] ?? null) : null;
  }
}

function withoutZeros(number: string): string {
  return number.replace(/^0+(?=.)/, '');
}
