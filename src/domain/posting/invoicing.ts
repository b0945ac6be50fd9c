import type { CustomerField } from '../document/customer.ts';

/** What an order of a shop becomes in the ledger. */
export type OrderBecomes =
  | 'voucher'
  /** An order in the ledger's own register: nothing is booked. */
  | 'order'
  /** An invoice that a person books. */
  | 'invoice'
  | 'booked-invoice'
  /** An order when the shop accepts it, an invoice made of it and booked when it is shipped. */
  | 'order-then-invoice';

/** All of them, for forms. */
export const ORDER_BECOMES = [
  'voucher',
  'order',
  'invoice',
  'booked-invoice',
  'order-then-invoice',
] as const satisfies readonly OrderBecomes[];

/** Parts of a customer's card that a shop's orders tell of. */
export const CARD_PARTS = [
  'name',
  'orgNumber',
  'address',
  'email',
] as const satisfies readonly CustomerField[];

/**
 * What becomes of a part of the card of a customer who is found. `never`: it is left alone. `fill`:
 * what is empty there is filled in. `follow`: it also changes with the shop, as long as nobody has
 * changed it in the ledger.
 */
export const CARD_POLICIES = ['never', 'fill', 'follow'] as const;

/** A part of a card, and what becomes of it. */
export type CardPolicies = Readonly<
  Record<(typeof CARD_PARTS)[number], (typeof CARD_POLICIES)[number]>
>;

/** What a company chooses about orders that become invoices. */
export type Invoicing = {
  readonly as: OrderBecomes;
  /** What no invoice can say, such as another country's VAT: ask, or book it as a voucher. */
  readonly otherwise: 'ask' | 'voucher';
  /** How the customer is known in the ledger; `one`: all of them are `customerNumber`. */
  readonly customers: 'email' | 'org-number' | 'one';
  readonly customerNumber: string;
  /** What becomes of the card of a customer who is found; the default leaves it as it stands. */
  readonly customerCards: CardPolicies;
  /** Rows with the article of the shop's number, with one article for all, or without. */
  readonly articles: 'sku' | 'fixed' | 'text';
  readonly articleNumber: string;
  /**
   * An order that is paid on its own day is a cash invoice, where the ledger books those on the
   * account of the means of payment: two calls instead of four.
   */
  readonly cashInvoices: boolean;
  /** What becomes of a booked invoice whose order is changed or cancelled in the shop. */
  readonly revised: 'hold' | 'credit';
  readonly ourReference: string;
  readonly costCentre: string;
  readonly project: string;
  /** By the shop's own name of the method of payment. */
  readonly methods: Readonly<Record<string, MethodTerms>>;
};

/** What is said on invoices that are paid by one method. Absent: as the flow or the ledger says. */
export type MethodTerms = {
  /** The ledger's code of its terms of payment: `30`. */
  readonly terms?: string | undefined;
  readonly costCentre?: string | undefined;
  readonly project?: string | undefined;
  /**
   * The ledger's code of its mode of payment (`KK`), by which payments are registered. Its account
   * has to be that of the method.
   */
  readonly mode?: string | undefined;
};
