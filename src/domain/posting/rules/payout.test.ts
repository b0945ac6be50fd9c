import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { claim, entry, payout } from '../../../testing/payouts.ts';
import { NO_PAYMENTS, type PaymentsBeside } from '../../document/payments.ts';
import type { Payout } from '../../document/payout.ts';
import { formatMoney } from '../../money.ts';
import type { Decision } from '../../refusal.ts';
import type { FlowChoices } from '../choices.ts';
import { postPayout } from './payout.ts';

type Given = {
  readonly own?: Partial<FlowChoices>;
  readonly payments?: PaymentsBeside;
  readonly decisions?: readonly Decision[];
};

function book(document: Payout, { own, payments, decisions = [] }: Given = {}) {
  const outcome = postPayout(document, choices(own), {
    decisions,
    payments: payments ?? NO_PAYMENTS,
  });
  const rows = outcome.kind === 'vouchers' ? outcome.vouchers.flatMap((v) => v.rows) : [];
  return {
    rows: rows.map(({ account, amount }) => `${account} ${formatMoney(amount)}`),
    why: rows.map(({ why }) => why),
    refusals: outcome.kind === 'refused' ? outcome.refusals : [],
    notices: outcome.notices,
  };
}

const paid = (amount: string) => ({ transfers: [{ reference: null, amount: kr(amount) }] });

