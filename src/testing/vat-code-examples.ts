import { parseLocalDate } from '../domain/date.ts';
import type { SalesInvoice } from '../domain/document/sales-invoice.ts';
import { formatMoney, parseMoney, sum } from '../domain/money.ts';
import { present } from '../lib/assert.ts';
import { isRecord, type Fields } from './fields.ts';

/** Whether an invoice tells of its lines no more than net and VAT code. */
export function isByVatCode(input: Fields): boolean {
  const lines = linesOf(input);
  return (
    input['type'] === 'invoice' &&
    lines.length > 0 &&
    lines.every((line) => line['vat_code'] !== undefined && line['rate'] === undefined)
  );
}

/** Such an invoice as a quoting system would push it. All such codes of the examples are of 0 %. */
export function readVatCodeExample(input: Fields): SalesInvoice {
  const nobody = { orgNumber: null, vatNumber: null, endpoint: null, address: null, email: null };
  const lines = linesOf(input).map((line, i) => {
    const net = present(parseMoney(String(line['net']), 'NOK'), 'what a line comes to');
    const about = { id: String(i + 1), text: `line ${i + 1}`, quantity: '1', unit: 'stk' };
    const coding = { rate: 0, account: null, vatCode: String(line['vat_code']), costCentre: null };
    return { ...about, unitPrice: formatMoney(net), net, ...coding };
  });
  const net = sum(
    lines.map((line) => line.net),
    'NOK',
  );
  const nothing = sum([], 'NOK');
  return {
    kind: 'sales-invoice',
    ref: { system: 'example', account: '1', id: '1' },
    ...{ number: '1', type: 'invoice', credits: null, dueDate: null, terms: null },
    date: present(parseLocalDate(String(input['date'])), 'its day'),
    currency: 'NOK',
    customer: { ...nobody, number: '1', name: 'Kunde' },
    ...{ ourReference: '', yourReference: '', orderNumber: '', project: null },
    ...{ lines, net, vat: nothing, rounding: nothing, gross: net },
  };
}

function linesOf(input: Fields): readonly Fields[] {
  const { lines } = input;
  return Array.isArray(lines) ? lines.filter(isRecord) : [];
}
