import { yearOf, type Books } from '../../domain/books.ts';
import { absolute, formatMoney, money, negate, sum, type Money } from '../../domain/money.ts';
import type { LedgerInvoice, Step } from '../../domain/plan.ts';
import type { Voucher, VoucherRow } from '../../domain/posting/voucher.ts';
import type { Notice } from '../../domain/refusal.ts';
import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import type { Route, Write } from '../../ports/target.ts';
import { bookWrite } from './booking.ts';
import { cannot } from './cannot.ts';
import { passesLuhn } from './check-digit.ts';
import { customerWrite, supplierWrite } from './parties.ts';
import { enterWrite } from './register-writes.ts';
import { fitText } from './text.ts';

type SupplierStep = Extract<Step, { readonly kind: 'book-supplier-invoice' }>;
type CustomerStep = Extract<Step, { readonly kind: 'book-customer-invoice' }>;

/** Longest texts, from the API description and recorded answers. */
const ROW_TEXT_MAX = 100;
const INVOICE_ROW_TEXT_MAX = 255;
const INVOICE_NUMBER_MAX = 64;
const REFERENCE_MAX = 50;
const OUR_REFERENCE_MAX = 80;
/** Of 1 000 characters, with room for a blank and our key of 40. */
const COMMENT_MAX = 1_000 - 41;

/** The write of a supplier invoice's step that enters it: what its file is tied to. */
export function entryOf(stepId: string): string {
  return `${stepId}.in`;
}

/**
 * The calls that enter a supplier's invoice and book it; its file is attached in between, while
 * the invoice is a draft, for nothing says that one that is booked still takes a file.
 *
 * @param attach - the calls that attach the file; none when the plan has none
 */
export function supplierInvoiceWrites(
  step: SupplierStep,
  books: Books,
  attach: readonly Write[],
): Route {
  const { id, voucher } = step;
  if (voucher.currency !== 'SEK') return cannot(`supplier invoices in ${voucher.currency}`);
  const supplier = supplierWrite(`${id}.who`, step.supplier);
  if (supplier === null) return cannot('a supplier without a number that says who it is');
  const fit = new Fit();
  const enter = enterWrite(entryOf(id), {
    register: 'supplier-invoice',
    body: supplierInvoiceBody(step, supplier.id, fit),
    total: formatMoney(step.payable.total),
  });
  const book = bookWrite(id, { register: 'supplier-invoice', ...bookingOf(step, books) });
  return { kind: 'route', writes: [supplier, enter, ...attach, book], notices: fit.notices };
}

/** Amounts of the head are text, those of rows decimal text that is sent as a number. */
function supplierInvoiceBody({ payable, voucher }: SupplierStep, supplier: string, fit: Fit): Json {
  const owed = owedRow(voucher, payable, negate(payable.total));
  const vat = voucher.rows.filter(isInputVat);
  const ocr = ocrOf(payable.paymentReference);
  // A reference that is no OCR number has no field of its own, and must not get lost.
  const said = ocr === null ? payable.paymentReference : null;
  return {
    SupplierNumber: { from: supplier },
    InvoiceNumber: fit.to(payable.number, INVOICE_NUMBER_MAX),
    // Fortnox books an invoice on its day: it is the voucher's, which a person may have moved.
    InvoiceDate: voucher.date,
    ...(payable.dueDate === null ? {} : { DueDate: payable.dueDate }),
    ...(ocr === null ? {} : { OCR: ocr }),
    Currency: 'SEK',
    Total: formatMoney(payable.total),
    VAT: formatMoney(
      sum(
        vat.map((row) => row.amount),
        'SEK',
      ),
    ),
    // The supplier's card may say otherwise, and then Fortnox adds rows of its own. With this and
    // without row codes the rows of reverse charge stay as they are sent.
    VATType: 'NORMAL',
    Comments: fit.to([voucher.text, said ?? ''].join(' ').trim(), COMMENT_MAX),
    SupplierInvoiceRows: voucher.rows.map((row) => ({
      ...sidesOf(row),
      Account: Number(row.account),
      ...codeOf(row, owed),
      ...textFieldOf(fit.to(row.text, ROW_TEXT_MAX)),
      ...dimensionsOf(row),
    })),
  };
}

/** Fortnox adds the rows of the debt and of VAT itself, unless they come with these codes. */
function codeOf(row: VoucherRow, owed: VoucherRow): { readonly Code?: string } {
  if (row === owed) return { Code: 'TOT' };
  return isInputVat(row) ? { Code: 'VAT' } : {};
}

