import type { NotInvoiceableWhy } from '../domain/posting/order-doubts.ts';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';

/** A sentence for each refusal: what happened, the numbers and their difference, what to do. */
export type RefusalTexts = {
  readonly [Code in RefusalCode]: (refusal: Extract<Refusal, { readonly code: Code }>) => string;
};

/** What keeps an order from being an invoice, in words. */
export type NotInvoiceableTexts = Readonly<Record<NotInvoiceableWhy, string>>;
