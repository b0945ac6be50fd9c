import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LINE_LENGTH_MAX, SieTextBlocks } from './text-blocks.ts';

/** The lines of a file, and which of them were in another encoding. */
function linesOf(bytes: Uint8Array, pieceBytes = bytes.length): [string[], number[]] {
  const blocks = new SieTextBlocks();
  const all = [];
  for (let at = 0; at < bytes.length; at += Math.max(1, pieceBytes)) {
    all.push(...blocks.push(bytes.subarray(at, at + Math.max(1, pieceBytes))));
  }
  all.push(...blocks.end());
  const lines: string[] = [];
  const mixed: number[] = [];
  for (const block of all) {
    mixed.push(...block.mixed.map((line) => line + lines.length));
    lines.push(...block.text.replace(/\n$/, '').split('\n'));
  }
  return [lines, mixed];
}

describe('SieTextBlocks', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['LF', 'a\nb\n\nc', ['a', 'b', '', 'c']],
    ['CRLF', 'a\r\nb\r\n', ['a\r', 'b\r']],
    ['a doubled CR before LF', 'a\r\r\nb\r\r\n', ['a\r\r', 'b\r\r']],
    ['CR alone', 'a\rb\r\rc', ['a', 'b', '', 'c']],
    ['one CR at the end', 'a\r', ['a']],
    ['none', 'a', ['a']],
  ];
  for (const [title, text, lines] of cases) {
    it(`parts lines at ${title}, however the bytes are cut`, () => {
      for (const size of [1, 2, 3, 99]) {
        assert.deepEqual(linesOf(Buffer.from(text), size)[0], lines);
      }
    });
  }

  it('cuts a line without an end and goes on with the next', () => {
    const bytes = Buffer.from(`a\n${'x'.repeat(1_000_000)}\nb\n`);
    for (const size of [1000, 65_536, bytes.length]) {
      const [[first, long, last]] = linesOf(bytes, size);
      assert.deepEqual([first, last], ['a', 'b']);
      assert.equal(long?.length, 3 * (LINE_LENGTH_MAX + 1));
    }
  });

  it('looks for the line end in the first line only as far as a line may go', () => {
    const bytes = Buffer.from(`${'x'.repeat(300_000)}\ra\rb\nc`);
    for (const size of [1000, 65_536, bytes.length]) {
      const [[, second, third]] = linesOf(bytes, size);
      assert.deepEqual([second, third], ['c', undefined]);
    }
  });

  it('reads lines that are not UTF-8 by themselves, in a file that is', () => {
    const text = Buffer.from(`#A åäö\n${'#B åäö\n'.repeat(12_000)}`);
    const odd = Buffer.from([...Buffer.from('#C '), 0x86, 0x0a]);
    const [lines, mixed] = linesOf(Buffer.concat([text, odd, Buffer.from('#D å\n')]), 5000);
    assert.deepEqual(lines.slice(-2), ['#C å', '#D å']);
    assert.deepEqual(mixed, [12_001]);
  });

  it('gives the same lines however the bytes are cut', () => {
    const unit = fc.constantFrom(0x0a, 0x0d, 0x23, 0x61, 0x86, 0xc3, 0xa5, 0xe5, 0x00);
    const bytes = fc.array(unit, { maxLength: 200 }).map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 20 }), (all, size) => {
        assert.deepEqual(linesOf(all, size), linesOf(all));
      }),
    );
  });
});
