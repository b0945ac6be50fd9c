import type { TaxWay } from '../document/sale.ts';
import type { Money } from '../money.ts';
import type { RatesDoubt } from '../vat/two-rates.ts';

/** Why a person is asked about what was sold elsewhere or invoiced there. Part of `Refusal`. */
export type OrderDoubt =
  | RatesDoubt
  | {
      readonly code: 'order-total-differs';
      /** What should come to what the order says, and does not. */
      readonly total: 'lines' | 'settlements';
      readonly stated: Money;
      readonly summed: Money;
      readonly difference: Money;
    }
  | { readonly code: 'order-rounding-large'; readonly rounding: Money; readonly limit: Money }
  | {
      readonly code: 'vat-not-proven';
      readonly order: string;
      /** The VAT of the whole order, as the shop says it. */
      readonly vat: Money;
      /** Ways to tax its lines that would come to that. */
      readonly candidates: readonly string[];
      /** What each of them makes of it, for `tax-as`. Absent: none can be chosen. */
      readonly ways?: readonly TaxWay[];
    }
  | {
      /** The shop says that less is to be paid than the order comes to, and not why. */
      readonly code: 'order-paid-otherwise';
      readonly order: string;
      readonly total: Money;
      readonly toPay: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'refund-exceeds-order';
      readonly order: string;
      readonly back: Money;
      /** What earlier refunds have left of the order. */
      readonly remaining: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'refund-vat-estimated';
      readonly order: string;
      readonly back: Money;
      readonly remaining: Money;
    }
  | {
      readonly code: 'vat-not-charged';
      /** Where the goods go, ISO 3166; empty when the shop does not say. */
      readonly country: string;
      readonly lines: readonly string[];
      readonly net: Money;
    }
  /** It can be a voucher, and not an invoice. */
  | {
      readonly code: 'order-not-invoiceable';
      readonly order: string;
      readonly why: NotInvoiceableWhy;
    }
  /** The ledger books a part of its invoices elsewhere than the flow books it. */
  | {
      readonly code: 'invoice-account-differs';
      readonly role: string;
      readonly chosen: string;
      readonly ledger: string;
    }
  /** The ledger rounds invoices to whole units of the currency. */
  | {
      readonly code: 'invoice-rounded';
      readonly id: string;
      readonly stated: Money;
      readonly booked: Money;
      readonly difference: Money;
    };

/** What keeps an order from being an invoice in the ledger. */
export type NotInvoiceableWhy =
  /** VAT of another country (OSS). */
  | 'foreign-vat'
  /** Without VAT to another country, where all orders are of one customer. */
  | 'one-customer'
  /** The company books income when it is paid, and it is paid in parts. */
  | 'cash-method'
  /** Sold under a scheme of VAT, or paid with a card whose VAT was paid before. */
  | 'scheme'
  /** A refund of an order that is not in the ledger. */
  | 'refund-alone'
  /** A refund, and orders are kept as orders only. */
  | 'refund-of-order';
