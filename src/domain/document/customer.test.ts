import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPersonalNumber } from './customer.ts';

describe('isPersonalNumber', () => {
  for (const [number, is] of [
    ['5599990107', false],
    ['165599990107', false],
    // January and December, and no day of any month: numbers that nobody has.
    ['9901990000', true],
    ['199912990000', true],
    ['974760673', false],
    ['', false],
    [null, false],
  ] as const) {
    test(`says ${String(is)} of ${number ?? 'nothing'}`, () => {
      assert.equal(isPersonalNumber(number), is);
    });
  }
});
