import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { present } from '../../../lib/assert.ts';
import { amountText } from './amounts.ts';
import { BATHROOM, INSTALLED, KITCHEN, startEar, type Ear } from './hub-for-test.ts';
import { amountsOf, partsOf, type PercentOf } from './quote/calendar.ts';
import type { Alternative, Group, Project } from './quote/project.ts';
import { WinnerSimulator, type WinnerOptions } from './simulator.ts';

type Said = Record<string, unknown>;

const KITCHEN_ID = 'winner:24017:alt:3';

let ear: Ear;
beforeEach(async () => {
  ear = await startEar();
  ear.answers = [{ status: 200, body: { status: 'created' } }];
});
afterEach(() => ear.stop());

function open(options: WinnerOptions = {}): WinnerSimulator {
  return new WinnerSimulator({
    address: { url: ear.url, key: 'a-key' },
    projects: [KITCHEN, BATHROOM, INSTALLED],
    nowMs: () => Date.UTC(2026, 4, 8, 10),
    ...options,
  });
}

function fixture(name: string): Said {
  const text = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
  return JSON.parse(text) as Said;
}

/** The body of a request, by its place among all. */
function posted(at: number): Said {
  return present(ear.heard[at], 'a request').body as Said;
}

/** The last body that was posted, in the fields that a fixture has and that are no expectation. */
function expectPosted(name: string): void {
  const expected = Object.entries(fixture(name)).filter(([field]) => !field.startsWith('expected'));
  const body = posted(ear.heard.length - 1);
  for (const [field, value] of expected) assert.deepEqual(body[field], value, field);
}

function grossOf(project: Project, percentOf: PercentOf = 'rest'): string[] {
  const [design] = project.alternatives.slice(-1) as [Alternative];
  const parts = partsOf({ groups: design.groups, calendar: design.calendar ?? [] }, percentOf);
  return parts.map(({ grossOre }) => amountText(grossOre));
}

describe('an accepted quote', () => {
  test('is posted as in the fixture when it is accepted a second time', async () => {
    const winner = open();
    const acceptance = { alternatives: [3], contractNo: 'K24017' };
    await winner.accept('24017', { ...acceptance, date: '2026-05-02' });
    await winner.accept('24017', acceptance);
    const [first, second] = ear.heard;
    assert.deepEqual(second?.body, fixture('quote-24017-accepted.json'));
    assert.deepEqual(
      [first?.idempotencyKey, second?.idempotencyKey, second?.key, second?.path],
      ['winner-24017-3-r1', 'winner-24017-3-r2', 'Bearer a-key', '/v1/ingest/quotes'],
    );
  });

  test('has no contract and no customer number where there is none', async () => {
    await open().accept('24031', { alternatives: [1] });
    expectPosted('quote-24031-odd-split.json');
    assert.ok(!('contract_no' in posted(0)));
  });

  test('can have a calendar line for the installation', async () => {
    await open({ product: 'winner-bizz' }).accept('24044', { alternatives: [2] });
    expectPosted('quote-24044-installation-line.json');
  });

  test('can be of another alternative of the same project, under another id', async () => {
    const winner = open();
    await winner.accept('24017', { alternatives: [3] });
    assert.equal(await winner.accept('24017', { alternatives: [1] }), 'winner:24017:alt:1');
    assert.deepEqual(posted(1)['payment_calendar'], [
      { seq: 1, type: 'final', basis: 'percent', percent: '100' },
    ]);
  });

  test('can be of several alternatives on one contract', async () => {
    await open().accept('24017', { alternatives: [1, 3] });
    const body = posted(0);
    assert.deepEqual(
      [body['external_id'], body['quote_no'], (body['groups'] as unknown[]).length],
      ['winner:24017:alt:1+3', '24017-1+3', 5],
    );
  });

  test('keeps what was accepted when the project changes', async () => {
    const winner = open();
    await winner.accept('24017', { alternatives: [3] });
    winner.saveProject({ ...KITCHEN, name: 'Nytt navn' });
    ear.answers = [{ status: 503, body: null }];
    assert.equal(winner.quote(KITCHEN_ID).project.name, 'Kjøkken Hansen, Lyngveien 4');
    await winner.accept('24017', { alternatives: [3] });
    const { project, revision, state } = winner.quote(KITCHEN_ID);
    assert.deepEqual([project.name, revision, state], ['Nytt navn', 2, 'waiting']);
  });

  test('needs a design, and a calendar of 100 % unless that is not checked', async () => {
    const uneven: Project = {
      ...BATHROOM,
      alternatives: [
        {
          number: 1,
          groups: BATHROOM.alternatives[0]?.groups ?? [],
          calendar: ['33.33', '33.33', '33.33'].map((percent) => ({
            type: 'partial',
            basis: 'percent',
            percent,
          })),
        },
      ],
    };
    const strict = open({ projects: [uneven] });
    await assert.rejects(strict.accept('24031', { alternatives: [1] }), /come to 100 %/);
    await assert.rejects(strict.accept('24031', { alternatives: [9] }), /no alternative 9/);
    await assert.rejects(strict.accept('1', { alternatives: [1] }), /no project 1/);
    await open({ projects: [uneven], calendarCheck: 'none' }).accept('24031', {
      alternatives: [1],
    });
    assert.equal(ear.heard.length, 1);
  });
});

