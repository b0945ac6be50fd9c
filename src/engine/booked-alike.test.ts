import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Order } from '../domain/document/sale.ts';
import { postSale } from '../domain/posting/rules/sale.ts';
import type { Refusal } from '../domain/refusal.ts';
import { choices, kr } from '../testing/day-reports.ts';
import { order, soldLine } from '../testing/sales.ts';
import { isBookedAlike } from './booked-alike.ts';

/** Goods for 100.00 in two ways: VAT of 20.00 at 25 %, or 10.71 at 12 %. */
const TAXED = order({});
const OTHERWISE = order({
  lines: [soldLine('Kaffe', '89.29', '10.71', { parts: [part(1200, '89.29', '10.71')] })],
});

function part(rate: number | null, net: string, vat: string) {
  return { rate, net: kr(net), vat: kr(vat) };
}

function isAlike(of: {
  readonly now: Order;
  readonly before?: Order;
  /** What was booked, when it was not `before` as it stands. */
  readonly as?: Order;
  readonly doubts?: readonly Refusal[];
  readonly accounts?: Readonly<Record<string, string>>;
}): boolean {
  const { now, before = TAXED, as = before, doubts = [], accounts = {} } = of;
  const posted = postSale(as, choices({}));
  assert.equal(posted.kind, 'vouchers');
  const vouchers = posted.kind === 'vouchers' ? posted.vouchers : [];
  const booked = { label: 'K 1', vouchers, document: before, results: {} };
  return isBookedAlike({ document: now, doubts, booked, choices: choices({ accounts }) });
}

describe('a version of an order that comes after a booked one', () => {
  it('changes nothing when it was sent, paid later or has another address', () => {
    const sent = order({ state: 'shipped', sourceState: 'completed', paidOn: null });
    assert.equal(isAlike({ now: sent }), true);
    const moved = { ...TAXED.customer, name: 'Anna Berg', email: 'anna@example.se' };
    assert.equal(isAlike({ now: order({ customer: moved }) }), true);
  });

  it('changes nothing when accounts have been chosen otherwise since', () => {
    const now = order({ state: 'shipped' });
    assert.equal(isAlike({ now, accounts: { 'sales.25': '3041' } }), true);
  });

  it('changes the books when it comes to something else, or is taxed otherwise', () => {
    const more = order({
      lines: [soldLine('Kaffe', '80.80', '20.20')],
      total: kr('101'),
      settlements: TAXED.settlements.map((one) => ({ ...one, amount: kr('101') })),
    });
    assert.equal(isAlike({ now: more }), false);
    assert.equal(isAlike({ now: OTHERWISE }), false);
  });

  it('changes nothing when it may be taxed as a person has decided before', () => {
    const now = order({
      lines: [soldLine('Kaffe', '100', '0', { parts: [part(null, '100', '0')] })],
    });
    const ways = [OTHERWISE, TAXED].map(({ lines, total, settlements, vatCountry }) => {
      return { lines, total, settlements, vatCountry, isGiftCard: false };
    });
    const unproven = (some: typeof ways): readonly Refusal[] => [
      { code: 'vat-not-proven', order: '1001', vat: kr('20'), candidates: ['–'], ways: some },
    ];
    const of = { now, before: now, as: TAXED };
    assert.equal(isAlike({ ...of, doubts: unproven(ways) }), true);
    assert.equal(isAlike({ ...of, doubts: unproven(ways.slice(0, 1)) }), false);
    // What is booked by a choice is the same when the rates come to be known.
    assert.equal(isAlike({ now: TAXED, before: now, as: TAXED }), true);
  });
});
