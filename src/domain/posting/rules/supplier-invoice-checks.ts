import type { SupplierInvoice } from '../../document/supplier-invoice.ts';
import { add, isZero, subtract, sum, type Money } from '../../money.ts';
import type { Refusal } from '../../refusal.ts';
import { BOOK_CURRENCY, type PostingChoices } from '../choices.ts';

/** By what a supplier is known in a company's choices: the most lasting of what is said. */
export function supplierId({ supplier }: SupplierInvoice): string {
  return supplier.orgNumber ?? supplier.vatNumber ?? supplier.endpoint ?? supplier.name;
}

/** Reasons in the invoice itself not to book it, all of them. */
export function checkSupplierInvoice(
  invoice: SupplierInvoice,
  choices: Pick<PostingChoices, 'country'>,
): Refusal[] {
  return [
    ...checkCurrency(invoice, choices),
    ...checkTotals(invoice),
    ...checkCategories(invoice),
    ...(isZero(invoice.prepaid)
      ? []
      : [{ code: 'prepaid-not-booked', prepaid: invoice.prepaid } as const]),
  ];
}

function checkCurrency(
  { currency }: SupplierInvoice,
  { country }: Pick<PostingChoices, 'country'>,
): Refusal[] {
  const books = BOOK_CURRENCY[country];
  return currency === books ? [] : [{ code: 'currency-not-booked', currency, books }];
}

function checkTotals({ lines, charges, vat, total, ...rest }: SupplierInvoice): Refusal[] {
  const { currency, prepaid, rounding } = rest;
  const parts = [...lines, ...charges].map(({ net }) => net);
  const summed = {
    net: sum(parts, currency),
    vat: sum(
      vat.map((one) => one.vat),
      currency,
    ),
    gross: add(total.net, total.vat),
    payable: add(subtract(total.gross, prepaid), rounding),
  };
  return (['net', 'vat', 'gross', 'payable'] as const).flatMap((which): Refusal[] =>
    differing(which, total[which], summed[which]),
  );
}

function differing(
  total: 'net' | 'vat' | 'gross' | 'payable',
  stated: Money,
  summed: Money,
): Refusal[] {
  const difference = subtract(stated, summed);
  if (isZero(difference)) return [];
  return [{ code: 'invoice-total-differs', total, stated, summed, difference }];
}

/** Where the buyer has to account for the VAT, the company decides how: it is not guessed. */
function checkCategories({ vat }: SupplierInvoice): Refusal[] {
  const known = new Set(['S', 'Z', 'E', 'O']);
  return vat
    .filter(({ category }) => !known.has(category))
    .map(({ category, base }) => ({ code: 'vat-category-not-booked', category, base }));
}
