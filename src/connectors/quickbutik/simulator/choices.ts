/**
 * What the facts about Quickbutik leave open, and how this simulator answers it. Each can be
 * chosen anew when a simulator is started or while it runs, so that a client can be shown to stand
 * both.
 */
export type Choices = {
  /** Ids inside orders: texts in the old documentation, numbers in the new. */
  readonly ids: 'number' | 'text';
  /** Quantities of lines, likewise. `mixed` takes turns inside one order. */
  readonly quantities: 'text' | 'number' | 'mixed';
  /** The number of `cancelled` in a response: only -1, 1 and 2 are known. */
  readonly cancelledStatus: string;
  /** Orders that match nothing: 404, as clients have met it, or an empty list. */
  readonly noOrders: 'not-found' | 'empty-list';
  /** Products that match nothing. */
  readonly noProducts: 'not-found' | 'empty-list';
  /** `/products` as documented now, or the 50 latest with few fields. */
  readonly productList: 'new' | 'old';
  /** `limit` or `offset` outside of what is documented. */
  readonly limits: 'refused' | 'capped';
  /** `?apiKey=`, which is being withdrawn. */
  readonly apiKeyInQuery: 'refused' | 'accepted';
  /** Components of a bundle: only with `apps_load=true`, or always. */
  readonly bundles: 'when-asked' | 'always';
  /** An object without metadata. */
  readonly noMetadata: 'object' | 'list' | 'not-found';
  /** VAT on shipping: the rate most of the order is sold at, or all rates in proportion. */
  readonly shippingVat: 'dominant' | 'proportional';
  /** A discount takes a share of the lines alone, or of shipping too. */
  readonly discountVat: 'lines' | 'everything';
  /** VAT is rounded for each line, or once for each rate. */
  readonly vatRounding: 'per-line' | 'per-rate';
  /** Whether `total_amount` has the discount taken off; `total_pay_amount` always has. */
  readonly totalAmount: 'after-discount' | 'before-discount';
  /** What was paid with a gift card: part of the discount, or less in `total_pay_amount`. */
  readonly giftCards: 'as-discount' | 'as-payment';
  /** An entry of `refunds` has an id, or only its time and amount. */
  readonly refundIds: 'given' | 'absent';
  /** After a refund the amounts of the order stay, or `total_pay_amount` falls. */
  readonly refundedAmounts: 'kept' | 'deducted';
  /** Whether a refund or an edit counts as a change of status for `from_status_date`. */
  readonly statusDate: 'status-only' | 'any-change';
  /** Webhooks: GET with a query, as documented, or the POST form of the tutorial. */
  readonly webhooks: 'get' | 'post';
  /** An order on invoice that nobody has paid: silent until it is paid, or told at once. */
  readonly unpaidOrders: 'silent' | 'told';
  /** A purchase that takes from the stock also sends `product.update`. */
  readonly soldStock: 'silent' | 'told';
};

export const DEFAULT_CHOICES: Choices = {
  ids: 'number',
  quantities: 'text',
  cancelledStatus: '3',
  noOrders: 'not-found',
  noProducts: 'not-found',
  productList: 'new',
  limits: 'refused',
  apiKeyInQuery: 'refused',
  bundles: 'when-asked',
  noMetadata: 'object',
  shippingVat: 'dominant',
  discountVat: 'lines',
  vatRounding: 'per-line',
  totalAmount: 'after-discount',
  giftCards: 'as-payment',
  refundIds: 'given',
  refundedAmounts: 'kept',
  statusDate: 'status-only',
  webhooks: 'get',
  unpaidOrders: 'silent',
  soldStock: 'silent',
};
