import { model, type Model } from '../model.ts';

/** As the vendor's description (2.74.00) gives them: names, types, what only Tripletex sets. */

const Customer: Model = model({
  name: 'Customer',
  path: 'customer',
  text: `name organizationNumber email invoiceEmail overdueNoticeEmail phoneNumber
    phoneNumberMobile description displayName invoiceSMSNotificationNumber website`,
  whole: `globalLocationNumber supplierNumber customerNumber invoicesDueIn`,
  number: `discountPercentage`,
  flag: `isSupplier isCustomer isInactive isPrivateIndividual singleCustomerInvoice
    isFactoring invoiceSendSMSNotification isAutomaticSoftReminderEnabled
    isAutomaticReminderEnabled isAutomaticNoticeOfDebtCollectionEnabled`,
  texts: `bankAccounts`,
  choice: {
    language: 'NO EN',
    invoiceSendMethod: 'EMAIL EHF EFAKTURA AVTALEGIRO VIPPS PAPER MANUAL',
    emailAttachmentType: 'LINK ATTACHMENT',
    invoicesDueInType: 'DAYS MONTHS RECURRING_DAY_OF_MONTH',
  },
  one: `accountManager:Employee department:Department postalAddress:Address
    physicalAddress:Address deliveryAddress:DeliveryAddress category1:CustomerCategory
    category2:CustomerCategory category3:CustomerCategory currency:Currency
    ledgerAccount:Account`,
  many: `bankAccountPresentation:CompanyBankAccountPresentation`,
  readOnly: `isCustomer`,
});

const Supplier: Model = model({
  name: 'Supplier',
  path: 'supplier',
  text: `name organizationNumber email invoiceEmail overdueNoticeEmail phoneNumber
    phoneNumberMobile description displayName locale website`,
  whole: `supplierNumber customerNumber`,
  flag: `isSupplier isCustomer isInactive isPrivateIndividual showProducts isWholesaler`,
  texts: `bankAccounts`,
  choice: { language: 'NO EN' },
  one: `accountManager:Employee postalAddress:Address physicalAddress:Address
    deliveryAddress:DeliveryAddress category1:CustomerCategory
    category2:CustomerCategory category3:CustomerCategory currency:Currency
    ledgerAccount:Account`,
  many: `bankAccountPresentation:CompanyBankAccountPresentation`,
  readOnly: `isSupplier isWholesaler displayName locale`,
});

const Contact: Model = model({
  name: 'Contact',
  path: 'contact',
  text: `firstName lastName displayName email phoneNumberMobile phoneNumberWork`,
  flag: `isInactive`,
  one: `phoneNumberMobileCountry:Country customer:Customer department:Department`,
});

const Product: Model = model({
  name: 'Product',
  path: 'product',
  text: `name number displayNumber description orderLineDescription ean elNumber nrfNumber
    hsnCode displayName`,
  number: `costExcludingVatCurrency expenses expensesInPercent costPrice profit
    profitInPercent priceExcludingVatCurrency priceIncludingVatCurrency stockOfGoods
    availableStock incomingStock outgoingStock discountPrice weight volume
    markupListPercentage markupNetPercentage priceInTargetCurrency
    purchasePriceCurrency minStockLevel`,
  flag: `isInactive isStockItem isDeletable hasSupplierProductConnected isRoundPriceIncVat`,
  choice: { weightUnit: 'kg g hg', volumeUnit: 'cm3 dm3 m3' },
  one: `discountGroup:DiscountGroup productUnit:ProductUnit vatType:VatType
    currency:Currency department:Department account:Account supplier:Supplier
    resaleProduct:Product image:Document mainSupplierProduct:SupplierProduct`,
  readOnly: `displayNumber elNumber nrfNumber expensesInPercent costPrice profit
    profitInPercent stockOfGoods availableStock incomingStock outgoingStock
    discountPrice markupListPercentage markupNetPercentage displayName
    isRoundPriceIncVat priceInTargetCurrency purchasePriceCurrency`,
  onDemand: 'stockOfGoods availableStock incomingStock outgoingStock',
});

const ProductUnit: Model = model({
  name: 'ProductUnit',
  path: 'product/unit',
  text: `displayName displayNameShort name nameEN nameShort nameShortEN commonCode`,
  flag: `isDeletable`,
  readOnly: `displayName displayNameShort`,
});

const Project: Model = model({
  name: 'Project',
  path: 'project',
  text: `name number displayName description reference externalAccountsNumber
    invoiceComment hierarchyNameAndNumber invoiceReceiverEmail overdueNoticeEmail
    customerName projectManagerNameAndNumber`,
  date: `startDate endDate`,
  whole: `numberOfSubProjects numberOfProjectParticipants invoiceDueDate hierarchyLevel`,
  number: `discountPercentage fixedprice contributionMarginPercent markUpOrderLines
    markUpFeesEarned priceCeilingAmount totalInvoicedOnAccountAmountAbsoluteCurrency
    invoiceReserveTotalAmountCurrency`,
  flag: `isClosed isReadyForInvoicing isInternal isOffer isFixedPrice isPriceCeiling
    forParticipantsOnly generalProjectActivitiesPerProjectOnly useProductNetPrice
    ignoreCompanyProductDiscountAgreement invoiceOnAccountVatHigh`,
  choice: {
    displayNameFormat: `NAME_STANDARD NAME_INCL_CUSTOMER_NAME NAME_INCL_PARENT_NAME
    NAME_INCL_PARENT_NUMBER NAME_INCL_PARENT_NAME_AND_NUMBER`,
    invoiceDueDateType: 'DAYS MONTHS RECURRING_DAY_OF_MONTH',
    accessType: 'NONE READ WRITE',
  },
  one: `projectManager:Employee department:Department mainProject:Project
    customer:Customer projectCategory:ProjectCategory deliveryAddress:Address
    boligmappaAddress:Address vatType:VatType currency:Currency contact:Contact
    attention:Contact preliminaryInvoice:Invoice`,
  many: `orderLines:ProjectOrderLine projectHourlyRates:ProjectHourlyRate
    participants:ProjectParticipant invoicingPlan:Invoice
    projectActivities:ProjectActivity
    accountingDimensionValues:AccountingDimensionValue`,
  readOnly: `displayName discountPercentage contributionMarginPercent numberOfSubProjects
    numberOfProjectParticipants orderLines invoicingPlan hierarchyNameAndNumber
    customerName hierarchyLevel projectManagerNameAndNumber
    totalInvoicedOnAccountAmountAbsoluteCurrency invoiceReserveTotalAmountCurrency`,
  onDemand: 'preliminaryInvoice',
});

export const REGISTERS_MODELS: readonly Model[] = [
  Customer,
  Supplier,
  Contact,
  Product,
  ProductUnit,
  Project,
];
