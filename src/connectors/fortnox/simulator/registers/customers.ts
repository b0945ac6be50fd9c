import { fieldTable } from '../wire/field-table.ts';
import { isEmail, isNumberText } from '../wire/identifiers.ts';
import { isSet, pick, textOf } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { checkParty, setCountry } from './party.ts';
import { checkReferences } from './reference.ts';
import type { Draft, Register } from './register.ts';
import { isNamedBy } from './usage.ts';

const DELIVERY = '(PRINT|EMAIL|PRINTSERVICE|ELECTRONICINVOICE)';

export const CUSTOMERS: Register = {
  shelf: 'customers',
  scope: 'customer',
  single: 'Customer',
  list: 'Customers',
  key: 'CustomerNumber',
  table: fieldTable(
    `Active:b Address1:t1024 Address2:t1024 City:t1024 Comments:t1024 CostCenter:t Country:t~
    CountryCode:t2= Currency:t3= CustomerNumber:t1024 DefaultDeliveryTypes:{Types}
    DefaultTemplates:{Templates} DeliveryAddress1:t1024 DeliveryAddress2:t1024 DeliveryCity:t1024
    DeliveryCountry:t~ DeliveryCountryCode:t2= DeliveryFax:t1024 DeliveryName:t1024
    DeliveryPhone1:t1024 DeliveryPhone2:t1024 DeliveryZipCode:t10 Email:t1024 EmailInvoice:t1024
    EmailInvoiceBCC:t1024 EmailInvoiceCC:t1024 EmailOffer:t1024 EmailOfferBCC:t1024
    EmailOfferCC:t1024 EmailOrder:t1024 EmailOrderBCC:t1024 EmailOrderCC:t1024
    ExternalReference:t1024 Fax:t1024 GLN:t13= GLNDelivery:t13= InvoiceAdministrationFee:t
    InvoiceDiscount:m InvoiceFreight:t InvoiceRemark:t1024 Name:t1024* OrganisationNumber:t
    OurReference:t50 Phone1:t1024 Phone2:t1024 PriceList:t Project:t SalesAccount:t4=
    ShowPriceVATIncluded:b TermsOfDelivery:t TermsOfPayment:t Type:(PRIVATE|COMPANY|UNDEFINED)
    VATNumber:t VATType:(SEVAT|SEREVERSEDVAT|EUREVERSEDVAT|EUVAT|EXPORT) VisitingAddress:t128
    VisitingCity:t128 VisitingCountry:t~ VisitingCountryCode:t2= VisitingZipCode:t10 WWW:t128
    WayOfDelivery:t YourReference:t50 ZipCode:t10`,
    {
      Types: fieldTable(`Invoice:${DELIVERY} Offer:${DELIVERY} Order:${DELIVERY}`),
      Templates: fieldTable('CashInvoice:t Invoice:t Offer:t Order:t'),
    },
  ),
  defaults: {
    Active: true,
    Currency: 'SEK',
    DefaultDeliveryTypes: { Invoice: 'PRINT', Offer: 'PRINT', Order: 'PRINT' },
    DefaultTemplates: {
      CashInvoice: 'DEFAULTTEMPLATE',
      Invoice: 'DEFAULTTEMPLATE',
      Offer: 'DEFAULTTEMPLATE',
      Order: 'DEFAULTTEMPLATE',
    },
    Email: '',
    EmailInvoice: '',
    EmailInvoiceBCC: '',
    EmailInvoiceCC: '',
    EmailOffer: '',
    EmailOfferBCC: '',
    EmailOfferCC: '',
    EmailOrder: '',
    EmailOrderBCC: '',
    EmailOrderCC: '',
    InvoiceRemark: '',
    OrganisationNumber: '',
    OurReference: '',
    PriceList: 'A',
    Project: '',
    ShowPriceVATIncluded: false,
    TermsOfDelivery: '',
    TermsOfPayment: '',
    Type: 'COMPANY',
    VATNumber: '',
    VATType: 'SEVAT',
    WWW: '',
    WayOfDelivery: '',
    YourReference: '',
  },
  methods: ['LIST', 'GET', 'POST', 'PUT', 'DELETE'],
  numbering: 'series',
  notFound: ['customer-not-found'],
  taken: ['customer-taken'],
  burnsKeys: true,
  search: {
    texts: {
      customernumber: 'CustomerNumber',
      name: 'Name',
      zipcode: 'ZipCode',
      city: 'City',
      email: 'Email',
      phone: 'Phone1',
      gln: 'GLN',
      glndelivery: 'GLNDelivery',
    },
    exact: { organisationnumber: 'OrganisationNumber' },
    filters: {
      active: (fields) => fields['Active'] === true,
      inactive: (fields) => fields['Active'] === false,
    },
    sorts: {
      customernumber: 'CustomerNumber',
      // Undocumented; one integration sorts by it.
      customernumbernumber: 'CustomerNumber',
      name: 'Name',
    },
  },
  check: checkCustomer,
  isUsed: (tenant, number) =>
    isNamedBy(
      tenant,
      { shelves: ['invoices', 'orders', 'offers', 'contracts'], field: 'CustomerNumber' },
      number,
    ),
  showOne: (fields, { isNew }) => ({
    ...fields,
    SalesAccount:
      isNew && isSet(fields, 'SalesAccount')
        ? Number(fields['SalesAccount'])
        : fields['SalesAccount'],
  }),
  showListed: (fields) => ({ ...pick(fields, LISTED), Phone: fields['Phone1'] ?? null }),
};

const LISTED = [
  'Address1',
  'Address2',
  'City',
  'CustomerNumber',
  'Email',
  'Name',
  'OrganisationNumber',
  'ZipCode',
];

const EMAILS = [
  'Email',
  'EmailInvoice',
  'EmailInvoiceBCC',
  'EmailInvoiceCC',
  'EmailOffer',
  'EmailOfferBCC',
  'EmailOfferCC',
  'EmailOrder',
  'EmailOrderBCC',
  'EmailOrderCC',
];

function checkCustomer(draft: Draft): void {
  const { call, fields, sent } = draft;
  if (isSet(sent, 'CustomerNumber') && !isNumberText(textOf(sent, 'CustomerNumber'))) {
    refuse('not-alphanumeric', 'CustomerNumber');
  }
  for (const name of EMAILS) {
    if (isSet(sent, name) && !isEmail(textOf(sent, name))) refuse('email', name);
  }
  checkParty(fields, sent);
  setCountry(fields, 'Country');
  setCountry(fields, 'DeliveryCountry');
  setCountry(fields, 'VisitingCountry');
  checkReferences(call, sent, ['CustomerNumber']);
}
