import type { Party } from '../../../domain/document/party.ts';
import type { SourceRef } from '../../../domain/document/source-ref.ts';
import type {
  InvoiceLine,
  InvoiceRate,
  SupplierInvoice,
} from '../../../domain/document/supplier-invoice.ts';
import { add, money, sum, type Currency } from '../../../domain/money.ts';
import { percentText } from '../../../domain/vat/rates.ts';
import type { InvoicePart, InvoiceRow } from './row-reader.ts';

/** Who sends the invoices: the chain, as the connection's settings name it. */
export type Chain = { readonly name: string; readonly orgNumber: string | null };

/** The invoice that a row says: a line for each rate. */
export function invoiceFrom(
  row: InvoiceRow,
  of: {
    readonly ref: SourceRef;
    readonly number: string;
    readonly chain: Chain;
    readonly currency: Currency;
  },
): SupplierInvoice {
  const { ref, number, chain, currency } = of;
  const { parts, gross, rounding, kind, department, ocr } = row;
  const nothing = money(0n, currency);
  return {
    kind: 'supplier-invoice',
    ref,
    number,
    date: row.date,
    dueDate: row.due,
    currency,
    supplier: { ...NOBODY, ...chain },
    buyer: NOBODY,
    paymentReference: ocr === '' ? null : ocr,
    payTo: [],
    buyerReference: department === '' ? null : department,
    orderReference: null,
    projectReference: null,
    accountingCost: kind.word,
    corrects: [],
    class: kind.class,
    lines: parts.map((part) => lineOf(part, kind.word)),
    charges: [],
    vat: parts.map((part) => {
      return { ...rateOf(part), base: part.net, vat: part.vat, exemption: null };
    }),
    prepaid: nothing,
    rounding,
    total: {
      net: sum(
        parts.map((part) => part.net),
        currency,
      ),
      vat: sum(
        parts.map((part) => part.vat),
        currency,
      ),
      gross,
      payable: add(gross, rounding),
    },
  };
}

/** The file says nothing of the buyer: it is the company whose connection it came by. */
const NOBODY: Party = {
  ...{ name: '', orgNumber: null, vatNumber: null, endpoint: null, address: null, email: null },
};

function lineOf(part: InvoicePart, word: string): InvoiceLine {
  const percent = percentText(part.rate);
  const none = { accountingCost: null, itemNumber: null, itemClass: null };
  const said = { id: percent, text: `${word} ${percent} %`, quantity: '' };
  return { ...said, net: part.net, ...rateOf(part), ...none };
}

/** The file says no more of what is without VAT than that it is. */
function rateOf({ rate }: InvoicePart): InvoiceRate {
  return { category: rate === 0 ? 'Z' : 'S', rate };
}
