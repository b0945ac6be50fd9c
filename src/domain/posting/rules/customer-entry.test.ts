import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../date.ts';
import type { CustomerEntry } from '../../document/customer-entry.ts';
import { formatMoney, money, parseMoney, type Money } from '../../money.ts';
import { choices } from '../../../testing/day-reports.ts';
import type { PostingChoices } from '../choices.ts';
import { postCustomerEntry } from './customer-entry.ts';

function nok(text: string): Money {
  return parseMoney(text, 'NOK') ?? money(0n, 'NOK');
}

/** 34 000.00 with VAT 8 500.00 at 25 %. */
function entry(change: Partial<CustomerEntry> = {}): CustomerEntry {
  return {
    kind: 'customer-entry',
    ref: { system: 'winner', account: 'winner', id: 'invoice:30112' },
    entry: 'invoice',
    number: '30112',
    date: day('2026-05-15'),
    dueDate: day('2026-05-29'),
    currency: 'NOK',
    customer: {
      ...{ number: '10552', name: 'Ola Hansen', orgNumber: null, vatNumber: null },
      ...{ endpoint: null, address: null, email: null },
    },
    about: '24017',
    method: '',
    net: nok('34000'),
    vat: nok('8500'),
    gross: nok('42500'),
    ...change,
  };
}

const NORWAY: Partial<PostingChoices> = { country: 'NO', language: 'nb', vatTolerance: nok('1') };

/** `account amount` of each row, or why there are none. */
function posted(of: CustomerEntry, more: Partial<PostingChoices> = {}): readonly string[] {
  const outcome = postCustomerEntry(of, choices({ ...NORWAY, ...more }));
  if (outcome.kind === 'refused') return outcome.refusals.map(({ code }) => code);
  return outcome.vouchers.flatMap((voucher) =>
    voucher.rows.map(({ account, amount }) => `${account} ${formatMoney(amount)}`),
  );
}

