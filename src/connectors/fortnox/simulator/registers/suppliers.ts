import { fieldTable } from '../wire/field-table.ts';
import { isEmail, isNumberText } from '../wire/identifiers.ts';
import { isSet, pick, textOf } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { checkParty, setCountry } from './party.ts';
import { checkReferences } from './reference.ts';
import type { Draft, Register } from './register.ts';
import { isNamedBy } from './usage.ts';

/**
 * | Uncertain                                 | Chosen                                        |
 * |-------------------------------------------|-----------------------------------------------|
 * | DELETE, which the specification leaves out| Works while nothing names the supplier        |
 * | Defaults                                  | As for customers; `VATType` NORMAL            |
 */
export const SUPPLIERS: Register = {
  shelf: 'suppliers',
  scope: 'supplier',
  single: 'Supplier',
  list: 'Suppliers',
  key: 'SupplierNumber',
  table: fieldTable(`
    Active:b Address1:t Address2:t BG:t BIC:t Bank:t BankAccountNumber:t BranchCode:t City:t1024
    ClearingNumber:t Comments:t1024 CostCenter:t Country:t~ CountryCode:t2= Currency:t3=
    DisablePaymentFile:b Email:t Fax:t IBAN:t Name:t1024* OrganisationNumber:t OurCustomerNumber:t
    OurReference:t PG:t Phone1:t1024 Phone2:t1024 PreDefinedAccount:t4= Project:t SupplierNumber:t
    TermsOfPayment:t VATNumber:t VATType:(25|12|6|0|REVERSE|NORMAL|UIF) VisitingAddress:t
    VisitingCity:t VisitingCountry:t~ VisitingCountryCode:t2= VisitingZipCode:t WWW:t WorkPlace:t
    YourReference:t ZipCode:t`),
  defaults: {
    Active: true,
    Currency: 'SEK',
    DisablePaymentFile: false,
    OrganisationNumber: '',
    TermsOfPayment: '30',
    VATNumber: '',
    VATType: 'NORMAL',
  },
  methods: ['LIST', 'GET', 'POST', 'PUT', 'DELETE'],
  numbering: 'series',
  notFound: ['not-found', 'leverantören'],
  taken: ['taken', 'Leverantörsnumret'],
  burnsKeys: true,
  search: {
    texts: {
      city: 'City',
      email: 'Email',
      name: 'Name',
      phone1: 'Phone1',
      phone2: 'Phone2',
      suppliernumber: 'SupplierNumber',
      zipcode: 'ZipCode',
    },
    exact: { organisationnumber: 'OrganisationNumber' },
    filters: {
      active: (fields) => fields['Active'] === true,
      inactive: (fields) => fields['Active'] === false,
    },
    sorts: { name: 'Name', suppliernumber: 'SupplierNumber' },
  },
  check: checkSupplier,
  isUsed: (tenant, number) =>
    isNamedBy(
      tenant,
      { shelves: ['supplierinvoices', 'articles'], field: 'SupplierNumber' },
      number,
    ),
  showListed: (fields) => ({ ...pick(fields, LISTED), Phone: fields['Phone1'] ?? null }),
};

const LISTED = [
  'Active',
  'Address1',
  'Address2',
  'BG',
  'BIC',
  'BankAccountNumber',
  'City',
  'CostCenter',
  'CountryCode',
  'Currency',
  'DisablePaymentFile',
  'Email',
  'IBAN',
  'Name',
  'OrganisationNumber',
  'PG',
  'PreDefinedAccount',
  'Project',
  'SupplierNumber',
  'TermsOfPayment',
  'ZipCode',
];

function checkSupplier({ call, fields, sent }: Draft): void {
  if (isSet(sent, 'SupplierNumber') && !isNumberText(textOf(sent, 'SupplierNumber'))) {
    refuse('not-alphanumeric', 'SupplierNumber');
  }
  if (isSet(sent, 'Email') && !isEmail(textOf(sent, 'Email'))) refuse('email', 'Email');
  checkParty(fields, sent);
  setCountry(fields, 'Country');
  setCountry(fields, 'VisitingCountry');
  checkReferences(call, sent, ['SupplierNumber']);
}
