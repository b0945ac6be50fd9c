import type { Address } from '../document/party.ts';
import type { Order, Refund } from '../document/sale.ts';
import type { Country } from './rates.ts';

/**
 * Where a sale is taxed, seen from the seller.
 *
 * - `domestic`: with the seller's own VAT, whoever buys
 * - `oss`: with the VAT of the consumer's country
 * - `eu-business`: without VAT to a business in another country of the union
 * - `export`: without VAT to a country outside the union's VAT area
 * - `untaxed`: without VAT, and nothing says why
 */
export type SaleRegion = 'domestic' | 'oss' | 'eu-business' | 'export' | 'untaxed';

/** Members of the union, ISO 3166, with Monaco, which France taxes. */
const UNION = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK'.split(' '),
);

/**
 * Parts of member states outside the union's VAT area, by the beginning of their postcode: the
 * Canary Islands, Ceuta and Melilla, Helgoland and Büsingen, Livigno, Mount Athos.
 *
 * @see Council Directive 2006/112/EC, article 6
 */
const OUTSIDE: Readonly<Record<string, RegExp>> = {
  ES: /^(35|38|51|52)\d{3}$/,
  DE: /^(27498|78266)$/,
  IT: /^23041$/,
  GR: /^63086$/,
};

/** Northern Ireland is part of the VAT area for goods: postcodes that begin with BT. */
const NORTHERN_IRELAND = /^BT\d/i;

/** Whether goods sent to an address stay in the union's VAT area, which leaves out Åland. */
export function isInVatArea({ country, postcode }: Pick<Address, 'country' | 'postcode'>): boolean {
  const code = postcode.replace(/\s/g, '');
  if (country === 'GB') return NORTHERN_IRELAND.test(code);
  return UNION.has(country) && OUTSIDE[country]?.test(code) !== true;
}

/** Whether a country is a member of the union. @param country - ISO 3166 */
export function isInUnion(country: string): boolean {
  return UNION.has(country);
}

/** Where a sale is taxed: what the shop charged decides, the address only why it charged none. */
export function regionOf(sale: Order | Refund, home: Country): SaleRegion {
  const { vatCountry, customer } = sale;
  if (vatCountry === home) return 'domestic';
  if (vatCountry !== null) return 'oss';
  const to = destinationOf(sale);
  if (to === null || to.country === home || to.country === '') return 'untaxed';
  if (home === 'NO' || !isInVatArea(to)) return 'export';
  return customer.vatNumber === null ? 'untaxed' : 'eu-business';
}

/** Where the goods go. @returns null when the shop does not say */
export function destinationOf({ deliverTo, customer }: Order | Refund): Address | null {
  return deliverTo ?? customer.address;
}
