import type { CustomerEntry } from '../domain/document/customer-entry.ts';
import type { Document } from '../domain/document/document.ts';
import { money } from '../domain/money.ts';
import type { CustomerClaim, Step } from '../domain/plan.ts';
import type { Voucher, VoucherRow } from '../domain/posting/voucher.ts';

export function voucherId(place: number): string {
  return `voucher-${place}`;
}

/** The id of the step that books an invoice as the voucher of this place. */
export function invoiceId(place: number): string {
  return `invoice-${place}`;
}

/** The row of a role in a voucher. None when it came to nothing. */
export function rowOf({ rows }: Voucher, role: string): VoucherRow | undefined {
  return rows.find((row) => row.role.split('/')[0] === role);
}

/** Invoices stand with the customer or supplier as well as in the books, unless nothing is owed. */
export function bookingStep(document: Document, voucher: Voucher, number: number): Step {
  const { pays: payment } = voucher;
  if (payment !== undefined) {
    return { kind: 'pay-supplier-invoice', id: `payment-${number}`, payment, voucher };
  }
  const owed = rowOf(voucher, document.kind === 'supplier-invoice' ? 'suppliers' : 'customers');
  if (owed !== undefined && document.kind === 'supplier-invoice') {
    const { supplier, date, dueDate, paymentReference, total } = document;
    const { account } = owed;
    const terms = { number: document.number, date, dueDate, paymentReference, account };
    const payable = { ...terms, total: total.payable, vat: total.vat };
    const id = invoiceId(number);
    return { kind: 'book-supplier-invoice', id, supplier, payable, voucher };
  }
  if (owed !== undefined && document.kind === 'credit-purchases') {
    const { customer, reference, date, ref, currency } = document;
    const { account, amount: total } = owed;
    const terms = { number: ref.id, date, dueDate: null, paymentReference: reference, account };
    const receivable = { ...terms, total, vat: money(0n, currency) };
    const id = invoiceId(number);
    return { kind: 'book-customer-invoice', id, customer, receivable, voucher };
  }
  return postingStep(document, voucher, number);
}

/** A voucher by itself, and whose claim it is where the document says that. */
export function postingStep(document: Document, voucher: Voucher, number: number): Step {
  const claim = document.kind === 'customer-entry' ? claimOf(document, voucher) : {};
  return { kind: 'post-voucher', id: voucherId(number), voucher, ...claim };
}

/** Whose the row of the claim is; nothing where the source has no number for the customer. */
function claimOf(
  { customer, number, dueDate }: CustomerEntry,
  voucher: Voucher,
): { readonly claim?: CustomerClaim } {
  const row = rowOf(voucher, 'customers');
  if (row === undefined || customer.number === '') return {};
  return { claim: { account: row.account, customer, number, dueDate } };
}
