import { UNKNOWN_BOOKS } from '../../../domain/books.ts';
import type { Order, Refund } from '../../../domain/document/sale.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Invoicing } from '../../../domain/posting/invoicing.ts';
import { invoiceSale, type SaleInvoice } from '../../../domain/posting/rules/sale-invoice.ts';
import { choices, invoicing } from '../../../testing/day-reports.ts';
import { order, soldLine } from '../../../testing/sales.ts';

/** Coffee with a number, for 100.00 at 25 %, to Anna who has an e-mail. */
export function annasOrder(change: Partial<Order> = {}): Order {
  const { customer } = order({});
  const line = soldLine('Kaffe', '80', '20', { sku: 'KAFFE-1', quantity: '2' });
  return order({ customer: { ...customer, email: 'anna@example.test' }, lines: [line], ...change });
}

/** An order or refund as an invoice of the choices. @throws Error when it is refused */
export function invoiceFor(sale: Order | Refund, change: Partial<Invoicing> = {}): SaleInvoice {
  const outcome = invoiceSale(sale, {
    choices: choices({ invoicing: invoicing(change) }),
    books: UNKNOWN_BOOKS,
    decisions: [],
    on: null,
    paidOn: sale.kind === 'order' ? sale.paidOn : sale.date,
    paidAtOnce: 'may',
  });
  if (outcome.kind === 'refused') throw new Error(outcome.refusals.map((r) => r.code).join());
  return outcome.invoice;
}

/** Invoiced, booked and paid. */
export function paidSteps({ sale, voucher, payments }: SaleInvoice): readonly Step[] {
  const invoiced: Step = { kind: 'invoice-sale', id: 'invoice-1', sale, from: null, voucher };
  const paid = payments.map((one, i): Step => {
    return { kind: 'pay-sale', id: `payment-${i + 1}`, invoice: { step: 'invoice-1' }, ...one };
  });
  return [invoiced, ...paid];
}

/** Entered as an order, and invoiced from that. */
export function orderedSteps({ sale, voucher }: SaleInvoice): readonly Step[] {
  const from = { order: { step: 'order-1' } };
  return [
    { kind: 'enter-order', id: 'order-1', sale, change: null },
    { kind: 'invoice-sale', id: 'invoice-1', sale, from, voucher },
  ];
}
