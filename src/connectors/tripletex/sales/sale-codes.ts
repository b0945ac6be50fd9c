import type { Books } from '../../../domain/books.ts';
import type { LocalDate } from '../../../domain/date.ts';
import type { BasisPoints } from '../../../domain/vat/rates.ts';
import { accountsOn } from '../books.ts';
import { salesCode, vatCodeOf } from '../vat-codes.ts';

/** Sold abroad, without VAT. */
const EXPORT = '52';
/** Income that VAT is not reckoned of: of a line that is no sale, such as what is rounded off. */
const NO_TREATMENT = '7';

/**
 * The VAT code of a line that is sold. One that is no sale, by its account (NS 4102 has sales in
 * class 3), needs none that says why.
 *
 * @returns null where nothing tells why a sale is without VAT
 */
export function saleCode(
  { rate, account }: { readonly rate: BasisPoints; readonly account: string },
  of: { readonly date: LocalDate; readonly isAbroad: boolean; readonly books: Books },
): string | null {
  const { date, isAbroad, books } = of;
  if (rate !== 0) return salesCode(rate, date)?.number ?? null;
  if (isAbroad) return EXPORT;
  const own = vatCodeOf(accountsOn(books, date)[account]?.vatCode ?? '', date);
  if (own?.direction === 'outgoing' && own.rate === 0) return own.number;
  return account.startsWith('3') ? null : NO_TREATMENT;
}
