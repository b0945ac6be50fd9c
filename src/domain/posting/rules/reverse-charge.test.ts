import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { goodsInvoice, line, party } from '../../../testing/invoices.ts';
import type { Party } from '../../document/party.ts';
import type { SupplierInvoice, VatCategory } from '../../document/supplier-invoice.ts';
import { formatMoney } from '../../money.ts';
import type { Decision } from '../../refusal.ts';
import type { PostingChoices } from '../choices.ts';
import type { PostingOutcome } from '../voucher.ts';
import { postSupplierInvoice } from './supplier-invoice.ts';

const GERMAN: Party = { ...party('Winzer GmbH', null), vatNumber: 'DE123456789' };
const IRISH: Party = { ...party('Payments Ltd', null), vatNumber: 'IE1234567AB' };
const SWEDISH: Party = { ...party('Bygg AB', '5599990032'), vatNumber: 'SE559999003201' };
const AMERICAN: Party = {
  ...party('Cloud Inc', null),
  address: { street: '', postcode: '', city: '', country: 'US' },
};

/** An invoice without VAT of lines in one category. */
function without(
  supplier: Party,
  category: VatCategory,
  nets: readonly string[],
): Partial<SupplierInvoice> {
  const rate = { category, rate: 0 };
  const lines = nets.map((net, index) => line(`Rad ${index + 1}`, net, rate));
  const net = kr(String(nets.reduce((sum, one) => sum + Number(one), 0)));
  const none = kr('0');
  return {
    ...{ supplier, lines, charges: [], accountingCost: null, prepaid: none, rounding: none },
    vat: [{ ...rate, base: net, vat: none, exemption: 'Reverse charge' }],
    total: { net, vat: none, gross: net, payable: net },
  };
}

function post(
  change: Partial<SupplierInvoice>,
  own: Partial<PostingChoices> = {},
  decisions: readonly Decision[] = [],
): PostingOutcome {
  return postSupplierInvoice(goodsInvoice(change), choices(own), decisions);
}

function rowsOf(outcome: PostingOutcome): string[] {
  assert.equal(outcome.kind, 'vouchers');
  const rows = outcome.vouchers.flatMap((voucher) => voucher.rows);
  return rows.map((row) => `${row.account} ${formatMoney(row.amount)}`);
}

function codesOf(outcome: PostingOutcome): string[] {
  assert.equal(outcome.kind, 'refused');
  return outcome.refusals.map((refusal) => refusal.code);
}

