import type { LeftOutWhy } from './document/attached-file.ts';
import type { LocalDate } from './date.ts';
import type { CustomerField } from './document/customer.ts';
import type { SourceSetting } from './document/shop-setting.ts';
import type { Currency, Money } from './money.ts';
import type { OrderDoubt } from './posting/order-doubts.ts';
import type { SaleReason } from './posting/sale-reasons.ts';
import type { QuoteRefusal } from './quote/refusals.ts';
import type { BasisPoints, VatCodeNotOfSale } from './vat/rates.ts';
import type { LedgerNeed } from './ledger-need.ts';

/**
 * A reason not to book a document that we understood. A person settles it; nothing retries it.
 *
 * Facts only: `src/text` words them in the reader's language. The two numbers and their
 * difference are always among the facts when there are two numbers.
 */
export type Refusal =
  | SaleReason
  | {
      readonly code: 'does-not-balance';
      readonly taken: Money;
      readonly accounted: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'control-total-differs';
      readonly total: 'gross' | 'vat';
      readonly stated: Money;
      readonly summed: Money;
      readonly difference: Money;
    }
  | { readonly code: 'vat-rate-missing'; readonly line: string }
  | { readonly code: 'vat-missing'; readonly line: string; readonly rate: BasisPoints }
  | {
      readonly code: 'vat-rate-not-in-force';
      readonly line: string;
      readonly rate: BasisPoints;
      readonly date: LocalDate;
    }
  | {
      readonly code: 'vat-differs';
      readonly line: string;
      readonly rate: BasisPoints;
      readonly stated: Money;
      readonly expected: Money;
      readonly difference: Money;
      readonly tolerance: Money;
    }
  | VatCodeNotOfSale
  | { readonly code: 'account-not-chosen'; readonly role: string; readonly line: string }
  | {
      readonly code: 'amount-column-unmapped';
      readonly column: string;
      readonly amount: string;
      readonly row: number;
    }
  | {
      readonly code: 'cash-difference-large';
      readonly difference: Money;
      readonly limit: Money;
    }
  | {
      readonly code: 'cash-difference-disagrees';
      readonly stated: Money;
      readonly counted: Money;
      readonly difference: Money;
    }
  | { readonly code: 'cash-count-alone'; readonly counted: Money }
  | { readonly code: 'empty-document' }
  | {
      readonly code: 'voucher-does-not-balance';
      readonly debit: Money;
      readonly credit: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'report-revised';
      readonly bookedAs: string;
      readonly before: Money;
      readonly after: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'invoice-revised';
      readonly bookedAs: string;
      readonly before: Money;
      readonly after: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'invoice-not-coded';
      readonly supplier: string;
      /** By what the company's choices know the supplier. */
      readonly id: string;
      readonly lines: readonly string[];
    }
  | {
      readonly code: 'invoice-total-differs';
      readonly total: 'net' | 'vat' | 'gross' | 'payable';
      readonly stated: Money;
      readonly summed: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'reverse-rate-not-chosen';
      readonly supplier: string;
      /** By what the company's choices know the supplier. */
      readonly id: string;
      readonly lines: readonly string[];
    }
  | { readonly code: 'vat-category-not-booked'; readonly category: string; readonly base: Money }
  | {
      readonly code: 'currency-not-booked';
      readonly currency: Currency;
      readonly books: Currency;
    }
  | { readonly code: 'prepaid-not-booked'; readonly prepaid: Money }
  | {
      readonly code: 'statement-does-not-balance';
      readonly account: string;
      readonly opening: Money;
      /** Sum of the entries. */
      readonly moved: Money;
      readonly closing: Money;
      /** What the closing balance is more than opening and entries come to. */
      readonly difference: Money;
    }
  | {
      readonly code: 'statement-revised';
      readonly bookedAs: string;
      readonly before: Money;
      readonly after: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'entry-not-coded';
      readonly account: string;
      readonly entries: readonly {
        readonly id: string;
        readonly code: string;
        readonly text: string;
        readonly amount: Money;
      }[];
    }
  | {
      readonly code: 'invoice-not-open';
      readonly entry: string;
      readonly amount: Money;
      /** What the entry calls the invoices that it pays. */
      readonly names: readonly string[];
      /** Open invoices that may be meant; none of them is taken unasked. */
      readonly candidates: readonly string[];
    }
  | {
      readonly code: 'payment-differs';
      readonly entry: string;
      readonly invoices: readonly string[];
      readonly paid: Money;
      readonly open: Money;
      readonly difference: Money;
    }
  | { readonly code: 'payment-account-unknown'; readonly account: string }
  | OrderDoubt
  | QuoteRefusal
  | { readonly code: 'report-overlaps'; readonly other: string }
  | {
      readonly code: 'payout-total-differs';
      /** Provider and batch. */
      readonly payout: string;
      /** What was paid out and what is left, as the file says. */
      readonly stated: Money;
      /** What the rows come to. */
      readonly summed: Money;
      readonly difference: Money;
    }
  /** A row that is in another payout too, or twice in this one. */
  | {
      readonly code: 'payout-row-twice';
      readonly payout: string;
      readonly row: string;
      readonly amount: Money;
      readonly other: string;
    }
  /** The credit tenders of a day report beside the receipts of that till and day. */
  | {
      readonly code: 'credit-differs';
      readonly store: string;
      readonly day: LocalDate;
      /** `ALL`: the whole store. */
      readonly register: string;
      readonly reported: Money;
      readonly receipts: Money;
      readonly difference: Money;
    }
  /** Another document has it too: the customer is invoiced in another way since. */
  | {
      readonly code: 'receipt-twice';
      readonly receipt: string;
      readonly day: LocalDate;
      readonly other: string;
    }
  | { readonly code: 'invoice-twice'; readonly other: string }
  | { readonly code: 'article-twice'; readonly number: string; readonly other: string }
  | { readonly code: 'article-rate-missing'; readonly number: string; readonly price: Money }
  /** The shop's own settings that amounts go by: a person says that they are right. */
  | {
      readonly code: 'shop-setting-changed';
      readonly shop: string;
      readonly setting: SourceSetting;
      readonly was: string;
      readonly now: string;
      readonly day: LocalDate;
    }
  | { readonly code: 'before-start-date'; readonly date: LocalDate; readonly start: LocalDate }
  | { readonly code: 'account-unknown'; readonly account: string; readonly role: string }
  | { readonly code: 'account-inactive'; readonly account: string; readonly role: string }
  | { readonly code: 'cost-centre-required'; readonly account: string }
  | { readonly code: 'cost-centre-unknown'; readonly costCentre: string }
  | { readonly code: 'project-required'; readonly account: string }
  | { readonly code: 'project-unknown'; readonly project: string }
  /** It would be made in the ledger, whose codes are no longer than `longest`. */
  | { readonly code: 'cost-centre-too-long'; readonly costCentre: string; readonly longest: number }
  | { readonly code: 'project-too-long'; readonly project: string; readonly longest: number }
  | { readonly code: 'period-locked'; readonly date: LocalDate; readonly lockedTo: LocalDate }
  | { readonly code: 'year-missing'; readonly date: LocalDate }
  | { readonly code: 'series-unknown'; readonly series: string }
  | { readonly code: 'series-not-manual'; readonly series: string }
  | { readonly code: 'found-twice'; readonly what: string; readonly ids: readonly string[] }
  | {
      readonly code: 'read-back-differs';
      readonly what: string;
      readonly id: string;
      readonly sent: string;
      readonly booked: string;
    }
  | {
      readonly code: 'target-refused';
      readonly system: string;
      readonly said: string;
      readonly theirCode: string;
    }
  | { readonly code: 'target-cannot'; readonly system: string; readonly what: string }
  /** What the ledger asks of a row beyond its amount. `about`: the VAT code, number or day. */
  | {
      readonly code: 'ledger-needs';
      readonly system: string;
      readonly need: LedgerNeed;
      readonly account: string;
      readonly about: string;
    }
  | { readonly code: 'kind-not-taken'; readonly kind: string }
  | { readonly code: 'attempts-exhausted'; readonly attempts: number; readonly last: string }
  | { readonly code: 'our-error'; readonly message: string };

