import { yearOf, type Books } from '../../domain/books.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Step } from '../../domain/plan.ts';
import type { Route } from '../../ports/target.ts';
import { bookWrite } from './booking.ts';
import { cannot } from './cannot.ts';
import { enterWrite } from './register-writes.ts';

type PaymentStep = Extract<Step, { readonly kind: 'pay-supplier-invoice' }>;

/**
 * The calls that enter the payment of a supplier's invoice and book it. Fortnox makes the voucher
 * itself, from the account of the mode of payment: it is read back and held against the plan.
 */
export function supplierPaymentWrites({ id, payment, voucher }: PaymentStep, books: Books): Route {
  if (voucher.currency !== 'SEK') return cannot(`payments in ${voucher.currency}`);
  const total = formatMoney(payment.amount);
  const entered = `${id}.in`;
  const enter = enterWrite(entered, {
    register: 'supplier-payment',
    body: {
      InvoiceNumber: payment.invoice,
      Amount: total,
      PaymentDate: voucher.date,
      ModeOfPayment: payment.mode,
    },
    total,
  });
  const year = yearOf(books, voucher.date)?.id ?? null;
  const book = bookWrite(id, { register: 'supplier-payment', invoice: entered, year, voucher });
  return { kind: 'route', writes: [enter, book], notices: [] };
}