/** Deducted VAT that the supplier charged; VAT of reverse charge has roles of its own. */
function isInputVat({ role }: VoucherRow): boolean {
  return role === 'vat.input' || role.startsWith('vat.input/');
}

/**
 * The calls that invoice a customer and book it. Fortnox books the claim itself; the rows stand
 * for everything else in the voucher, without VAT.
 *
 * What takes back more than it sells is an invoice below zero, for Fortnox's own credit note takes
 * back one invoice, once, and returns are of no invoice in particular.
 */
export function customerInvoiceWrites(step: CustomerStep, books: Books): Route {
  const { id, receivable, voucher } = step;
  if (voucher.currency !== 'SEK') return cannot(`customer invoices in ${voucher.currency}`);
  const customer = customerWrite(`${id}.who`, step.customer);
  if (customer === null) return cannot(`a customer with the number ${step.customer.number}`);
  const fit = new Fit();
  const enter = enterWrite(entryOf(id), {
    register: 'invoice',
    body: customerInvoiceBody(step, customer.id, fit),
    total: formatMoney(receivable.total),
  });
  const book = bookWrite(id, { register: 'invoice', ...bookingOf(step, books) });
  return { kind: 'route', writes: [customer, enter, book], notices: fit.notices };
}

function customerInvoiceBody({ receivable, voucher }: CustomerStep, customer: string, fit: Fit) {
  const owed = owedRow(voucher, receivable, receivable.total);
  const rows = voucher.rows.filter((row) => row !== owed);
  const reference = fit.to(receivable.paymentReference ?? '', REFERENCE_MAX);
  return {
    CustomerNumber: { from: customer },
    InvoiceDate: voucher.date,
    ...(receivable.dueDate === null ? {} : { DueDate: receivable.dueDate }),
    Currency: 'SEK',
    ...(reference === '' ? {} : { YourReference: reference }),
    ExternalInvoiceReference2: fit.to(receivable.number, OUR_REFERENCE_MAX),
    Comments: fit.to(voucher.text, COMMENT_MAX),
    // The customer's card may hold fees and a discount: the invoice says what the voucher says.
    Freight: 0,
    AdministrationFee: 0,
    InvoiceRows: rows.map((row) => ({
      Description: fit.to(row.text === '' ? voucher.text : row.text, INVOICE_ROW_TEXT_MAX),
      AccountNumber: Number(row.account),
      // What takes back is a negative quantity, as on Fortnox's own credit notes.
      DeliveredQuantity: row.amount.minor < 0n ? '1' : '-1',
      Price: formatMoney(absolute(row.amount)),
      Discount: 0,
      VAT: 0,
      ...dimensionsOf(row),
    })),
  };
}

function bookingOf(step: SupplierStep | CustomerStep, books: Books) {
  const year = yearOf(books, step.voucher.date)?.id ?? null;
  return { invoice: entryOf(step.id), year, voucher: step.voucher };
}

/** The row of what is owed. The plan promises that there is one. */
function owedRow({ rows }: Voucher, { account }: LedgerInvoice, amount: Money): VoucherRow {
  const owed = rows.find((row) => row.account === account && row.amount.minor === amount.minor);
  return present(owed, `a row of ${formatMoney(amount)} on ${account}`);
}

function sidesOf({ amount }: VoucherRow): { readonly Debit: string; readonly Credit: string } {
  const zero = money(0n, amount.currency);
  const isDebit = amount.minor > 0n;
  return {
    Debit: formatMoney(isDebit ? amount : zero),
    Credit: formatMoney(isDebit ? zero : negate(amount)),
  };
}

function textFieldOf(text: string): { readonly TransactionInformation?: string } {
  return text === '' ? {} : { TransactionInformation: text };
}

function dimensionsOf({ costCentre, project }: VoucherRow): {
  readonly CostCenter?: string;
  readonly Project?: string;
} {
  return {
    ...(costCentre === undefined ? {} : { CostCenter: costCentre }),
    ...(project === undefined ? {} : { Project: project }),
  };
}

/** A reference that Fortnox takes as an OCR number: digits, the last of which checks the others. */
function ocrOf(reference: string | null): string | null {
  const digits = (reference ?? '').replace(/\s/g, '');
  return /^\d{2,25}$/.test(digits) && passesLuhn(digits) ? digits : null;
}

/** Makes texts fit, and remembers which were cut. */
export class Fit {
  readonly notices: Notice[] = [];

  to(text: string, longest: number): string {
    const fitted = fitText(text, longest);
    if (fitted.isCut) this.notices.push({ code: 'text-shortened', from: text, to: fitted.text });
    return fitted.text;
  }
}
