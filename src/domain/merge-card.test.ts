import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergeCard, standsAfter } from './merge-card.ts';

const PARTS = {
  name: ['Name'],
  orgNumber: ['Org'],
  address: ['Street', 'City'],
  email: ['Email'],
  gln: [],
  terms: [],
} as const;

describe("what of a source's card is written on the ledger's", () => {
  for (const [what, { wanted, theirs, before }, changes, kept] of [
    ['what the ledger lacks', { wanted: { Name: 'A' }, theirs: {}, before: {} }, { Name: 'A' }, []],
    [
      'what the source owns and nobody has changed',
      { wanted: { Name: 'B' }, theirs: { Name: 'A' }, before: { Name: 'A' } },
      { Name: 'B' },
      [],
    ],
    [
      'nothing that somebody has changed there',
      { wanted: { Name: 'B' }, theirs: { Name: 'C' }, before: { Name: 'A' } },
      {},
      ['name'],
    ],
    [
      'nothing that the source does not own',
      { wanted: { Email: 'b@x.no' }, theirs: { Email: 'a@x.no' }, before: { Email: 'a@x.no' } },
      {},
      ['email'],
    ],
    [
      'an address as a whole, or not at all',
      { wanted: { Street: 'S', City: 'B' }, theirs: { City: 'A' }, before: {} },
      {},
      ['address'],
    ],
    [
      'nothing for what is empty',
      { wanted: { Name: '' }, theirs: { Name: 'A' }, before: {} },
      {},
      [],
    ],
  ] as const) {
    test(`is ${what}`, () => {
      const merged = mergeCard({ wanted, theirs, before }, ['name', 'address'], PARTS);
      assert.deepEqual(merged, { changes, kept });
    });
  }

  test('stands there afterwards where it was written, or stood already', () => {
    const card = {
      wanted: { Name: 'A', City: 'B', Email: 'x' },
      theirs: { City: 'B', Email: 'y' },
    };
    assert.deepEqual(standsAfter(card, { Name: 'A' }), { Name: 'A', City: 'B' });
  });
});
