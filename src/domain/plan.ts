import type { LocalDate } from './date.ts';
import type { CustomerCard, CustomerField } from './document/customer.ts';
import type { InvoiceProject } from './document/sales-invoice.ts';
import type { Party } from './document/party.ts';
import type { Money } from './money.ts';
import type { InvoiceEntry } from './invoice-entry.ts';
import type { InvoicePayment } from './purchase-ledger.ts';
import type { Voucher, VoucherRow } from './posting/voucher.ts';
import type { SalesDocument, SalesPayment } from './sales-document.ts';
import type { Notice, Refusal } from './refusal.ts';
import type { ArticleKeeping } from './keep-article.ts';
import type { ProductKeeping } from './keep-products.ts';
import type { OrderTelling } from './tell-order.ts';
import type { StockSetting } from './document/stock-balance.ts';
import type { Json } from '../lib/json.ts';

/**
 * A small thing to have done in the target, in the hub's own terms. A target turns each step into
 * the calls it takes there.
 */
export type Step =
  | {
      readonly kind: 'post-voucher';
      readonly id: string;
      readonly voucher: Voucher;
      /** Whose claim its rows on an account are, for ledgers that keep customers on vouchers. */
      readonly claim?: CustomerClaim;
    }
  /**
   * Enters a supplier's invoice in the purchase ledger, coded as the voucher says, and books it.
   * The supplier is created when the ledger does not know it.
   */
  | {
      readonly kind: 'book-supplier-invoice';
      readonly id: string;
      readonly supplier: Party;
      readonly payable: LedgerInvoice;
      readonly voucher: Voucher;
    }
  /**
   * Invoices a customer in the sales ledger with the voucher's credit rows, and books it. The
   * customer is created when the ledger does not know it.
   */
  | {
      readonly kind: 'book-customer-invoice';
      readonly id: string;
      readonly customer: Party & { readonly number: string };
      readonly receivable: LedgerInvoice;
      readonly voucher: Voucher;
    }
  /**
   * Pays an invoice that is open in the purchase ledger, and books the payment as the voucher says.
   */
  | {
      readonly kind: 'pay-supplier-invoice';
      readonly id: string;
      readonly payment: InvoicePayment;
      readonly voucher: Voucher;
    }
  /**
   * Credits an invoice that an earlier version of the document became, with a credit note that is
   * booked as the voucher says: the reversal of the invoice's own.
   */
  | {
      readonly kind: 'credit-invoice';
      readonly id: string;
      readonly ledger: 'customers' | 'suppliers';
      /** The step that booked the invoice, and what its writes came to in the target. */
      readonly booked: { readonly step: string; readonly results: WriteResults };
      /** What the credit note comes to: minus the invoice. */
      readonly total: Money;
      /** Our reference of the invoice. */
      readonly number: string;
      /** What the ledger calls the way a cash invoice was paid; absent or null for all others. */
      readonly paidBy?: string | null;
      readonly voucher: Voucher;
    }
  /**
   * Makes sure of a customer, and keeps the card like the source's: fills in what the ledger lacks,
   * and changes what the source owns and nobody has changed in the ledger.
   */
  | {
      readonly kind: 'keep-customer';
      readonly id: string;
      readonly customer: CustomerCard;
      readonly owned: readonly CustomerField[];
      /** What the step of the version before says that the card was kept like; null: nothing. */
      readonly sent: Json | null;
      /** It goes before an invoice: a card that is known to be like this is not looked at again. */
      readonly isBeside?: true;
    }
  /** Makes sure of a cost centre that rows name. */
  | {
      readonly kind: 'keep-cost-centre';
      readonly id: string;
      readonly code: string;
      /** Empty where the source does not tell. */
      readonly name: string;
    }
  /** Makes sure of a project that rows name; `follows`: and of what the source says of it. */
  | {
      readonly kind: 'keep-project';
      readonly id: string;
      readonly project: InvoiceProject;
      readonly follows: boolean;
    }
  /**
   * Enters an invoice that its source has coded, books it as the voucher says and has it sent.
   * A credit note takes back the invoice that it names where the ledger can, and is else an invoice
   * below zero.
   */
  | {
      readonly kind: 'enter-invoice';
      readonly id: string;
      readonly invoice: InvoiceEntry;
      /** The ledger's number of the draft that is changed; null: there is none yet. */
      readonly change: string | null;
      /** null leaves it a draft. */
      readonly voucher: Voucher | null;
      readonly send: 'email' | 'e-invoice' | null;
    }
  /** Keeps an article of the ledger like the shop's. */
  | { readonly kind: 'keep-article'; readonly id: string; readonly article: ArticleKeeping }
  /** Keeps products of a shop like the ledger's articles. */
  | { readonly kind: 'keep-products'; readonly id: string; readonly keeping: ProductKeeping }
  /** Tells a shop of an order of its own. */
  | { readonly kind: 'tell-order'; readonly id: string; readonly telling: OrderTelling }
  /** Sets what stands in stock of some articles. */
  | { readonly kind: 'set-stock'; readonly id: string; readonly setting: StockSetting }
  /** Enters an order of a shop in the ledger's register of orders, or changes it there. */
  | {
      readonly kind: 'enter-order';
      readonly id: string;
      readonly sale: SalesDocument;
      /** The ledger's number of the order that is changed; null: there is none yet. */
      readonly change: string | null;
    }
  /**
   * Invoices an order of a shop, with rows that hold their VAT, and books it as the voucher says;
   * null leaves it a draft. A refund is an invoice below zero.
   */
  | {
      readonly kind: 'invoice-sale';
      readonly id: string;
      readonly sale: SalesDocument;
      /** What it is made of: nothing, an order in the ledger, or the draft that it was. */
      readonly from: { readonly order: SalesSource } | { readonly draft: string } | null;
      readonly voucher: Voucher | null;
    }
  /** Registers the payment of an invoice of a shop, and books it as the voucher says. */
  | {
      readonly kind: 'pay-sale';
      readonly id: string;
      /** The step of this plan that enters the invoice, or the ledger's number of it. */
      readonly invoice: SalesSource;
      readonly payment: SalesPayment;
      readonly voucher: Voucher;
    }
  | {
      readonly kind: 'attach-file';
      readonly id: string;
      /** The step whose result the file belongs to. */
      readonly to: string;
      /** Without an ending: what it is decides that. */
      readonly fileName: string;
      /** A file that came inside the document, by its number; absent: the received file. */
      readonly attachment?: number;
    };