describe("an entry of another system's ledger of customers", () => {
  test('is the claim, the sale and its VAT', () => {
    assert.deepEqual(posted(entry()), ['1500 42500.00', '3000 -34000.00', '2700 -8500.00']);
  });

  test('is the same the other way round for a credit note', () => {
    const amounts = { net: nok('-2400'), vat: nok('-600'), gross: nok('-3000') };
    const credit = entry({ entry: 'credit-note', number: '30141', ...amounts });
    assert.deepEqual(posted(credit), ['1500 -3000.00', '3000 2400.00', '2700 600.00']);
  });

  test('goes from the customer to the bank when it is a payment', () => {
    const paid = entry({ entry: 'payment', method: 'Bank', net: nok('42500'), vat: nok('0') });
    assert.deepEqual(posted(paid), ['1920 42500.00', '1500 -42500.00']);
    const accounts = { 'payment/Kort': '1579' };
    const byCard = { ...paid, method: 'Kort' };
    assert.deepEqual(posted(byCard, { accounts }), ['1579 42500.00', '1500 -42500.00']);
  });

  // 1 000.00 at 15 % is 150.00.
  test('has the rate that net and VAT come to', () => {
    const food = entry({ net: nok('1000'), vat: nok('150'), gross: nok('1150') });
    assert.deepEqual(posted(food), ['1500 1150.00', '3030 -1000.00', '2701 -150.00']);
    // More than any rate.
    const dear = entry({ net: nok('1000'), vat: nok('300'), gross: nok('1300') });
    assert.deepEqual(posted(dear), ['vat-differs']);
  });

  const MIXED = entry({ net: nok('1200'), vat: nok('250'), gross: nok('1450') });

  test('has each rate that it tells', () => {
    const parts = [
      { rate: 2500, net: nok('1000'), vat: nok('250') },
      { rate: 0, net: nok('200'), vat: nok('0') },
    ];
    const accounts = { 'sales.0': '3100' };
    assert.deepEqual(posted({ ...MIXED, parts }, { accounts }), [
      '1500 1450.00',
      '3000 -1000.00',
      '3100 -200.00',
      '2700 -250.00',
    ]);
    // 100.00 of it stands nowhere; and 15 % of 200.00 is 30.00.
    const [whole] = parts;
    assert.ok(whole !== undefined);
    const lacking = [whole, { rate: 0, net: nok('100'), vat: nok('0') }];
    assert.deepEqual(posted({ ...MIXED, parts: lacking }, { accounts }), ['invoice-total-differs']);
    const wrong = [whole, { rate: 1500, net: nok('200'), vat: nok('0') }];
    assert.deepEqual(posted({ ...MIXED, parts: wrong }), ['vat-differs']);
  });

  test('has each product group on its own account, where the company has given it one', () => {
    const parts = [
      { group: 'KJO', rate: 2500, net: nok('24000'), vat: nok('6000') },
      { group: 'MON', rate: 2500, net: nok('9000'), vat: nok('2250') },
      { group: 'BEN', rate: 2500, net: nok('1000'), vat: nok('250') },
    ];
    const accounts = { 'sales.25/KJO': '3010', 'sales.25/MON': '3040' };
    assert.deepEqual(posted(entry({ parts }), { accounts }), [
      '1500 42500.00',
      '3010 -24000.00',
      '3040 -9000.00',
      '3000 -1000.00',
      '2700 -8500.00',
    ]);
    assert.deepEqual(posted(entry({ parts })), [
      '1500 42500.00',
      '3000 -34000.00',
      '2700 -8500.00',
    ]);
  });

  // 1 200.00 with VAT 250.00: 700.00 at 25 % and 500.00 at 15 %; 815.38 and 384.62 at 12 %; 840.03
  // and 359.97 at 11.11 %; 1 000.00 and 200.00 at none.
  test('is asked about with all that it may be, and booked as a person says', () => {
    const outcome = postCustomerEntry(MIXED, choices(NORWAY));
    assert.ok(outcome.kind === 'refused');
    const [refusal] = outcome.refusals;
    assert.ok(refusal?.code === 'vat-at-several-rates');
    assert.deepEqual(
      refusal.ways.map((parts) => parts.map(({ rate, net }) => `${rate} ${formatMoney(net)}`)),
      [
        ['2500 700.00', '1500 500.00'],
        ['2500 815.38', '1200 384.62'],
        ['2500 840.03', '1111 359.97'],
        ['2500 1000.00', '0 200.00'],
      ],
    );
    const said = postCustomerEntry(MIXED, choices(NORWAY), [{ kind: 'tax-as', way: 1 }]);
    assert.ok(said.kind === 'vouchers');
    assert.deepEqual(
      said.vouchers[0]?.rows.map(({ account, amount }) => `${account} ${formatMoney(amount)}`),
      ['1500 1450.00', '3000 -700.00', '3030 -500.00', '2700 -175.00', '2701 -75.00'],
    );
  });

  // Credit notes are divided as invoices are: -700.00 and -500.00.
  test('may be taken back at two rates', () => {
    const back = entry({ net: nok('-1200'), vat: nok('-250'), gross: nok('-1450') });
    const said = postCustomerEntry(back, choices(NORWAY), [{ kind: 'tax-as', way: 1 }]);
    assert.ok(said.kind === 'vouchers');
    assert.deepEqual(
      said.vouchers[0]?.rows.map(({ account, amount }) => `${account} ${formatMoney(amount)}`),
      ['1500 -1450.00', '3000 700.00', '3030 500.00', '2700 175.00', '2701 75.00'],
    );
  });

  test('is asked about when its figures do not add up, and in another currency', () => {
    assert.deepEqual(posted(entry({ gross: nok('42600') })), ['invoice-total-differs']);
    assert.deepEqual(posted(entry(), { country: 'SE', vatTolerance: nok('1') }), [
      'currency-not-booked',
    ]);
  });
});
