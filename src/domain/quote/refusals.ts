import type { Money } from '../money.ts';

/** Why a person is asked about an accepted quote. Part of `Refusal`. */
export type QuoteRefusal =
  /** The lines of a quote's payment calendar do not come to the quote. */
  | {
      readonly code: 'calendar-not-whole';
      readonly quote: string;
      readonly total: Money;
      readonly calendar: Money;
      readonly difference: Money;
    }
  /** The installation has a calendar line, and no group of the quote is one; or it has several. */
  | { readonly code: 'installation-unknown'; readonly quote: string }
  /** Its orders are in the ledger already, and it comes with other figures. */
  | {
      readonly code: 'quote-revised';
      readonly quote: string;
      readonly bookedAs: string;
      readonly before: Money;
      readonly after: Money;
      readonly difference: Money;
    }
  /** A quote accepted again comes to less than what of it has been invoiced. */
  | {
      readonly code: 'quote-below-invoiced';
      readonly quote: string;
      readonly invoiced: Money;
      readonly total: Money;
      /** What would be left to invoice. */
      readonly difference: Money;
    }
  /** An order of the quote is cancelled or gone in the ledger; accepted, it is entered anew. */
  | { readonly code: 'quote-order-gone'; readonly quote: string; readonly order: string }
  /** The quote has nothing left for an order that stands in the ledger. */
  | {
      readonly code: 'quote-order-left';
      readonly quote: string;
      readonly order: string;
      readonly amount: Money;
    };
