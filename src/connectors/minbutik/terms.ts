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
  /** The store of a till's journal, going by what it is called there; the last name without. */
  storeOfJournal(names: readonly string[]): string;
  readonly creditInvoices: MinButikSettings['creditInvoices'];
  /** Who sends the chain's invoices. */
  readonly chain: { readonly name: string; readonly orgNumber: string | null };
};

/** The usual payment codes. Settings come first. */
const TENDER_CODES: Readonly<Record<string, TenderMeans>> = {
  KORT: 'card',
  SWISH: 'swish',
  KONTANT: 'cash',
  ICAPK: 'chain-gift-card',
  EGETPK: 'gift-card',
  BONUS: 'bonus',
  KREDIT: 'credit',
};

/** The usual agency codes; everything else is `other`. Settings come first. */
const AGENCY_CODES: Readonly<Record<string, AgencyScheme>> = { 'SPEL*': 'gaming' };

/** Prepares settings for reading. */
export function termsOf(settings: MinButikSettings): Terms {
  const tenders = new CodeTable([settings.tenderCodes, TENDER_CODES]);
  const agencies = new CodeTable([settings.agencyCodes, AGENCY_CODES]);
  const stores = new StoreNumbers(settings.stores);
  return {
    currency: settings.currency,
    stores,
    meansOf: (code) => tenders.meaningOf(code) ?? 'other',
    schemeOf: (code) => agencies.meaningOf(code) ?? 'other',
    storeOfJournal: (names) => storeOfJournal(names, stores, settings.journalStores),
    creditInvoices: settings.creditInvoices,
    chain: {
      name: settings.chainName,
      orgNumber: settings.chainNumber === '' ? null : settings.chainNumber,
    },
  };
}

/** A journal names no store: the settings do, or the company has only one. */
function storeOfJournal(
  names: readonly string[],
  { known }: StoreNumbers,
  named: MinButikSettings['journalStores'],
): string {
  const plain = new Map(Object.entries(named).map(([name, store]) => [name.toUpperCase(), store]));
  const told = names.map((name) => plain.get(name.toUpperCase())).find((one) => one !== undefined);
  if (told !== undefined) return told;
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0 && plain.size === 0) return only;
  return names.at(-1) ?? '';
}

/** Meanings by code, letter case aside; a key that ends in `*` answers for all that begin so. */
class CodeTable<Meaning> {
  readonly #tables: readonly (readonly (readonly [key: string, meaning: Meaning])[])[];

  /** @param tables - the first that knows a code answers; in each, a code before a beginning */
  constructor(tables: readonly Readonly<Record<string, Meaning>>[]) {
    this.#tables = tables.map((table) =>
      Object.entries(table).map(([key, meaning]) => [key.toUpperCase(), meaning] as const),
    );
  }

  meaningOf(code: string): Meaning | null {
    const upper = code.toUpperCase();
    for (const table of this.#tables) {
      const begins = (key: string): boolean =>
        key.endsWith('*') && upper.startsWith(key.slice(0, -1));
      const known =
        table.find(([key]) => key === upper) ?? table.find(([key]) => begins(key)) ?? null;
      if (known !== null) return known[1];
    }
    return null;
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
