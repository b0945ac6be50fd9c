import type {
  InvoiceClass,
  SupplierInvoice,
  VatCategory,
} from '../../document/supplier-invoice.ts';
import { add, isZero, subtract, sum, type Money } from '../../money.ts';
import type { Refusal } from '../../refusal.ts';
import { BOOK_CURRENCY, type PostingChoices } from '../choices.ts';
import { reverseChargeOf } from './reverse-charge.ts';

/** By what a supplier is known in a company's choices: the most lasting of what is said. */
export function supplierId({ supplier }: SupplierInvoice): string {
  return supplier.orgNumber ?? supplier.vatNumber ?? supplier.endpoint ?? supplier.name;
}

/** Reasons in the invoice itself not to book it, all of them. */
export function checkSupplierInvoice(
  invoice: SupplierInvoice,
  choices: Pick<PostingChoices, 'country' | 'invoiceClasses'>,
): Refusal[] {
  return [
    ...checkCurrency(invoice, choices),
    ...checkTotals(invoice),
    ...checkCategories(invoice, choices),
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

/** Categories whose VAT is as the invoice says it, or none at all. */
const BOOKED_AS_STATED: ReadonlySet<VatCategory> = new Set(['S', 'Z', 'E', 'O']);

/** Where the buyer accounts for the VAT in a way that is not known, the company decides how. */
function checkCategories(
  invoice: SupplierInvoice,
  choices: Pick<PostingChoices, 'country' | 'invoiceClasses'>,
): Refusal[] {
  const of = { country: choices.country, class: classOf(invoice, choices) };
  const lines = [...invoice.lines, ...invoice.charges];
  const categories = new Set([...lines, ...invoice.vat].map(({ category }) => category));
  return [...categories].flatMap((category): Refusal[] => {
    if (BOOKED_AS_STATED.has(category)) return [];
    const { base, vat } = statedOf(invoice, category);
    const nets = lines.filter((one) => one.category === category).map(({ net }) => net);
    const isWhole = isZero(vat) && isZero(subtract(base, sum(nets, invoice.currency)));
    const isKnown = reverseChargeOf(invoice, category, of) !== null;
    return isKnown && isWhole ? [] : [{ code: 'vat-category-not-booked', category, base }];
  });
}

/** What an invoice adds up of a category. */
function statedOf({ vat, currency }: SupplierInvoice, category: VatCategory) {
  const parts = vat.filter((one) => one.category === category);
  return {
    base: sum(
      parts.map((one) => one.base),
      currency,
    ),
    vat: sum(
      parts.map((one) => one.vat),
      currency,
    ),
  };
}

/** What an invoice is for: as the source says, else what the supplier's word for it means. */
export function classOf(
  { class: stated, accountingCost }: SupplierInvoice,
  { invoiceClasses }: Pick<PostingChoices, 'invoiceClasses'>,
): InvoiceClass | null {
  const said = accountingCost === null ? null : invoiceClasses[accountingCost.toUpperCase()];
  return stated ?? said ?? null;
}
