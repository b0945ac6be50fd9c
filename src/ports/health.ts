import type { Currency } from '../domain/money.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Order } from '../domain/document/sale.ts';
import type { ForeignRate } from '../domain/posting/flow-needs.ts';
import type { Country } from '../domain/vat/rates.ts';
import type { SourceSettings } from './source-settings.ts';

/** What a person should know of a source before its first document, and from day to day. */
export type SourceExaminer = {
  /** Reads only. What cannot be read is a finding of its own: it never throws for the outside. */
  examine(company: ExaminedFor): Promise<readonly SourceFinding[]>;
  /**
   * What its documents will ask of a ledger, as it stands today. Absent: it does not tell.
   *
   * @throws ConnectorError when the source cannot be asked
   */
  sells?(country: Country): Promise<Sells>;
  /**
   * Its own settings that decide what its documents say: read each day. Absent: it tells none.
   *
   * @throws ConnectorError when the source cannot be asked
   */
  settings?(): Promise<SourceSettings>;
};

/** What a shop sells, as far as a ledger has to be ready for it. */
export type Sells = {
  /** The latest orders, newest first. Those that cannot be read are left out. */
  readonly orders: readonly Order[];
  /** Rates that it charges by the law of other countries than the company's. */
  readonly foreign: readonly ForeignRate[];
};

/** For whom a source is examined. */
export type ExaminedFor = {
  readonly country: Country;
  readonly books: Currency;
  readonly timeZone: string;
  readonly today: LocalDate;
  /** Whether a means of payment has an account in every flow; null: there is no flow yet. */
  readonly hasAccount: ((method: string) => boolean) | null;
};

/** What was found of a source. Stable: `src/text/source-health.ts` words it. */
export type SourceFindingCode =
  | 'connection'
  | 'not-told'
  | 'address-differs'
  | 'https-hidden'
  | 'not-encrypted'
  | 'permalinks-plain'
  | 'api-missing'
  | 'zone'
  | 'zone-differs'
  | 'zone-offset'
  | 'version'
  | 'version-untested'
  | 'cron-off'
  | 'storage-posts'
  | 'currency'
  | 'currency-not-booked'
  | 'taxes-off'
  | 'tax-by-base'
  | 'prices'
  | 'rates'
  | 'rates-missing'
  | 'rate-not-in-law'
  | 'payments'
  | 'payment-without-account'
  | 'other-currencies'
  | 'shipping'
  | 'products-rated'
  | 'products-without-rate'
  | 'orders-not-proven'
  | 'look-by-hand'
  | 'gift-cards-unknown'
  | 'booked-by-others';

/** A finding with its figures. Never a secret. */
export type SourceFinding = {
  readonly code: SourceFindingCode;
  readonly state: HealthItem['state'];
  readonly facts: Readonly<Record<string, string>>;
};

/** What was found of a ledger. Stable: `src/text/ledger-health.ts` words it. */
export type LedgerFindingCode =
  | 'connection'
  | 'company'
  | 'company-untold'
  | 'company-missing'
  | 'year'
  | 'year-missing'
  | 'next-year'
  | 'next-year-missing'
  | 'lock-none'
  | 'lock'
  | 'lock-stops'
  | 'series'
  | 'series-missing'
  | 'series-not-manual'
  | 'voucher-kind'
  | 'voucher-kind-none'
  | 'voucher-kind-missing'
  | 'voucher-kind-own'
  | 'registers'
  | 'registers-unread'
  | 'chart'
  | 'chart-empty'
  | 'account-missing'
  | 'account-inactive'
  | 'vat-registered'
  | 'vat-not-registered'
  | 'vat-codes-differ'
  | 'right'
  | 'right-refused'
  | 'cash-method'
  | 'predefined'
  | 'predefined-unusable'
  | 'bank-details'
  | 'bank-details-missing'
  | 'invoice-account'
  | 'invoice-account-missing'
  | 'invoice-account-unread'
  | 'payment-types'
  | 'payment-types-none'
  | 'project-leader'
  | 'project-leader-unknown'
  | 'collective-customer'
  | 'collective-customer-unknown'
  | 'collective-supplier'
  | 'collective-supplier-unknown'
  | 'currencies'
  | 'currency-only'
  | 'warehouse-off'
  | 'warehouse-on'
  | 'sales-vat-codes'
  | 'sales-vat-code-differs'
  | 'oss-accounts-shared'
  | 'articles'
  | 'articles-renamed'
  | 'rows-too-many'
  | 'buyers'
  | 'buyers-unknown'
  | 'buyer-numbers-refused'
  | 'buyer-cards'
  | 'buyer-card-way-gone'
  | 'payment-mode-unknown'
  | 'payment-mode-differs'
  | 'shop-not-asked'
  | 'rehearsed'
  | 'rehearsal-held';

/** A finding with its figures, `system` always among them. Never a secret. */
export type LedgerFinding = {
  readonly code: LedgerFindingCode;
  readonly state: HealthItem['state'];
  readonly facts: Readonly<Record<string, string>>;
};

/** What the hub says of itself, of a company's documents, and of what it may do in a shop. */
export type HubItemCode =
  | 'database'
  | 'durable'
  | 'not-durable'
  | 'fetched'
  | 'fetched-left'
  | 'fetch-trouble'
  | 'login'
  | 'booked'
  | 'held-none'
  | 'held'
  | 'aside'
  | 'on-their-way'
  | 'missing-none'
  | 'missing'
  | 'schedule-failed'
  | 'stock-kept'
  | 'articles-kept'
  | 'files'
  | 'file-refused'
  | 'file-unreadable'
  | 'file-notice'
  | 'keys'
  | 'keys-refused'
  | 'messages'
  | 'setting-changed';

/** What was found of the hub itself. Stable: `src/text/hub-health.ts` words it. */
export type HubFinding = {
  readonly code: HubItemCode;
  readonly state: HealthItem['state'];
  readonly facts: Readonly<Record<string, string>>;
};

/** What was found of a shop that is told something: whether our keys may write there. */
export type ShopFinding = HubFinding & { readonly code: 'keys' | 'keys-refused' };

/** Everything that a line of the health card may be about: `src/text/health-titles.ts` names it. */
export type HealthItemCode = LedgerFindingCode | SourceFindingCode | HubItemCode;

/** One line of the health card. */
export type HealthItem = {
  readonly item: HealthItemCode;
  readonly state: 'ok' | 'warning' | 'problem';
  /** What was found, and what to do when it is not ok. */
  readonly says: string;
};
