import type { Books } from '../../domain/books.ts';
import type { Step } from '../../domain/plan.ts';
import type { Notice } from '../../domain/refusal.ts';
import type { Route, Write } from '../../ports/target.ts';
import { cannot } from './cannot.ts';
import { creditNoteWrites } from './credit-notes.ts';
import { keepArticleWrites } from './article-cards.ts';
import { keepCustomerWrites } from './customer-cards.ts';
import { attachWrites } from './files.ts';
import { attachToInvoice } from './invoice-files.ts';
import { costCentreWrite, projectWrite } from './invoicing/codes.ts';
import { enterInvoiceWrites } from './invoicing/entry-routes.ts';
import { customerInvoiceWrites, entryOf, supplierInvoiceWrites } from './invoices.ts';
import { supplierPaymentWrites } from './payments.ts';
import { enterOrderWrites, invoiceSaleWrites, paySaleWrites } from './shop/sale-routes.ts';
import { setStockWrites } from './stock-writes.ts';
import { voucherWrite } from './voucher.ts';

/** Fortnox keeps its books in kronor; a row holds no other currency. */
const LEDGER_CURRENCY = 'SEK';

type RouteBooks = { readonly books: Books; readonly series: string };

/**
 * The calls of a plan: one for each voucher, three or four for an invoice, two for a payment, two
 * for an attachment. The write that makes or books a voucher has the id of its step: files are
 * attached to that.
 */
export function route(steps: readonly Step[], at: RouteBooks): Route {
  const writes: Write[] = [];
  const notices: Notice[] = [];
  for (const step of steps) {
    const one = routeStep(step, steps, at);
    if (one.kind === 'cannot') return one;
    writes.push(...one.writes);
    notices.push(...one.notices);
  }
  return { kind: 'route', writes, notices };
}

function routeStep(step: Step, steps: readonly Step[], at: RouteBooks): Route {
  switch (step.kind) {
    case 'post-voucher': {
      const { currency } = step.voucher;
      if (currency !== LEDGER_CURRENCY) return cannot(`vouchers in ${currency}`);
      const { write, notices } = voucherWrite(step.id, step.voucher, at);
      return { kind: 'route', writes: [write], notices };
    }
    case 'book-supplier-invoice':
      return supplierInvoiceWrites(step, at.books, invoiceFiles(step.id, steps));
    case 'book-customer-invoice':
      return customerInvoiceWrites(step, at.books);
    case 'pay-supplier-invoice':
      return supplierPaymentWrites(step, at.books);
    case 'credit-invoice':
      return creditNoteWrites(step, at.books);
    case 'keep-cost-centre':
      return { kind: 'route', writes: [costCentreWrite(step.id, step)], notices: [] };
    case 'keep-project': {
      const write = projectWrite(step.id, step.project, step.follows);
      return { kind: 'route', writes: [write], notices: [] };
    }
    case 'enter-invoice':
      return enterInvoiceWrites(step, { steps, books: at.books });
    case 'enter-order':
      return enterOrderWrites(step, at.books);
    case 'invoice-sale':
      return invoiceSaleWrites(step, { steps, books: at.books });
    case 'pay-sale':
      return paySaleWrites(step, at.books);
    case 'keep-article':
      return keepArticleWrites(step);
    case 'keep-customer':
      return keepCustomerWrites(step);
    case 'set-stock':
      return setStockWrites(step);
    case 'keep-products':
      return cannot('articles of a ledger: those go to a shop');
    case 'tell-order':
      return cannot('news of orders');
    case 'attach-file': {
      const { id, to } = step;
      const file = { ...fileOf(step), voucher: to };
      const writes = isOfInvoice(to, steps) ? [] : attachWrites(id, file);
      return { kind: 'route', writes, notices: [] };
    }
  }
}

/** Steps that attach files themselves. */
const ATTACHING: ReadonlySet<Step['kind']> = new Set(['book-supplier-invoice', 'enter-invoice']);

/** Files of an invoice are attached by its own step, before it is booked. */
function isOfInvoice(to: string, steps: readonly Step[]): boolean {
  return steps.some((step) => ATTACHING.has(step.kind) && step.id === to);
}

function invoiceFiles(invoice: string, steps: readonly Step[]): readonly Write[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'attach-file' || step.to !== invoice) return [];
    return attachToInvoice(step.id, { ...fileOf(step), invoice: entryOf(invoice) });
  });
}

function fileOf({ fileName, attachment }: Extract<Step, { readonly kind: 'attach-file' }>) {
  return { fileName, ...(attachment === undefined ? {} : { attachment }) };
}
