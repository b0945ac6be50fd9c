import type { svReconcile } from './sv-reconcile.ts';
import type { TextsLike } from './texts-like.ts';

/** What is compared, and how it can differ. */
export const enReconcile: TextsLike<typeof svReconcile> = {
  different: {
    amount: 'The amounts differ',
    'voucher-missing': 'The voucher is not in the ledger',
    'voucher-differs': 'The voucher is another in the ledger',
    'voucher-reversed': 'The voucher has been reversed in the ledger',
    'credit-unexplained': 'The credit sales are not explained',
    'statement-differs': 'The balance is another in the ledger',
    'statement-gap': 'Entries are missing between two statements',
    'clearing-unexplained': 'The clearing account is not explained',
    'payment-late': 'The payment has not come from its provider',
    'booked-twice': 'Stands twice in the ledger',
  },
  what: {
    sales: 'Sales',
    vat: 'VAT',
    tender: 'Payment',
    agency: 'Agency',
    agency_gaming: 'Agency: gaming',
    agency_other: 'Agency: other',
    difference: 'Decided by a person',
    cash_shortage: 'Cash short',
    cash_surplus: 'Cash over',
    customers: 'Receivables',
    suppliers: 'Payables',
    deposit_sold: 'Deposits sold',
    deposit_returned: 'Deposits returned',
    'gift-card_sold': 'Gift cards sold',
    purchases: 'Purchases',
    rounding: 'Rounding',
    tender_card: 'Cards',
    tender_cash: 'Cash',
    tender_swish: 'Swish',
    tender_credit: 'On account',
    statement: 'Account by statement',
    'input-vat': 'Input VAT',
    decided: 'Decided by a person',
  },
  missing: {
    right: 'It is right …',
    sayRight: 'It is right',
    whyRight: 'Reason, such as new prices',
    never: 'Never comes …',
    why: 'Reason, such as closed',
    dismiss: 'Do not wait for it',
    expect: 'Expect it after all',
    dismissed_one: '{{count}} is not expected',
    dismissed_other: '{{count}} are not expected',
  },
  grid: {
    title: 'By day, VAT rate and means of payment',
    text:
      'Amounts by the source, debit plus and credit minus. Where all three sides agree ' +
      'there is one amount; else all three. A click shows the documents of the day.',
    sum: 'Sum',
  },
};