describe('postSupplierInvoice of what the buyer accounts for', () => {
  const cases: readonly (readonly [string, Party, VatCategory, readonly string[]])[] = [
    ['a service from the union', IRISH, 'AE', ['4535', '2645']],
    ['a service from elsewhere', AMERICAN, 'AE', ['4531', '2645']],
    ['a service of the country', SWEDISH, 'AE', ['4425', '2647']],
  ];
  for (const [what, supplier, category, [cost, input]] of cases) {
    test(`books ${what} with VAT on both sides at the standard rate`, () => {
      // 25 % of 1 000.00 is 250.00, owed and deducted.
      const outcome = post(without(supplier, category, ['1000']));
      const [net, vat] = [`${cost} 1000.00`, `${input} 250.00`];
      assert.deepEqual(rowsOf(outcome), [net, vat, '2614 -250.00', '2440 -1000.00']);
      assert.deepEqual(outcome.notices, [
        { code: 'reverse-charge-computed', rate: 2500, base: kr('1000'), vat: kr('250') },
      ]);
    });
  }

  test('books goods of the country that the source calls goods on their own account', () => {
    const goods = { ...without(SWEDISH, 'AE', ['1000']), class: 'goods' } as const;
    assert.equal(rowsOf(post(goods))[0], '4415 1000.00');
  });

  test('asks for the rate of goods from the union, and takes what was said', () => {
    const goods = without(GERMAN, 'K', ['1000']);
    assert.deepEqual(codesOf(post(goods)), ['reverse-rate-not-chosen']);
    const decided = post(goods, {}, [{ kind: 'reverse-rate', rate: 600 }]);
    // Food: 6 % of 1 000.00 is 60.00.
    const food = ['4517 1000.00', '2645 60.00', '2634 -60.00', '2440 -1000.00'];
    assert.deepEqual(rowsOf(decided), food);
    assert.deepEqual(rowsOf(post(goods, { reverseChargeRates: { DE123456789: 600 } })), food);
  });

  test('takes the rate of the line before that of the supplier, and rounds once a rate', () => {
    const goods = without(GERMAN, 'K', ['33.35', '33.35', '100']);
    const [first, second, third] = goods.lines ?? [];
    assert.ok(first && second && third);
    const lines = [first, second, { ...third, accountingCost: 'VIN' }];
    const reverseChargeRates = { DE123456789: 600, VIN: 2500 };
    // 66.70 at 6 %: 4.002, so 4.00, rounded once. 25 % of 100: 25.00.
    assert.deepEqual(rowsOf(post({ ...goods, lines }, { reverseChargeRates })), [
      '4517 66.70',
      '4515 100.00',
      '2645 4.00',
      '2634 -4.00',
      '2645 25.00',
      '2614 -25.00',
      '2440 -166.70',
    ]);
  });

  test('takes back what a credit note takes back', () => {
    assert.deepEqual(rowsOf(post(without(IRISH, 'AE', ['-1000']))), [
      '4535 -1000.00',
      '2645 -250.00',
      '2614 250.00',
      '2440 1000.00',
    ]);
  });

  test("books on the company's own account of the supplier", () => {
    const accounts = { 'purchases.eu-services.25/IE1234567AB': '4536' };
    assert.equal(rowsOf(post(without(IRISH, 'AE', ['1000']), { accounts }))[0], '4536 1000.00');
  });

  test('holds a rate that is not in force on the day', () => {
    const decision = { kind: 'reverse-rate', rate: 1900 } as const;
    const codes = codesOf(post(without(GERMAN, 'K', ['1000']), {}, [decision]));
    assert.ok(codes.includes('vat-rate-not-in-force'));
  });

  const contradictions: readonly (readonly [string, Partial<SupplierInvoice>])[] = [
    ['goods of the union from the own country', without(SWEDISH, 'K', ['1000'])],
    ['goods of the union from elsewhere', without(AMERICAN, 'K', ['1000'])],
    ['a supplier of nobody knows where', without(party('X', null), 'AE', ['1000'])],
    ['an export', without(AMERICAN, 'G', ['1000'])],
    [
      'lines that are of another category',
      { ...without(IRISH, 'AE', ['1000']), lines: [line('A', '1000', { category: 'Z', rate: 0 })] },
    ],
  ];
  for (const [what, invoice] of contradictions) {
    test(`leaves ${what} to a person`, () => {
      assert.ok(
        codesOf(post(invoice, { accounts: { 'purchases/goods': '4000' } })).includes(
          'vat-category-not-booked',
        ),
      );
    });
  }

  test('knows no accounts for it in Norway', () => {
    const codes = codesOf(post(without(IRISH, 'AE', ['1000']), { country: 'NO' }));
    assert.ok(codes.includes('vat-category-not-booked'));
  });
});

describe('postSupplierInvoice of what is paid in advance', () => {
  test('takes it off the account that the company names', () => {
    const { total } = goodsInvoice();
    const paid = {
      prepaid: kr('9565'),
      total: { ...total, payable: kr('30000') },
      accountingCost: null,
    };
    const accounts = { 'purchases/5599990032': '4000', 'supplier-prepayments': '1480' };
    // 39 565.00 with rounding, of which 9 565.00 was paid: 30 000.00 is left to pay.
    assert.deepEqual(rowsOf(post(paid, { accounts })), [
      '4000 35557.83',
      '2641 4006.87',
      '3740 0.30',
      '1480 -9565.00',
      '2440 -30000.00',
    ]);
  });
});
