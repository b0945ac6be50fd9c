import { model, type Model } from '../model.ts';

/** As the vendor's description (2.74.00) gives them: names, types, what only Tripletex sets. */

const Account: Model = model({
  name: 'Account',
  path: 'ledger/account',
  text: `numberPretty name description balanceGroup bankAccountNumber bankName
    bankAccountIBAN bankAccountSWIFT saftCode groupingCode displayName`,
  whole: `number`,
  flag: `vatLocked isCloseable isApplicableForSupplierInvoice requireReconciliation
    isInactive isBankAccount isInvoiceAccount requiresDepartment requiresProject
    isPostingsExist`,
  choice: {
    type: `ASSETS EQUITY LIABILITIES OPERATING_REVENUES OPERATING_EXPENSES INVESTMENT_INCOME
    COST_OF_CAPITAL TAX_ON_ORDINARY_ACTIVITIES EXTRAORDINARY_INCOME EXTRAORDINARY_COST
    TAX_ON_EXTRAORDINARY_ACTIVITIES ANNUAL_RESULT TRANSFERS_AND_ALLOCATIONS`,
    ledgerType: 'GENERAL CUSTOMER VENDOR EMPLOYEE ASSET',
  },
  one: `vatType:VatType currency:Currency bankAccountCountry:Country
    invoicingDepartment:Department quantityType1:ProductUnit quantityType2:ProductUnit
    department:Department`,
  many: `legalVatTypes:VatType`,
  readOnly: `numberPretty type legalVatTypes balanceGroup`,
});

const VatType: Model = model({
  name: 'VatType',
  path: 'ledger/vatType',
  text: `name number displayName`,
  number: `percentage deductionPercentage`,
  one: `parentType:VatType`,
});

const VatSettings: Model = model({
  name: 'VatSettings',
  path: 'ledger/vatSettings',
  choice: {
    vatRegistrationStatus: `VAT_NOT_REGISTERED VAT_APPLICANT VAT_REGISTERED VAT_COMPENSATION`,
  },
});

const VoucherType: Model = model({
  name: 'VoucherType',
  path: 'ledger/voucherType',
  text: `name displayName`,
});

const AccountingPeriod: Model = model({
  name: 'AccountingPeriod',
  path: 'ledger/accountingPeriod',
  text: `name checkLedgerLogEmployeeName checkLedgerLogTime checkWageLogEmployeeName
    checkWageLogTime`,
  date: `start end`,
  whole: `number checkLedgerLogEmployeePictureId checkWageLogEmployeePictureId`,
  flag: `isClosed`,
  readOnly: `name number start end isClosed checkLedgerLogEmployeeName
    checkLedgerLogEmployeePictureId checkLedgerLogTime checkWageLogEmployeeName
    checkWageLogEmployeePictureId checkWageLogTime`,
});

const Voucher: Model = model({
  name: 'Voucher',
  path: 'ledger/voucher',
  text: `description externalVoucherNumber vendorInvoiceNumber displayName numberAsString`,
  date: `date`,
  whole: `number tempNumber year`,
  flag: `wasAutoMatched`,
  choice: { supplierVoucherType: 'TYPE_SUPPLIER_INVOICE_SIMPLE TYPE_SUPPLIER_INVOICE_DETAILED' },
  one: `voucherType:VoucherType reverseVoucher:Voucher document:Document
    attachment:Document ediDocument:Document`,
  many: `postings:Posting`,
  readOnly: `number tempNumber year supplierVoucherType wasAutoMatched displayName
    numberAsString`,
});

const Posting: Model = model({
  name: 'Posting',
  path: 'ledger/posting',
  text: `description invoiceNumber externalRef taxTransactionType`,
  date: `date amortizationStartDate amortizationEndDate termOfPayment`,
  whole: `row taxTransactionTypeId postingRuleId`,
  number: `amount amountCurrency amountGross amountGrossCurrency quantityAmount1
    quantityAmount2`,
  flag: `systemGenerated matched isVatReadonly isAmountVatClosed`,
  choice: {
    type: `INCOMING_PAYMENT INCOMING_PAYMENT_OPPOSITE INCOMING_INVOICE_CUSTOMER_POSTING
    INVOICE_EXPENSE OUTGOING_INVOICE_CUSTOMER_POSTING WAGE`,
  },
  one: `voucher:Voucher account:Account amortizationAccount:Account customer:Customer
    supplier:Supplier employee:Employee project:Project product:Product
    department:Department vatType:VatType currency:Currency closeGroup:CloseGroup
    quantityType1:ProductUnit quantityType2:ProductUnit
    freeAccountingDimension1:AccountingDimensionValue
    freeAccountingDimension2:AccountingDimensionValue
    freeAccountingDimension3:AccountingDimensionValue asset:Asset`,
  readOnly: `type externalRef systemGenerated taxTransactionType taxTransactionTypeId matched
    isVatReadonly isAmountVatClosed`,
});

const CloseGroup: Model = model({
  name: 'CloseGroup',
  path: 'ledger/closeGroup',
  date: `date`,
  many: `postings:Posting`,
  readOnly: `postings`,
});

const LedgerAccount: Model = model({
  name: 'LedgerAccount',
  path: '',
  isBare: true,
  number: `sumAmount sumAmountCurrency openingBalance openingBalanceCurrency closingBalance
    closingBalanceCurrency balanceOutInAccountCurrency`,
  one: `account:Account currency:Currency`,
  many: `postings:Posting`,
  readOnly: `sumAmount sumAmountCurrency openingBalance openingBalanceCurrency closingBalance
    closingBalanceCurrency balanceOutInAccountCurrency postings`,
});

const AccountingDimensionName: Model = model({
  name: 'AccountingDimensionName',
  path: 'ledger/accountingDimensionName',
  text: `dimensionName description`,
  whole: `dimensionIndex`,
  flag: `active`,
  readOnly: `dimensionIndex`,
});

const AccountingDimensionValue: Model = model({
  name: 'AccountingDimensionValue',
  path: 'ledger/accountingDimensionValue',
  text: `displayName nameAndNumber number`,
  whole: `dimensionIndex position`,
  flag: `active showInVoucherRegistration`,
  readOnly: `nameAndNumber`,
});

const Document: Model = model({
  name: 'Document',
  path: 'document',
  text: `fileName mimeType`,
  whole: `size`,
  readOnly: `size mimeType`,
});

const DocumentArchive: Model = model({
  name: 'DocumentArchive',
  path: 'documentArchive',
  text: `fileName mimeType`,
  date: `archiveDate`,
  whole: `size`,
  readOnly: `size`,
});

export const LEDGER_MODELS: readonly Model[] = [
  Account,
  VatType,
  VatSettings,
  VoucherType,
  AccountingPeriod,
  Voucher,
  Posting,
  CloseGroup,
  LedgerAccount,
  AccountingDimensionName,
  AccountingDimensionValue,
  Document,
  DocumentArchive,
];
