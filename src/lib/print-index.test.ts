import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PrintIndex } from './print-index.ts';

describe('PrintIndex', () => {
  it('finds each of many again, and nothing else', () => {
    const index = new PrintIndex();
    for (let at = 0; at < 5_000; at += 1) {
      const print = at % 7 === 0 ? null : at;
      index.remember(`report ${at}`, { print, firstLine: at, lastLine: at + 1 });
    }
    assert.equal(index.size, 5_000);
    assert.deepEqual(index.find('report 4999'), {
      print: 4_999,
      firstLine: 4_999,
      lastLine: 5_000,
    });
    assert.deepEqual(index.find('report 700'), { print: null, firstLine: 700, lastLine: 701 });
    assert.equal(index.find('report 5000'), null);
  });
});
