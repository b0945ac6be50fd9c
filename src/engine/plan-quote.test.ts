import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day } from '../domain/date.ts';
import type { Quote } from '../domain/document/quote.ts';
import { formatMoney } from '../domain/money.ts';
import type { PlanOutcome, WriteResults } from '../domain/plan.ts';
import type { OrderState } from '../domain/sales-document.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { choices, kr } from '../testing/day-reports.ts';
import type { PlanInput } from './plan-input.ts';
import { planDocument } from './plan.ts';

/** A bathroom for 1 000.00 in two halves. */
const QUOTE: Quote = {
  kind: 'quote',
  ref: { system: 'winner', account: 'x', id: 'winner:7:alt:1' },
  number: '7-1',
  date: day('2026-05-08'),
  currency: 'SEK',
  customer: {
    ...{ number: '1', name: 'Bo Berg', orgNumber: null, vatNumber: null },
    ...{ endpoint: null, address: null, email: 'bo@example.se' },
  },
  isBusiness: false,
  deliverTo: null,
  project: { number: '7', name: 'Bad Berg' },
  contract: null,
  groups: [{ code: 'BAD', name: 'Badrum', rate: 2500, net: kr('800'), vat: kr('200') }],
  calendar: [
    { seq: 1, label: 'Först', share: { kind: 'percent', hundredths: 5000 }, dueDate: null },
    { seq: 2, label: 'Sedan', share: { kind: 'percent', hundredths: 5000 }, dueDate: null },
  ],
  total: kr('1000'),
};

/** The same for 1 200.00. */
const DEARER: Quote = {
  ...QUOTE,
  groups: [{ code: 'BAD', name: 'Badrum', rate: 2500, net: kr('960'), vat: kr('240') }],
  total: kr('1200'),
};

function plan(document: Quote, change: Partial<PlanInput> = {}): PlanOutcome {
  return planDocument({
    document,
    doubts: [],
    decisions: [],
    choices: choices(),
    startDate: null,
    books: UNKNOWN_BOOKS,
    purchases: null,
    booked: null,
    overlaps: null,
    credit: [],
    today: day('2026-05-09'),
    ...change,
  });
}

/** What the orders of a plan are called in the ledger: 101, 102, as the quote became them. */
function resultsOf(outcome: PlanOutcome): WriteResults {
  assert.ok(outcome.kind === 'plan');
  return Object.fromEntries(
    outcome.plan.steps.map((step, i) => {
      assert.ok(step.kind === 'enter-order');
      return [`${step.id}.in`, { id: String(101 + i), data: { memo: step.sale.memo } }];
    }),
  );
}

/** The quote again, when its orders stand as they are said to. */
function again(
  document: Quote,
  states: readonly OrderState[] | null,
  accepted: readonly RefusalCode[] = [],
): PlanOutcome {
  const results = resultsOf(plan(QUOTE));
  return plan(document, {
    booked: { label: 'Order 101', vouchers: [], document: QUOTE, results },
    orders: states && new Map(states.map((state, i) => [String(101 + i), state])),
    decisions: accepted.map((code) => ({ kind: 'accept', code })),
  });
}

/** `id total order` of each step, or the reasons that there are none. */
function said(outcome: PlanOutcome): readonly string[] {
  if (outcome.kind === 'held') return outcome.refusals.map(({ code }) => code);
  assert.ok(outcome.kind === 'plan');
  return outcome.plan.steps.map((step) => {
    assert.ok(step.kind === 'enter-order');
    return `${step.id} ${formatMoney(step.sale.total)} ${step.change ?? 'new'}`;
  });
}

describe('planDocument, of a quote', () => {
  it('is an order for each line of its calendar', () => {
    assert.deepEqual(said(plan(QUOTE)), ['order-1 500.00 new', 'order-2 500.00 new']);
  });

  it('asks about one that was accepted before the flow begins', () => {
    const startDate = day('2026-05-09');
    assert.deepEqual(said(plan(QUOTE, { startDate })), ['before-start-date']);
    const decisions = [{ kind: 'accept', code: 'before-start-date' }] as const;
    assert.equal(said(plan(QUOTE, { startDate, decisions })).length, 2);
  });

  it('tells a Norwegian company what is invoiced before the last part, and no other', () => {
    const swedish = plan(QUOTE);
    assert.deepEqual(swedish.kind === 'plan' && swedish.plan.notices, []);
    const norwegian = plan(QUOTE, { choices: choices({ country: 'NO' }) });
    assert.deepEqual(norwegian.kind === 'plan' && norwegian.plan.notices, [
      {
        ...{ code: 'invoiced-before-delivery', quote: '7-1' },
        ...{ parts: ['Först'], total: kr('500') },
      },
    ]);
  });

  it('has no order of a line that comes to nothing', () => {
    const calendar = QUOTE.calendar.map((line, i) => {
      return { ...line, share: { kind: 'percent', hundredths: i === 0 ? 0 : 10_000 } as const };
    });
    assert.deepEqual(said(plan({ ...QUOTE, calendar })), ['order-2 1000.00 new']);
  });
});

describe('planDocument, of a quote that is accepted again', () => {
  for (const [what, states, accepted, expected] of [
    ['changes both', ['open', 'open'], [], ['order-1 600.00 101', 'order-2 600.00 102']],
    ['leaves what is invoiced', ['invoiced', 'open'], [], ['order-2 700.00 102']],
    ['takes the difference where it can', ['open', 'invoiced'], [], ['order-1 700.00 101']],
    ['asks when all is invoiced', ['invoiced', 'invoiced'], [], ['quote-below-invoiced']],
    ['asks about one that is gone', ['open', 'gone'], [], ['quote-order-gone']],
    [
      'enters one that is gone anew when a person says so',
      ['open', 'gone'],
      ['quote-order-gone'],
      ['order-1 600.00 101', 'order-2 600.00 new'],
    ],
    ['asks when the ledger does not tell', null, [], ['quote-revised']],
  ] as const) {
    it(what, () => {
      assert.deepEqual(said(again(DEARER, states, accepted)), expected);
    });
  }

  it('with the same figures stays as it is, however its orders stand', () => {
    const outcome = again({ ...QUOTE, date: day('2026-05-20') }, null);
    assert.equal(outcome.kind === 'plan' && outcome.plan.idle, 'unchanged');
  });

  it('goes on from what its orders were changed to', () => {
    const first = plan(QUOTE);
    const changed = again(DEARER, ['open', 'open']);
    const results = { ...resultsOf(first), ...resultsOf(changed) };
    const outcome = plan(QUOTE, {
      booked: { label: 'Order 101', vouchers: [], document: DEARER, results },
      orders: new Map([
        ['101', 'invoiced'],
        ['102', 'open'],
      ]),
    });
    assert.deepEqual(said(outcome), ['order-2 400.00 102']);
  });

  it('asks about an order that nothing is left for', () => {
    const [line] = QUOTE.calendar;
    assert.ok(line !== undefined);
    const calendar = [{ ...line, share: { kind: 'percent', hundredths: 10_000 } } as const];
    const outcome = again({ ...QUOTE, calendar }, ['open', 'open']);
    assert.deepEqual(said(outcome), ['quote-order-left']);
    const gone = again({ ...QUOTE, calendar }, ['open', 'gone']);
    assert.deepEqual(said(gone), ['order-1 1000.00 101'], 'a person has taken it away');
  });
});
