import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeCp437 } from '../../lib/cp437.ts';
import { day } from '../date.ts';
import type { SieAccount, SieBook, SieHeader, SieRow, SieVoucher } from './model.ts';
import { EMPTY_HEADER, sieDate } from './model.ts';
import type { SieProblemCode } from './problems.ts';
import { SIE_PROBLEMS } from './problems.ts';
import type { SieWriteOptions, SieWritten } from './writer.ts';
import { writeSie, writeSieStream } from './writer.ts';

const JAN_15 = sieDate(day('2025-01-15'));

const HEADER: SieHeader = {
  ...EMPTY_HEADER,
  program: { name: 'Bokbro', version: '0.1' },
  generated: { date: JAN_15, sign: '' },
  companyName: 'Måleri AB',
};

const YEAR = { index: 0, start: sieDate(day('2025-01-01')), end: sieDate(day('2025-12-31')) };

function account(number: string, more: Partial<SieAccount> = {}): SieAccount {
  return { number, name: 'Bank', type: null, unit: null, sru: [], ...more };
}

function row(number: string, amountMinor: bigint | null, more: Partial<SieRow> = {}): SieRow {
  const empty = { objects: [], date: null, text: '', quantity: null, sign: '' };
  return { account: number, amountMinor, ...empty, ...more };
}

const ROWS = [row('1930', 500n), row('3001', -500n)];

function voucher(more: Partial<SieVoucher> = {}): SieVoucher {
  const empty = { text: '', registered: null, sign: '', corrections: [] };
  return { series: 'A', number: '', date: JAN_15, ...empty, rows: ROWS, ...more };
}

const BOOK: SieBook = {
  type: '4I',
  header: HEADER,
  years: [],
  accounts: [],
  dimensions: [],
  objects: [],
  balances: [],
  vouchers: [],
};

const EXPORT: SieBook = {
  ...BOOK,
  type: '4E',
  years: [YEAR],
  accounts: [account('1930'), account('3001')],
};

function textOf(written: SieWritten): string {
  assert.equal(written.kind, 'written', JSON.stringify(written));
  return written.kind === 'written' ? decodeCp437(written.bytes) : '';
}

describe('writeSie', () => {
  it('writes an import file', () => {
    const corrections = [
      { kind: 'added', at: 1, row: row('3001', -500n, { text: 'ny "rad"', sign: 'me' }) },
      { kind: 'struck', at: 0, row: row('1910', 100n) },
    ] as const;
    const rows = [row('1930', 500n, { quantity: '-1.5' }), corrections[0].row];
    const vouchers = [voucher({ number: '7', text: 'Kassa {1}', rows, corrections }), voucher()];
    assert.equal(textOf(writeSie({ ...BOOK, vouchers })), linesOf(IMPORT_TEXT));
  });

  it('writes an export file, its groups in order and its records summed', () => {
    const written = writeSie(FULL_EXPORT, { checksum: true });
    assert.equal(textOf(written), linesOf(EXPORT_TEXT));
  });
});

const IMPORT_TEXT = String.raw`
#FLAGGA 0
#PROGRAM Bokbro 0.1
#FORMAT PC8
#GEN 20250115
#SIETYP 4
#FNAMN "Måleri AB"
#VER A 7 20250115 "Kassa {1}"
{
#BTRANS 1910 {} 1.00
#TRANS 1930 {} 5.00 "" "" -1.5
#RTRANS 3001 {} -5.00 "" "ny \"rad\"" "" me
#TRANS 3001 {} -5.00 "" "ny \"rad\"" "" me
}
#VER A "" 20250115
{
#TRANS 1930 {} 5.00
#TRANS 3001 {} -5.00
}
`;

const BALANCE = { year: 0, period: null, objects: [], amountMinor: -5n, quantity: null };

const FULL_EXPORT: SieBook = {
  ...EXPORT,
  header: {
    ...HEADER,
    comment: 'Fri text',
    companyType: 'AB',
    companyId: String.raw`C:\X`,
    industry: '1',
    organisation: { number: '556334-3689', acquisition: '', activity: '2' },
    address: { contact: '', street: 'Gatan 1', postal: '', phone: '' },
    taxYear: '2026',
    balancesThrough: JAN_15,
    chartType: 'BAS2024',
    currency: 'SEK',
  },
  accounts: [account('1930', { type: 'T', unit: 'st', sru: ['7281', '1'] }), account('3001')],
  dimensions: [{ number: '1', name: '', parent: null }],
  objects: [{ dimension: '1', code: 'A 1', name: 'Butik' }],
  balances: [
    { ...BALANCE, kind: 'closing', account: '1930', amountMinor: 500n, quantity: '2' },
    {
      ...BALANCE,
      kind: 'object-closing',
      account: '1930',
      objects: [{ dimension: '1', code: 'A 1' }],
    },
    { ...BALANCE, kind: 'period', account: '3001', period: '202501' },
  ],
  vouchers: [voucher({ number: '1' })],
};

