import type { Address } from '../../../domain/document/party.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { SalesDocument, SalesRow } from '../../../domain/sales-document.ts';
import { percentText } from '../../../domain/vat/rates.ts';
import type { Json } from '../../../lib/json.ts';
import type { Fit } from '../invoices.ts';
import { articleNumber } from './articles.ts';
import { countryName } from './country-names.ts';

const ROW_TEXT_MAX = 255;
const ADDRESS_MAX = 1_024;
const ORDER_NUMBER_MAX = 75;
const OUR_REFERENCE_MAX = 50;
const EXTERNAL_MAX = 80;
const REMARKS_MAX = 1_024;

/** An empty text is passed over, and the card would show through: this clears a field. */
const BLANK = 'API_BLANK';

/** What orders and invoices have in common. */
export function saleHead(sale: SalesDocument, fit: Fit): Readonly<Record<string, Json>> {
  const { terms, ourReference, remarks, project, projectName } = sale;
  return {
    ...addressFields(sale, fit),
    ...deliveryFields(sale, fit),
    Currency: 'SEK',
    // Rows are what the customer paid; the card's fees and discount are in no order of the shop.
    VATIncluded: true,
    Freight: 0,
    AdministrationFee: 0,
    YourOrderNumber: fit.to(sale.orderNumber, ORDER_NUMBER_MAX),
    ExternalInvoiceReference2: fit.to(sale.reference, EXTERNAL_MAX),
    ...(ourReference === '' ? {} : { OurReference: fit.to(ourReference, OUR_REFERENCE_MAX) }),
    ...(terms === null ? {} : { TermsOfPayment: terms }),
    ...(projectName === undefined ? {} : { Project: project }),
    ...(remarks === '' ? {} : { Remarks: fit.to(remarks, REMARKS_MAX) }),
  };
}

function addressFields({ customer }: SalesDocument, fit: Fit): Readonly<Record<string, Json>> {
  const name = fit.to(customer.name, ADDRESS_MAX);
  const { address } = customer;
  if (address === null) return name === '' ? {} : { CustomerName: name };
  return {
    ...(name === '' ? {} : { CustomerName: name }),
    Address1: fit.to(address.street, ADDRESS_MAX) || BLANK,
    Address2: BLANK,
    ZipCode: fit.to(address.postcode, ADDRESS_MAX) || BLANK,
    City: fit.to(address.city, ADDRESS_MAX) || BLANK,
    ...countryField('Country', address),
  };
}

/** Goods go to the customer unless the order says otherwise, whatever the card says. */
function deliveryFields(sale: SalesDocument, fit: Fit): Readonly<Record<string, Json>> {
  const to = sale.deliverTo;
  return {
    DeliveryName: (to && fit.to(sale.customer.name, ADDRESS_MAX)) || BLANK,
    DeliveryAddress1: (to && fit.to(to.street, ADDRESS_MAX)) || BLANK,
    DeliveryAddress2: BLANK,
    DeliveryZipCode: (to && fit.to(to.postcode, ADDRESS_MAX)) || BLANK,
    DeliveryCity: (to && fit.to(to.city, ADDRESS_MAX)) || BLANK,
    ...(to === null ? {} : countryField('DeliveryCountry', to)),
  };
}

/** Documents take names of countries, cards take codes: a name that may be refused is left out. */
function countryField(field: string, { country }: Address): Readonly<Record<string, Json>> {
  const name = countryName(country);
  return name === null ? {} : { [field]: name };
}

/** A row, its quantity in the fields of an invoice or an order. */
export function saleRow(
  row: SalesRow,
  of: { readonly sale: SalesDocument; readonly isOrder: boolean; readonly fit: Fit },
): Json {
  const { sale, isOrder, fit } = of;
  const article = row.article === null ? null : articleNumber(row.article);
  // A number that Fortnox does not take as it is stands in the text.
  const own = article !== null && article !== row.article ? ` (${row.article})` : '';
  return {
    ...(article === null ? {} : { ArticleNumber: article }),
    Description: fit.to(`${row.text}${own}`, ROW_TEXT_MAX) || '-',
    ...(isOrder ? { OrderedQuantity: row.quantity } : {}),
    DeliveredQuantity: row.quantity,
    Price: formatMoney(row.price),
    VAT: Number(percentText(row.rate)),
    ...(row.account === '' ? {} : { AccountNumber: Number(row.account) }),
    Discount: 0,
    ...(sale.costCentre === '' ? {} : { CostCenter: sale.costCentre }),
    ...(sale.project === '' ? {} : { Project: sale.project }),
  };
}
