import type { CustomerField } from '../document/customer.ts';
import type { PayoutProvider } from '../document/payout.ts';
import type { InvoiceClass } from '../document/supplier-invoice.ts';
import type { Currency, Money } from '../money.ts';
import type { ArticleChoices } from '../keep-article.ts';
import type { ProductChoices } from '../keep-products.ts';
import type { QuoteChoices } from '../quote/choices.ts';
import type { StockChoices } from '../stock.ts';
import type { NewsChoices } from '../tell-order.ts';
import type { BasisPoints, Country } from '../vat/rates.ts';
import type { AccountMap } from './account-roles.ts';
import type { Invoicing } from './invoicing.ts';
import type { SalesInvoicing } from './sales-invoicing.ts';
import type { BookWhen, LeftOut, SaleScheme } from './sale-reasons.ts';
import type { Language } from './words.ts';

/** What a company has chosen for its books: the argument of every posting rule. */
export type PostingChoices = {
  readonly country: Country;
  /** The language of texts in the ledger. */
  readonly language: Language;
  /** The company's own accounts; the standard chart answers where it says nothing. */
  readonly accounts: AccountMap;
  /**
   * Cost centre and project of rows that come from a department of the till, by its code; the
   * cost centre of rows that name one of another system.
   */
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
  /** How fees of payment providers are taxed where the settlement does not tell VAT. */
  readonly payoutFees: Readonly<Partial<Record<PayoutProvider, FeeVat>>>;
  /** A larger cash difference is asked about. null: never ask. */
  readonly cashDifferenceLimit: Money | null;
  /** How far the source's VAT may stand from base × rate before a person is asked. */
  readonly vatTolerance: Money;
  /** The day that an order is booked on: when it was placed, or when it was paid. */
  readonly saleDate: 'order' | 'paid';
  /** Articles that are sold under a scheme of their own, by number; a `*` at the end: anything. */
  readonly saleSchemes: Readonly<Record<string, SaleScheme>>;
  /** Means of payment that are gift cards whose VAT was accounted for when they were sold. */
  readonly singlePurposeCards: readonly string[];
  /** The ledger's series to book in. */
  readonly series: string | null;
};

/**
 * How a provider's fee is taxed: an exempt financial service, with VAT of the country itself, or a
 * service from the union or from elsewhere of which the buyer accounts for the VAT.
 */
export type FeeVat = 'exempt' | 'domestic' | 'eu' | 'foreign';

/** The currency that books of a country are kept in. */
export const BOOK_CURRENCY: Readonly<Record<Country, Currency>> = { SE: 'SEK', NO: 'NOK' };

/** The dimensions of a voucher row. */
export type Dimensions = { readonly costCentre?: string; readonly project?: string };

/** Everything a company chooses about one flow: how it posts, and what to do in doubtful cases. */
export type FlowChoices = PostingChoices &
  NewsChoices &
  ArticleChoices &
  ProductChoices &
  StockChoices & {
    /** What to do when a document that is booked comes again with other content. */
    readonly revisions: 'ask' | 'correct';
    /** What to do when the ledger has locked the document's day. */
    readonly lockedPeriod: 'ask' | 'first-open-day';
    /** When a shop's order is booked, by payment method; `default` answers for the others. */
    readonly bookWhen: Readonly<Record<string, BookWhen>>;
    /** What of a shop shares a voucher: each order has its own, or those of a day have one. */
    readonly perVoucher: 'order' | 'day';
    /** What becomes of orders that another program has booked before. */
    readonly bookedElsewhere: 'leave' | 'book';
    /** Orders that are not booked whatever their state. */
    readonly leaveOut: readonly LeftOut[];
    /** Ways in which orders come to be (`pos`) that are booked from elsewhere. */
    readonly leaveOutVia: readonly string[];
    /**
     * What of a customer's card follows the source when it changes there. Everything else is only
     * filled in where the ledger has nothing.
     */
    readonly customerFields: readonly CustomerField[];
    /** What an order of a shop becomes, and how its invoice is made. */
    readonly invoicing: Invoicing;
    /** What becomes of invoices that another system has coded. */
    readonly invoices: SalesInvoicing;
    /** How an accepted quote becomes orders. */
    readonly quotes: QuoteChoices;
    /** An order that its provider has not paid out after so many days is named. */
    readonly lateAfterDays: number;
    /** Whether the received file is attached to the voucher. */
    readonly attachFile: boolean;
  };