/** The sum was computed with Python's `zlib.crc32` over labels and values, in CP437. */
const EXPORT_TEXT = String.raw`
#FLAGGA 0
#KSUMMA
#PROGRAM Bokbro 0.1
#FORMAT PC8
#GEN 20250115
#SIETYP 4
#PROSA "Fri text"
#FTYP AB
#FNR C:\X
#ORGNR 556334-3689 "" 2
#BKOD 1
#ADRESS "" "Gatan 1" "" ""
#FNAMN "Måleri AB"
#RAR 0 20250101 20251231
#TAXAR 2026
#OMFATTN 20250115
#KPTYP BAS2024
#VALUTA SEK
#KONTO 1930 Bank
#KTYP 1930 T
#ENHET 1930 st
#SRU 1930 7281
#SRU 1930 1
#KONTO 3001 Bank
#DIM 1 ""
#OBJEKT 1 "A 1" Butik
#UB 0 1930 5.00 2
#OUB 0 1930 {1 "A 1"} -0.05
#PSALDO 0 202501 3001 {} -0.05
#VER A 1 20250115
{
#TRANS 1930 {} 5.00
#TRANS 3001 {} -5.00
}
#KSUMMA 588977694
`;

/** The lines of a text above as they stand in a file. */
function linesOf(text: string): string {
  return text.slice(1).replaceAll('\n', '\r\n');
}

