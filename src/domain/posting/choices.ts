import type { CustomerField } from '../document/customer.ts';
import type { InvoiceClass } from '../document/supplier-invoice.ts';
import type { Currency, Money } from '../money.ts';
import type { ArticleChoices } from '../keep-article.ts';
import type { NewsChoices } from '../tell-order.ts';
import type { BasisPoints, Country } from '../vat/rates.ts';
import type { AccountMap } from './account-roles.ts';
import type { Language } from './words.ts';

/** What a company has chosen for its books: the argument of every posting rule. */
export type PostingChoices = {
  readonly country: Country;
  /** The language of texts in the ledger. */
  readonly language: Language;
  /** The company's own accounts; the standard chart answers where it says nothing. */
  readonly accounts: AccountMap;
  /** Cost centre and project of rows that come from a department of the till, by its code. */
  readonly departments: Readonly<Record<string, Dimensions>>;
  /** What the words mean that suppliers write for a kind of invoice (`VARUFAKTURA`: goods). */
  readonly invoiceClasses: Readonly<Record<string, InvoiceClass>>;
  /** Statements, by account id, whose invoices were booked against the account when they came. */
  readonly bookedOnArrival: readonly string[];
  /**
   * The rates at home of what is bought without VAT, by the codes that purchases are coded with: of
   * a line, an invoice, a supplier.
   */
  readonly reverseChargeRates: Readonly<Record<string, BasisPoints>>;
  /** A larger cash difference is asked about. null: never ask. */
  readonly cashDifferenceLimit: Money | null;
  /** How far the source's VAT may stand from base × rate before a person is asked. */
  readonly vatTolerance: Money;
  /** The ledger's series to book in. */
  readonly series: string | null;
};

/** The currency that books of a country are kept in. */
export const BOOK_CURRENCY: Readonly<Record<Country, Currency>> = { SE: 'SEK', NO: 'NOK' };

/** The dimensions of a voucher row. */
export type Dimensions = { readonly costCentre?: string; readonly project?: string };

/** Everything a company chooses about one flow: how it posts, and what to do in doubtful cases. */
export type FlowChoices = PostingChoices &
  NewsChoices &
  ArticleChoices & {
    /** What to do when a document that is booked comes again with other content. */
    readonly revisions: 'ask' | 'correct';
    /** What to do when the ledger has locked the document's day. */
    readonly lockedPeriod: 'ask' | 'first-open-day';
    /**
     * What of a customer's card follows the source when it changes there. Everything else is only
     * filled in where the ledger has nothing.
     */
    readonly customerFields: readonly CustomerField[];
    /** Whether the received file is attached to the voucher. */
    readonly attachFile: boolean;
  };
