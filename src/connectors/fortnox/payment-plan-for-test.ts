import { negate, type Money } from '../../domain/money.ts';
import type { Step } from '../../domain/plan.ts';
import type { OpenInvoice } from '../../domain/purchase-ledger.ts';
import { present } from '../../lib/assert.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { SUPPLIER_INVOICE_STEP } from './invoice-plan-for-test.ts';

type PaymentStep = Extract<Step, { readonly kind: 'pay-supplier-invoice' }>;

/** The invoice of `SUPPLIER_INVOICE_STEP` as it stands open in Fortnox. */
export async function openInvoice({ target }: Bench): Promise<OpenInvoice> {
  const { number } = SUPPLIER_INVOICE_STEP.payable;
  const ledger = await target.readPurchaseLedger?.([number]);
  const found = ledger?.invoices.find((invoice) => invoice.number === number);
  return present(found, `the open invoice ${number}`);
}

/** Pays that invoice by bankgiro, from 1930: all of it unless an amount is given. */
export async function paymentStep(bench: Bench, amount?: Money): Promise<PaymentStep> {
  const { id: invoice, number, balance } = await openInvoice(bench);
  const paid = amount ?? balance;
  const { voucher } = SUPPLIER_INVOICE_STEP;
  const row = { text: 'Betalning', why: 'a test' };
  return {
    kind: 'pay-supplier-invoice',
    id: 'payment-1',
    payment: { invoice, number, mode: 'BG', amount: paid },
    voucher: {
      ...voucher,
      text: `Betalning ${number}`,
      rows: [
        { ...row, account: '2440', amount: paid, role: 'suppliers' },
        { ...row, account: '1930', amount: negate(paid), role: 'statement/SE1' },
      ],
    },
  };
}
