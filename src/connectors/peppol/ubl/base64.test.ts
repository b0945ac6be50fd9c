import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ATTACHMENT_BYTES_MAX } from '../limits.ts';
import { Base64Decoder, type Decoded } from './base64.ts';

function decoded(...pieces: readonly string[]): Decoded {
  const decoder = new Base64Decoder();
  for (const piece of pieces) decoder.write(piece);
  return decoder.end();
}

describe('Base64Decoder', () => {
  it('gives back what was encoded, however it is cut and broken into lines', () => {
    const law = (bytes: Uint8Array, size: number): void => {
      const lines = Buffer.from(bytes).toString('base64').replaceAll(/.{5}/g, '$&\r\n ');
      const pieces = lines.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      assert.deepEqual(decoded(...pieces), { kind: 'bytes', bytes: Buffer.from(bytes) });
    };
    fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), fc.integer({ min: 1, max: 9 }), law));
  });

  for (const text of ['', '  ', 'QUJ', 'QUJD=', 'QU==QUJD', 'QU=D', 'Q*JD', 'QUJD-', 'åäöå']) {
    it(`knows ${JSON.stringify(text)} for damaged`, () => {
      assert.deepEqual(decoded(text), { kind: 'damaged' });
    });
  }

  it('takes no more than an attachment may be', () => {
    const most = 'AAAA'.repeat(Math.floor(ATTACHMENT_BYTES_MAX / 3));
    assert.equal(decoded(most).kind, 'bytes');
    assert.deepEqual(decoded(most, 'AAAA'.repeat(2)), { kind: 'too-large' });
  });
});
