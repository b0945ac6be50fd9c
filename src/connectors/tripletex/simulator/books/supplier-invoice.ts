import { put, referred, type Company, type Moment } from '../company/company.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import { kronerOf, oreOf } from '../wire/amounts.ts';
import { numberOf, textOf } from '../wire/record.ts';
import { postingsOf } from './enter.ts';

/**
 * Makes the supplier invoice that a voucher of that kind is: its claim is what stands on the
 * account of suppliers. Seen in a real company; what it shows beyond its number, supplier, date
 * and amounts is not known.
 */
export function bookSupplierInvoice(company: Company, moment: Moment, voucher: Entity): void {
  const claims = postingsOf(company, voucher).filter(
    ({ fields }) => accountOf(company, fields['account']).fields['ledgerType'] === 'VENDOR',
  );
  const [first] = claims;
  if (first === undefined) return;
  const ore = -sumOf(claims, 'amount');
  const currencyOre = -sumOf(claims, 'amountCurrency');
  const vat = vatOf(company, voucher);
  put(company, moment, {
    model: 'SupplierInvoice',
    fields: {
      invoiceNumber: textOf(voucher.fields, 'vendorInvoiceNumber'),
      invoiceDate: textOf(voucher.fields, 'date'),
      invoiceDueDate: textOf(first.fields, 'termOfPayment') || null,
      supplier: idIn(first.fields, 'supplier'),
      voucher: voucher.id,
      amount: kronerOf(ore),
      amountCurrency: kronerOf(currencyOre),
      amountExcludingVat: kronerOf(ore - vat),
      amountExcludingVatCurrency: kronerOf(ore - vat),
      currency: idIn(first.fields, 'currency'),
      isCreditNote: ore < 0,
      orderLines: [],
      payments: [],
      approvalListElements: [],
      outstandingAmount: kronerOf(currencyOre),
    },
  });
}

/** Rows that Tripletex has made are those of VAT. */
function vatOf(company: Company, voucher: Entity): number {
  const own = postingsOf(company, voucher).filter(({ fields }) => numberOf(fields, 'row') === 0);
  return sumOf(own, 'amount');
}

function sumOf(postings: readonly Entity[], field: string): number {
  return postings.reduce((ore, { fields }) => ore + oreOf(numberOf(fields, field)), 0);
}

function accountOf(company: Company, id: unknown): Entity {
  return referred(company, 'Account', Number(id));
}
