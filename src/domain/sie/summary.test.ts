import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { encodeCp437 } from '../../lib/cp437.ts';
import { encodeJson } from '../../lib/json.ts';
import { day } from '../date.ts';
import type { SieHead, SieVoucher } from './model.ts';
import { EMPTY_HEADER, sieDate } from './model.ts';
import { summarizeSie } from './summary.ts';
import { writeSieStream } from './writer.ts';

describe('summarizeSie', () => {
  const lines = [
    '#FLAGGA 0',
    '#KSUMMA',
    '#PROGRAM K 1',
    '#FORMAT PC8',
    '#GEN 20250131',
    '#SIETYP 4',
    '#FNAMN "Åbo Bil"',
    '#RAR 0 20250101 20251231',
    '#KONTO 1930 Bank',
    '#KONTO 3001 Sales',
    '#UB 0 1930 5.00',
    '#RES 0 3001 -5.00',
    '#VER A 1 20250115',
    '{',
    '#TRANS 1930 {} 5.00',
    '#BTRANS 3001 {} -6.00',
    '#TRANS 3001 {} -5.00',
    '}',
    '#VER A 2 20250115',
    '{',
    '#TRANS 1930 {} 0.50',
    '}',
    '#KSUMMA 1',
  ];

  it('says what a file holds and what is wrong with it, as JSON', async () => {
    const summary = await summarizeSie(encodeCp437(lines.join('\n')) ?? new Uint8Array());
    assert.deepEqual(JSON.parse(encodeJson(summary)), {
      encoding: 'cp437',
      type: '4E',
      accounts: 2,
      vouchers: 2,
      rows: 3,
      unbalanced: 1,
      checksum: { stored: '1', computed: 3_023_332_205, match: false },
      diagnostics: [
        {
          line: 11,
          level: 'warning',
          code: 'closing-differs',
          message:
            'account "1930": #IB 0.00 and vouchers 5.50 make 5.50, ' +
            'the file says 5.00: -0.50 apart',
        },
        {
          line: 19,
          level: 'error',
          code: 'unbalanced-voucher',
          message: '"A 2 20250115" sums to 0.50 and not to 0.00',
        },
        {
          line: 23,
          level: 'error',
          code: 'checksum-differs',
          message: '#KSUMMA is "1", the records sum to 3023332205',
        },
      ],
    });
  });

  it('says of a file that is not SIE that it is not', async () => {
    const summary = await summarizeSie([Buffer.from('<html>'), Buffer.from('</html>')]);
    assert.deepEqual(
      [summary.type, summary.vouchers, summary.diagnostics.map(({ code }) => code)],
      [null, 0, ['not-sie']],
    );
  });
});

const JAN_1 = sieDate(day('2025-01-01'));

const HEAD: SieHead = {
  type: '4E',
  header: {
    ...EMPTY_HEADER,
    program: {
      name: 'Bokbro',
      version: '1',
    },
    generated: {
      date: JAN_1,
      sign: '',
    },
    companyName: 'Bolåget AB',
  },
  years: [
    {
      index: 0,
      start: JAN_1,
      end: sieDate(day('2025-12-31')),
    },
  ],
  accounts: ['1930', '2611', '3001'].map((number) => ({
    number,
    name: `Konto ${number}`,
    type: null,
    unit: null,
    sru: [],
  })),
  dimensions: [],
  objects: [],
  balances: [],
};

function* vouchersOf(count: number): Generator<SieVoucher> {
  for (let n = 1; n <= count; n += 1) {
    const net = BigInt((n % 1000) * 4);
    const more = {
      objects: [],
      date: null,
      text: 'Försäljning dagskassa',
      quantity: null,
      sign: '',
    };
    yield {
      series: 'A',
      number: String(n),
      date: JAN_1,
      text: 'Dagskassa butik 12, dag',
      sign: '',
      registered: null,
      corrections: [],
      rows: [
        {
          account: '1930',
          amountMinor: (net * 5n) / 4n,
          ...more,
        },
        {
          account: '2611',
          amountMinor: -net / 4n,
          ...more,
        },
        {
          account: '3001',
          amountMinor: -net,
          ...more,
        },
      ],
    };
  }
}

/** Bytes in use after everything that can go has gone. */
function bytesHeld(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  assert.ok(typeof collect === 'function');
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('summarizeSie and memory', () => {
  it('keeps account numbers without the part of the file they stand in', async () => {
    const filler = '#EGEN filler\n'.repeat(5000);
    const held: number[] = [];
    async function* file(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 400; n += 1) {
        yield Buffer.from(`#KONTO ${'9'.repeat(20)}${n} Name\n${filler}`);
        if (n === 20 || n === 399) held.push(bytesHeld());
      }
    }
    const summary = await summarizeSie(file());
    assert.equal(summary.accounts, 400);
    const [early = 0, late = Infinity] = held;
    assert.ok(late - early < 8_000_000, `held ${early} bytes early and ${late} late`);
  });
});

describe('writeSieStream and summarizeSie together', () => {
  it('hold as much after 20 MB as after 2 MB, within what buffers come and go', async () => {
    const held: number[] = [];
    let written = 0;
    async function* file(): AsyncGenerator<Uint8Array> {
      for await (const piece of writeSieStream(HEAD, vouchersOf(120_000), { checksum: true })) {
        if (piece.kind !== 'bytes') continue;
        written += piece.bytes.length;
        yield piece.bytes;
        if (written > (held.length === 0 ? 2_000_000 : 19_000_000) && held.length < 2) {
          held.push(bytesHeld());
        }
      }
    }
    const summary = await summarizeSie(file());
    assert.ok(written > 20_000_000, `${written} bytes were written`);
    assert.deepEqual([summary.vouchers, summary.rows], [120_000, 360_000]);
    assert.deepEqual([summary.unbalanced, summary.checksum?.match], [0, true]);
    const [early = 0, late = Infinity] = held;
    assert.ok(late - early < 8_000_000, `held ${early} bytes early and ${late} late`);
  });
});
