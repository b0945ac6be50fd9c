import { model, type Model } from '../model.ts';

/** As the vendor's description (2.74.00) gives them: names, types, what only Tripletex sets. */

const Order: Model = model({
  name: 'Order',
  path: 'order',
  text: `displayName receiverEmail overdueNoticeEmail number reference invoiceComment
    deliveryComment sendMethodDescription invoiceSMSNotificationNumber customerName
    projectManagerNameAndNumber`,
  date: `orderDate deliveryDate`,
  whole: `invoicesDueIn subscriptionDuration subscriptionPeriodsOnInvoice
    subscriptionInvoicingTime`,
  number: `totalInvoicedOnAccountAmountAbsoluteCurrency markUpOrderLines discountPercentage`,
  flag: `isShowOpenPostsOnInvoices isClosed isPrioritizeAmountsIncludingVat isSubscription
    isSubscriptionAutoInvoicing canCreateBackorder invoiceOnAccountVatHigh
    invoiceSendSMSNotification`,
  choice: {
    status: `NOT_CHOSEN NEW CONFIRMATION_SENT READY_FOR_PICKING PICKED PACKED
    READY_FOR_SHIPPING READY_FOR_INVOICING INVOICED CANCELLED`,
    invoicesDueInType: 'DAYS MONTHS RECURRING_DAY_OF_MONTH',
    orderLineSorting: 'ID PRODUCT PRODUCT_DESCENDING CUSTOM',
    subscriptionDurationType: 'MONTHS YEAR',
    subscriptionPeriodsOnInvoiceType: 'MONTHS',
    subscriptionInvoicingTimeInAdvanceOrArrears: 'ADVANCE ARREARS',
    subscriptionInvoicingTimeType: 'DAYS MONTHS',
  },
  one: `customer:Customer contact:Contact attn:Contact ourContact:Contact
    ourContactEmployee:Employee department:Department project:Project
    currency:Currency deliveryAddress:DeliveryAddress preliminaryInvoice:Invoice`,
  many: `orderGroups:OrderGroup orderLines:OrderLine attachment:Document
    travelReports:TravelExpense accountingDimensionValues:AccountingDimensionValue`,
  readOnly: `displayName subscriptionPeriodsOnInvoiceType attachment canCreateBackorder
    totalInvoicedOnAccountAmountAbsoluteCurrency invoiceSendSMSNotification
    customerName projectManagerNameAndNumber travelReports accountingDimensionValues`,
});

const OrderLine: Model = model({
  name: 'OrderLine',
  path: 'order/orderline',
  text: `description displayName`,
  date: `subscriptionPeriodStart subscriptionPeriodEnd pickedDate`,
  whole: `sortIndex`,
  number: `count unitCostCurrency unitPriceExcludingVatCurrency markup discount
    amountExcludingVatCurrency amountIncludingVatCurrency
    unitPriceIncludingVatCurrency orderedQuantity`,
  flag: `isSubscription isPicked isCharged`,
  one: `product:Product inventory:Inventory inventoryLocation:InventoryLocation
    currency:Currency vatType:VatType vendor:Company order:Order orderGroup:OrderGroup`,
  readOnly: `displayName amountExcludingVatCurrency amountIncludingVatCurrency`,
});

const Invoice: Model = model({
  name: 'Invoice',
  path: 'invoice',
  text: `kid invoiceComment comment invoiceRemarks`,
  date: `invoiceDate invoiceDueDate deliveryDate`,
  whole: `invoiceNumber creditedInvoice paymentTypeId documentId`,
  number: `amount amountCurrency amountExcludingVat amountExcludingVatCurrency amountRoundoff
    amountRoundoffCurrency amountOutstanding amountCurrencyOutstanding
    amountOutstandingTotal amountCurrencyOutstandingTotal sumRemits paidAmount`,
  flag: `isCredited isCreditNote isCharged isApproved isPeriodizationPossible`,
  choice: { ehfSendStatus: 'DO_NOT_SEND SEND SENT SEND_FAILURE_RECIPIENT_NOT_FOUND' },
  one: `customer:Customer voucher:Voucher currency:Currency invoiceRemark:InvoiceRemark`,
  many: `orders:Order orderLines:OrderLine travelReports:TravelExpense
    projectInvoiceDetails:ProjectInvoiceDetails postings:Posting reminders:Reminder`,
  readOnly: `creditedInvoice isCredited invoiceComment orderLines travelReports
    projectInvoiceDetails deliveryDate amount amountCurrency amountExcludingVat
    amountExcludingVatCurrency amountRoundoff amountRoundoffCurrency amountOutstanding
    amountCurrencyOutstanding amountOutstandingTotal amountCurrencyOutstandingTotal
    sumRemits isCreditNote isCharged isApproved postings reminders
    isPeriodizationPossible documentId`,
});

const PaymentType: Model = model({
  name: 'PaymentType',
  path: 'invoice/paymentType',
  text: `description displayName currencyCode`,
  whole: `sequence currencyId`,
  one: `debitAccount:Account creditAccount:Account vatType:VatType customer:Customer
    supplier:Supplier`,
  readOnly: `currencyId currencyCode`,
});

const SupplierInvoice: Model = model({
  name: 'SupplierInvoice',
  path: 'supplierInvoice',
  text: `invoiceNumber kidOrReceiverReference`,
  date: `invoiceDate invoiceDueDate`,
  whole: `originalInvoiceDocumentId`,
  number: `amount amountCurrency amountExcludingVat amountExcludingVatCurrency
    outstandingAmount`,
  flag: `isCreditNote`,
  one: `supplier:Supplier voucher:Voucher currency:Currency`,
  many: `orderLines:OrderLine payments:Posting
    approvalListElements:VoucherApprovalListElement`,
  readOnly: `amount amountExcludingVat amountExcludingVatCurrency isCreditNote orderLines
    payments originalInvoiceDocumentId approvalListElements outstandingAmount`,
});

const Subscription: Model = model({
  name: 'Subscription',
  path: 'event/subscription',
  text: `event targetUrl fields authHeaderName authHeaderValue hmacSharedSecret`,
  choice: {
    status: `ACTIVE DISABLED DISABLED_TOO_MANY_ERRORS DISABLED_RATE_LIMIT_EXCEEDED
    DISABLED_MISUSE`,
  },
});

const EventInfo: Model = model({
  name: 'EventInfo',
  path: '',
  isBare: true,
  text: `name description payloadModel`,
  many: `examples:WebHookWrapper`,
  readOnly: `name description payloadModel examples`,
});

export const SALES_MODELS: readonly Model[] = [
  Order,
  OrderLine,
  Invoice,
  PaymentType,
  SupplierInvoice,
  Subscription,
  EventInfo,
];
