import { present } from '../../../../lib/assert.ts';
import { parseLocalDate } from '../../../../domain/date.ts';
import { accountFields, findAccount } from '../company/accounts.ts';
import { entitiesOf, shelfOf, type Company } from '../company/company.ts';
import { lastDayOf, NOK } from '../company/seed.ts';
import { vatSettings } from '../company/vat-settings.ts';
import { textOf, type Fields } from '../wire/record.ts';
import type { Language } from '../wire/sentences.ts';

/**
 * What a person could have changed in Tripletex itself since the client last looked: how a test
 * brings a company into a state. Only what is given changes.
 */
export type StateChange = {
  readonly language?: Language;
  /** "Advanced Voucher" of the token's employee. */
  readonly maySendToLedger?: boolean;
  readonly roundsInvoices?: boolean;
  readonly isVatRegistered?: boolean;
  /** Of account 1920; null takes it away, and no invoice can be made. */
  readonly bankAccountNumber?: string | null;
  /** Every period that ends on or before this day is closed, all others open; null opens all. */
  readonly closedTo?: string | null;
  /** Accounts whose bank statements are reconciled up to and including a day. */
  readonly reconciledTo?: Readonly<Record<string, string>>;
  /** Fields of accounts by number. One that does not exist is added. */
  readonly accounts?: Readonly<Record<string, Fields>>;
  /** Kroner for so many units of a currency as its factor says. */
  readonly rates?: Readonly<Record<string, number>>;
  /** Departments by number, and projects, that are made. */
  readonly departments?: readonly string[];
  readonly projects?: readonly string[];
  /** Customers and suppliers, by their fields. */
  readonly customers?: readonly Fields[];
  readonly suppliers?: readonly Fields[];
  /** Ways of being paid, by what they are called, with the account that the money comes to. */
  readonly paymentTypes?: Readonly<Record<string, number>>;
  /** Kinds of voucher by name: true makes one, false takes it away. */
  readonly voucherTypes?: Readonly<Record<string, boolean>>;
  /** The accounting periods of these years are gone. */
  readonly withoutYears?: readonly string[];
  /** The next number of `invoice`, `order` or `project`. */
  readonly next?: Readonly<Record<string, number>>;
};

export function changeState(company: Company, change: StateChange): void {
  const { setup } = company;
  setup.language = change.language ?? setup.language;
  setup.maySendToLedger = change.maySendToLedger ?? setup.maySendToLedger;
  setup.roundsInvoices = change.roundsInvoices ?? setup.roundsInvoices;
  if (change.isVatRegistered !== undefined) register(company, change.isVatRegistered);
  if (change.closedTo !== undefined) closePeriods(company, change.closedTo);
  for (const [number, text] of Object.entries(change.reconciledTo ?? {})) {
    const date = present(parseLocalDate(text), `the day ${text}`);
    setup.reconciledTo.set(Number(number), date);
  }
  for (const [number, fields] of Object.entries(change.accounts ?? {})) {
    changeAccount(company, Number(number), fields);
  }
  if (change.bankAccountNumber !== undefined) {
    changeAccount(company, 1920, { bankAccountNumber: change.bankAccountNumber });
  }
  for (const [code, rate] of Object.entries(change.rates ?? {})) setup.rates.set(code, rate);
  for (const [name, next] of Object.entries(change.next ?? {})) company.series.set(name, next);
  for (const one of change.departments ?? []) {
    add(company, 'Department', { name: `Avdeling ${one}`, departmentNumber: one });
  }
  for (const number of change.projects ?? []) {
    add(company, 'Project', { name: `Prosjekt ${number}`, number, isClosed: false });
  }
  for (const fields of change.customers ?? []) add(company, 'Customer', fields);
  for (const fields of change.suppliers ?? []) add(company, 'Supplier', fields);
  for (const [description, number] of Object.entries(change.paymentTypes ?? {})) {
    const debitAccount = present(findAccount(company, number), `the account ${number}`).id;
    add(company, 'PaymentType', {
      description,
      debitAccount,
      currencyId: NOK,
      currencyCode: 'NOK',
    });
  }
  for (const [name, isThere] of Object.entries(change.voucherTypes ?? {})) {
    removeThose(company, 'VoucherType', (fields) => fields['name'] === name);
    if (isThere) add(company, 'VoucherType', { name });
  }
  for (const year of change.withoutYears ?? []) {
    removeThose(company, 'AccountingPeriod', (fields) => textOf(fields, 'start').startsWith(year));
  }
}

function register(company: Company, isRegistered: boolean): void {
  const settings = vatSettings(company);
  const vatRegistrationStatus = isRegistered ? 'VAT_REGISTERED' : 'VAT_NOT_REGISTERED';
  settings.fields = { ...settings.fields, vatRegistrationStatus };
}

function closePeriods(company: Company, day: string | null): void {
  for (const period of entitiesOf(company, 'AccountingPeriod')) {
    const isClosed = day !== null && lastDayOf(period.fields) <= day;
    period.fields = { ...period.fields, isClosed };
  }
}

function changeAccount(company: Company, number: number, fields: Fields): void {
  const account = findAccount(company, number);
  if (account !== null) {
    account.fields = { ...account.fields, ...fields };
    return;
  }
  add(company, 'Account', {
    ...accountFields({ number, name: `Konto ${number}` }, {}),
    ...fields,
  });
}

function add(company: Company, model: string, fields: Fields): void {
  const id = company.newId();
  shelfOf(company, model).set(id, {
    ...{ id, model, version: 0, fields, createdAtMs: 0 },
    changes: [],
  });
}

function removeThose(company: Company, model: string, isOne: (fields: Fields) => boolean): void {
  for (const { id, fields } of entitiesOf(company, model)) {
    if (isOne(fields)) shelfOf(company, model).delete(id);
  }
}
