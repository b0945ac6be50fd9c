/** What a ledger may ask of a row, or of a party, and does not get. */
export type LedgerNeed =
  | 'customer'
  | 'supplier'
  | 'vat-code'
  | 'locked-vat-code'
  | 'open-statement'
  | 'free-number'
  | 'known-customer'
  | 'payment-mode'
  | 'article-rate'
  | 'article-account'
  | 'project-manager'
  | 'open-order'
  | 'known-invoice'
  | 'payment-type'
  | 'invoice-account';
