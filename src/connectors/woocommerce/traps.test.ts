import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '../../..');
const LIST = readFileSync(join(import.meta.dirname, 'traps.md'), 'utf8');
const TRAPS = 34;

/** Rows of the list, each with its number and the tests that it names. */
const ROWS = LIST.split('\n').flatMap((line) => {
  const [, number = '', , tests = ''] = line.split('|').map((cell) => cell.trim());
  return /^\d+$/.test(number) ? [{ number: Number(number), tests }] : [];
});

describe('traps.md', () => {
  it('has every trap once', () => {
    const all = Array.from({ length: TRAPS }, (_, i) => i + 1);
    assert.deepEqual(
      ROWS.map(({ number }) => number),
      all,
    );
  });

  for (const { number, tests } of ROWS) {
    it(`names tests of trap ${number} that there are`, () => {
      const named = [...tests.matchAll(/`([^`]+)` › ([^;|]+)/g)];
      assert.ok(named.length > 0, `no test of trap ${number}`);
      for (const [, path = '', title = ''] of named) {
        const text = readFileSync(join(ROOT, path), 'utf8');
        assert.ok(text.includes(title.trim()), `${path} has no test “${title.trim()}”`);
      }
    });
  }
});
