/**
 * What the facts about Tripletex leave open, and how this simulator answers it. Each can be chosen
 * anew when a simulator is started or while it runs, so that a client can be shown to stand both.
 */
export type Choices = {
  /** A dead session: 401 with code 3000, as documented, or the 403 of a proxy, as was met. */
  readonly deadSession: 'unauthorized' | 'proxy';
  /** Tokens that open nothing, when a session is asked for: 401, or 422 naming the field. */
  readonly unknownTokens: 'unauthorized' | 'invalid';
  /** `amountGrossCurrency` left out of a posting: refused as unequal, or as `amountGross`. */
  readonly omittedCurrencyAmount: 'refused' | 'copied';
  /** `vatType` left out of a posting: no VAT, or the one of the account. */
  readonly omittedVatType: 'none' | 'account';
  /** `vendorInvoiceNumber` of a voucher: one user's notes say both. */
  readonly vendorInvoiceNumber: 'kept' | 'dropped';
  /** A line's only price is on the other basis than its order: the FAQ refuses it. */
  readonly priceOnOtherBasis: 'refused' | 'computed';
  /** VAT of an invoice: rounded on each line, or once per rate. */
  readonly vatRounding: 'per-line' | 'per-rate';
  /** A VAT code on a line of an order with a project that has none. */
  readonly vatOnProjectOrder: 'accepted' | 'refused';
  /** `invoiceNumber` other than 0 in a new invoice. */
  readonly ownInvoiceNumber: 'kept' | 'ignored';
  /** What `:reverse` answers with. */
  readonly reverseAnswer: 'new' | 'original';
  /** A field that only Tripletex sets is sent: passed over, or refused. */
  readonly readOnlyFields: 'ignored' | 'refused';
  /** Whether an answered 429 counts towards the period. */
  readonly limitedCalls: 'free' | 'counted';
  /** What becomes of webhook calls. */
  readonly webhooks: 'sent' | 'lost' | 'twice';
};

export const DEFAULT_CHOICES: Choices = {
  deadSession: 'unauthorized',
  unknownTokens: 'unauthorized',
  omittedCurrencyAmount: 'refused',
  omittedVatType: 'none',
  vendorInvoiceNumber: 'kept',
  priceOnOtherBasis: 'refused',
  vatRounding: 'per-line',
  vatOnProjectOrder: 'accepted',
  ownInvoiceNumber: 'kept',
  reverseAnswer: 'new',
  readOnlyFields: 'ignored',
  limitedCalls: 'free',
  webhooks: 'sent',
};
