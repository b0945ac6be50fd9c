import type { Search } from '../api/listing.ts';
import { fieldTable, type FieldTable } from '../wire/field-table.ts';
import type { RefusalName } from '../wire/refusals.ts';
import { HOUSE_WORK_TYPES } from './house-work.ts';
import { CONTRACT_SEARCH, INVOICE_SEARCH, OFFER_SEARCH, ORDER_SEARCH } from './searches.ts';

/** What sets invoices, orders, offers and contracts apart. */
export type SalesKind = {
  readonly shelf: 'invoices' | 'orders' | 'offers' | 'contracts';
  readonly scope: string;
  readonly single: string;
  readonly list: string;
  /** Field of the rows, and in a row that of the quantity its total is of. */
  readonly rows: 'InvoiceRows' | 'OrderRows' | 'OfferRows';
  readonly quantity: 'DeliveredQuantity' | 'OrderedQuantity' | 'Quantity';
  readonly date: 'InvoiceDate' | 'OrderDate' | 'OfferDate' | 'ContractDate';
  readonly vatIncluded: 'VATIncluded' | 'VatIncluded';
  readonly table: FieldTable;
  readonly rowTable: FieldTable;
  readonly listed: readonly string[];
  readonly search: Search;
  readonly template: string;
  readonly subject: string;
  readonly notFound: readonly [RefusalName, ...string[]];
  readonly taken: readonly [RefusalName, ...string[]];
};

const ROW = `AccountNumber:a ArticleNumber:t ContributionPercent:t~ ContributionValue:t~
  Cost:n~ CostCenter:t Description:t255 Discount:m DiscountType:(AMOUNT|PERCENT) HouseWork:b
  HouseWorkHoursToReport:i0..999 HouseWorkType:(${HOUSE_WORK_TYPES}) Price:m Project:t RowId:i
  Total:n~ Unit:t VAT:n VATCode:t`;

const INVOICE_ROW = fieldTable(
  `${ROW} DeliveredQuantity:q PriceExcludingVAT:n~ StockPointCode:t TotalExcludingVAT:n~`,
);
const ORDER_ROW = fieldTable(
  `${ROW} DeliveredQuantity:q OrderedQuantity:q ReservedQuantity:q StockPointCode:t StockPointId:t`,
);
const OFFER_ROW = fieldTable(`${ROW} Quantity:q`);
const CONTRACT_ROW = fieldTable(
  `${ROW} DeliveredQuantity:q PriceExcludingVAT:n~ TotalExcludingVAT:n~`,
);

const INNER = {
  Email: fieldTable(`EmailAddressBCC:t EmailAddressCC:t EmailAddressFrom:t EmailAddressTo:t
    EmailBody:t20000 EmailSubject:t100`),
  Edi: fieldTable(`EDIGlobalLocationNumber:t13 EDIGlobalLocationNumberDelivery:t13
    EDIInvoiceExtra1:t EDIInvoiceExtra2:t EDIOurElectronicReference:t EDIStatus:t~
    EDIYourElectronicReference:t`),
  Label: fieldTable('Id:i'),
};

/** What the head of every kind has. */
const HEAD = `AdministrationFee:m BasisTaxReduction:n~ Comments:t1024 ContributionPercent:n~
  ContributionValue:n~ CostCenter:t Currency:t3 CustomerNumber:t* DocumentNumber:t
  EmailInformation:{Email} Freight:m Gross:n~ HouseWork:b~ Net:n~ PriceList:t PrintTemplate:t
  Project:t Remarks:t1024 RoundOff:n~ TaxReduction:n~ TaxReductionType:(none|rot|rut|green)
  TermsOfDelivery:t TermsOfPayment:t Total:n~ TotalToPay:n~ TotalVAT:n~ WayOfDelivery:t`;

/** What a document that is sent to the customer has besides. */
const SENT = `AdministrationFeeVAT:n~ Address1:t1024 Address2:t1024 Cancelled:b~ City:t1024
  Country:t CurrencyRate:n CurrencyUnit:n CustomerName:t1024 DeliveryAddress1:t1024
  DeliveryAddress2:t1024 DeliveryCity:t1024 DeliveryCountry:t DeliveryDate:d DeliveryName:t1024
  DeliveryZipCode:t1024 FreightVAT:n~ Labels:[Label] NotCompleted:b OrganisationNumber:t~
  OurReference:t50 Phone1:t1024 Phone2:t1024 Sent:b~ VATIncluded:b YourReference:t50 ZipCode:t1024`;

const INVOICE_TYPES = 'INVOICE|AGREEMENTINVOICE|INTRESTINVOICE|SUMMARYINVOICE|CASHINVOICE';