/** Which reason: stable, stored, documented in docs/errors.md. */
export type RefusalCode = Refusal['code'];

/** Something a bookkeeper wants to know that does not stop the document. */
export type Notice =
  | {
      readonly code: 'food-at-other-rate';
      readonly line: string;
      readonly rate: BasisPoints;
      readonly foodRate: BasisPoints;
    }
  | {
      readonly code: 'entries-pending';
      readonly account: string;
      readonly count: number;
      readonly total: Money;
    }
  /** Payments out that a bank notifies of: its statement has them, and books them. */
  | {
      readonly code: 'debits-left-out';
      readonly account: string;
      readonly count: number;
      readonly total: Money;
    }
  | {
      readonly code: 'reverse-charge-computed';
      readonly rate: BasisPoints;
      readonly base: Money;
      readonly vat: Money;
    }
  | { readonly code: 'attachment-left-out'; readonly name: string; readonly why: LeftOutWhy }
  | { readonly code: 'refund-not-told'; readonly order: string; readonly refund: string }
  /** Articles that a shop has not taken, as it has said; else for want of a VAT rate. */
  | { readonly code: 'products-left'; readonly products: readonly string[]; readonly said?: string }
  | { readonly code: 'text-shortened'; readonly from: string; readonly to: string }
  /** It stands otherwise in the ledger, as somebody has put it there: it is left so. */
  | {
      readonly code: 'customer-field-kept';
      readonly customer: string;
      readonly fields: readonly CustomerField[];
    }
  /** Rows of a payout behind which no order is known: they stay on the clearing account. */
  | {
      readonly code: 'payout-orders-unknown';
      readonly payout: string;
      readonly count: number;
      readonly total: Money;
      /** Some of them, by what the provider calls them. */
      readonly rows: readonly string[];
    }
  /** Rows of no payout yet: they come again with one. */
  | {
      readonly code: 'payout-rows-pending';
      readonly account: string;
      readonly count: number;
      readonly total: Money;
    }
  | {
      readonly code: 'order-settled-otherwise';
      readonly order: string;
      readonly claim: Money;
      readonly paid: Money;
      readonly difference: Money;
    }
  /** It stands in the ledger, which could not send it. */
  | { readonly code: 'invoice-not-sent'; readonly invoice: string; readonly said: string }
  /** The ledger has rounded the invoice by so much; negative: down. */
  | { readonly code: 'rounded-by-ledger'; readonly invoice: string; readonly amount: Money }
  /** Parts of a quote that are to be invoiced before the last, which Norwegian law restricts. */
  | {
      readonly code: 'invoiced-before-delivery';
      readonly quote: string;
      readonly parts: readonly string[];
      readonly total: Money;
    }
  /** A part payment that is invoiced with VAT in advance, which Norwegian law restricts. */
  | { readonly code: 'invoiced-in-advance'; readonly order: string; readonly total: Money }
  | { readonly code: 'terms-unknown'; readonly customer: string; readonly terms: string }
  | {
      readonly code: 'report-number-gap';
      readonly store: string;
      readonly register: string;
      readonly after: string;
      readonly before: string;
      readonly missing: number;
    };

