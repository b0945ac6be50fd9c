import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './keep.ts';

test('says which lines were found and which would be generated', () => {
  assert.equal(differences('a\nold\nc', 'a\nnew\nc').split('\n').sort().join('|'), '+ new|- old');
});

test('tells the rest of many differences by number', () => {
  const many = Array.from({ length: 43 }, (_, i) => `line ${i}`).join('\n');
  const said = differences(many, '').split('\n');
  // 43 lines that are found and the one empty line that is not.
  assert.equal(said.length, 41);
  assert.equal(said.at(-1), '… and 4 more');
});
