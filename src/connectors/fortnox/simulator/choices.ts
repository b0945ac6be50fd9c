/**
 * What the facts about Fortnox leave open, and how this simulator answers it. Each can be chosen
 * anew when a simulator is started or while it runs, so that a client can be shown to stand both.
 */
export type Choices = {
  /** A field that only Fortnox sets is sent: passed over, as the SDK needs it, or 400. */
  readonly readOnlyFields: 'ignored' | 'refused';
  /** A query parameter the resource does not know, or that is not in lower case. */
  readonly unknownParameters: 'refused' | 'ignored';
  /** `limit` above 500. */
  readonly limitAbove500: 'refused' | 'capped';
  /** `null` for a property in a PUT. `""` never clears: that is recorded. */
  readonly nullInPut: 'not-sent' | 'clears';
  /** `OrganisationNumber: ""`: one integration met "Värdet tolkas som null". */
  readonly emptyOrganisationNumber: 'accepted' | 'refused';
  /** The year of a voucher posted without `financialyear`. */
  readonly voucherYear: 'by-date' | 'current';
  /** Negative `Debit` or `Credit` on a voucher row. */
  readonly negativeVoucherAmounts: 'refused' | 'accepted';
  /** The specification lists `Comments` in voucher lists; no recording shows it. */
  readonly commentsInVoucherList: 'shown' | 'absent';
  /** Numbers that lists were recorded to send as text. */
  readonly numbersInLists: 'as-recorded' | 'as-specified';
  /** `createinvoice` and `createorder`: plugins read the source back, the specification the new. */
  readonly createAnswers: 'source' | 'created';
  /** Another `CustomerNumber` in a PUT of what is a draft still: nobody has told. */
  readonly customerInPut: 'taken' | 'ignored';
  /** PUT on a booked invoice: refused, or its reference fields alone can be set. */
  readonly putOnBooked: 'refused' | 'references';
  /** VAT of a document: per rate on the sum, or per row. */
  readonly vatRounding: 'per-rate' | 'per-row';
  /** A missing scope: the general code, or the ones seen for invoices and vouchers. */
  readonly scopeRefusals: 'general' | 'by-resource';
  /** Whether a call that was answered 429 counts towards the window. */
  readonly limitedCalls: 'free' | 'counted';
  /** A refresh token used a second time: that call fails, or the whole connection is lost. */
  readonly refreshReuse: 'refused' | 'revokes-all';
  /** `ContractReference` of an invoice: the number 0 in 2023, the text "0" in 2024. */
  readonly contractReference: 'number' | 'text';
  /** Whether what moves the stock of an article counts as a change of it: `lastmodified`. */
  readonly datedByStock: 'no' | 'yes';
  /** Stock points of the warehouse module: with two, one piece of each article lies in the shop. */
  readonly stockPoints: 'one' | 'two';
};

export const DEFAULT_CHOICES: Choices = {
  readOnlyFields: 'ignored',
  unknownParameters: 'refused',
  limitAbove500: 'refused',
  nullInPut: 'not-sent',
  emptyOrganisationNumber: 'accepted',
  voucherYear: 'by-date',
  negativeVoucherAmounts: 'refused',
  commentsInVoucherList: 'shown',
  numbersInLists: 'as-recorded',
  createAnswers: 'source',
  customerInPut: 'taken',
  putOnBooked: 'refused',
  vatRounding: 'per-rate',
  scopeRefusals: 'general',
  limitedCalls: 'free',
  refreshReuse: 'refused',
  contractReference: 'text',
  datedByStock: 'no',
  stockPoints: 'one',
};
