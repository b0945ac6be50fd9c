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
      'there is one amount; else all three. A click shows the documents that an amount is made of.',
    sum: 'Sum',
    close: 'Close',
    unknown:
      'This reconciliation is too old to say which documents the amount is made of: make it again.',
    evenButDecided: 'Equal but for {{amount}} that a person has decided.',
    decided: 'decided',
    madeAt: 'Made {{time}}',
  },
};
