import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeCp437 } from '../../lib/cp437.ts';
import { SieEncodingGate, guessEncoding } from './encoding.ts';
import { readSie } from './book.ts';

const HEAD = '#FLAGGA 0\n#PROGRAM "P" 1\n#FORMAT PC8\n#GEN 20250131\n#SIETYP 4\n';

function cp437(text: string): Uint8Array {
  return encodeCp437(text) ?? new Uint8Array();
}

describe('the encoding of a file', () => {
  const name = 'Övningsbolaget i Åmål, Idé & Münster';
  const text = `${HEAD}#FNAMN "${name}"\n`;
  const cases: readonly (readonly [string, Uint8Array, string, string])[] = [
    ['CP437', cp437(text), 'cp437', name],
    ['UTF-8 that says PC8', Buffer.from(text, 'utf8'), 'utf-8', name],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf8'), 'utf-8', name],
    ['Latin-1 that says PC8', Buffer.from(text, 'latin1'), 'latin-1', name],
    ['ASCII', Buffer.from(`${HEAD}#FNAMN "Bolaget"\n`), 'ascii', 'Bolaget'],
    ['ASCII with a mark', Buffer.from(`\ufeff${HEAD}#FNAMN "Bolaget"\n`), 'utf-8', 'Bolaget'],
    ['a sign that tells nothing', cp437(`${HEAD}#FNAMN "£"\n`), 'cp437', '£'],
  ];
  for (const [title, bytes, encoding, companyName] of cases) {
    it(`is found in ${title}`, () => {
      const { book, outcome } = readSie(bytes);
      assert.equal(outcome.encoding, encoding);
      assert.equal(book.header.companyName, companyName);
      assert.equal(book.header.imported, false);
    });
  }

  it('reads dashes and quotes of Windows in Latin-1', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEAD}#FNAMN "`),
      Buffer.of(0xe5, 0x96, 0x92, 0x80),
    ]);
    assert.equal(readSie(bytes).book.header.companyName, 'å–’€');
  });
});

describe('guessEncoding', () => {
  it('does not mistake a character cut off at the end for a fault', () => {
    const bytes = Buffer.from('€→', 'utf8').subarray(0, 5);
    assert.equal(guessEncoding(bytes, true), 'utf-8');
    assert.equal(guessEncoding(bytes, false), 'cp437');
  });
});

describe('guessEncoding of bytes that are in no encoding as a whole', () => {
  it('goes by the most letters', () => {
    const cut = Buffer.concat([Buffer.from('åäöé'), Buffer.of(0xc3)]);
    assert.equal(guessEncoding(cut, false), 'utf-8');
    assert.equal(guessEncoding(Buffer.of(0x86, 0x84, 0xe5), false), 'cp437');
    assert.equal(guessEncoding(Buffer.of(0x86, 0xe4, 0xe5), false), 'latin-1');
  });
});

describe('SieEncodingGate', () => {
  it('lets ASCII pass at once and holds what follows the first high byte', () => {
    const gate = new SieEncodingGate();
    assert.equal(Buffer.concat(gate.push(Buffer.from('abc'))).toString(), 'abc');
    assert.equal(Buffer.concat(gate.push(Uint8Array.of(0x64, 0x86, 0x65))).toString(), 'd');
    assert.deepEqual(gate.push(Buffer.from('f')), []);
    assert.equal(gate.encoding, 'ascii');
    assert.equal(Buffer.concat(gate.end()).toString('hex'), '866566');
    assert.equal(gate.encoding, 'cp437');
  });

  it('holds no more than 64 KiB', () => {
    const gate = new SieEncodingGate();
    gate.push(Uint8Array.of(0x86));
    const passed = gate.push(new Uint8Array(65_536).fill(0x61));
    assert.equal(Buffer.concat(passed).length, 65_537);
    assert.equal(gate.encoding, 'cp437');
  });

  it('decides by the bytes and not by how they come', () => {
    const bytes = Buffer.concat([
      Buffer.from('\ufeffabcå'),
      Buffer.alloc(70_000, 'é'),
      Buffer.of(0xff),
    ]);
    for (const size of [1, 2, 7, 65_536, bytes.length]) {
      const gate = new SieEncodingGate();
      const passed: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        passed.push(...gate.push(bytes.subarray(at, at + size)));
      }
      passed.push(...gate.end());
      assert.equal(gate.encoding, 'utf-8');
      assert.ok(Buffer.concat(passed).equals(bytes.subarray(3)));
    }
  });
});
