import {
  pricedRow,
  type InvoiceEntry,
  type InvoiceEntryRow,
} from '../../../domain/invoice-entry.ts';
import { formatMoney } from '../../../domain/money.ts';
import { percentText } from '../../../domain/vat/rates.ts';
import type { Json } from '../../../lib/json.ts';
import type { Fit } from '../invoices.ts';
import { fitText } from '../text.ts';

const ROW_TEXT_MAX = 255;
const EXTERNAL_MAX = 80;
const ORDER_NUMBER_MAX = 75;
const REFERENCE_MAX = 50;
/** A text that is longer than all rows of an invoice is no text. */
const ROWS_OF_TEXT_MAX = 20;

/** An empty text is passed over, and the card or the draft would show through: this clears it. */
const BLANK = 'API_BLANK';

/** Where an invoice carries our name of its document, so that a credit note finds it. */
export function externalReference(reference: string): string {
  return fitText(reference, EXTERNAL_MAX).text;
}

/** The head of an invoice whose prices are without VAT. */
export function entryHead(invoice: InvoiceEntry, fit: Fit): Readonly<Record<string, Json>> {
  const { dueDate, terms, ourReference, yourReference, orderNumber, number, project } = invoice;
  return {
    InvoiceDate: invoice.date,
    ...(dueDate === null ? {} : { DueDate: dueDate }),
    ...(terms === null ? {} : { TermsOfPayment: terms }),
    Currency: 'SEK',
    VATIncluded: false,
    // The customer's card may hold fees: the invoice says what its source says.
    Freight: 0,
    AdministrationFee: 0,
    YourOrderNumber: fit.to(orderNumber === '' ? number : orderNumber, ORDER_NUMBER_MAX),
    ExternalInvoiceReference2: externalReference(invoice.reference),
    ...(ourReference === '' ? {} : { OurReference: fit.to(ourReference, REFERENCE_MAX) }),
    ...(yourReference === '' ? {} : { YourReference: fit.to(yourReference, REFERENCE_MAX) }),
    // What the head names is on every row that names none.
    CostCenter: BLANK,
    Project: project?.number ?? BLANK,
  };
}

/** The rows: one for each of the invoice, and more below it for what its text has too much. */
export function entryRows({ rows, project }: InvoiceEntry): readonly Json[] {
  return rows.flatMap((row) => {
    const [text = '-', ...more] = splitText(textOf(row));
    const { quantity, price, isLump } = pricedRow(row);
    const main = {
      Description: text,
      DeliveredQuantity: quantity,
      Unit: isLump || row.unit === '' ? BLANK : row.unit,
      Price: formatMoney(price),
      VAT: Number(percentText(row.rate)),
      AccountNumber: Number(row.account),
      Discount: 0,
      CostCenter: row.costCentre ?? BLANK,
      Project: project?.number ?? BLANK,
    };
    return [main, ...more.map((one) => textRow(one, row))];
  });
}

/** Without an account it needs no cost centre; of the rate of its row, so that no other shows. */
function textRow(text: string, { rate }: InvoiceEntryRow): Json {
  return {
    Description: text,
    DeliveredQuantity: '0',
    Unit: BLANK,
    Price: '0.00',
    VAT: Number(percentText(rate)),
    AccountNumber: BLANK,
    Discount: 0,
    CostCenter: BLANK,
    Project: BLANK,
  };
}

/** Fortnox has prices of two decimals: what is sold at 0,185 says so in words. */
function textOf(row: InvoiceEntryRow): string {
  const { text, quantity, unit, unitPrice } = row;
  if (!pricedRow(row).isLump) return text;
  const pieces = [quantity.replace('.', ','), unit].filter(Boolean).join(' ');
  return `${text} (${pieces} à ${unitPrice.replace('.', ',')})`;
}

/** Pieces that each fit a row, divided between words where that can be; nothing is cut off. */
function splitText(text: string): readonly string[] {
  let rest = fitText(text, Number.MAX_SAFE_INTEGER).text;
  const pieces: string[] = [];
  while (rest.length > ROW_TEXT_MAX && pieces.length < ROWS_OF_TEXT_MAX - 1) {
    const at = rest.lastIndexOf(' ', ROW_TEXT_MAX);
    const end = at > ROW_TEXT_MAX / 2 ? at : ROW_TEXT_MAX;
    // Half of a letter that takes two units of UTF-16 is no letter.
    const isHalf = /[\ud800-\udbff]/.test(rest.charAt(end - 1));
    const cut = isHalf ? end - 1 : end;
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  const last = fitText(rest, ROW_TEXT_MAX).text;
  return last === '' ? pieces : [...pieces, last];
}