describe('answers', () => {
  const state = async (answer: { status: number; body: unknown }): Promise<string> => {
    ear.answers = [answer];
    const winner = open();
    await winner.accept('24017', { alternatives: [3] });
    return winner.quote(KITCHEN_ID).state;
  };

  test('say taken, rejected or nothing', async () => {
    const cases: readonly (readonly [number, unknown, string])[] = [
      [201, { status: 'created', external_id: KITCHEN_ID }, 'taken'],
      [202, null, 'taken'],
      [200, { status: 'rejected', errors: [{ code: 'X', message: 'y' }] }, 'rejected'],
      [422, null, 'rejected'],
      [200, { status: 'rejected', retryable: true }, 'waiting'],
      [200, { external_id: 'winner:1:alt:1' }, 'waiting'],
      [302, null, 'waiting'],
      [401, null, 'waiting'],
      [500, null, 'waiting'],
    ];
    for (const [status, body, expected] of cases) {
      assert.equal(await state({ status, body }), expected, JSON.stringify([status, body]));
    }
  });

  test('that were lost are asked for again, with the same key and the same words', async () => {
    const winner = open();
    winner.failNext('lose-answer', 'lose-request', 'twice');
    await winner.accept('24017', { alternatives: [3] });
    await winner.resend();
    assert.equal(winner.quote(KITCHEN_ID).state, 'waiting');
    await winner.resend();
    await winner.resend();
    assert.equal(winner.quote(KITCHEN_ID).state, 'taken');
    assert.equal(ear.heard.length, 3);
    for (const one of ear.heard) assert.deepEqual(one, ear.heard[0]);
  });

  test('do not come when nobody listens', async () => {
    await ear.stop();
    const winner = open();
    await winner.accept('24017', { alternatives: [3] });
    assert.equal(winner.quote(KITCHEN_ID).state, 'waiting');
  });
});

describe('partsOf', () => {
  test('gives the last part what is left', () => {
    assert.deepEqual(grossOf(BATHROOM), fixture('quote-24031-odd-split.json')['expected_gross']);
    assert.deepEqual(grossOf(KITCHEN), ['42500.00', '170000.00']);
  });

  // Of all it comes to 140 000 where the quote says 120 000: a calendar that nobody can mean.
  test('takes per cents of what is left without the installation, or of all', () => {
    const name = 'expected_gross_if_percent_excludes_installation';
    assert.deepEqual(grossOf(INSTALLED), fixture('quote-24044-installation-line.json')[name]);
    assert.deepEqual(grossOf(INSTALLED, 'total'), ['60000.00', '60000.00', '20000.00']);
  });

  test('divides groups as in the fixture', () => {
    const expected = fixture('quote-24017-expected-orders.json') as {
      mode_groups: { lines: { article: string; net: string }[] }[];
    };
    const { groups, calendar = [] } = KITCHEN.alternatives[1] as Alternative;
    const parts = partsOf({ groups, calendar }, 'rest');
    assert.deepEqual(
      parts.map((part) =>
        part.groups.map(({ group, netOre }) => ({ article: group.code, net: amountText(netOre) })),
      ),
      expected.mode_groups.map(({ lines }) => lines),
    );
  });

  test('loses nothing of any group, whatever the calendar', () => {
    const group = fc.record({
      gross: fc.integer({ min: 0, max: 1e9 }),
      rate: fc.constantFrom(0, 12, 15, 25),
    });
    const cuts = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 6 }), cuts, (seeds, at) => {
        const groups = seeds.map(({ gross, rate }, index): Group => {
          return { code: `G${index}`, name: '', gross: amountText(gross), vatRate: rate };
        });
        const marks = [0, ...at.sort((a, b) => a - b), 10_000];
        const calendar = marks.slice(1).map((mark, index) => ({
          type: 'partial' as const,
          basis: 'percent' as const,
          percent: amountText(mark - (marks[index] ?? 0)),
        }));
        const parts = partsOf({ groups, calendar }, 'rest');
        for (const [index, one] of groups.entries()) {
          const sums = { grossOre: 0, netOre: 0 };
          for (const part of parts) {
            sums.grossOre += part.groups[index]?.grossOre ?? 0;
            sums.netOre += part.groups[index]?.netOre ?? 0;
          }
          assert.deepEqual(sums, amountsOf(one));
        }
      }),
    );
  });
});
