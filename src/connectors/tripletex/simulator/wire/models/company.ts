import { model, type Model } from '../model.ts';

/** As the vendor's description (2.74.00) gives them: names, types, what only Tripletex sets. */

const Company: Model = model({
  name: 'Company',
  path: 'company',
  text: `name displayName organizationNumber email phoneNumber phoneNumberMobile faxNumber`,
  date: `startDate endDate`,
  flag: `accountantOrSimilar invoiceShowDeliveryDate`,
  choice: {
    type: `NONE ENK AS NUF ANS DA PRE KS ASA BBL BRL GFS SPA SF IKS KF_FKF FCD EOFG BA STI
    ORG ESEK SA SAM BO VPFO OS FLI Other`,
    companyMigration: 'NONE AGRO',
  },
  one: `address:Address currency:Currency`,
  readOnly: `displayName accountantOrSimilar companyMigration invoiceShowDeliveryDate`,
});

const Client: Model = model({
  name: 'Client',
  path: 'company',
  text: `name displayName organizationNumber email phoneNumber phoneNumberMobile faxNumber`,
  date: `startDate endDate`,
  whole: `customerCompanyId`,
  flag: `accountantOrSimilar invoiceShowDeliveryDate`,
  choice: {
    type: `NONE ENK AS NUF ANS DA PRE KS ASA BBL BRL GFS SPA SF IKS KF_FKF FCD EOFG BA STI
    ORG ESEK SA SAM BO VPFO OS FLI Other`,
    companyMigration: 'NONE AGRO',
  },
  one: `address:Address currency:Currency`,
  readOnly: `displayName accountantOrSimilar companyMigration invoiceShowDeliveryDate
    customerCompanyId`,
});

const Employee: Model = model({
  name: 'Employee',
  path: 'employee',
  text: `firstName lastName displayName employeeNumber email phoneNumberMobile
    phoneNumberHome phoneNumberWork nationalIdentityNumber dnumber bankAccountNumber
    iban bic comments`,
  date: `dateOfBirth`,
  whole: `creditorBankCountryId pictureId companyId`,
  flag: `usesAbroadPayment allowInformationRegistration isContact isProxy
    isAuthProjectOverviewURL vismaConnect2FAactive`,
  choice: { userType: 'STANDARD EXTENDED NO_ACCESS' },
  one: `phoneNumberMobileCountry:Country internationalId:InternationalId address:Address
    department:Department holidayAllowanceEarned:HolidayAllowanceEarned
    employeeCategory:EmployeeCategory`,
  many: `employments:Employment`,
  readOnly: `displayName allowInformationRegistration isProxy isAuthProjectOverviewURL
    pictureId companyId vismaConnect2FAactive`,
});

const Entitlement: Model = model({
  name: 'Entitlement',
  path: 'employee/entitlement',
  text: `name`,
  whole: `entitlementId`,
  one: `employee:Employee customer:Company`,
  readOnly: `name`,
});

const Department: Model = model({
  name: 'Department',
  path: 'department',
  text: `name departmentNumber displayName`,
  whole: `businessActivityTypeId`,
  flag: `isInactive`,
  one: `departmentManager:Employee`,
  readOnly: `displayName businessActivityTypeId`,
});

const LoggedInUserInfo: Model = model({
  name: 'LoggedInUserInfo',
  path: '',
  isBare: true,
  text: `language`,
  whole: `employeeId actualEmployeeId companyId`,
  flag: `loggedInWithConnect employeeIsProxy`,
  one: `employee:Employee company:Company`,
  readOnly: `employeeId actualEmployeeId companyId language loggedInWithConnect employeeIsProxy`,
});

const SessionToken: Model = model({
  name: 'SessionToken',
  path: 'token/session',
  text: `token encryptionKey`,
  date: `expirationDate`,
  one: `consumerToken:ConsumerToken employeeToken:EmployeeToken`,
  readOnly: `encryptionKey`,
});

const ConsumerToken: Model = model({
  name: 'ConsumerToken',
  path: 'token/consumer',
  text: `token`,
  date: `expirationDate`,
  one: `apiConsumer:ApiConsumer`,
});

const EmployeeToken: Model = model({
  name: 'EmployeeToken',
  path: 'token/employee',
  text: `token`,
  date: `expirationDate`,
  one: `employee:Employee apiConsumer:ApiConsumer`,
});

const ApiConsumer: Model = model({
  name: 'ApiConsumer',
  path: 'token/consumer',
  text: `consumerName emails`,
});

const Country: Model = model({
  name: 'Country',
  path: 'country',
  text: `name displayName isoAlpha2Code isoAlpha3Code isoNumericCode`,
  readOnly: `name displayName isoAlpha2Code isoAlpha3Code isoNumericCode`,
});

const Currency: Model = model({
  name: 'Currency',
  path: 'currency',
  text: `code description displayName`,
  whole: `factor`,
  flag: `isDisabled`,
});

const CurrencyExchangeRate: Model = model({
  name: 'CurrencyExchangeRate',
  path: 'currency',
  date: `date`,
  number: `rate`,
  choice: { source: 'NORGES_BANK HALLONEN' },
  one: `targetCurrency:Currency sourceCurrency:Currency`,
});

const Address: Model = model({
  name: 'Address',
  path: 'address',
  text: `addressLine1 addressLine2 postalCode city displayName addressAsString
    displayNameInklMatrikkel unitNumber`,
  whole: `knr gnr bnr fnr snr`,
  one: `country:Country`,
  readOnly: `displayName addressAsString displayNameInklMatrikkel`,
});

const DeliveryAddress: Model = model({
  name: 'DeliveryAddress',
  path: 'deliveryAddress',
  text: `addressLine1 addressLine2 postalCode city displayName addressAsString
    displayNameInklMatrikkel unitNumber name`,
  whole: `knr gnr bnr fnr snr`,
  one: `country:Country customerVendor:Company`,
  readOnly: `displayName addressAsString displayNameInklMatrikkel`,
});

const CompanyBankAccountPresentation: Model = model({
  name: 'CompanyBankAccountPresentation',
  path: '',
  isBare: true,
  text: `iban bban bic`,
  choice: { provider: 'NETS AUTOPAY' },
  one: `country:Country`,
  readOnly: `provider`,
});

export const COMPANY_MODELS: readonly Model[] = [
  Company,
  Client,
  Employee,
  Entitlement,
  Department,
  LoggedInUserInfo,
  SessionToken,
  ConsumerToken,
  EmployeeToken,
  ApiConsumer,
  Country,
  Currency,
  CurrencyExchangeRate,
  Address,
  DeliveryAddress,
  CompanyBankAccountPresentation,
];
