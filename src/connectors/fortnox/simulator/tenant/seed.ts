import { day, type LocalDate } from '../../../../domain/date.ts';
import { assert } from '../../../../lib/assert.ts';
import { newAccount, setAccount } from '../books/chart.ts';
import { newYear, type AccountingMethod } from '../books/year.ts';
import { oreOf } from '../wire/amounts.ts';
import type { Fields } from '../wire/record.ts';
import { PREDEFINED_ACCOUNTS, PREDEFINED_SERIES } from './predefined.ts';
import { newShelf, put } from './shelf.ts';
import { SHELVES, type Setup, type ShelfName, type Tenant } from './tenant.ts';

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
  /** Objects by the path they are listed under, with their key fields. */
  readonly objects?: Partial<Record<ShelfName, readonly Fields[]>>;
  readonly setup?: Partial<Omit<Setup, 'missingLicences'>>;
};

/** The field that names an object, where it is one field. */
export const KEYS: Readonly<Partial<Record<ShelfName, string>>> = {
  articles: 'ArticleNumber',
  costcenters: 'Code',
  currencies: 'Code',
  customers: 'CustomerNumber',
  labels: 'Id',
  modesofpayments: 'Code',
  pricelists: 'Code',
  printtemplates: 'Template',
  projects: 'ProjectNumber',
  suppliers: 'SupplierNumber',
  termsofdeliveries: 'Code',
  termsofpayments: 'Code',
  units: 'Code',
  wayofdeliveries: 'Code',
};

/** What every company has from the start. */
const REGISTERS: Partial<Record<ShelfName, readonly Fields[]>> = {
  termsofpayments: [
    { Code: '0', Description: 'Kontant' },
    { Code: '10', Description: '10 dagar netto' },
    { Code: '15', Description: '15 dagar netto' },
    { Code: '20', Description: '20 dagar netto' },
    { Code: '30', Description: '30 dagar netto' },
    { Code: 'AG', Description: 'Autogiro' },
    { Code: 'K', Description: 'Kontant' },
    { Code: 'PF', Description: 'Postförskott' },
  ],
  termsofdeliveries: [{ Code: 'FVL', Description: 'Fritt vårt lager', DescriptionEnglish: 'EXW' }],
  wayofdeliveries: [
    { Code: 'B', Description: 'Brev', DescriptionEnglish: 'Letter' },
    { Code: 'P', Description: 'Posten', DescriptionEnglish: 'Mail' },
  ],
  modesofpayments: [
    { Code: 'BG', Description: 'Bankgiro', AccountNumber: '1930' },
    { Code: 'KK', Description: 'Kontokort', AccountNumber: '1580' },
    { Code: 'K', Description: 'Kontant', AccountNumber: '1910' },
    { Code: 'PG', Description: 'Plusgiro', AccountNumber: '1920' },
  ],
  units: [
    { Code: 'förp', Description: 'Förpackning', CodeEnglish: 'pkg' },
    { Code: 'h', Description: 'Timmar', CodeEnglish: 'h' },
    { Code: 'km', Description: 'Kilometer', CodeEnglish: 'km' },
    { Code: 'st', Description: 'Styck', CodeEnglish: 'pcs' },
    { Code: 'utl', Description: 'Utlägg', CodeEnglish: 'exp' },
  ],
  pricelists: [{ Code: 'A', Description: 'Prislista A', Comments: null, PreSelected: true }],
  printtemplates: [
    { Template: 'st', Name: 'Standard' },
    { Template: 'oc', Name: 'Orderbekräftelse' },
    { Template: 'off', Name: 'Offert' },
  ],
};

const CURRENCIES: readonly Fields[] = [
  { Code: 'SEK', Description: 'Svensk krona', BuyRate: 1, SellRate: 1 },
  { Code: 'EUR', Description: 'Euro', BuyRate: 11.25, SellRate: 11.25 },
];

export type Birth = { readonly id: number; readonly atMs: number; readonly today: LocalDate };

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
    nextRowId: 0,
  };
  const currencies = CURRENCIES.map((one) => ({
    ...one,
    Unit: 1,
    Date: birth.today,
    IsAutomatic: one['Code'] !== 'SEK',
  }));
  fill(tenant, { ...REGISTERS, currencies }, birth.atMs);
  fill(tenant, seed.objects ?? {}, birth.atMs);
  setOpening(tenant, seed);
  return tenant;
}

function newShelves(): Record<ShelfName, ReturnType<typeof newShelf>> {
  const shelves = SHELVES.map((name) => [name, newShelf()] as const);
  return Object.fromEntries(shelves) as Record<ShelfName, ReturnType<typeof newShelf>>;
}

/** Puts objects on their shelves as they are: a seed is trusted to be right. */
export function fill(
  tenant: Tenant,
  objects: Partial<Record<ShelfName, readonly Fields[]>>,
  atMs: number,
): void {
  for (const name of SHELVES) {
    for (const fields of objects[name] ?? []) {
      const key = KEYS[name];
      assert(key !== undefined, `${name} can be seeded`);
      put(tenant.shelves[name], String(fields[key]), { fields: { ...fields }, atMs });
    }
  }
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
