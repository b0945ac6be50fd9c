import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeCp437 } from '../../lib/cp437.ts';
import { SieChecksumCounter, compareChecksum } from './checksum.ts';
import { SieLineLexer } from './line.ts';
import { readSie } from './book.ts';

function sumOf(...lines: readonly string[]): number {
  const lexer = new SieLineLexer();
  const counter = new SieChecksumCounter();
  for (const line of lines) counter.addLine(lexer.read(line, 0, line.length));
  return counter.value();
}

describe('SieChecksumCounter', () => {
  it('is CRC-32 as everyone knows it', () => {
    const counter = new SieChecksumCounter();
    counter.add('123456789');
    assert.equal(counter.value(), 0xcbf43926);
  });

  it('sums labels and values only: no blanks, quotes, escapes or braces', () => {
    assert.equal(sumOf('#A 12 34 56 78 9'), sumOf('#A   "12"\t{34 "56"} 78 9'));
    assert.equal(sumOf('#A "x\\"y"'), sumOf('#A x"y'));
  });

  it('sums the bytes of CP437', () => {
    const counter = new SieChecksumCounter();
    counter.add('#A'.concat('\u00e5'));
    const bytes = encodeCp437('#Aå') ?? new Uint8Array();
    let crc = 0xffffffff;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    assert.equal(counter.value(), ~crc >>> 0);
  });
});

describe('compareChecksum', () => {
  it('takes the sum as an unsigned or a signed number', () => {
    assert.equal(compareChecksum('3033066896', 3_033_066_896).match, true);
    assert.equal(compareChecksum('-1261900400', 3_033_066_896).match, true);
    assert.equal(compareChecksum('123456789', 3_033_066_896).match, false);
  });
});

describe('#KSUMMA in a file', () => {
  const records = ['#PROGRAM "Förs" 1', '#GEN 20080518', '#SIETYP 4', '#FNAMN "Måleri AB"'];
  const sum = sumOf(...records);

  function checksumOf(...lines: readonly string[]): unknown {
    return readSie(encodeCp437(lines.join('\r\n')) ?? new Uint8Array()).outcome.checksum;
  }

  it('is found right, wrong, unfinished and absent', () => {
    const start = ['#FLAGGA 0', '#KSUMMA', ...records];
    assert.deepEqual(checksumOf(...start, `#KSUMMA ${sum}`), {
      stored: String(sum),
      computed: sum,
      match: true,
    });
    assert.deepEqual(checksumOf(...start, '#KSUMMA 1'), {
      stored: '1',
      computed: sum,
      match: false,
    });
    assert.deepEqual(checksumOf(...start), { stored: null, computed: sum, match: false });
    assert.equal(checksumOf('#FLAGGA 0', ...records), null);
  });

  it('takes in records that no one knows', () => {
    const own = sumOf(...records, '#EGEN 1 {2 3} "x"');
    const lines = ['#FLAGGA 0', '#KSUMMA', ...records, '#EGEN 1 {2 3} "x"', `#KSUMMA ${own}`];
    assert.deepEqual(checksumOf(...lines), { stored: String(own), computed: own, match: true });
  });

  it('is the same for a file that was converted to UTF-8', () => {
    const text = ['#FLAGGA 0', '#KSUMMA', ...records, `#KSUMMA ${sum}`].join('\n');
    assert.equal(readSie(Buffer.from(text, 'utf8')).outcome.checksum?.match, true);
  });
});
