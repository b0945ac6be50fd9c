import { day } from '../domain/date.ts';
import type { Order, Refund, SaleLine } from '../domain/document/sale.ts';
import { kr } from './day-reports.ts';
import { party } from './invoices.ts';

/** A line of goods at 25 %: `line('Kaffe', '80', '20')` is 100.00 of which 20.00 is VAT. */
export function soldLine(
  text: string,
  net: string,
  vat: string,
  change: Partial<SaleLine> = {},
): SaleLine {
  const parts = [{ rate: 2500, net: kr(net), vat: kr(vat) }];
  return { id: text, kind: 'goods', text, sku: null, quantity: '1', parts, ...change };
}

/** Goods of 100.00 with VAT 20.00 to a consumer in Sweden, paid by card. */
export function order(change: Partial<Order>): Order {
  const address = { street: 'Storgatan 1', postcode: '11122', city: 'Stockholm', country: 'SE' };
  return {
    kind: 'order',
    ref: { system: 'shop', account: 'one', id: '1001' },
    number: '1001',
    date: day('2026-05-04'),
    state: 'accepted',
    sourceState: 'processing',
    paidOn: day('2026-05-04'),
    currency: 'SEK',
    customer: { ...party('Anna Andersson', null), address },
    isBusiness: false,
    deliverTo: null,
    vatCountry: 'SE',
    lines: [soldLine('Kaffe', '80', '20')],
    rounding: kr('0'),
    total: kr('100'),
    settlements: [
      { method: 'card', title: 'Kort', means: 'other', amount: kr('100'), transaction: null },
    ],
    ...change,
  };
}

/** The same goods taken back a day later. */
export function refund(change: Partial<Refund>): Refund {
  const { kind: _order, state: _state, sourceState: _said, paidOn: _paid, ...sale } = order({});
  return {
    ...sale,
    kind: 'refund',
    ref: { ...sale.ref, id: '1001:1' },
    of: { ref: sale.ref, number: '1001', date: sale.date },
    reason: '',
    date: day('2026-05-05'),
    lines: [soldLine('Kaffe', '-80', '-20')],
    total: kr('-100'),
    settlements: [
      { method: 'card', title: 'Kort', means: 'other', amount: kr('-100'), transaction: null },
    ],
    ...change,
  };
}
