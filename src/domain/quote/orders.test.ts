import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { CalendarShare, Quote, QuoteGroup } from '../document/quote.ts';
import { day } from '../date.ts';
import { formatMoney, money, parseMoney, type Money } from '../money.ts';
import type { QuoteChoices } from './choices.ts';
import { ordersOf, type QuoteOrder } from './orders.ts';

const BY_GROUP: QuoteChoices = {
  lines: 'groups',
  article: 'WINNER',
  installationGroups: ['MON'],
  percentOf: 'rest',
  customerPrefix: 'W',
};

function nok(text: string): Money {
  const amount = parseMoney(text, 'NOK');
  assert.ok(amount !== null);
  return amount;
}

function group(code: string, net: string, vat: string): QuoteGroup {
  return { code, name: `Gruppe ${code}`, rate: 2500, net: nok(net), vat: nok(vat) };
}

function percent(hundredths: number): CalendarShare {
  return { kind: 'percent', hundredths };
}

function quote(groups: readonly QuoteGroup[], shares: readonly CalendarShare[]): Quote {
  const total = groups.reduce((all, { net, vat }) => all + net.minor + vat.minor, 0n);
  return {
    kind: 'quote',
    ref: { system: 'winner', account: 'x', id: 'winner:24017:alt:3' },
    number: '24017-3',
    date: day('2026-05-08'),
    currency: 'NOK',
    customer: {
      ...{ number: '10552', name: 'Ola Hansen', orgNumber: null, vatNumber: null },
      ...{ endpoint: null, address: null, email: null },
    },
    isBusiness: false,
    deliverTo: null,
    project: { number: '24017', name: 'Kjøkken Hansen' },
    contract: 'K24017',
    groups,
    calendar: shares.map((share, i) => ({
      seq: i + 1,
      label: `Del ${i + 1}`,
      share,
      dueDate: null,
    })),
    total: money(total, 'NOK'),
  };
}

const KITCHEN = [
  group('KJO', '98000', '24500'),
  group('BEN', '22400', '5600'),
  group('HVI', '31250', '7812.50'),
  group('MON', '18350', '4587.50'),
];

function made(of: Quote, choices = BY_GROUP, invoiced: readonly QuoteOrder[] = []) {
  const outcome = ordersOf(of, choices, invoiced);
  assert.equal(outcome.kind, 'orders');
  return outcome.kind === 'orders' ? outcome.orders : [];
}

function totals(orders: readonly QuoteOrder[]): string[] {
  return orders.map(({ total }) => formatMoney(total));
}

function lines(orders: readonly QuoteOrder[]): string[][] {
  return orders.map((order) =>
    order.lines.map(
      ({ article, net, vat }) => `${article} ${formatMoney(net)} ${formatMoney(vat)}`,
    ),
  );
}

describe('the orders of a quote', () => {
  test('a fifth when it is ordered and the rest on delivery, group by group', () => {
    const orders = made(quote(KITCHEN, [percent(2000), percent(8000)]));
    assert.deepEqual(totals(orders), ['42500.00', '170000.00']);
    assert.deepEqual(lines(orders), [
      ['KJO 19600.00 4900.00', 'BEN 4480.00 1120.00', 'HVI 6250.00 1562.50', 'MON 3670.00 917.50'],
      [
        'KJO 78400.00 19600.00',
        'BEN 17920.00 4480.00',
        'HVI 25000.00 6250.00',
        'MON 14680.00 3670.00',
      ],
    ]);
  });

  test('one line with the number of the quote', () => {
    const orders = made(quote(KITCHEN, [percent(2000), percent(8000)]), {
      ...BY_GROUP,
      lines: 'one',
    });
    assert.deepEqual(lines(orders), [['WINNER 34000.00 8500.00'], ['WINNER 136000.00 34000.00']]);
    assert.equal(orders[0]?.lines[0]?.text, '24017-3 – Del 1');
  });

  test('per cents that do not divide: the last takes the øre', () => {
    const shares = [percent(3333), percent(3333), percent(3334)];
    const orders = made(quote([group('BAD', '79999.99', '20000.00')], shares));
    assert.deepEqual(totals(orders), ['33330.00', '33330.00', '33339.99']);
    assert.deepEqual(lines(orders), [
      ['BAD 26664.00 6666.00'],
      ['BAD 26664.00 6666.00'],
      ['BAD 26671.99 6668.00'],
    ]);
  });

  const INSTALLED = [group('KJO', '80000', '20000'), group('MON', '16000', '4000')];
  const HALVES: readonly CalendarShare[] = [percent(5000), percent(5000), { kind: 'installation' }];

  test('a line of its own takes the installation whole', () => {
    const orders = made(quote(INSTALLED, HALVES));
    assert.deepEqual(totals(orders), ['50000.00', '50000.00', '20000.00']);
    assert.deepEqual(lines(orders)[2], ['MON 16000.00 4000.00']);
  });

  test('per cents of the whole price beside an installation are not a whole', () => {
    const outcome = ordersOf(quote(INSTALLED, HALVES), { ...BY_GROUP, percentOf: 'total' });
    assert.deepEqual(outcome, {
      kind: 'refused',
      refusal: {
        code: 'calendar-not-whole',
        quote: '24017-3',
        total: nok('120000'),
        calendar: nok('140000'),
        difference: nok('-20000'),
      },
    });
  });

  test('a calendar of 99.99 per cent is asked about, with the difference', () => {
    const shares = [percent(3333), percent(3333), percent(3333)];
    const outcome = ordersOf(quote(KITCHEN, shares), BY_GROUP);
    assert.deepEqual(outcome, {
      kind: 'refused',
      refusal: {
        code: 'calendar-not-whole',
        quote: '24017-3',
        total: nok('212500'),
        calendar: nok('212478.75'),
        difference: nok('21.25'),
      },
    });
  });

  test('an installation that no group is: asked about', () => {
    const outcome = ordersOf(quote([group('KJO', '100', '25')], HALVES), BY_GROUP);
    assert.deepEqual(outcome, {
      kind: 'refused',
      refusal: { code: 'installation-unknown', quote: '24017-3' },
    });
  });

  test('a discount goes with every line', () => {
    const sold = [group('KJO', '1000', '250'), group('RAB', '-100', '-25')];
    const orders = made(quote(sold, [percent(2000), percent(8000)]));
    assert.deepEqual(lines(orders), [
      ['KJO 200.00 50.00', 'RAB -20.00 -5.00'],
      ['KJO 800.00 200.00', 'RAB -80.00 -20.00'],
    ]);
  });
});

