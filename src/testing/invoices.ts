import { day } from '../domain/date.ts';
import type { CreditPurchase, CreditPurchases } from '../domain/document/credit-purchases.ts';
import type { Customer, CustomerCard } from '../domain/document/customer.ts';
import type { Party } from '../domain/document/party.ts';
import type { InvoiceLine, SupplierInvoice } from '../domain/document/supplier-invoice.ts';
import { kr } from './day-reports.ts';

/** A company with an organisation number of the series that nobody has. */
export function party(name: string, orgNumber: string | null): Party {
  return { name, orgNumber, vatNumber: null, endpoint: null, address: null, email: null };
}

/** A line of goods at a rate in basis points. */
export function line(text: string, net: string, change: Partial<InvoiceLine> = {}): InvoiceLine {
  const none = { accountingCost: null, itemNumber: null, itemClass: null };
  const rate = { category: 'S', rate: 2500 } as const;
  return { id: text, text, net: kr(net), quantity: '1 C62', ...rate, ...none, ...change };
}

/**
 * An invoice of goods as a chain's wholesaler sends it: two rates, a bonus at 6 %, freight at 25 %,
 * returned load carriers, rounded to whole kronor.
 */
export function goodsInvoice(change: Partial<SupplierInvoice> = {}): SupplierInvoice {
  const low = { category: 'S', rate: 600 } as const;
  const high = { category: 'S', rate: 2500 } as const;
  return {
    kind: 'supplier-invoice',
    ref: { system: 'peppol', account: '5599990016', id: '5599990032:7004512881' },
    number: '7004512881',
    date: day('2026-05-04'),
    dueDate: day('2026-05-14'),
    currency: 'SEK',
    supplier: party('Kedjegrossisten AB', '5599990032'),
    buyer: party('Exempelhandlarn AB', '5599990016'),
    paymentReference: '70045128813',
    payTo: [],
    buyerReference: '01234',
    orderReference: null,
    projectReference: null,
    accountingCost: 'VARUFAKTURA',
    corrects: [],
    class: null,
    lines: [
      line('Kolonial och färskvaror', '25500', { ...low, accountingCost: 'LIVS' }),
      line('Hygien och städ', '3950', { accountingCost: 'NEAR' }),
      line('Tobak', '6200', { accountingCost: 'TOBAK' }),
      line('Pant PET 1 kr', '452.83', { ...low, accountingCost: 'PANT' }),
      line('Retur lastbärare', '-540', { accountingCost: 'LASTBAR' }),
    ],
    charges: [
      { text: 'Volymbonus', net: kr('-255'), ...low },
      { text: 'Frakt', net: kr('250'), ...high },
    ],
    vat: [
      { ...low, base: kr('25697.83'), vat: kr('1541.87'), exemption: null },
      { ...high, base: kr('9860'), vat: kr('2465'), exemption: null },
    ],
    prepaid: kr('0'),
    rounding: kr('0.30'),
    total: {
      net: kr('35557.83'),
      vat: kr('4006.87'),
      gross: kr('39564.70'),
      payable: kr('39565'),
    },
    ...change,
  };
}

export function purchase(receipt: string, gross: string, reference = ''): CreditPurchase {
  return {
    receipt,
    register: '2',
    date: day('2026-05-02'),
    reference,
    gross: kr(gross),
    vat: [{ rate: 600, gross: kr(gross), vat: kr('0') }],
  };
}

/** Two receipts of a haulier: 2 500.00 + 2 530.00 = 5 030.00. */
export function creditPurchases(change: Partial<CreditPurchases> = {}): CreditPurchases {
  return {
    kind: 'credit-purchases',
    ref: { system: 'minbutik', account: '1234', id: 'credit:2026-05:10044' },
    storeNumber: '1234',
    date: day('2026-05-02'),
    currency: 'SEK',
    customer: { ...party('Åkeriet Öst AB', '5599990107'), number: '10044' },
    reference: null,
    purchases: [purchase('2-51900', '2500', 'Bil 12'), purchase('2-51907', '2530', 'Fika')],
    ...change,
  };
}

/** A haulier as the store's own register has it. */
export function customer(change: Partial<CustomerCard> = {}): Customer {
  const card = {
    ...party('Åkeriet Öst AB', '5599990107'),
    number: '10044',
    gln: null,
    terms: '20',
  };
  return {
    kind: 'customer',
    ref: { system: 'minbutik', account: '1234', id: 'customer:10044' },
    currency: 'SEK',
    customer: { ...card, ...change },
    creditLimit: kr('20000'),
    invoiceMode: null,
  };
}
