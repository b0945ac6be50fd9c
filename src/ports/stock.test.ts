import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dueStock } from './stock.ts';

const ASKED_AT_MS = Date.UTC(2026, 10, 20, 11, 0);
const SETTING = {
  askedAtMs: ASKED_AT_MS,
  changes: [
    { number: 'A', place: 'product:1', from: 300, to: 1_000 },
    { number: 'B', place: 'product:2', from: 300, to: 100 },
  ],
};

describe('dueStock', () => {
  it('writes what still stands as it was seen', () => {
    const stands = new Map([
      ['A', 300],
      ['B', 300],
    ]);
    const { due, told } = dueStock(SETTING, stands, ASKED_AT_MS + 1_000);
    assert.deepEqual(due, SETTING.changes);
    assert.deepEqual(told, { written: [], left: [] });
  });

  it('leaves alone what has been sold since, and what is gone', () => {
    const { due, told } = dueStock(SETTING, new Map([['A', 200]]), ASKED_AT_MS + 1_000);
    assert.deepEqual(due, []);
    assert.deepEqual(told.left, [
      ['A', 'moved', 1_000],
      ['B', 'moved', 100],
    ]);
  });

  it('writes nothing that was reckoned more than two minutes ago', () => {
    const stands = new Map([
      ['A', 300],
      ['B', 100],
    ]);
    const { due, told } = dueStock(SETTING, stands, ASKED_AT_MS + 120_001);
    assert.deepEqual(due, []);
    assert.deepEqual(told, { written: [['B', 100]], left: [['A', 'stale', 1_000]] });
  });
});
