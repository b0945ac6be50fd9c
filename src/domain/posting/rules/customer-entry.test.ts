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
    const mixed = entry({ net: nok('1000'), vat: nok('200'), gross: nok('1200') });
    assert.deepEqual(posted(mixed), ['vat-differs']);
  });

  test('is asked about when its figures do not add up, and in another currency', () => {
    assert.deepEqual(posted(entry({ gross: nok('42600') })), ['invoice-total-differs']);
    assert.deepEqual(posted(entry(), { country: 'SE', vatTolerance: nok('1') }), [
      'currency-not-booked',
    ]);
  });
});
