import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Quote } from '../../domain/document/quote.ts';
import { ordersOf } from '../../domain/quote/orders.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { winnerFiles } from './source.ts';

async function read(text: string): Promise<readonly Reading[]> {
  const source = winnerFiles(settingsSchema.parse({}));
  const file = {
    name: 'quote.json',
    open: async function* () {
      yield Buffer.from(text);
    },
  };
  return Array.fromAsync(source.read(file));
}

function fixture(name: string): Record<string, unknown> {
  const path = new URL(`./fixtures/${name}`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

async function quoteOf(wire: Record<string, unknown>): Promise<Quote> {
  const readings = await read(JSON.stringify(wire));
  const [found] = readings.filter((one) => one.kind === 'document');
  assert.ok(found?.kind === 'document' && found.document.kind === 'quote');
  return found.document;
}

const CHOICES = {
  lines: 'groups',
  article: 'WINNER',
  installationGroups: ['MON'],
  percentOf: 'rest',
  customerPrefix: 'W',
} as const;

async function grosses(name: string): Promise<readonly string[]> {
  const outcome = ordersOf(await quoteOf(fixture(name)), CHOICES);
  assert.ok(outcome.kind === 'orders');
  return outcome.orders.map(({ total }) => formatMoney(total));
}

describe('a quote that is pushed', () => {
  test('is read with project, customer and calendar', async () => {
    const quote = await quoteOf(fixture('quote-24017-accepted.json'));
    assert.deepEqual(quote.project, { number: '24017', name: 'Kjøkken Hansen, Lyngveien 4' });
    assert.equal(quote.customer.number, '10552');
    assert.equal(quote.contract, 'K24017');
    assert.equal(quote.date, '2026-05-08');
    assert.deepEqual(
      quote.calendar.map(({ seq, dueDate }) => [seq, dueDate]),
      [
        [1, '2026-05-15'],
        [2, '2026-08-20'],
      ],
    );
    assert.equal(formatMoney(quote.groups[2]?.vat ?? quote.total), '7812.50');
  });

  test('becomes the orders that its fixture says', async () => {
    for (const [name, field] of [
      ['quote-24031-odd-split.json', 'expected_gross'],
      ['quote-24044-installation-line.json', 'expected_gross_if_percent_excludes_installation'],
    ] as const) {
      assert.deepEqual(await grosses(name), fixture(name)[field], name);
    }
  });

  test('without a calendar is one order of everything', async () => {
    const { payment_calendar: _, ...wire } = fixture('quote-24017-accepted.json');
    const outcome = ordersOf(await quoteOf(wire), CHOICES);
    assert.ok(outcome.kind === 'orders');
    assert.deepEqual(
      outcome.orders.map(({ total }) => formatMoney(total)),
      ['212500.00'],
    );
  });

  test('whose groups do not come to its total is doubted, with the difference', async () => {
    const wire = fixture('quote-24017-accepted.json');
    const totals = { net: '170000.00', vat: '42500.00', gross: '212600.00' };
    const readings = await read(JSON.stringify({ ...wire, totals }));
    const [found] = readings.filter((one) => one.kind === 'document');
    const [doubt] = found?.kind === 'document' ? found.doubts : [];
    assert.ok(doubt?.code === 'order-total-differs');
    assert.equal(formatMoney(doubt.difference), '100.00');
  });

  // 24 500.00 and 100.00, of which 19 600.00 and 80.00 without VAT.
  test('has a group once that stands in several alternatives', async () => {
    const wire = fixture('quote-24017-accepted.json');
    const groups = [
      { code: 'KJO', name: 'Kjøkken', net: '19600.00', vat_rate: 25, gross: '24500.00' },
      { code: 'MON', name: 'Montering', net: '80.00', vat_rate: 25, gross: '100.00' },
      { code: 'KJO', name: 'Vaskerom', net: '80.00', vat_rate: 25, gross: '100.00' },
    ];
    const totals = { net: '19760.00', vat: '4940.00', gross: '24700.00' };
    const quote = await quoteOf({ ...wire, groups, totals });
    assert.deepEqual(
      quote.groups.map(({ code, name, net, vat }) => [code, name, net.minor, vat.minor]),
      [
        ['KJO', 'Kjøkken', 19_680_00n, 4_920_00n],
        ['MON', 'Montering', 80_00n, 20_00n],
      ],
    );
    const otherRate = groups.map((one, i) => (i === 2 ? { ...one, vat_rate: 15 } : one));
    const readings = await read(JSON.stringify({ ...wire, groups: otherRate, totals }));
    const [bad] = readings.filter((one) => one.kind === 'unreadable');
    assert.ok(bad?.kind === 'unreadable');
    assert.deepEqual(
      bad.problems.map(({ code, facts }) => `${code} ${facts['field']} ${facts['found']}`),
      ['identity-differs groups[2].code KJO'],
    );
  });

  test('with several mistakes tells them all', async () => {
    const wire = fixture('quote-24017-accepted.json');
    const groups = [{ code: 'KJO', name: 'K', net: 'x', vat_rate: 'y', gross: '1.00' }];
    const payment_calendar = [{ seq: 1, basis: 'percent', percent: '', due_date: '32.13.2026' }];
    const readings = await read(JSON.stringify({ ...wire, groups, payment_calendar }));
    const [found] = readings.filter((one) => one.kind === 'unreadable');
    assert.ok(found?.kind === 'unreadable');
    assert.deepEqual(
      found.problems.map(({ code, facts }) => `${code} ${facts['field']}`),
      [
        'not-a-number groups[0].net',
        'not-a-rate groups[0].vat_rate',
        'field-empty payment_calendar[0].percent',
        'not-a-date payment_calendar[0].due_date',
      ],
    );
  });

  test('is nothing of ours when it is something else', async () => {
    const readings = await read('{"schema":"hub.invoice.v1"}');
    assert.deepEqual(
      readings.map(({ kind }) => kind),
      ['rejected'],
    );
  });
});
