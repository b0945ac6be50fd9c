import { parseLocalDate } from '../domain/date.ts';
import type { SalesInvoice, SalesInvoiceLine } from '../domain/document/sales-invoice.ts';
import { add, formatMoney, money, negate, parseMoney, type Money } from '../domain/money.ts';
import { parsePercent, vatOnNet, type BasisPoints } from '../domain/vat/rates.ts';
import { present } from '../lib/assert.ts';
import type { Fields } from './fields.ts';

/** What the example of a part payment says. */
export const ADVANCE_FIELDS = ['type', 'project', 'net', 'rate', 'advance_pct', 'dates'] as const;

/** BAS: what customers have paid in advance, and what is sold with 25 %. */
const [ADVANCES, SALES] = ['2420', '3001'];
const PERCENT = 100n;

/** The part payment that is asked for, and the final invoice that takes it off. */
export function readAdvanceExample(input: Fields): readonly [SalesInvoice, SalesInvoice] {
  const dates = Array.isArray(input['dates']) ? input['dates'].map(String) : [];
  const [first = '', last = ''] = dates;
  const net = present(parseMoney(String(input['net']), 'SEK'), 'what it comes to');
  const rate = present(parsePercent(String(input['rate'])), 'its rate');
  const part = money((net.minor * BigInt(Number(input['advance_pct']))) / PERCENT, 'SEK');
  const number = String(input['project']);
  const of = { number, rate };
  return [
    invoiceOf({ ...of, type: 'part-payment', on: first, sold: [[ADVANCES, part]] }),
    invoiceOf({
      ...{ ...of, type: 'invoice', on: last },
      sold: [
        [SALES, net],
        [ADVANCES, negate(part)],
      ],
    }),
  ];
}

function invoiceOf(of: {
  readonly number: string;
  readonly type: SalesInvoice['type'];
  readonly on: string;
  readonly rate: BasisPoints;
  readonly sold: readonly (readonly [account: string, net: Money])[];
}): SalesInvoice {
  const { number, type, on, rate, sold } = of;
  const nothing = { orgNumber: null, vatNumber: null, endpoint: null, address: null, email: null };
  const net = sold.reduce((sum, [, amount]) => add(sum, amount), money(0n, 'SEK'));
  const vat = vatOnNet(net, rate);
  return {
    kind: 'sales-invoice',
    ref: { system: 'example', account: '1', id: `${number}:${type}` },
    ...{ number, type, credits: null, dueDate: null, terms: null, currency: 'SEK' },
    date: present(parseLocalDate(on), 'its day'),
    customer: { ...nothing, number: '1', name: 'Kund' },
    ...{ ourReference: '', yourReference: '', orderNumber: '', project: null },
    lines: sold.map(([account, amount], i) => lineOf(String(i + 1), { account, amount, rate })),
    ...{ net, vat, rounding: money(0n, 'SEK'), gross: add(net, vat) },
  };
}

function lineOf(
  id: string,
  of: { readonly account: string; readonly amount: Money; readonly rate: BasisPoints },
): SalesInvoiceLine {
  const { account, amount: net, rate } = of;
  const about = { id, text: 'Uppdrag', quantity: '1', unit: 'st', costCentre: null };
  return { ...about, unitPrice: formatMoney(net), net, rate, account };
}
