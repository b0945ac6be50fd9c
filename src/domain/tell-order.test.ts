import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseLocalDate } from './date.ts';
import type { InvoicePaymentState, OrderNews } from './document/order-news.ts';
import { money } from './money.ts';
import { present } from '../lib/assert.ts';
import { tellOrder, type NewsChoices } from './tell-order.ts';

const DAY = present(parseLocalDate('2026-11-20'), 'a day');
const CHOICES: NewsChoices = { language: 'en', news: 'both', newsStatus: {} };

function news(change: Partial<OrderNews> = {}): OrderNews {
  const ref = { system: 'woocommerce', account: 'shop.example.se', id: '57' };
  return {
    kind: 'order-news',
    ref: { ...ref, id: 'news:57' },
    about: { kind: 'order', ref, order: '57' },
    date: DAY,
    currency: 'SEK',
    ledger: 'Fortnox',
    bookedAs: 'K 12',
    payment: null,
    toldBefore: 0,
    ...change,
  };
}

function payment(change: Partial<InvoicePaymentState>): InvoicePaymentState {
  const left = money(50_000n, 'SEK');
  return { invoice: '1041', state: 'open', left, paidOn: null, ...change };
}

const PAID = payment({ state: 'paid', left: money(0n, 'SEK'), paidOn: DAY });

describe('tellOrder', () => {
  const refund: OrderNews['about'] = {
    kind: 'refund',
    ref: { system: 'woocommerce', account: 'shop.example.se', id: 'refund:60' },
    order: '57',
  };
  const cases: readonly (readonly [
    title: string,
    now: OrderNews,
    before: OrderNews | null,
    note: string | null,
    facts: Readonly<Record<string, string>>,
  ])[] = [
    ['what is booked', news(), null, 'Booked in Fortnox: K 12.', { _bokbro_booked: 'K 12' }],
    [
      'a refund, at the order that it is of',
      news({ about: refund, bookedAs: 'K 14' }),
      null,
      'The refund is booked in Fortnox: K 14.',
      { _bokbro_booked_refund_60: 'K 14' },
    ],
    [
      'an invoice that is not paid yet, in fields alone',
      news({ payment: payment({}) }),
      news(),
      null,
      { _bokbro_booked: 'K 12', _bokbro_payment: 'open 500.00' },
    ],
    [
      'a part that is paid',
      news({ payment: payment({ state: 'partly-paid', left: money(12_500n, 'SEK') }) }),
      news({ payment: payment({}) }),
      'Invoice 1041 is partly paid: 125.00 is left.',
      { _bokbro_booked: 'K 12', _bokbro_payment: 'partly-paid 125.00' },
    ],
    [
      'all of it paid',
      news({ payment: PAID }),
      news(),
      'Invoice 1041 is paid 2026-11-20.',
      { _bokbro_booked: 'K 12', _bokbro_payment: 'paid 2026-11-20' },
    ],
    [
      'a payment that was taken back',
      news({ payment: payment({}) }),
      news({ payment: PAID }),
      'Invoice 1041 is not paid any more: 500.00 is left.',
      { _bokbro_booked: 'K 12', _bokbro_payment: 'open 500.00' },
    ],
    [
      'a booking that was corrected',
      news({ bookedAs: 'K 13, K 14' }),
      news(),
      'Booked in Fortnox: K 13, K 14.',
      { _bokbro_booked: 'K 13, K 14' },
    ],
  ];
  for (const [title, now, before, note, facts] of cases) {
    test(`tells ${title}`, () => {
      assert.deepEqual(tellOrder(now, CHOICES, before), { order: '57', note, facts, status: null });
    });
  }

  test('tells nothing where that is chosen, and only in the way that is chosen', () => {
    assert.equal(tellOrder(news(), { ...CHOICES, news: 'off' }, null), null);
    assert.deepEqual(tellOrder(news(), { ...CHOICES, news: 'note' }, null)?.facts, {});
    assert.equal(tellOrder(news(), { ...CHOICES, news: 'metadata' }, null)?.note, null);
  });

  test('sets an order on at what has just happened to it, once, and never for a refund', () => {
    const newsStatus = { booked: 'processing', paid: 'completed' };
    const choices: NewsChoices = { ...CHOICES, news: 'off', newsStatus };
    const statusOf = (now: OrderNews, before: OrderNews | null): string | null =>
      tellOrder(now, choices, before)?.status ?? null;
    assert.equal(statusOf(news(), null), 'processing');
    assert.equal(statusOf(news({ payment: PAID }), news()), 'completed');
    assert.equal(
      statusOf(news({ payment: PAID, bookedAs: 'K 13' }), news({ payment: PAID })),
      null,
    );
    assert.equal(statusOf(news({ about: refund }), null), null);
  });

  for (const [language, said] of [
    ['sv', 'Bokförd i Fortnox: K 12. Faktura 1041 är betald 2026-11-20.'],
    ['nb', 'Bokført i Fortnox: K 12. Faktura 1041 er betalt 2026-11-20.'],
    ['en', 'Booked in Fortnox: K 12. Invoice 1041 is paid 2026-11-20.'],
  ] as const) {
    test(`speaks ${language}`, () => {
      const told = tellOrder(news({ payment: PAID }), { ...CHOICES, language }, null);
      assert.equal(told?.note, said);
    });
  }
});
