import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { encodeCp437 } from '../../lib/cp437.ts';
import { readSie } from './book.ts';
import type { SieItem } from './reader.ts';
import { SieReader } from './reader.ts';
import { summarizeSie } from './summary.ts';
import { writeSie } from './writer.ts';

const HEAD = '#FLAGGA 0\n#PROGRAM K 1\n#FORMAT PC8\n#GEN 20250131\n#SIETYP 4\n#FNAMN B\n';

/** What lines are made of: all that the reader gives a meaning, and some that it does not. */
const WORDS = [
  '#FLAGGA',
  '#KSUMMA',
  '#SIETYP',
  '#FNAMN',
  '#KONTO',
  '#SRU',
  '#RAR',
  '#IB',
  '#UB',
  '#RES',
  '#OIB',
  '#PSALDO',
  '#VER',
  '#TRANS',
  '#RTRANS',
  '#BTRANS',
  '#trans',
  '#EGEN',
  '#',
  '# ',
  '{',
  '}',
  '{}',
  '{1 "2"}',
  '"',
  '""',
  '\\"',
  '\\',
  ' ',
  '	',
  '\n',
  '\r\n',
  '\r',
  '\0',
  '1930',
  '4',
  '0',
  '-1',
  '20250115',
  '202501',
  '5.00',
  '-5.00',
  '9e9',
  'å',
  'text',
  'A',
  '<Sie>',
];

const files = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(fc.constantFrom(...WORDS), { maxLength: 120 })
    .map((words) => encodeCp437(`${HEAD}${words.join(' ')}`) ?? new Uint8Array()),
  fc
    .array(fc.constantFrom(...WORDS), { maxLength: 120 })
    .map((words) => Buffer.from(words.join(''))),
);

function itemsOf(bytes: Uint8Array, sizes: readonly number[]): readonly SieItem[] {
  const reader = new SieReader();
  const items: SieItem[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    items.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  items.push(...reader.end());
  return items;
}

describe('the reader and bytes of any kind', () => {
  it('comes to an end and never throws, nor does the writer with what was read', () => {
    fc.assert(
      fc.property(files, (bytes) => {
        const { book } = readSie(bytes);
        for (const characters of ['refuse', 'transliterate'] as const) {
          const written = writeSie(book, { characters, checksum: true });
          assert.ok(
            written.kind === 'refused' ? written.problems.length > 0 : written.bytes.length > 0,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same however the bytes are cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(files, sizes, (bytes, cuts) => {
        assert.deepEqual(itemsOf(bytes, cuts), itemsOf(bytes, [Math.max(1, bytes.length)]));
      }),
      { numRuns: 500 },
    );
  });

  it('writes and reads again what it has once written', () => {
    let written = 0;
    fc.assert(
      fc.property(files, (bytes) => {
        const { book } = readSie(bytes);
        const first = writeSie(book, { type: book.type ?? '4I', characters: 'transliterate' });
        if (first.kind === 'refused') return;
        written += 1;
        const second = writeSie(readSie(first.bytes).book);
        assert.ok(second.kind === 'written' && Buffer.from(first.bytes).equals(second.bytes));
      }),
      { numRuns: 500 },
    );
    assert.ok(written > 0);
  });
});

/**
 * Each of these takes minutes if any part of the reader looks at a character more than a few
 * times. The test has no clock: the suite would simply not end.
 */
describe('the reader and files made to be slow', () => {
  const size = 3_000_000;
  const times = (text: string): string => text.repeat(Math.ceil(size / text.length));
  const cases: readonly (readonly [string, string])[] = [
    ['one line without an end', `#PROSA ${times('x')}`],
    ['one line of quotes', `#PROSA ${times('"')}`],
    ['lines with an open quote', times('#PROSA "\n')],
    ['lines of quotes', times(`#PROSA ${'" '.repeat(30_000)}\n`)],
    ['lines of escaped quotes', times(`#PROSA "${'\\"'.repeat(30_000)}\n`)],
    ['open lists', times(`#TRANS 1 {${'1 2 '.repeat(15_000)}\n`)],
    ['braces', times(`${'{'.repeat(60_000)}\n`)],
    ['long amounts', times(`#UB 0 1930 ${'9'.repeat(60_000)}\n`)],
    ['long amounts in parts', times(`#UB 0 1930 "${'1 '.repeat(30_000)}x"\n`)],
    ['years without end', times('#RAR 0 20250101 20251231\n') + times('#VER A 1 20240115\n')],
    ['an open voucher', `#VER A 1 20250115\n{\n${times('#TRANS 1930 {} 1.00\n')}`],
    ['blank lines', times('\n')],
    ['nothing but CR', times('\r')],
    ['angle brackets', times('<')],
    ['long keys', times(`#KONTO ${'x'.repeat(60_000)}\n#TRANS 1 {${'x'.repeat(5000)} 1}\n`)],
  ];
  for (const [title, body] of cases) {
    it(`reads ${title}`, async () => {
      const summary = await summarizeSie(Buffer.from(HEAD + body));
      assert.equal(summary.encoding, 'ascii');
      assert.ok(summary.diagnostics.length < 1000);
    });
  }

  it('drops the rows of a voucher that would hold the file', async () => {
    const row = `#TRANS 1 {} 0 "" "${'x'.repeat(60_000)}"\n`;
    async function* file(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEAD}#VER A 1 20250115\n{\n`);
      for (let n = 0; n < 600; n += 1) yield Buffer.from(row);
    }
    const summary = await summarizeSie(file());
    assert.equal(summary.rows, 600);
    assert.ok(summary.diagnostics.some(({ code }) => code === 'voucher-too-long'));
  });

  it('reads lines that are not UTF-8 behind many that are', async () => {
    const body = Buffer.from(`#PROSA ${'å'.repeat(20_000)}\n`.repeat(2) + times('#PROSA ~\n'));
    const mixed = body.map((byte) => (byte === 0x7e ? 0x86 : byte));
    const summary = await summarizeSie(Buffer.concat([Buffer.from(HEAD), mixed]));
    assert.equal(summary.encoding, 'utf-8');
    const found = summary.diagnostics.filter(({ code }) => code === 'encoding-mixed');
    assert.deepEqual([found.length, found[0]?.line, found[99]?.line], [100, 9, 108]);
  });

  it('reads numbers, series, labels, accounts and objects that never come again', async () => {
    let body = '';
    for (let n = 40_000; n > 0; n -= 1) {
      body += `#VER A ${n * 2} 20250115\n{\n#TRANS ${n}00 {${n} ${n}} 0\n}\n`;
      body += `#VER S${n} 1 20250115\n#L${n}\n#OBJEKT ${n} ${n} x\n`;
    }
    const summary = await summarizeSie(Buffer.from(HEAD + body));
    assert.equal(summary.vouchers, 80_000);
    assert.ok(summary.diagnostics.length < 1000);
  });
});
