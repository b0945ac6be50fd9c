import { passesLuhn } from './ocr.ts';

/** A Swedish organisation or personal number as Fortnox keeps it. @returns null when it is none. */
export function parseOrganisationNumber(text: string): string | null {
  const match = /^(?:\d{2})?(\d{6})-?(\d{4})$/.exec(text);
  if (!match || !passesLuhn(`${match[1]}${match[2]}`)) return null;
  return `${match[1]}-${match[2]}`;
}

/** Letters of an EU country and 2 to 13 more characters: the check the union's own form makes. */
export function isVatNumber(text: string): boolean {
  const countries =
    'AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI';
  return new RegExp(`^(${countries})[0-9A-Z+*]{2,13}$`).test(text.replaceAll(/[\s-]/g, ''));
}

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** What customer and article numbers may hold. */
export function isNumberText(text: string): boolean {
  return /^[\p{L}0-9\-+/_]+$/u.test(text);
}

/** Articles also take a full stop. */
export function isArticleNumber(text: string): boolean {
  return /^[A-Za-z0-9\-+/_.]+$/.test(text);
}

/**
 * The name Fortnox gives a country on a document: English, except that Sweden is "Sverige".
 *
 * @returns null for a code that is no country
 */
export function countryName(code: string): string | null {
  return COUNTRIES.get(code.toUpperCase()) ?? null;
}

export function isCountryName(text: string): boolean {
  return COUNTRY_NAMES.has(text);
}

/** Names that Fortnox spells otherwise than Unicode. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  SE: 'Sverige',
  VI: 'Virgin Islands, U.S.',
  VG: 'Virgin Islands, British',
};

/** Codes that Unicode names and that are no countries: unions, test regions, parts of others. */
const NO_COUNTRIES = 'AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' ');

function readCountries(): ReadonlyMap<string, string> {
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NO_COUNTRIES.includes(code));
  const named = codes.map((code) => [code, OWN_NAMES[code] ?? english.of(code)] as const);
  return new Map(named.flatMap(([code, name]) => (name === undefined ? [] : [[code, name]])));
}

const COUNTRIES = readCountries();
const COUNTRY_NAMES: ReadonlySet<string> = new Set([...COUNTRIES.values(), 'Sweden']);
