import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ocrOf, passesLuhn } from './ocr.ts';

describe('ocrOf', () => {
  const recorded: readonly (readonly [number: string, ocr: string])[] = [
    ['1', '133'],
    ['3', '331'],
    ['18', '1842'],
    ['37', '3749'],
    ['203', '20354'],
  ];
  for (const [number, ocr] of recorded) {
    test(`gives invoice ${number} the reference ${ocr}`, () => assert.equal(ocrOf(number), ocr));
  }

  test('tells the length modulo ten', () => {
    // Eight digits and two more are ten: the length digit is 0.
    assert.equal(ocrOf('12345678').slice(8, 9), '0');
    assert.ok(passesLuhn(ocrOf('12345678')));
  });
});