/** The step of this plan that enters an order, or the ledger's number of one that is there. */
export type SalesSource = { readonly step: string } | { readonly number: string };

/** What the writes of an earlier plan made in the target, by write id. */
export type WriteResults = Readonly<
  Record<
    string,
    {
      readonly id: string;
      /** What the ledger's users call it: `B 7`. Absent: nothing. */
      readonly label?: string;
      readonly data?: Json | undefined;
    }
  >
>;

/** Whose claim a voucher's rows on an account are, and of which invoice. */
export type CustomerClaim = {
  readonly account: string;
  readonly customer: Party & { readonly number: string };
  /** The number on the invoice. */
  readonly number: string;
  readonly dueDate: LocalDate | null;
};

/** An invoice as a ledger of customers or suppliers keeps it. */
export type LedgerInvoice = {
  /** The supplier's own number; the hub's reference when it is ours. */
  readonly number: string;
  readonly date: LocalDate;
  readonly dueDate: LocalDate | null;
  /** What is to be said with the payment. */
  readonly paymentReference: string | null;
  /** The account that holds what is owed: one row of the voucher. */
  readonly account: string;
  /** Positive for an invoice, negative for a credit note. */
  readonly total: Money;
  readonly vat: Money;
};

/**
 * What is to become of one document in one target: the vouchers it leads to, and the steps that
 * get them there, in order.
 */
export type Plan = {
  readonly vouchers: readonly Voucher[];
  readonly steps: readonly Step[];
  readonly notices: readonly Notice[];
  /** Why there is nothing to do, where that is not because nothing has changed. */
  readonly idle?: string;
};

/** A plan, or every reason that there is none. */
export type PlanOutcome =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Nobody's turn: it waits for the shop, or is left out, for a reason that is kept. */
  | { readonly kind: 'not-booked'; readonly state: 'pending' | 'skipped'; readonly reason: Refusal }
  /** Could be booked, and shares the voucher of its day with others. */
  | {
      readonly kind: 'gathers';
      /** What it brings to that voucher. */
      readonly vouchers: readonly Voucher[];
      readonly day: LocalDate;
      readonly notices: readonly Notice[];
    }
  | {
      readonly kind: 'held';
      readonly refusals: readonly Refusal[];
      readonly draft: readonly VoucherRow[];
      readonly notices: readonly Notice[];
    };
