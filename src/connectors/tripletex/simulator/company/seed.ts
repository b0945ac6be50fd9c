import { plusDays, type LocalDate } from '../../../../domain/date.ts';
import { textOf, type Fields } from '../wire/record.ts';
import type { Language } from '../wire/sentences.ts';
import { accountFields, CHART } from './accounts.ts';
import { put, type Company, type Moment } from './company.ts';
import { NO_VAT, VAT_CODES } from './vat-types.ts';

/** How a company is when a test begins. Everything has a default. */
export type CompanySeed = {
  readonly id?: number;
  readonly name?: string;
  readonly organizationNumber?: string;
  readonly language?: Language;
  /** Not registered: only VAT type 6 can be used on sales. */
  readonly isVatRegistered?: boolean;
  /** Null: no invoice can be made. */
  readonly bankAccountNumber?: string | null;
  readonly maySendToLedger?: boolean;
  readonly hasDepartments?: boolean;
  readonly roundsInvoices?: boolean;
  /** The number the first invoice gets. */
  readonly firstInvoiceNumber?: number;
  /** Other companies that the employee, an accountant, may act for. */
  readonly clients?: readonly number[];
};

const YEARS_BACK = 1;
const YEARS_AHEAD = 1;

/** Ids of currencies: NOK and EUR as was seen, the others in between and after. */
const CURRENCIES: readonly (readonly [id: number, code: string, factor: number, rate: number])[] = [
  [1, 'NOK', 1, 1],
  [2, 'SEK', 100, 102.5],
  [3, 'DKK', 100, 156.3],
  [4, 'USD', 1, 10.42],
  [5, 'EUR', 1, 11.66],
  [6, 'GBP', 1, 13.85],
];

export const NOK = 1;

/** Norway is 161 in every account that was seen. */
const COUNTRIES: readonly (readonly [number, string, string, string, string])[] = [
  [161, 'Norge', 'NO', 'NOR', '578'],
  [207, 'Sverige', 'SE', 'SWE', '752'],
  [58, 'Danmark', 'DK', 'DNK', '208'],
  [81, 'Tyskland', 'DE', 'DEU', '276'],
];

/** Names by which the kinds of voucher are looked for. */
export const VOUCHER_TYPES = {
  outgoingInvoice: 'Utgående faktura',
  supplierInvoice: 'Leverandørfaktura',
  payment: 'Betaling',
  manual: 'Diverse bilag',
  salary: 'Lønnsbilag',
  opening: 'Åpningsbalanse',
} as const;

const UNITS: readonly (readonly [name: string, short: string, common: string])[] = [
  ['Stykk', 'stk', 'NAR'],
  ['Time', 't', 'HUR'],
  ['Kilogram', 'kg', 'KGM'],
  ['Meter', 'm', 'MTR'],
];

/** The employee whose token it is: an administrator, who may lead projects. */
export type Administrator = { readonly employeeId: number };

export function furnish(company: Company, seed: CompanySeed, moment: Moment): Administrator {
  const keep = (model: string, fields: Fields, id?: number): number =>
    put(company, moment, { model, fields, ...(id === undefined ? {} : { id }) }).id;
  for (const [id, code, factor, rate] of CURRENCIES) {
    keep('Currency', { code, description: code, factor, isDisabled: false }, id);
    company.setup.rates.set(code, rate);
  }
  for (const [id, name, isoAlpha2Code, isoAlpha3Code, isoNumericCode] of COUNTRIES) {
    keep('Country', { name, isoAlpha2Code, isoAlpha3Code, isoNumericCode }, id);
  }
  const address = { addressLine1: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 161 };
  keep('Company', companyFields(seed, keep('Address', address)), company.id);
  for (const { number, name, percentage } of VAT_CODES) {
    const fields = { name, number: String(number), percentage, deductionPercentage: 100 };
    keep('VatType', { ...fields, parentType: NO_VAT }, number);
  }
  const status = (seed.isVatRegistered ?? true) ? 'VAT_REGISTERED' : 'VAT_NOT_REGISTERED';
  keep('VatSettings', { vatRegistrationStatus: status });
  for (const account of CHART) keep('Account', accountFields(account, seed));
  for (const name of Object.values(VOUCHER_TYPES)) keep('VoucherType', { name });
  keepPeriods(moment.today, keep);
  keepPaymentTypes(company, keep);
  for (const [name, nameShort, commonCode] of UNITS) {
    keep('ProductUnit', { name, nameShort, commonCode, isDeletable: false });
  }
  company.series.set('invoice', seed.firstInvoiceNumber ?? 1);
  return keepPeople(seed, keep);
}

type Keep = (model: string, fields: Fields, id?: number) => number;

function companyFields(seed: CompanySeed, address: number): Fields {
  return {
    name: seed.name ?? 'Prøveselskapet AS',
    startDate: '2015-01-01',
    organizationNumber: seed.organizationNumber ?? '999888777',
    email: 'post@example.test',
    phoneNumber: '22000000',
    address,
    type: 'AS',
    currency: NOK,
    accountantOrSimilar: false,
    companyMigration: 'NONE',
    invoiceShowDeliveryDate: true,
  };
}

/** Months. `number` counts from the first that is kept. */
function keepPeriods(today: LocalDate, keep: Keep): void {
  const thisYear = Number(today.slice(0, 4));
  let number = 0;
  for (let year = thisYear - YEARS_BACK; year <= thisYear + YEARS_AHEAD; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      const start = Temporal.PlainDate.from({ year, month, day: 1 });
      const end = start.add({ months: 1 });
      number += 1;
      const name = `${year}-${String(month).padStart(2, '0')}`;
      const days = { start: start.toString(), end: end.toString() };
      keep('AccountingPeriod', { name, number, ...days, isClosed: false });
    }
  }
}

function keepPaymentTypes(company: Company, keep: Keep): void {
  const byNumber = new Map(
    [...(company.shelves.get('Account')?.values() ?? [])].map((one) => [
      one.fields['number'],
      one.id,
    ]),
  );
  for (const [sequence, [description, number]] of (
    [
      ['Kontant', 1900],
      ['Betalt til bank', 1920],
    ] as const
  ).entries()) {
    const debitAccount = byNumber.get(number) ?? null;
    keep('PaymentType', {
      description,
      debitAccount,
      sequence,
      currencyId: NOK,
      currencyCode: 'NOK',
    });
  }
}

function keepPeople(seed: CompanySeed, keep: Keep): Administrator {
  const department =
    (seed.hasDepartments ?? true)
      ? keep('Department', { name: 'Hovedavdeling', departmentNumber: '1', isInactive: false })
      : null;
  const employeeId = keep('Employee', {
    firstName: 'Anne',
    lastName: 'Administrator',
    employeeNumber: '1',
    email: 'anne.administrator@example.test',
    userType: 'EXTENDED',
    isContact: false,
    department,
  });
  keep('Entitlement', { employee: employeeId, name: 'AUTH_PROJECT_MANAGER', entitlementId: 45 });
  return { employeeId };
}

/** The last day of a period, whose `end` is the day after it. */
export function lastDayOf(period: Fields): LocalDate {
  return plusDays(textOf(period, 'end') as LocalDate, -1);
}
