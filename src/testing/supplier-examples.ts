import type { LocalDate } from '../domain/date.ts';
import type { SupplierInvoice, VatCategory } from '../domain/document/supplier-invoice.ts';
import { money, parseMoney, sum, type Money } from '../domain/money.ts';
import { isRecord, type Fields } from './fields.ts';

/** Fields of suppliers' invoices in worked examples that are read. */
export const SUPPLIER_FIELDS: readonly string[] = ['type', 'date', 'supplier', 'lines'];

/**
 * A supplier's invoice of a worked example as Peppol would carry it: without VAT, because the buyer
 * accounts for it. One of goods from abroad is `K`, any other `AE`.
 *
 * @returns why it is not covered, in words
 */
export function readSupplierExample(input: Fields, date: LocalDate): SupplierInvoice | string {
  const supplier = isRecord(input['supplier']) ? input['supplier'] : {};
  const country = String(supplier['country'] ?? 'SE');
  const lines = Array.isArray(input['lines']) ? input['lines'].filter(isRecord) : [];
  const kinds = new Set(lines.map((line) => String(line['kind'])));
  const isKnown = [...kinds].every((kind) => /^(goods|service|construction_service)$/.test(kind));
  if (!isKnown || kinds.size !== 1) return 'lines of several kinds, or of an unknown one';
  const category = kinds.has('goods') && country !== 'SE' ? 'K' : 'AE';
  return invoiceOf({ nets: lines.map(netOf), category, country, date });
}

/** Rates at home that the company has chosen: the examples of goods are of 25 %. */
export const SUPPLIER_RATES = { 'example-supplier': '25' } as const;

function netOf(line: Fields): Money {
  const net = parseMoney(String(line['net']), 'SEK');
  if (net === null) throw new Error(`"${String(line['net'])}" is not an amount`);
  return net;
}

function invoiceOf(of: {
  readonly nets: readonly Money[];
  readonly category: VatCategory;
  readonly country: string;
  readonly date: LocalDate;
}): SupplierInvoice {
  const { nets, category, country, date } = of;
  const nothing = money(0n, 'SEK');
  const net = sum(nets, 'SEK');
  const rate = { category, rate: 0 };
  const nobody = { orgNumber: null, vatNumber: null, endpoint: null, email: null };
  const address = { street: '', postcode: '', city: '', country };
  const none = { accountingCost: null, itemNumber: null, itemClass: null };
  return {
    kind: 'supplier-invoice',
    ref: { system: 'example', account: '1', id: 'example-supplier:1' },
    number: '1',
    date,
    dueDate: null,
    currency: 'SEK',
    supplier: { ...nobody, name: 'example-supplier', address },
    buyer: { ...nobody, name: '', address: null },
    ...{ paymentReference: null, payTo: [], buyerReference: null, orderReference: null },
    ...{ projectReference: null, accountingCost: null, corrects: [], class: null },
    lines: nets.map((one, index) => ({
      ...{ id: String(index + 1), text: `line ${index + 1}`, net: one, quantity: '1' },
      ...rate,
      ...none,
    })),
    charges: [],
    vat: [{ ...rate, base: net, vat: nothing, exemption: 'reverse charge' }],
    ...{ prepaid: nothing, rounding: nothing },
    total: { net, vat: nothing, gross: net, payable: net },
  };
}
