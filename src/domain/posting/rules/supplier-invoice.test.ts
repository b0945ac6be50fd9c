import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { goodsInvoice, line, party } from '../../../testing/invoices.ts';
import type { SupplierInvoice } from '../../document/supplier-invoice.ts';
import { formatMoney, money } from '../../money.ts';
import type { Decision } from '../../refusal.ts';
import type { PostingChoices } from '../choices.ts';
import type { PostingOutcome } from '../voucher.ts';
import { postSupplierInvoice } from './supplier-invoice.ts';

const CLASSES = { VARUFAKTURA: 'goods', OMKOSTNAD: 'overhead' } as const;

function post(
  change: Partial<SupplierInvoice> = {},
  own: Partial<PostingChoices> = {},
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const made = choices({ invoiceClasses: CLASSES, ...own });
  return postSupplierInvoice(goodsInvoice(change), made, decisions);
}

/** `account amount`, with the cost centre when there is one. */
function rowsOf(outcome: PostingOutcome): string[] {
  assert.equal(outcome.kind, 'vouchers');
  const rows = outcome.vouchers.flatMap((voucher) => voucher.rows);
  return rows.map((row) =>
    [row.account, formatMoney(row.amount), row.costCentre].filter(Boolean).join(' '),
  );
}

function codesOf(outcome: PostingOutcome): string[] {
  assert.equal(outcome.kind, 'refused');
  return outcome.refusals.map((refusal) => refusal.code);
}

/** 100 € without VAT. */
function inEuro(): Partial<SupplierInvoice> {
  const [hundred, none] = [money(10_000n, 'EUR'), money(0n, 'EUR')];
  return {
    currency: 'EUR',
    lines: [{ ...line('Kolonial', '100', { category: 'Z', rate: 0 }), net: hundred }],
    charges: [],
    vat: [],
    prepaid: none,
    rounding: none,
    total: { net: hundred, vat: none, gross: hundred, payable: hundred },
  };
}

describe('postSupplierInvoice', () => {
  test('books goods on the standard account, VAT as the invoice says it, and what is owed', () => {
    // 25 500 + 3 950 + 6 200 + 452.83 − 540 − 255 + 250 = 35 557.83
    assert.deepEqual(rowsOf(post()), [
      '4000 35557.83',
      '2641 4006.87',
      '3740 0.30',
      '2440 -39565.00',
    ]);
  });

  test('codes each line by its accounting cost, with its share of charges at its rate', () => {
    const accounts = { 'purchases/TOBAK': '4020', 'purchases/PANT': '4050' };
    // Freight 250 over 3 950, 6 200 and 540: 92.38 + 144.99 + 12.63.
    // Bonus −255 over 25 500 and 452.83: −250.55 − 4.45.
    assert.deepEqual(rowsOf(post({}, { accounts })), [
      '4000 28764.46',
      '4020 6344.99',
      '4050 448.38',
      '2641 4006.87',
      '3740 0.30',
      '2440 -39565.00',
    ]);
  });

  test('gives a line the cost centre of its department, else of the store', () => {
    const departments = { TOBAK: { costCentre: 'TB' }, '01234': { costCentre: 'B1' } };
    assert.deepEqual(rowsOf(post({}, { departments })).slice(0, 2), [
      '4000 29212.84 B1',
      '4000 6344.99 TB',
    ]);
  });

  test('takes the supplier for the coding of what the invoice does not say', () => {
    const accounts = { 'purchases/5599990032': '4010', 'suppliers/5599990032': '1940' };
    const rows = rowsOf(post({ accountingCost: null }, { accounts }));
    assert.deepEqual(rows, ['4010 35557.83', '2641 4006.87', '3740 0.30', '1940 -39565.00']);
  });

  test('takes what a supplier is coded as for one kind of invoice for that kind alone', () => {
    const accounts = { 'purchases/5599990032/OMKOSTNAD': '6990' };
    assert.equal(rowsOf(post({}, { accounts }))[0], '4000 35557.83');
    const overhead = { accountingCost: 'OMKOSTNAD' };
    assert.equal(rowsOf(post(overhead, { accounts }))[0], '6990 35557.83');
  });

  test('asks about everything that nobody has coded, and books it as a person says', () => {
    const outcome = post({ accountingCost: 'OMKOSTNAD' });
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.refusals, [
      {
        code: 'invoice-not-coded',
        supplier: 'Kedjegrossisten AB',
        id: '5599990032/OMKOSTNAD',
        lines: [
          'Kolonial och färskvaror',
          'Hygien och städ',
          'Tobak',
          'Pant PET 1 kr',
          'Retur lastbärare',
        ],
      },
    ]);
    const decided = post({ accountingCost: 'OMKOSTNAD' }, {}, [
      { kind: 'code-as', account: '6990' },
    ]);
    assert.equal(rowsOf(decided)[0], '6990 35557.83');
  });

  test('books a credit note with every sign turned', () => {
    const credit: Partial<SupplierInvoice> = {
      lines: [line('Kolonial', '-1000', { rate: 600 })],
      charges: [],
      vat: [{ category: 'S', rate: 600, base: kr('-1000'), vat: kr('-60'), exemption: null }],
      rounding: kr('0'),
      total: { net: kr('-1000'), vat: kr('-60'), gross: kr('-1060'), payable: kr('-1060') },
    };
    assert.deepEqual(rowsOf(post(credit)), ['4000 -1000.00', '2641 -60.00', '2440 1060.00']);
  });

  test('lets a charge at a rate that no line has stand by itself', () => {
    const charge = { text: 'Pant', net: kr('10'), category: 'Z', rate: 0 } as const;
    const rows = rowsOf(
      post({
        lines: [line('Kolonial', '100', { rate: 600 })],
        charges: [charge],
        vat: [{ category: 'S', rate: 600, base: kr('100'), vat: kr('6'), exemption: null }],
        rounding: kr('0'),
        total: { net: kr('110'), vat: kr('6'), gross: kr('116'), payable: kr('116') },
      }),
    );
    assert.deepEqual(rows, ['4000 110.00', '2641 6.00', '2440 -116.00']);
  });

  test('holds totals that differ from their parts, with both numbers', () => {
    const total = { ...goodsInvoice().total, vat: kr('4006.86'), gross: kr('39564.69') };
    const outcome = post({ total });
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.refusals, [
      {
        code: 'invoice-total-differs',
        total: 'vat',
        stated: kr('4006.86'),
        summed: kr('4006.87'),
        difference: kr('-0.01'),
      },
      {
        code: 'invoice-total-differs',
        total: 'payable',
        stated: kr('39565'),
        summed: kr('39564.99'),
        difference: kr('0.01'),
      },
    ]);
  });

  test('guesses no VAT that contradicts itself, no other currency and no advance', () => {
    const reverse = goodsInvoice().vat.map((one) => ({ ...one, category: 'AE' as const }));
    assert.deepEqual(codesOf(post({ vat: reverse })), ['vat-category-not-booked']);
    assert.deepEqual(codesOf(post(inEuro())), ['currency-not-booked']);
    assert.ok(codesOf(post({ prepaid: kr('100') })).includes('prepaid-not-booked'));
  });

  test('knows a supplier without a number by what else is said', () => {
    const supplier = { ...party('Grossisten', null), endpoint: '0088:7300010000001' };
    const accounts = { 'purchases/0088:7300010000001': '4015' };
    assert.equal(
      rowsOf(post({ supplier, accountingCost: null }, { accounts }))[0],
      '4015 35557.83',
    );
  });
});
