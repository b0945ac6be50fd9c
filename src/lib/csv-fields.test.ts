import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { columnOfField, splitFields } from './csv-fields.ts';

const STYLE = { delimiter: ';', quote: '"' };

describe('splitFields', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', ['']],
    ['a;b;c', ['a', 'b', 'c']],
    ['a;;', ['a', '', '']],
    ['"a;b";c', ['a;b', 'c']],
    ['"a ""b"" c";', ['a "b" c', '']],
    ['Skärm 24";5', ['Skärm 24"', '5']],
    ['"";""', ['', '']],
  ];
  for (const [row, fields] of cases) {
    it(`cuts ${JSON.stringify(row)}`, () => {
      assert.deepEqual(splitFields(row, STYLE), fields);
    });
  }

  it('says where a quote does not end, and where something follows one', () => {
    assert.deepEqual(splitFields('a;"b;c', STYLE), { fault: 'open', column: 3 });
    assert.deepEqual(splitFields('a;"b" c;d', STYLE), { fault: 'stray', column: 6 });
  });

  it('reads back whatever was written', () => {
    const written = (field: string) => `"${field.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (fields) => {
        const row = fields.map(written).join(';');
        assert.deepEqual(splitFields(row, STYLE), fields);
      }),
    );
  });
});

describe('columnOfField', () => {
  it('counts characters from 1, quotes and all', () => {
    const row = 'å;"b;""c";d';
    assert.deepEqual(
      [0, 1, 2, 3].map((index) => columnOfField(row, index, STYLE)),
      [1, 3, 11, 12],
    );
  });
});
