import type { Call } from '../api/call.ts';
import { change, type Entry } from '../tenant/shelf.ts';
import { isSet, numberOf, pick, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { make } from './document.ts';
import type { SalesKind } from './kinds.ts';

/** Fields that one document takes over from another when it has them too. */
const HEAD = [
  'AdministrationFee',
  'Address1',
  'Address2',
  'City',
  'Comments',
  'CostCenter',
  'Country',
  'Currency',
  'CurrencyRate',
  'CurrencyUnit',
  'CustomerName',
  'CustomerNumber',
  'DeliveryAddress1',
  'DeliveryAddress2',
  'DeliveryCity',
  'DeliveryCountry',
  'DeliveryDate',
  'DeliveryName',
  'DeliveryZipCode',
  'ExternalInvoiceReference1',
  'ExternalInvoiceReference2',
  'Freight',
  'Labels',
  'Language',
  'OurReference',
  'Phone1',
  'Phone2',
  'PriceList',
  'Project',
  'Remarks',
  'TaxReductionType',
  'TermsOfDelivery',
  'TermsOfPayment',
  'VATIncluded',
  'WayOfDelivery',
  'YourOrderNumber',
  'YourReference',
  'ZipCode',
];

const ROW = [
  'AccountNumber',
  'ArticleNumber',
  'CostCenter',
  'Description',
  'Discount',
  'DiscountType',
  'HouseWork',
  'HouseWorkHoursToReport',
  'HouseWorkType',
  'Price',
  'Project',
  'Unit',
  'VAT',
];

const REVERSED = ['AdministrationFee', 'Freight'];

export type Copying = {
  readonly from: SalesKind;
  readonly to: SalesKind;
  /** Row field of the source that becomes the quantity. */
  readonly quantity: string;
  /** -1 for a credit note. */
  readonly sign: 1 | -1;
};

/** Makes a document of another: a credit note, an order of an offer, an invoice of an order. */
export function copyDocument(call: Call, source: Entry, copying: Copying): Entry {
  const { from, to, sign } = copying;
  const sent = withoutNull(pick(source.fields, HEAD));
  for (const name of REVERSED) sent[name] = sign * numberOf(sent, name);
  sent[to.vatIncluded] = source.fields[from.vatIncluded] === true;
  sent[to.rows] = rowsOf(source.fields, from.rows).map((row) => copyRow(row, copying));
  return make(to, call, sent);
}

/** Sets fields that only Fortnox sets, such as the reference from one document to the other. */
export function mark(call: Call, entry: Entry, fields: Fields): void {
  change(entry, { ...entry.fields, ...fields }, call.nowMs);
}

function copyRow(row: Fields, { to, quantity, sign }: Copying): Fields {
  const copied = withoutNull(pick(row, ROW));
  copied[to.quantity] = String(sign * numberOf(row, quantity));
  return copied;
}

/** A field without value is not sent; a blank article is, so that none is filled in. */
function withoutNull(fields: Fields): Fields {
  const kept = Object.entries(fields).filter(
    ([name]) => name === 'ArticleNumber' || isSet(fields, name),
  );
  return Object.fromEntries(kept);
}

/** The number of the document made of this one. @returns null when there is none */
export function madeOf(fields: Fields, reference: string): string | null {
  const number = textOf(fields, reference);
  return number === '' || number === '0' ? null : number;
}
