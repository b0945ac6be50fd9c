import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isWritable, transliterate } from './transliterate.ts';

describe('transliterate', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Åkes Färg & Öl', 'Åkes Färg & Öl'],
    ['10 € – det’s “allt”…', '10 EUR - det\'s "allt"...'],
    ['Bjørn Šimek Łódź', 'Björn Simek Lódz'],
    ['a\u030angström', 'ångström'],
    ['rad 1\r\nrad 2\u0007', 'rad 1  rad 2 '],
    ['日本 😀', '?? ?'],
    ['10\u00a0000 ½ ™', '10\u00a0000 ½ TM'],
  ];
  for (const [text, result] of cases) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(result)}`, () => {
      assert.equal(transliterate(text), result);
    });
  }

  it('gives what can be written, and leaves that alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const result = transliterate(text);
        assert.ok(isWritable(result));
        assert.equal(transliterate(result), result);
      }),
    );
  });
});
