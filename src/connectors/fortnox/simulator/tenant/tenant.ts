import type { LocalDate } from '../../../../domain/date.ts';
import type { FinancialYear } from '../books/year.ts';
import type { Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { newShelf } from './shelf.ts';

/** The kinds of objects a company keeps, by their path in the API. */
export function newShelves() {
  return {
    articles: newShelf(),
    contracts: newShelf(),
    costcenters: newShelf(),
    currencies: newShelf(),
    customerreferences: newShelf(),
    customers: newShelf(),
    invoicepayments: newShelf(),
    invoices: newShelf(),
    labels: newShelf(),
    modesofpayments: newShelf(),
    offers: newShelf(),
    orders: newShelf(),
    pricelists: newShelf(),
    prices: newShelf(),
    printtemplates: newShelf(),
    projects: newShelf(),
    supplierinvoicefileconnections: newShelf(),
    supplierinvoicepayments: newShelf(),
    supplierinvoices: newShelf(),
    suppliers: newShelf(),
    taxreductions: newShelf(),
    termsofdeliveries: newShelf(),
    termsofpayments: newShelf(),
    units: newShelf(),
    voucherfileconnections: newShelf(),
    wayofdeliveries: newShelf(),
  };
}

type Shelves = Readonly<ReturnType<typeof newShelves>>;

export type ShelfName = keyof Shelves;

/** A file in the inbox or the archive. Both ids name it. */
export type StoredFile = {
  readonly id: string;
  readonly archiveId: string;
  readonly name: string;
  /** Folder it lies in, such as `inbox_v`. */
  readonly folder: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** A file that belongs to a document has left the inbox for the archive. */
  place: 'inbox' | 'archive';
};

/** What a company has bought and switched on. */
export type Setup = {
  hasApiLicence: boolean;
  /** Scopes whose module the company has not bought. */
  readonly missingLicences: Set<string>;
  hasWarehouse: boolean;
  hasContracts: boolean;
  /** Whether totals in kronor are rounded to whole ones. */
  roundsOff: boolean;
  isRegistered: boolean;
  /** Supplier invoices wait for approval before they are booked and paid. */
  approvesSupplierInvoices: boolean;
};

/** A company and all that it has in Fortnox. */
export type Tenant = {
  /** `DatabaseNumber`. */
  readonly id: number;
  /** As `settings/company` shows it. */
  readonly company: Fields;
  readonly setup: Setup;
  /** Last day that nothing can be booked on any more. */
  lockedTo: LocalDate | null;
  /** Oldest first. */
  readonly years: FinancialYear[];
  readonly shelves: Shelves;
  readonly predefinedAccounts: Map<string, number>;
  readonly predefinedSeries: Map<string, string>;
  readonly files: Map<string, StoredFile>;
  /** Files attached to invoices, orders and offers, as they are shown. */
  readonly attachments: Fields[];
  nextRowId: number;
};

/** @throws Refused when the company has no account of that name */
export function predefinedAccount(tenant: Tenant, name: string): number {
  return tenant.predefinedAccounts.get(name) ?? refuse('predefined-account-absent', name);
}

/** The year that holds a day, or else the last one: what Fortnox shows when it opens. */
export function currentYear(tenant: Tenant, today: LocalDate): FinancialYear {
  const year = tenant.years.find((one) => one.from <= today && today <= one.to);
  return year ?? tenant.years.at(-1) ?? refuse('no-financial-year', today);
}

export function takeRowId(tenant: Tenant): number {
  tenant.nextRowId += 1;
  return tenant.nextRowId;
}
