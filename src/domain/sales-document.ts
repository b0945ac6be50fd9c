import type { LocalDate } from './date.ts';
import type { CustomerField } from './document/customer.ts';
import type { Address, Party } from './document/party.ts';
import type { Money } from './money.ts';
import type { BasisPoints } from './vat/rates.ts';

/** An order or an invoice as a ledger's own register of sales keeps it. Prices hold their VAT. */
export type SalesDocument = {
  /** The hub's own name of the document: `woocommerce/shop/1001`. */
  readonly reference: string;
  /** What the shop and its customer call the order. */
  readonly orderNumber: string;
  readonly date: LocalDate;
  readonly customer: SalesCustomer;
  /** Where the goods go; null: to the customer's own address. */
  readonly deliverTo: Address | null;
  readonly rows: readonly SalesRow[];
  /** Negative when it takes back. */
  readonly total: Money;
  /** What the ledger's own arithmetic makes of the rows. */
  readonly vat: Money;
  /** The ledger's code of its terms of payment; null: as it has them. */
  readonly terms: string | null;
  readonly ourReference: string;
  readonly costCentre: string;
  readonly project: string;
  /** What the project is called when it has to be made. Absent: it is in the ledger. */
  readonly projectName?: string;
  readonly remarks: string;
  /** What the ledger calls the way it was paid, for a cash invoice; null for all others. */
  readonly paidBy: string | null;
  /**
   * What later plans of the document want to know of it: stands as `memo` in the data of what its
   * write made. Absent: nothing.
   */
  readonly memo?: string;
};

/** Who buys, and how the ledger's register is searched for them. */
export type SalesCustomer = Party & {
  /** The number that the ledger is given when it knows nobody; the same on every attempt. */
  readonly number: string;
  /** `number`: it is taken as it stands. `none`: nothing is known to look for anybody by. */
  readonly knownBy: 'email' | 'org-number' | 'number' | 'none';
  readonly isBusiness: boolean;
  readonly vat: 'domestic' | 'eu-business' | 'export';
  /** What is kept like the shop on the card of one who is found; absent: nothing. */
  readonly keep?: Readonly<Partial<Record<CustomerField, 'fill' | 'follow'>>>;
};

/** A row: `quantity` pieces at `price`, which is exact to the minor unit. */
export type SalesRow = {
  /** The shop's own article number; null: text alone. */
  readonly article: string | null;
  readonly isService: boolean;
  readonly text: string;
  /** Decimal text with at most two decimals; negative for what is taken back. */
  readonly quantity: string;
  /** Of one piece, VAT included, never negative. */
  readonly price: Money;
  /** Quantity times price. */
  readonly gross: Money;
  readonly rate: BasisPoints;
  readonly account: string;
};

/** Money that settles an invoice, or a part of it. */
export type SalesPayment = {
  readonly date: LocalDate;
  /** Negative when a credit note is paid out. */
  readonly amount: Money;
  /** The account of the means of payment. */
  readonly account: string;
  /** The ledger's code of the mode of payment; absent: the account alone says it. */
  readonly mode?: string;
};

/** How an order stands in a ledger. One that is invoiced or gone stays as it is. */
export type OrderState = 'open' | 'invoiced' | 'gone';

/** How orders stand, by the ledger's ids. */
export type OrderStates = ReadonlyMap<string, OrderState>;
