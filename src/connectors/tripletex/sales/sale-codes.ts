import type { Books } from '../../../domain/books.ts';
import type { LocalDate } from '../../../domain/date.ts';
import type { BasisPoints } from '../../../domain/vat/rates.ts';
import { accountsOn } from '../books.ts';
import { salesCode, vatCodeOf } from '../vat-codes.ts';

/** Sold abroad, without VAT. */
const EXPORT = '52';
/** Income that VAT is not reckoned of: of a line that is no sale, such as what is rounded off. */
const NO_TREATMENT = '7';

/** Sold outside the act, wherever to. */
const OUTSIDE = '6';

/**
 * The VAT code of a line that is sold: the one that its source names, or what rate, buyer and
 * account tell. One that is no sale, by its account (NS 4102 has sales in class 3), needs none that
 * says why, and is no export either.
 *
 * @returns null where nothing tells why a sale is without VAT
 */
export function saleCode(
  row: { readonly rate: BasisPoints; readonly account: string; readonly vatCode?: string },
  of: { readonly date: LocalDate; readonly isAbroad: boolean; readonly books: Books },
): string | null {
  const { date, isAbroad, books } = of;
  const { rate, account, vatCode } = row;
  if (vatCode !== undefined) return codeOfSale({ vatCode, rate, date });
  if (rate !== 0) return salesCode(rate, date)?.number ?? null;
  const own = codeOfSale({ vatCode: accountsOn(books, date)[account]?.vatCode, rate, date });
  if (!account.startsWith('3')) return own ?? NO_TREATMENT;
  return isAbroad && own !== OUTSIDE ? EXPORT : own;
}

/** @returns null for a code that is none of sales at the rate */
function codeOfSale(of: {
  readonly vatCode: string | undefined;
  readonly rate: BasisPoints;
  readonly date: LocalDate;
}): string | null {
  const code = vatCodeOf(of.vatCode ?? '', of.date);
  return code?.direction === 'outgoing' && code.rate === of.rate ? code.number : null;
}