describe('a quote that is accepted again', () => {
  const before = made(quote(KITCHEN, [percent(2000), percent(8000)]));
  const invoiced = before.slice(0, 1);

  test('what is invoiced stands, and the rest takes the change', () => {
    const dearer = [...KITCHEN.slice(0, 3), group('MON', '20350', '5087.50')];
    const orders = made(quote(dearer, [percent(2000), percent(8000)]), BY_GROUP, invoiced);
    assert.deepEqual(totals(orders), ['42500.00', '172500.00']);
    assert.deepEqual(orders[0], before[0]);
    assert.deepEqual(lines(orders)[1]?.at(-1), 'MON 16680.00 4170.00');
  });

  test('a group that is gone is taken back of what was invoiced of it', () => {
    const without = KITCHEN.filter(({ code }) => code !== 'BEN');
    const orders = made(quote(without, [percent(2000), percent(8000)]), BY_GROUP, invoiced);
    assert.deepEqual(totals(orders), ['42500.00', '142000.00']);
    assert.ok(lines(orders)[1]?.includes('BEN -4480.00 -1120.00'));
  });

  test('less than has been invoiced is asked about, with both numbers', () => {
    const less = [group('KJO', '20000', '5000')];
    const outcome = ordersOf(quote(less, [percent(2000), percent(8000)]), BY_GROUP, invoiced);
    assert.deepEqual(outcome, {
      kind: 'refused',
      refusal: {
        code: 'quote-below-invoiced',
        quote: '24017-3',
        invoiced: nok('42500'),
        total: nok('25000'),
        difference: nok('-17500'),
      },
    });
  });
});

test('shares that all round up take no more than there is', () => {
  const three = [group('ONE', '0.02', '0.01')];
  const orders = made(quote(three, [5000, 1667, 1667, 1666].map(percent)));
  assert.deepEqual(totals(orders), ['0.02', '0.01', '0.00', '0.00']);
});

test('orders come to the quote, and groups to themselves, whatever the numbers', () => {
  const sold = fc.array(fc.integer({ min: 1, max: 50_000_000 }), { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 9_999 }), { maxLength: 5 });
  fc.assert(
    fc.property(sold, cuts, (grosses, places) => {
      const groups = grosses.map((gross, i): QuoteGroup => {
        const vat = BigInt(Math.round(gross / 5));
        const net = money(BigInt(gross) - vat, 'NOK');
        return { code: `G${i}`, name: `G${i}`, rate: 2500, net, vat: money(vat, 'NOK') };
      });
      const ends = [...new Set(places), 10_000].toSorted((a, b) => a - b);
      const shares = ends.map((end, i) => percent(end - (ends[i - 1] ?? 0)));
      const of = quote(groups, shares);
      const orders = made(of);
      const whole = orders.reduce((all, { total }) => all + total.minor, 0n);
      assert.equal(whole, of.total.minor);
      for (const { code, net, vat } of groups) {
        const parts = orders.flatMap((order) => order.parts.filter((part) => part.code === code));
        assert.equal(
          parts.reduce((all, part) => all + part.net.minor, 0n),
          net.minor,
        );
        assert.equal(
          parts.reduce((all, part) => all + part.vat.minor, 0n),
          vat.minor,
        );
      }
      for (const order of orders) {
        const inLines = order.lines.reduce((all, one) => all + one.net.minor + one.vat.minor, 0n);
        assert.equal(inLines, order.total.minor);
      }
    }),
  );
});
