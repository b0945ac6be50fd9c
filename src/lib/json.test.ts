import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeJson, encodeJson, storableText } from './json.ts';

describe('encodeJson', () => {
  it('writes an amount as text, which decodeJson reads back', () => {
    const text = encodeJson({ gross: { minor: -12_345_678_901_234_567_890n, currency: 'SEK' } });
    assert.equal(text, '{"gross":{"minor":"-12345678901234567890","currency":"SEK"}}');
    assert.deepEqual(decodeJson(text), {
      gross: { minor: -12_345_678_901_234_567_890n, currency: 'SEK' },
    });
  });

  it('writes no escape that a database refuses', () => {
    assert.equal(encodeJson(['\u0000a', '\ud83d', '😀']), '["\ufffda","\ufffd","😀"]');
  });
});

describe('storableText', () => {
  it('leaves every text alone that a database can hold', () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000'));
    fc.assert(fc.property(texts, (text) => storableText(text) === text));
  });
});