describe('postPayout', () => {
  it('clears what it settles, less the fee, and says why for each row', () => {
    // 1 000.00 − 16.80 = 983.20
    const document = payout([entry('sale', '1000', { fee: kr('16.80') })], paid('983.20'));
    const { rows, why } = book(document);
    assert.deepEqual(rows, ['1930 983.20', '1580 -1000.00', '6040 16.80']);
    assert.deepEqual(why, [
      'Utbetalt av Stripe Stripe · Utbetalning från betalväxeln enligt baskontoplanen',
      'Betalningar Stripe · Betalning i butiken enligt baskontoplanen',
      'Avgifter Stripe · Avgifter till betalväxeln enligt baskontoplanen',
    ]);
  });

  it('books payouts on money on its way where the company has chosen that', () => {
    const document = payout([entry('sale', '100')], paid('100'));
    const accounts = { 'payout/stripe': '1680', 'payment/stripe': '1581' };
    assert.deepEqual(book(document, { own: { accounts } }).rows, ['1680 100.00', '1581 -100.00']);
  });

  it('clears the account that the order’s own method was booked on', () => {
    const document = payout([entry('sale', '100', { references: ['ch_1'] })], paid('100'));
    const accounts = { 'payment/woocommerce_payments': '1587', 'payment/stripe': '1581' };
    const payments = { claims: [claim('1', '100', { method: 'woocommerce_payments' })], twice: [] };
    const { rows, notices } = book(document, { own: { accounts }, payments });
    assert.deepEqual(rows, ['1930 100.00', '1587 -100.00']);
    assert.deepEqual(notices, []);
  });

  it('leaves what the provider keeps on the clearing account', () => {
    const document = payout([entry('sale', '100')], {
      ...paid('60'),
      opening: null,
      closing: null,
    });
    assert.deepEqual(book(document).rows, ['1930 60.00', '1580 -100.00', '1580 40.00']);
  });

  it('takes VAT as the provider tells it', () => {
    const fee = entry('fee', '0', { fee: kr('290'), feeVat: kr('72.50') });
    const document = payout([entry('sale', '1000'), fee], paid('637.50'));
    const { rows } = book(document, { own: { payoutFees: { stripe: 'eu' } } });
    assert.deepEqual(rows, ['1930 637.50', '1580 -1000.00', '6040 290.00', '2641 72.50']);
  });

  it('rounds the VAT that the buyer accounts for once for all fees', () => {
    // Three fees of 0.05: 25 % of 0.15 is 0.0375, rounded to 0.04; of each 0.01 would be 0.03.
    const fees = ['a', 'b', 'c'].map((id) => entry('fee', '0', { id, fee: kr('0.05') }));
    const document = payout([entry('sale', '1.15'), ...fees], paid('1'));
    const { rows, notices } = book(document, { own: { payoutFees: { stripe: 'foreign' } } });
    assert.deepEqual(rows, [
      ...['1930 1.00', '1580 -1.15', '4531 0.15', '2645 0.04', '2614 -0.04'],
    ]);
    assert.equal(notices.at(-1)?.code, 'reverse-charge-computed');
  });

  it('computes no Swedish VAT that the provider does not tell', () => {
    const document = payout([entry('sale', '100', { fee: kr('5') })], paid('95'));
    const { refusals } = book(document, { own: { payoutFees: { stripe: 'domestic' } } });
    assert.deepEqual(refusals, [{ code: 'vat-missing', line: 'Avgifter Stripe', rate: 2500 }]);
  });

  it('moves disputes and reserves to accounts of their own', () => {
    const document = payout(
      [entry('sale', '1000'), entry('chargeback', '-349'), entry('reserve', '-100')],
      paid('551'),
    );
    assert.deepEqual(book(document).rows, [
      ...['1930 551.00', '1580 -1000.00', '1516 349.00', '1689 100.00'],
    ]);
  });

  it('asks what an adjustment is, once, and takes the answer', () => {
    const document = payout(
      [entry('sale', '100'), entry('adjustment', '-3'), entry('adjustment', '-2')],
      paid('95'),
    );
    const asked = { code: 'account-not-chosen', role: 'payout.adjustment' };
    assert.deepEqual(book(document).refusals, [{ ...asked, line: 'Justering Stripe' }]);
    const decisions = [{ kind: 'code-as', account: '6990' }] as const;
    assert.deepEqual(book(document, { decisions }).rows, [
      ...['1930 95.00', '1580 -100.00', '6990 5.00'],
    ]);
  });

  it('is held when its rows do not come to its total, with both numbers', () => {
    const document = payout([entry('sale', '100')], paid('90'));
    assert.deepEqual(book(document).refusals, [
      {
        code: 'payout-total-differs',
        payout: 'Stripe po_1',
        stated: kr('90'),
        summed: kr('100'),
        difference: kr('-10'),
      },
    ]);
    const decisions = [{ kind: 'accept', code: 'payout-total-differs' }] as const;
    assert.deepEqual(book(document, { decisions }).rows, [
      '1930 90.00',
      '1580 -100.00',
      '1580 10.00',
    ]);
  });

  it('is held for a row that stands in another payout, or twice in it', () => {
    const twice = [{ id: 'txn_1', other: 'payouts/stripe/po_0' }];
    const document = payout([entry('sale', '100', { id: 'txn_1' })], paid('100'));
    const { refusals } = book(document, { payments: { claims: [], twice } });
    const row = {
      code: 'payout-row-twice',
      payout: 'Stripe po_1',
      row: 'txn_1',
      amount: kr('100'),
    };
    assert.deepEqual(refusals, [{ ...row, other: 'payouts/stripe/po_0' }]);
    const [one] = document.entries;
    assert.ok(one);
    const again = book(payout([one, one], paid('200')));
    assert.deepEqual(again.refusals, [{ ...row, other: 'payouts/stripe/po_1' }]);
  });

  it('tells orders that nobody knows and those paid otherwise, and is booked', () => {
    const document = payout(
      [
        entry('sale', '100', { references: ['ch_unknown'] }),
        entry('sale', '900', { references: ['ch_1'] }),
      ],
      paid('1000'),
    );
    const payments = { claims: [claim('1', '1000')], twice: [] };
    const { rows, notices } = book(document, { payments });
    assert.deepEqual(rows, ['1930 1000.00', '1580 -1000.00']);
    assert.deepEqual(notices, [
      {
        code: 'payout-orders-unknown',
        payout: 'Stripe po_1',
        count: 1,
        total: kr('100'),
        rows: ['ch_unknown'],
      },
      {
        ...{ code: 'order-settled-otherwise', order: '1', claim: kr('1000') },
        ...{ paid: kr('900'), difference: kr('100') },
      },
    ]);
  });

  it('gains what the exchange has gained since the order', () => {
    // 100 EUR, booked as 1 130.00, settled as 1 145.00 less 33.20: a gain of 15.00.
    const original = { gross: { minor: 10_000n, currency: 'EUR' }, fee: null } as const;
    const sale = entry('sale', '1145', { fee: kr('33.20'), references: ['ch_1'], original });
    const payments = { claims: [claim('1', '1130')], twice: [] };
    const { rows } = book(payout([sale], paid('1111.80')), { payments });
    assert.deepEqual(rows, ['1930 1111.80', '1580 -1130.00', '6040 33.20', '3960 -15.00']);
  });

  it('takes a payout that costs more than it brings from the bank', () => {
    const document = payout([entry('refund', '-100', { fee: kr('2') })], paid('-102'));
    assert.deepEqual(book(document).rows, ['1930 -102.00', '1580 100.00', '6040 2.00']);
  });

  it('is held in another currency than that of the books', () => {
    const document = payout([entry('sale', '100', { fee: kr('2') })], paid('98'));
    const own = { country: 'NO', language: 'nb' } as const;
    assert.deepEqual(book({ ...document }, { own }).refusals, [
      { code: 'currency-not-booked', currency: 'SEK', books: 'NOK' },
    ]);
  });
});
