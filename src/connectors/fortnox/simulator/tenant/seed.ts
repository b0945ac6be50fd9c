import { day, type LocalDate } from '../../../../domain/date.ts';
import { assert } from '../../../../lib/assert.ts';
import { newAccount, setAccount } from '../books/chart.ts';
import { newYear, type AccountingMethod } from '../books/year.ts';
import { oreOf } from '../wire/amounts.ts';
import type { Fields } from '../wire/record.ts';
import { PREDEFINED_ACCOUNTS, PREDEFINED_SERIES } from './predefined.ts';
import { newShelves, type Setup, type ShelfName, type Tenant } from './tenant.ts';

/** Objects by the path they are listed under. */
export type Objects = Partial<Record<ShelfName, readonly Fields[]>>;

/** What a company starts with. Everything has a default. */
export type TenantSeed = {
  /** `DatabaseNumber`; the next free one when absent. */
  readonly id?: number;
  readonly name?: string;
  readonly organisationNumber?: string;
  /** Financial years, oldest first; last year and this year when absent. */
  readonly years?: readonly { readonly from: string; readonly to: string }[];
  readonly method?: AccountingMethod;
  readonly lockedTo?: string;
  /** Accounts besides BAS, in every year. */
  readonly accounts?: readonly { readonly number: number; readonly name: string }[];
  /** Opening balances of the first year in kronor, by account; they add up to 0. */
  readonly opening?: Readonly<Record<string, number>>;
  /** Objects of registers, each with its key. What is not given is as by default. */
  readonly objects?: Objects;
  readonly setup?: Partial<Omit<Setup, 'missingLicences'>>;
};

export type Birth = { readonly id: number; readonly atMs: number; readonly today: LocalDate };

/** A company with books and empty registers. */
export function newTenant(seed: TenantSeed, birth: Birth): Tenant {
  const tenant: Tenant = {
    id: birth.id,
    company: companyOf(seed, birth.id),
    setup: {
      hasApiLicence: true,
      missingLicences: new Set(),
      hasWarehouse: false,
      hasContracts: true,
      roundsOff: true,
      isRegistered: true,
      approvesSupplierInvoices: false,
      ...seed.setup,
    },
    lockedTo: seed.lockedTo === undefined ? null : day(seed.lockedTo),
    years: yearsOf(seed, birth.today),
    shelves: newShelves(),
    predefinedAccounts: new Map(Object.entries(PREDEFINED_ACCOUNTS)),
    predefinedSeries: new Map(Object.entries(PREDEFINED_SERIES)),
    files: new Map(),
    attachments: [],
    nextRowId: 0,
  };
  setOpening(tenant, seed);
  return tenant;
}

function yearsOf(seed: TenantSeed, today: LocalDate): Tenant['years'] {
  const thisYear = Number(today.slice(0, 4));
  const spans = seed.years ?? [
    { from: `${thisYear - 1}-01-01`, to: `${thisYear - 1}-12-31` },
    { from: `${thisYear}-01-01`, to: `${thisYear}-12-31` },
  ];
  return spans.map((span, index) => {
    const year = newYear({
      id: index + 1,
      from: day(span.from),
      to: day(span.to),
      method: seed.method ?? 'ACCRUAL',
    });
    for (const one of seed.accounts ?? []) {
      setAccount(year.chart, one.number, newAccount(one.number, one.name));
    }
    return year;
  });
}

function setOpening(tenant: Tenant, seed: TenantSeed): void {
  const entries = Object.entries(seed.opening ?? {});
  const total = entries.reduce((ore, [, kronor]) => ore + oreOf(kronor), 0);
  assert(total === 0, 'opening balances add up to 0');
  for (const [account, kronor] of entries) {
    tenant.years[0]?.opening.set(Number(account), oreOf(kronor));
  }
}

function companyOf(seed: TenantSeed, id: number): Fields {
  return {
    Address: 'Storgatan 1',
    BG: '5050-1055',
    BIC: 'ESSESESS',
    BranchCode: '',
    City: 'Växjö',
    ContactFirstName: 'Anna',
    ContactLastName: 'Åberg',
    Country: 'Sverige',
    CountryCode: 'SE',
    DatabaseNumber: String(id),
    Domicile: 'Växjö',
    Email: 'ekonomi@example.se',
    Fax: '',
    IBAN: '',
    Name: seed.name ?? `Provbolaget ${id} AB`,
    OrganizationNumber: seed.organisationNumber ?? '555555-5555',
    PG: '',
    Phone1: '0470-100 00',
    Phone2: '',
    TaxEnabled: true,
    VATNumber: 'SE555555555501',
    VisitAddress: '',
    VisitCity: '',
    VisitCountry: '',
    VisitCountryCode: '',
    VisitName: '',
    VisitZipCode: '',
    WWW: '',
    ZipCode: '352 30',
  };
}
