import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { order, refund, soldLine } from '../../../testing/sales.ts';
import type { Order, Refund } from '../../document/sale.ts';
import { day } from '../../date.ts';
import { formatMoney, money } from '../../money.ts';
import type { Decision } from '../../refusal.ts';
import type { PostingChoices } from '../choices.ts';
import type { PostingOutcome } from '../voucher.ts';
import { postSale } from './sale.ts';

function post(
  sale: Order | Refund,
  own: Partial<PostingChoices> = {},
  decisions: readonly Decision[] = [],
): PostingOutcome {
  return postSale(sale, choices(own), decisions);
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

const paid = (amount: string, method = 'card') => ({
  ...({ method, title: method, means: 'other', transaction: null } as const),
  amount: kr(amount),
});

describe('postSale', () => {
  it('books an order as the shop says it, and a refund the other way round', () => {
    assert.deepEqual(rowsOf(post(order({}))), ['1580 100.00', '3001 -80.00', '2611 -20.00']);
    assert.deepEqual(rowsOf(post(refund({}))), ['1580 -100.00', '3001 80.00', '2611 20.00']);
  });

  it('takes the company’s account for an article, a kind of line or a means of payment', () => {
    const lines = [
      soldLine('Kaffe', '40', '10', { sku: 'KAFFE-500' }),
      soldLine('Te', '40', '10', { kind: 'service' }),
    ];
    const accounts = {
      'sales.25/KAFFE-500': '3011',
      'sales.25/service': '3041',
      'payment/klarna': '1584',
    };
    const sale = order({ lines, settlements: [paid('100', 'klarna')] });
    const rows = ['1584 100.00', '3011 -40.00', '2611 -20.00', '3041 -40.00'];
    assert.deepEqual(rowsOf(post(sale, { accounts })), rows);
  });

  it('books a country’s VAT of the one-stop shop where the company has said', () => {
    const parts = [{ rate: 1900, net: kr('100'), vat: kr('19') }];
    const sale = order({
      lines: [soldLine('Kaffe', '0', '0', { parts })],
      vatCountry: 'DE',
      total: kr('119'),
      settlements: [paid('119')],
    });
    assert.deepEqual(rowsOf(post(sale)), ['1580 119.00', '3107 -100.00', '2670 -19.00']);
    const accounts = { 'sales.oss/DE': '3117', 'vat.oss/DE 19': '2671' };
    const own = ['1580 119.00', '3117 -100.00', '2671 -19.00'];
    assert.deepEqual(rowsOf(post(sale, { accounts })), own);
  });

  it('lets a gift card pay a part, and books one that is sold as a debt', () => {
    const card = { ...paid('30', 'pw_gift_card'), means: 'gift-card' } as const;
    const sale = order({ settlements: [card, paid('70')] });
    const rows = ['2421 30.00', '1580 70.00', '3001 -80.00', '2611 -20.00'];
    assert.deepEqual(rowsOf(post(sale)), rows);
    const parts = [{ rate: null, net: kr('100'), vat: kr('0') }];
    const sold = order({
      lines: [soldLine('Presentkort', '0', '0', { kind: 'gift-card', parts })],
      vatCountry: null,
    });
    assert.deepEqual(rowsOf(post(sold)), ['1580 100.00', '2421 -100.00']);
  });

  it('books what the shop rounds off outside VAT, up to the tolerance', () => {
    const rounded = order({
      rounding: kr('-0.31'),
      total: kr('99.69'),
      settlements: [paid('99.69')],
    });
    const rows = ['1580 99.69', '3001 -80.00', '2611 -20.00', '3740 0.31'];
    assert.deepEqual(rowsOf(post(rounded)), rows);
    const much = order({ rounding: kr('-1.39'), total: kr('98.61'), settlements: [paid('98.61')] });
    assert.deepEqual(codesOf(post(much, { vatTolerance: kr('1') })), ['order-rounding-large']);
    const accept = [{ kind: 'accept', code: 'order-rounding-large' }] as const;
    assert.equal(post(much, { vatTolerance: kr('1') }, accept).kind, 'vouchers');
  });

  it('asks when lines or payments do not come to the total, with both numbers', () => {
    const outcome = post(order({ total: kr('90'), settlements: [paid('85')] }));
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.refusals, [
      {
        code: 'order-total-differs',
        total: 'lines',
        stated: kr('90'),
        summed: kr('100'),
        difference: kr('-10'),
      },
      {
        code: 'order-total-differs',
        total: 'settlements',
        stated: kr('90'),
        summed: kr('85'),
        difference: kr('5'),
      },
    ]);
  });

  it('asks about goods without VAT that nothing explains, and takes a person’s word for it', () => {
    const parts = [{ rate: null, net: kr('100'), vat: kr('0') }];
    const sale = order({ lines: [soldLine('Kaffe', '0', '0', { parts })], vatCountry: null });
    assert.deepEqual(codesOf(post(sale)), ['vat-not-charged']);
    const accept = [{ kind: 'accept', code: 'vat-not-charged' }] as const;
    assert.deepEqual(rowsOf(post(sale, {}, accept)), ['1580 100.00', '3004 -100.00']);
    const deliverTo = { street: '', postcode: '0150', city: 'Oslo', country: 'NO' };
    assert.deepEqual(rowsOf(post({ ...sale, deliverTo })), ['1580 100.00', '3105 -100.00']);
  });

  it('books services to the world apart from goods', () => {
    const parts = [{ rate: null, net: kr('50'), vat: kr('0') }];
    const goods = soldLine('Kaffe', '0', '0', { parts });
    const service = soldLine('Kurs', '0', '0', { parts, kind: 'service' });
    const deliverTo = { street: '', postcode: '0150', city: 'Oslo', country: 'NO' };
    const sale = order({ lines: [goods, service], vatCountry: null, deliverTo });
    assert.deepEqual(rowsOf(post(sale)), ['1580 100.00', '3105 -50.00', '3305 -50.00']);
  });

  it('measures a refund by the rates of the day of its order', () => {
    // Food went from 12 to 6 % on 2026-04-01.
    const parts = [{ rate: 1200, net: kr('-89.29'), vat: kr('-10.71') }];
    const lines = [soldLine('Bröd', '0', '0', { parts })];
    const of = { ...refund({}).of, date: day('2026-03-30') };
    const back = refund({ lines, of, date: day('2026-04-05') });
    assert.deepEqual(rowsOf(post(back)), ['1580 -100.00', '3002 89.29', '2621 10.71']);
    const late = order({
      lines: [
        soldLine('Bröd', '0', '0', { parts: [{ rate: 1500, net: kr('87'), vat: kr('13') }] }),
      ],
      date: day('2026-04-05'),
    });
    const accounts = { 'sales.15': '3009', 'vat.15': '2619' };
    assert.deepEqual(codesOf(post(late, { accounts })), ['vat-rate-not-in-force']);
  });

  it('keeps an order in another currency for a person', () => {
    const none = money(0n, 'EUR');
    const sale = order({
      currency: 'EUR',
      lines: [],
      rounding: none,
      total: none,
      settlements: [],
    });
    assert.deepEqual(codesOf(post(sale)), ['currency-not-booked']);
  });
});