/**
 * What a person decided about a held document. Kept for good; the plan is made again with it.
 *
 * - `accept`: book as it stands in spite of this reason. `invoice-not-open`: the payment stands in
 *   the ledger already, and the entry is left out; `payment-differs`: the invoice is paid in part.
 * - `book-difference`: put the difference on an account of the person's choice.
 * - `code-as`: the account of everything in an invoice or statement that nobody has coded.
 * - `reverse-rate`: the VAT rate at home of what was bought without VAT.
 * - `tax-as`: an order or invoice of unknown VAT is taxed in this one of the ways told, from 1.
 * - `book-on`: another booking day; the document's own day stays in the text.
 * - `book-now`: what waits for the shop, or was left out, is booked as it stands.
 * - `correct`: reverse what was booked, or credit the invoice, and book the new version.
 */
export type Decision =
  | { readonly kind: 'accept'; readonly code: RefusalCode }
  | { readonly kind: 'book-difference'; readonly account: string }
  | { readonly kind: 'book-on'; readonly date: LocalDate }
  | { readonly kind: 'code-as'; readonly account: string }
  | { readonly kind: 'reverse-rate'; readonly rate: BasisPoints }
  | { readonly kind: 'tax-as'; readonly way: number }
  | { readonly kind: 'book-now' }
  | { readonly kind: 'correct' };

/** Reasons that a person may overrule. The others can only be mended. */
export const ACCEPTABLE: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'control-total-differs',
  'vat-differs',
  'vat-not-charged',
  'order-rounding-large',
  'order-paid-otherwise',
  'refund-exceeds-order',
  'refund-vat-estimated',
  'amount-column-unmapped',
  'cash-difference-large',
  'cash-difference-disagrees',
  'cash-count-alone',
  'report-overlaps',
  'statement-does-not-balance',
  'invoice-not-open',
  'payment-differs',
  'payout-total-differs',
  'payout-row-twice',
  'credit-differs',
  'receipt-twice',
  'invoice-twice',
  'read-back-differs',
  'found-twice',
  'attempts-exhausted',
  'before-start-date',
  'shop-setting-changed',
  'quote-order-gone',
  'quote-order-left',
]);