export const INVOICE: SalesKind = {
  shelf: 'invoices',
  scope: 'invoice',
  single: 'Invoice',
  list: 'Invoices',
  rows: 'InvoiceRows',
  quantity: 'DeliveredQuantity',
  date: 'InvoiceDate',
  vatIncluded: 'VATIncluded',
  table: fieldTable(
    `${HEAD} ${SENT} AccountingMethod:t~ Balance:n~ Booked:b~ ContractReference:i~ Credit:t~
    CreditInvoiceReference:t DueDate:d EDIInformation:{Edi} EUQuarterlyReport:b
    ExternalInvoiceReference1:t80 ExternalInvoiceReference2:t80 FinalPayDate:d~ InvoiceDate:d
    InvoicePeriodEnd:d~ InvoicePeriodReference:t~ InvoicePeriodStart:d~ InvoiceReference:t~
    InvoiceRows:[Row] InvoiceType:(${INVOICE_TYPES})
    Language:(SV|EN) LastRemindDate:d~ NoxFinans:b~ OCR:t OfferReference:t~ OrderReference:t~
    OutboundDate:d PaymentWay:(CASH|CARD|AG) Reminders:i~ TimeBasisReference:i~ VoucherNumber:i~
    VoucherSeries:t~ VoucherYear:i~ WarehouseReady:b~ YourOrderNumber:t75`,
    { ...INNER, Row: INVOICE_ROW },
  ),
  rowTable: INVOICE_ROW,
  listed: [
    'Balance',
    'Booked',
    'Cancelled',
    'CostCenter',
    'Currency',
    'CurrencyRate',
    'CurrencyUnit',
    'CustomerName',
    'CustomerNumber',
    'DocumentNumber',
    'DueDate',
    'ExternalInvoiceReference1',
    'ExternalInvoiceReference2',
    'FinalPayDate',
    'InvoiceDate',
    'InvoiceType',
    'NoxFinans',
    'OCR',
    'Project',
    'Sent',
    'TermsOfPayment',
    'Total',
    'VoucherNumber',
    'VoucherSeries',
    'VoucherYear',
    'WayOfDelivery',
  ],
  search: INVOICE_SEARCH,
  template: 'st',
  subject: 'Faktura {no} bifogas',
  notFound: ['invoice-not-found'],
  taken: ['taken', 'Fakturanumret'],
};

export const ORDER: SalesKind = {
  shelf: 'orders',
  scope: 'order',
  single: 'Order',
  list: 'Orders',
  rows: 'OrderRows',
  quantity: 'OrderedQuantity',
  date: 'OrderDate',
  vatIncluded: 'VATIncluded',
  table: fieldTable(
    `${HEAD} ${SENT} CopyRemarks:b DeliveryState:(registration|reservation|delivery)
    ExternalInvoiceReference1:t80 ExternalInvoiceReference2:t80 InvoiceReference:t~ Language:(SV|EN)
    OfferReference:t~ OrderDate:d OrderRows:[Row] OrderType:t~ OutboundDate:d StockPointCode:t
    StockPointId:t TimeBasisReference:i~ WarehouseReady:b~ YourOrderNumber:t75`,
    { ...INNER, Row: ORDER_ROW },
  ),
  rowTable: ORDER_ROW,
  listed: [
    'Cancelled',
    'Currency',
    'CustomerName',
    'CustomerNumber',
    'DeliveryDate',
    'DocumentNumber',
    'ExternalInvoiceReference1',
    'ExternalInvoiceReference2',
    'OrderDate',
    'OrderType',
    'Project',
    'Sent',
    'Total',
  ],
  search: ORDER_SEARCH,
  template: 'oc',
  subject: 'Order {no} bifogas',
  notFound: ['order-not-found'],
  taken: ['order-taken'],
};

export const OFFER: SalesKind = {
  shelf: 'offers',
  scope: 'offer',
  single: 'Offer',
  list: 'Offers',
  rows: 'OfferRows',
  quantity: 'Quantity',
  date: 'OfferDate',
  vatIncluded: 'VATIncluded',
  table: fieldTable(
    `${HEAD} ${SENT} CopyRemarks:b ExpireDate:d InvoiceReference:t~ Language:(SV|EN) OfferDate:d
    OfferRows:[Row] OrderReference:t~ YourReferenceNumber:t`,
    { ...INNER, Row: OFFER_ROW },
  ),
  rowTable: OFFER_ROW,
  listed: [
    'Cancelled',
    'Currency',
    'CustomerName',
    'CustomerNumber',
    'DocumentNumber',
    'OfferDate',
    'Project',
    'Sent',
    'Total',
  ],
  search: OFFER_SEARCH,
  template: 'off',
  subject: 'Offert {no} bifogas',
  notFound: ['not-found', 'offerten'],
  taken: ['taken', 'Offertnumret'],
};

export const CONTRACT: SalesKind = {
  shelf: 'contracts',
  scope: 'invoice',
  single: 'Contract',
  list: 'Contracts',
  rows: 'InvoiceRows',
  quantity: 'DeliveredQuantity',
  date: 'ContractDate',
  vatIncluded: 'VatIncluded',
  table: fieldTable(
    `${HEAD} Active:b Continuous:b ContractDate:d ContractLength:i CustomerName:t~
    ExternalInvoiceReference1:t80 ExternalInvoiceReference2:t80 InvoiceDiscount:m InvoiceInterval:i
    InvoiceReference:t~ InvoiceRows:[Row]* InvoicesRemaining:t~ Language:(SV|EN) LastInvoiceDate:t~
    OurReference:t25 PeriodEnd:d* PeriodStart:d Status:t~ TemplateName:t~ TemplateNumber:i
    VatIncluded:b YourOrderNumber:t75 YourReference:t`,
    { ...INNER, Row: CONTRACT_ROW },
  ),
  rowTable: CONTRACT_ROW,
  listed: [
    'Continuous',
    'ContractLength',
    'Currency',
    'CustomerName',
    'CustomerNumber',
    'DocumentNumber',
    'InvoicesRemaining',
    'LastInvoiceDate',
    'PeriodEnd',
    'PeriodStart',
    'Status',
    'TemplateNumber',
    'Total',
  ],
  search: CONTRACT_SEARCH,
  template: 'st',
  subject: 'Avtal {no} bifogas',
  notFound: ['not-found', 'avtalet'],
  taken: ['taken', 'Avtalsnumret'],
};
