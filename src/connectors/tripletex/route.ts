import type { Books } from '../../domain/books.ts';
import type { CustomerClaim, Step } from '../../domain/plan.ts';
import type { Notice } from '../../domain/refusal.ts';
import type { Route, Write } from '../../ports/target.ts';
import { attachWrite } from './attachments.ts';
import { cannot } from './cannot.ts';
import { keepCustomerWrites } from './customer-cards.ts';
import { creditNoteWrites, customerInvoiceWrites, supplierInvoiceWrites } from './invoices.ts';
import { departmentWrite } from './invoicing/departments.ts';
import { enterInvoiceWrites } from './invoicing/entry-routes.ts';
import { keepProjectWrites } from './invoicing/kept-projects.ts';
import { enterOrderWrites, invoiceSaleWrites, paySaleWrites } from './sales/sale-routes.ts';
import { customerWrite, whoIn } from './parties.ts';
import type { PartyName } from './voucher-input.ts';
import { voucherWrite, type VoucherMore } from './voucher.ts';

/** Tripletex keeps its books in kroner; the hub books rows of no other currency there. */
const LEDGER_CURRENCY = 'NOK';

type RouteBooks = { readonly books: Books; readonly type: string };

/**
 * The calls of a plan: one for each voucher, and one for each file. The write that makes a voucher
 * has the id of its step: files are attached to that.
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

function routeStep(step: Step, steps: readonly Step[], { books, type }: RouteBooks): Route {
  if ('voucher' in step && step.voucher !== null && step.voucher.currency !== LEDGER_CURRENCY) {
    return cannot(`vouchers in ${step.voucher.currency}`);
  }
  switch (step.kind) {
    case 'post-voucher': {
      const claim = step.claim === undefined ? NO_CLAIM : claimRows(step.id, step.claim);
      const more = { type: step.voucher.series ?? type, ...claim.more };
      const { write, notices } = voucherWrite(step.id, step.voucher, { books, more });
      return { kind: 'route', writes: [...claim.writes, write], notices };
    }
    case 'book-supplier-invoice':
      return supplierInvoiceWrites(step, books);
    case 'book-customer-invoice':
      return customerInvoiceWrites(step, { books, type });
    case 'credit-invoice':
      return creditNoteWrites(step, { books, type });
    case 'attach-file': {
      const { id, to, fileName, attachment } = step;
      if (isOfInvoice(to, steps)) return { kind: 'route', writes: [], notices: [] };
      const after = fileBefore(step, steps);
      const of = attachment === undefined ? {} : { attachment };
      const write = attachWrite(id, { fileName, voucher: to, after, ...of });
      return { kind: 'route', writes: [write], notices: [] };
    }
    case 'pay-supplier-invoice':
      return cannot('the payment of a supplier invoice: its way in is closed to integrations');
    case 'keep-customer':
      return keepCustomerWrites(step);
    case 'keep-cost-centre':
      return { kind: 'route', writes: [departmentWrite(step.id, step)], notices: [] };
    case 'keep-project':
      return keepProjectWrites(step, steps);
    case 'enter-invoice':
      return enterInvoiceWrites(step, { steps, books });
    case 'enter-order':
      return enterOrderWrites(step, books);
    case 'invoice-sale':
      return invoiceSaleWrites(step, { steps, books });
    case 'pay-sale':
      return paySaleWrites(step);
    case 'keep-article':
      return cannot('articles of a shop');
    case 'set-stock':
      return cannot('stock of a shop');
    case 'keep-products':
      return cannot('articles of a ledger: those go to a shop');
    case 'tell-order':
      return cannot('news of orders: those go to the shop');
  }
}

const NO_CLAIM: ReturnType<typeof claimRows> = { writes: [], more: {} };

/** Whose the rows of a claim are. A number that Tripletex does not take goes to the collective. */
function claimRows(
  id: string,
  { account, customer, number, dueDate }: CustomerClaim,
): { readonly writes: readonly Write[]; readonly more: Pick<VoucherMore, 'about'> } {
  const name = customer.name || customer.number;
  const who = customerWrite(whoIn(id), { ...customer, name });
  if (who === null) return NO_CLAIM;
  const party: PartyName = { kind: 'customer', from: who.id };
  const due = dueDate === null ? {} : { due: dueDate };
  const about = (of: string) => (of === account ? { party, invoiceNumber: number, ...due } : {});
  return { writes: [who], more: { about } };
}

/** Files of a coded invoice are attached by its own step, before it is made of its order. */
function isOfInvoice(to: string, steps: readonly Step[]): boolean {
  return steps.some(({ kind, id }) => kind === 'enter-invoice' && id === to);
}

type AttachStep = Extract<Step, { readonly kind: 'attach-file' }>;

/** The file that is attached to the same voucher before this one. */
function fileBefore(step: AttachStep, steps: readonly Step[]): string | null {
  const before = steps.slice(0, steps.indexOf(step));
  return before.findLast((one) => one.kind === 'attach-file' && one.to === step.to)?.id ?? null;
}
