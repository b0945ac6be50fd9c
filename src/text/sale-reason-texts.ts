import type { SaleReason } from '../domain/posting/sale-reasons.ts';

/** A sentence for each reason that a shop's order or refund is not booked, or not yet. */
export type SaleReasonTexts = {
  readonly [Code in SaleReason['code']]: (
    reason: Extract<SaleReason, { readonly code: Code }>,
  ) => string;
};
