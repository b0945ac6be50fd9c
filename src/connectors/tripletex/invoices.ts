import type { Books } from '../../domain/books.ts';
import { negate } from '../../domain/money.ts';
import type { LedgerInvoice, Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';
import type { Route, Write } from '../../ports/target.ts';
import { cannot } from './cannot.ts';
import { customerWrite, supplierWrite, whoIn } from './parties.ts';
import type { PartyName, PostingInput } from './voucher-input.ts';
import { SUPPLIER_INVOICE } from './voucher-kinds.ts';
import { creditSaleWrites } from './sales/sale-routes.ts';
import { voucherWrite, type VoucherMore } from './voucher.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** The books to route by, and the kind of voucher where nothing else is said. */
type At = { readonly books: Books; readonly type: string };

/**
 * The calls that enter a supplier's invoice: the supplier, and a voucher of the kind that Tripletex
 * makes a supplier invoice of. The way in that is made for invoices is refused to ordinary logins.
 */
export function supplierInvoiceWrites(step: StepOf<'book-supplier-invoice'>, books: Books): Route {
  const who = supplierWrite(whoIn(step.id), step.supplier);
  if (who === null) return cannot('a supplier without a number that says who it is');
  const { payable, voucher } = step;
  const more = {
    type: SUPPLIER_INVOICE,
    vendorInvoiceNumber: payable.number,
    about: ofInvoice(payable, { kind: 'supplier', from: who.id }),
  };
  // No field of a voucher holds what is to be said with the payment.
  const text = [voucher.text, payable.paymentReference ?? ''].join(' ').trim();
  return invoiceRoute([who], step.id, { voucher: { ...voucher, text }, books, more });
}

/**
 * The calls that claim a purchase of a customer: a voucher with the claim in the ledger of
 * customers. Tripletex's own invoices are of orders and are sent; this one is sent to nobody.
 */
export function customerInvoiceWrites(step: StepOf<'book-customer-invoice'>, at: At): Route {
  const who = customerWrite(whoIn(step.id), step.customer);
  if (who === null) {
    return cannot(`a customer with the number ${step.customer.number}: it takes whole numbers`);
  }
  const { receivable, voucher } = step;
  const more = {
    type: voucher.series ?? at.type,
    about: ofInvoice(receivable, { kind: 'customer', from: who.id }),
  };
  return invoiceRoute([who], step.id, { voucher, books: at.books, more });
}

/** The call that credits an invoice: the reversal of its voucher, of the same party. */
export function creditNoteWrites(step: StepOf<'credit-invoice'>, at: At): Route {
  const { booked, ledger, total, voucher, number } = step;
  const invoice = ledger === 'customers' ? invoiceIn(booked) : null;
  if (invoice !== null) return creditSaleWrites(step, invoice);
  const who = booked.results[whoIn(booked.step)];
  if (who === undefined) return cannot('a credit note of an invoice that it did not book');
  const kind = ledger === 'customers' ? 'customer' : 'supplier';
  const amount = kind === 'customer' ? total : negate(total);
  const owed = voucher.rows.find((row) => row.amount.minor === amount.minor);
  const { account } = present(owed, 'a row of what is credited');
  const party: PartyName = { kind, id: who.id };
  const about = (of: string) => (of === account ? { party, invoiceNumber: number } : {});
  const more =
    kind === 'customer'
      ? { type: voucher.series ?? at.type, about }
      : { type: SUPPLIER_INVOICE, vendorInvoiceNumber: number, about };
  return invoiceRoute([], step.id, { voucher, books: at.books, more });
}

/** Tripletex's id of the invoice that a plan made. @returns null when it made a voucher */
function invoiceIn({ step, results }: StepOf<'credit-invoice'>['booked']): string | null {
  const data = results[`${step}.in`]?.data;
  const id = isRecord(data) ? textOf(data, 'invoice') : '';
  return id === '' ? null : id;
}

function ofInvoice({ account, number, dueDate }: LedgerInvoice, party: PartyName) {
  return (of: string): Partial<PostingInput> => {
    if (of !== account) return {};
    return { party, invoiceNumber: number, ...(dueDate === null ? {} : { due: dueDate }) };
  };
}

function invoiceRoute(
  before: readonly Write[],
  id: string,
  of: {
    readonly voucher: Parameters<typeof voucherWrite>[1];
    readonly books: Books;
    readonly more: VoucherMore;
  },
): Route {
  const { write, notices } = voucherWrite(id, of.voucher, of);
  return { kind: 'route', writes: [...before, write], notices };
}