describe('the characters that writeSie writes', () => {
  it('are bytes of CP437', () => {
    const written = writeSie({ ...BOOK, header: { ...HEADER, companyName: 'åäöÅÄÖ' } });
    assert.ok(written.kind === 'written');
    const at = Buffer.from(written.bytes).indexOf('#FNAMN ') + '#FNAMN '.length;
    assert.deepEqual([...written.bytes.subarray(at, at + 6)], [0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99]);
  });

  it('are like those that CP437 lacks, and what was changed is listed', () => {
    const vouchers = [voucher({ number: '1', text: '5 € – ”ok”\tC:\\x y\\' })];
    const written = writeSie({ ...BOOK, vouchers }, { characters: 'transliterate' });
    assert.ok(written.kind === 'written');
    assert.deepEqual(written.result, {
      vouchers: 1,
      rows: 2,
      checksum: null,
      changeCount: 1,
      changes: [
        {
          where: '#VER A 1',
          from: '5 € – ”ok”	C:\\x y\\',
          to: '5 EUR - "ok" C:\\x y/',
        },
      ],
    });
    assert.match(textOf(written), /#VER A 1 20250115 "5 EUR - \\"ok\\" C:\\x y\/"\r\n/);
  });
});

type Case = readonly [SieProblemCode, Partial<SieBook>, SieWriteOptions?];
const withHeader = (more: Partial<SieHeader>): Partial<SieBook> => ({
  header: { ...HEADER, ...more },
});
const withVoucher = (more: Partial<SieVoucher>): Partial<SieBook> => ({
  vouchers: [voucher(more)],
});
const withRow = (one: SieRow): Partial<SieBook> => withVoucher({ rows: [one] });
const withBalance = (more: Partial<SieBook['balances'][0]>): Partial<SieBook> => {
  const zero = { year: 0, period: null, objects: [], amountMinor: 0n, quantity: null };
  return { ...EXPORT, balances: [{ kind: 'closing', account: '1930', ...zero, ...more }] };
};
const WRONG_DATE = { raw: '2025-01-15', day: day('2025-01-15') };
const CASES: readonly Case[] = [
  ['type-unknown', { ...EXPORT, type: null }],
  ['record-missing', withHeader({ generated: null })],
  ['record-missing', withHeader({ companyName: '' })],
  ['record-missing', { type: '4E' }],
  ['record-missing', EXPORT, { type: '2' }],
  ['record-not-allowed', withHeader({ balancesThrough: JAN_15 })],
  ['record-not-allowed', withBalance({}), { type: '4I' }],
  ['record-not-allowed', { ...EXPORT, vouchers: [voucher()] }, { type: '1' }],
  ['field-missing', withHeader({ program: { name: 'x', version: '' } })],
  ['field-missing', { accounts: [account('1', { unit: '' })] }],
  ['field-missing', withRow(row('1', 0n, { objects: [{ dimension: '1', code: '' }] }))],
  ['bad-format', withHeader({ format: 'UTF8' })],
  ['not-in-cp437', withVoucher({ text: '5 €' })],
  ['control-character', withVoucher({ text: 'a\nb' })],
  ['trailing-backslash', withHeader({ companyId: 'C:\\My data\\' })],
  ['line-too-long', withVoucher({ text: 'x'.repeat(65_536) })],
  ['bad-date', withVoucher({ date: null })],
  ['bad-date', withVoucher({ date: { raw: '180501', day: null } })],
  ['bad-date', withVoucher({ registered: WRONG_DATE })],
  ['bad-period', withBalance({ kind: 'period', period: '202513' })],
  ['bad-year-index', withBalance({ year: 2025 })],
  ['year-reversed', { years: [{ ...YEAR, end: sieDate(day('2024-12-31')) }] }],
  ['bad-tax-year', withHeader({ taxYear: '26' })],
  ['bad-quantity', withRow(row('1', 0n, { quantity: '1,5' }))],
  ['bad-account-type', { accounts: [account('1', { type: 'O' })] }],
  ['missing-amount', withRow(row('1', null))],
  ['missing-account', withRow(row('', 0n))],
  ['non-numeric-account', withRow(row('DIFF', 0n))],
  ['account-not-declared', { ...EXPORT, vouchers: [voucher({ rows: [row('1940', 0n)] })] }],
  ['account-not-declared', { accounts: [account('1', { name: null })] }],
  ['duplicate-account', { accounts: [account('1'), account('1')] }],
  ['unbalanced-voucher', withRow(row('1', 1n))],
  ['empty-voucher', withVoucher({ rows: [] })],
  ['voucher-too-long', withVoucher({ rows: Array.from({ length: 100_001 }, () => row('1', 0n)) })],
  [
    'correction-misplaced',
    withVoucher({ corrections: [{ kind: 'added', at: 2, row: row('1', 0n) }] }),
  ],
  [
    'correction-misplaced',
    withVoucher({ corrections: [{ kind: 'struck', at: 3, row: row('1', 0n) }] }),
  ],
  ['duplicate-number', { vouchers: [voucher({ number: '1' }), voucher({ number: '1' })] }],
  ['number-order', { vouchers: [voucher({ number: '2' }), voucher({ number: '1' })] }],
  ['and-more', { vouchers: Array.from({ length: 1001 }, () => voucher({ rows: [row('1', 1n)] })) }],
];

describe('the problems of writeSie', () => {
  for (const [code, book, options] of CASES) {
    it(`name ${code} and nothing else`, () => {
      const written = writeSie({ ...BOOK, ...book }, options);
      assert.ok(written.kind === 'refused', 'the file is refused');
      const codes = new Set(written.problems.map((problem) => problem.code));
      if (code === 'and-more') codes.delete('unbalanced-voucher');
      assert.deepEqual([...codes], [code]);
    });
  }

  it('have a case for every code', () => {
    const shown = new Set<string>(CASES.map(([code]) => code));
    assert.deepEqual(
      Object.keys(SIE_PROBLEMS).filter((code) => !shown.has(code)),
      [],
    );
  });
});

describe('writeSieStream', () => {
  it('writes the same bytes as writeSie', async () => {
    const vouchers = Array.from({ length: 3000 }, (_, n) => voucher({ number: String(n + 1) }));
    const whole = writeSie({ ...EXPORT, vouchers }, { checksum: true });
    assert.ok(whole.kind === 'written');
    const pieces: Uint8Array[] = [];
    for await (const piece of writeSieStream(EXPORT, vouchers, { checksum: true })) {
      if (piece.kind === 'bytes') pieces.push(piece.bytes);
      else assert.deepEqual(piece, { kind: 'end', result: whole.result });
    }
    assert.ok(pieces.length > 1);
    assert.ok(Buffer.concat(pieces).equals(whole.bytes));
  });

  it('ends with every problem and gives no bytes after the first', async () => {
    const vouchers = [voucher(), voucher({ rows: [row('1930', 1n)] }), voucher({ date: null })];
    const kinds: string[] = [];
    for await (const piece of writeSieStream(EXPORT, vouchers)) {
      kinds.push(
        piece.kind === 'refused' ? piece.problems.map(({ code }) => code).join() : piece.kind,
      );
    }
    assert.deepEqual(kinds, ['unbalanced-voucher,bad-date']);
  });
});
