import type { Books } from '../../books.ts';
import type { LocalDate } from '../../date.ts';
import type { Decision } from '../../refusal.ts';
import type { PostingChoices } from '../choices.ts';
import type { Invoicing } from '../invoicing.ts';

/** What an invoice is made with besides the order itself. */
export type InvoiceTerms = {
  readonly choices: PostingChoices & { readonly invoicing: Invoicing };
  readonly books: Books;
  readonly decisions: readonly Decision[];
  /** The day of the invoice, when it is not the order's own. */
  readonly on: LocalDate | null;
  /** The day it was paid, or what was paid is given back; null while it is not. */
  readonly paidOn: LocalDate | null;
  /**
   * Whether the invoice is its own payment (a cash invoice). `may`: where its day, means of payment
   * and the choices allow it. `was`: it was entered so, and gets no other payment. `not`: the
   * ledger has it, or the order that it is made of, as something else.
   */
  readonly paidAtOnce: 'may' | 'was' | 'not';
};
