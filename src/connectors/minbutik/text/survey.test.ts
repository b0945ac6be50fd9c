import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeText, encodingOf } from './decode.ts';
import { readLines } from './lines.ts';
import { surveyBytes } from './survey.ts';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const TEXT = 'Färskvaror för åtta kronor i Öbo';

describe('surveyBytes', () => {
  for (const encoding of ['utf-8', 'windows-1252', 'cp850', 'utf-16le', 'utf-16be'] as const) {
    it(`tells ${encoding} by its bytes alone`, async () => {
      const bytes = iconv.encode(TEXT, encoding, { addBOM: false });
      assert.equal((await surveyBytes(pieces(bytes, 5))).likely, encoding);
    });
  }

  it('keeps to UTF-8 when a byte of it is damaged', async () => {
    const bytes = Buffer.from(TEXT);
    bytes[5] = 0xff;
    const survey = await surveyBytes(pieces(bytes, 3));
    assert.deepEqual([survey.likely, survey.brokenUtf8], ['utf-8', true]);
  });

  it('tells when the last character is cut', async () => {
    const bytes = Buffer.from(`${TEXT} å`);
    assert.equal((await surveyBytes(pieces(bytes.subarray(0, -1), 4))).endsInCharacter, true);
    assert.equal((await surveyBytes(pieces(bytes, 4))).endsInCharacter, false);
  });

  it('comes to the same however the bytes are cut', async () => {
    const law = fc.asyncProperty(fc.uint8Array(), fc.integer({ min: 1, max: 9 }), async (b, n) => {
      assert.deepEqual(await surveyBytes(pieces(b, n)), await surveyBytes(pieces(b, 1_000)));
    });
    await fc.assert(law);
  });
});

describe('encodingOf', () => {
  it('believes a profile about single bytes and the file about everything else', async () => {
    const old = await surveyBytes(pieces(iconv.encode('å', 'windows-1252'), 9));
    assert.equal(encodingOf(old, 'cp850'), 'cp850');
    const modern = await surveyBytes(pieces(Buffer.from(TEXT), 9));
    assert.equal(encodingOf(modern, 'windows-1252'), 'utf-8');
  });
});

describe('decodeText', () => {
  it('gives back the text however the bytes are cut', async () => {
    for (const encoding of ['utf-8', 'utf-16le', 'cp850'] as const) {
      const bytes = iconv.encode(TEXT, encoding, { addBOM: true });
      const parts = await Array.fromAsync(decodeText(pieces(bytes, 1), encoding));
      assert.equal(parts.join(''), TEXT);
    }
  });
});

describe('readLines', () => {
  it('cuts the same lines however the text is cut', async () => {
    const text = fc.array(fc.constantFrom('\r', '\n', 'a', 'bc', ';')).map((t) => t.join(''));
    const law = fc.asyncProperty(text, fc.integer({ min: 1, max: 3 }), async (whole, size) => {
      async function* cut(): AsyncGenerator<string> {
        for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size);
      }
      const lines = (await Array.fromAsync(readLines(cut()))).flat().map((line) => line.text);
      const expected = whole.split(/\r\n|\r|\n/);
      assert.deepEqual(lines, expected.at(-1) === '' ? expected.slice(0, -1) : expected);
    });
    await fc.assert(law);
  });
});
