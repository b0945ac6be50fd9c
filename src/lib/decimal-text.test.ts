import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDecimal, type DecimalStyle } from './decimal-text.ts';

const SWEDISH: DecimalStyle = { decimal: ',', thousands: [' ', '.'] };
const EITHER: DecimalStyle = { decimal: 'either', thousands: [] };

describe('readDecimal', () => {
  for (const [text, plain] of [
    ['1234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ['1\u00a0234,50', '1234.50'],
    ['1\u202f234\u202f567,5', '1234567.5'],
    ['1.234,50', '1234.50'],
    ['−12,5', '-12.5'],
    ['125,00-', '-125.00'],
    ['+7', '7'],
    [',5', '0.5'],
    ['0', '0'],
  ] as const) {
    test(`reads ${JSON.stringify(text)}`, () => assert.equal(readDecimal(text, SWEDISH), plain));
  }

  for (const text of [
    '',
    ' ',
    '-',
    '1,2,3',
    '1.23,4',
    '12.34',
    '1e3',
    '12,',
    'abc',
    '--5',
    '1234567890123456789',
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(readDecimal(text, SWEDISH), null));
  }

  test('takes the last mark for the decimal mark when either may be', () => {
    assert.equal(readDecimal('12.50', EITHER), '12.50');
    assert.equal(readDecimal('12,50', EITHER), '12.50');
    assert.equal(readDecimal('1.234,50', EITHER), null);
  });

  test('gives the same answer each time: a pattern keeps no state', () => {
    const answers = [1, 2, 3].map(() => readDecimal('1 234,50', SWEDISH));
    assert.deepEqual(answers, ['1234.50', '1234.50', '1234.50']);
  });
});
