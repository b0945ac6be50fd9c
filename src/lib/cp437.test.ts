import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cp437Byte, decodeCp437, encodeCp437, NOT_IN_CP437 } from './cp437.ts';

const ALL = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('decodeCp437', () => {
  it('gives every byte a character of its own', () => {
    assert.equal(new Set(decodeCp437(ALL)).size, 256);
  });

  it('reads the letters that tell the code page from Latin-1', () => {
    const bytes = Uint8Array.of(0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82, 0x81);
    assert.equal(decodeCp437(bytes), 'åäöÅÄÖéü');
  });

  it('reads characters beyond Latin-1', () => {
    assert.equal(decodeCp437(Uint8Array.of(0x9e, 0xc9, 0xe3, 0xfe)), '₧╔π■');
  });

  it('keeps control characters as they are', () => {
    assert.equal(decodeCp437(Uint8Array.of(0, 9, 31, 127)), '\u0000\t\u001f\u007f');
  });
});

describe('encodeCp437', () => {
  it('gives back the bytes that were decoded, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.deepEqual(encodeCp437(decodeCp437(bytes)), bytes);
      }),
    );
  });

  it('refuses what the code page lacks', () => {
    for (const text of ['€', '–', '’', 'ø', 'a\u030a', '😀']) assert.equal(encodeCp437(text), null);
  });
});

describe('cp437Byte', () => {
  it('knows exactly 256 of the 65,536 code units', () => {
    let known = 0;
    for (let unit = 0; unit < 0x10000; unit += 1) {
      if (cp437Byte(unit) !== NOT_IN_CP437) known += 1;
    }
    assert.equal(known, 256);
  });
});
