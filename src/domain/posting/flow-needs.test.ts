import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, invoicing, kr } from '../../testing/day-reports.ts';
import { order, soldLine } from '../../testing/sales.ts';
import { day } from '../date.ts';
import type { Order } from '../document/sale.ts';
import { flowNeeds, joinNeeds, type FlowNeeds } from './flow-needs.ts';

const TODAY = day('2026-05-04');

function needsOf(
  orders: readonly Order[],
  of: { readonly accounts?: Readonly<Record<string, string>>; readonly as?: 'invoice' } = {},
): FlowNeeds {
  const { accounts = {}, as = 'voucher' } = of;
  const chosen = choices({ accounts, invoicing: invoicing({ as }) });
  return flowNeeds(chosen, { orders, foreign: [{ country: 'FI', rate: 2550 }], today: TODAY });
}

/** `sales.25 → 3001 (SE 2500)` of each account. */
function salesOf({ sales }: FlowNeeds): readonly string[] {
  return sales.map(({ role, account, country, rate }) => {
    return `${role} → ${account} (${country} ${rate ?? '–'})`;
  });
}

const HOME = [
  'sales.25 → 3001 (SE 2500)',
  'sales.12 → 3002 (SE 1200)',
  'sales.6 → 3003 (SE 600)',
  'sales.0 → 3004 (SE 0)',
];

describe('flowNeeds', () => {
  test('names the accounts of each rate at home and of each country that is sold to', () => {
    assert.deepEqual(salesOf(needsOf([])), [
      ...HOME,
      'sales.oss → 3107 (FI –)',
      'shipping.oss → 3107 (FI –)',
      'vat.oss → 2670 (FI –)',
    ]);
  });

  test('takes the answer that is closest: of the country, of its rate, of the article', () => {
    const accounts = {
      'sales.oss/FI': '3117',
      'vat.oss/FI 25.5': '2671',
      'sales.25/KAFFE': '3051',
    };
    const coffee = order({ lines: [soldLine('Kaffe', '80', '20', { sku: 'KAFFE' })] });
    assert.deepEqual(salesOf(needsOf([coffee], { accounts })), [
      ...HOME,
      'sales.oss/FI → 3117 (FI –)',
      'shipping.oss → 3107 (FI –)',
      'vat.oss/FI 25.5 → 2671 (FI –)',
      'sales.25/KAFFE → 3051 (SE 2500)',
    ]);
  });

  test('of two flows into one ledger name an account once', () => {
    const [shop, other] = [needsOf([]), needsOf([], { accounts: { 'sales.25': '3051' } })];
    const [home = '', ...rest] = HOME;
    assert.deepEqual(
      new Set(salesOf(joinNeeds([shop, other]))),
      new Set([
        ...[home, ...rest, 'sales.25 → 3051 (SE 2500)'],
        ...['sales.oss → 3107 (FI –)', 'shipping.oss → 3107 (FI –)', 'vat.oss → 2670 (FI –)'],
      ]),
    );
    assert.equal(joinNeeds([shop, other]).sales.length, 8);
  });

  test('asks nothing of registers where orders become vouchers', () => {
    const { articles, documents } = needsOf([order({})]);
    assert.deepEqual([articles, documents], [[], []]);
  });

  test('names modes of payment with the account of their method', () => {
    const methods = { klarna: { mode: 'KL' }, bacs: { terms: '30' } };
    const chosen = choices({
      accounts: { 'payment/klarna': '1582' },
      invoicing: invoicing({ methods }),
    });
    const { modes } = flowNeeds(chosen, { orders: [], foreign: [], today: TODAY });
    assert.deepEqual(modes, [{ method: 'klarna', mode: 'KL', account: '1582' }]);
  });

  test('names articles once, and of each document its rows and who buys', () => {
    const lines = [
      soldLine('Kaffe', '80', '20', { sku: 'KAFFE' }),
      soldLine('Kaffe', '80', '20', { sku: 'KAFFE' }),
      soldLine('Frakt', '40', '10', { sku: null, kind: 'shipping' }),
    ];
    const { customer } = order({});
    const { articles, documents } = needsOf(
      [
        order({ lines, total: kr('250') }),
        order({ number: '1002', customer: { ...customer, email: 'anna@example.test' } }),
      ],
      { as: 'invoice' },
    );
    assert.deepEqual(articles, ['KAFFE']);
    assert.deepEqual(
      documents.map((one) => [one.order, one.rows, one.buyer.knownBy, one.buyer.email]),
      [
        ['1001', 3, 'none', null],
        ['1002', 1, 'email', 'anna@example.test'],
      ],
    );
  });
});
