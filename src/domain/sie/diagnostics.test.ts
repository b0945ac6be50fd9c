import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeCp437 } from '../../lib/cp437.ts';
import { readSie } from './book.ts';
import type { SieDiagnosticCode } from './diagnostics.ts';
import { SIE_DIAGNOSTICS, SieDiagnosticList, cite, diagnose } from './diagnostics.ts';

/** Lines 1–6 of a 4I file with nothing wrong. */
const HEAD = ['#FLAGGA 0', '#PROGRAM K 1', '#FORMAT PC8', '#GEN 20250131', '#SIETYP 4', '#FNAMN B'];

/** Lines 7–9 of a 4E file: a year and two accounts. */
const YEAR = ['#RAR 0 20250101 20251231', '#KONTO 1930 Bank', '#KONTO 3001 Sales'];

const ROWS = ['#TRANS 1930 {} 5.00', '#TRANS 3001 {} -5.00'];

function bytesOf(lines: readonly string[]): Uint8Array {
  return encodeCp437(lines.join('\n')) ?? new Uint8Array();
}

function voucher(...rows: readonly string[]): readonly string[] {
  return ['#VER A 1 20250115 text', '{', ...rows, '}'];
}

/** A file without one of the lines of `HEAD`, or with another in its place. */
function headWith(label: string, line?: string): readonly string[] {
  return HEAD.flatMap((one) => (one.startsWith(`${label} `) ? (line ?? []) : one));
}

type Case = readonly [code: SieDiagnosticCode, line: number, file: readonly string[] | Uint8Array];

const FILE_CASES: readonly Case[] = [
  ['not-sie', 1, ['hello', 'world']],
  ['sie-5', 1, ['<?xml version="1.0"?>', '<Sie xmlns="http://www.sie.se/sie5">']],
  ['encoding-not-pc8', 0, Buffer.from([...HEAD, '#PROSA å'].join('\n'))],
  [
    'encoding-mixed',
    9,
    Buffer.concat([
      Buffer.from([...HEAD, '#PROSA åäö', '', ''].join('\n')),
      bytesOf(['#FNR ö', '#TAXAR 2025']),
    ]),
  ],
  ['damaged-text', 7, Buffer.from([...HEAD, '#PROSA K\ufffdp'].join('\n'))],
  ['check-limited', 0, [...HEAD, ...Array.from({ length: 100_001 }, (_, n) => `#KONTO ${n} a`)]],
  ['and-more', 0, [...HEAD, ...Array.from({ length: 101 }, () => 'junk')]],
];

const LINE_CASES: readonly Case[] = [
  ['line-too-long', 7, [...HEAD, `#PROSA ${'x'.repeat(65_536)}`]],
  ['not-a-record', 7, [...HEAD, 'rest of a text"']],
  ['unknown-label', 7, [...HEAD, '#EGEN 1 2']],
  ['label-case', 7, [...HEAD, '#Valuta SEK']],
  ['unterminated-quote', 7, [...HEAD, '#PROSA "cut off']],
  ['trailing-backslash', 7, [...HEAD, '#FNR "C:\\SPCS\\"']],
  ['stray-quote', 7, [...HEAD, '#PROSA F"rskott']],
  ['control-character', 7, [...HEAD, '#PROSA "a\u0001b"']],
  ['list-unclosed', 9, [...HEAD, '#VER A 1 20250115', '{', '#TRANS 1930 {1 2 5.00', '}']],
  ['list-odd', 9, [...HEAD, ...voucher('#TRANS 1930 {1} 0')]],
  ['list-missing', 9, [...HEAD, ...voucher('#TRANS 1930 0')]],
  ['list-misplaced', 9, [...HEAD, ...voucher('#TRANS 1930 {} {} 0')]],
  ['fields-swapped', 10, [...HEAD, ...YEAR, '#PBUDGET 0 1930 202501 {} 5']],
  ['missing-field', 7, [...HEAD, '#ORGNR ""']],
  ['extra-fields', 7, [...HEAD, '#VALUTA SEK EUR']],
  ['unquoted-text', 7, [...HEAD, '#PROSA two words']],
];

const VALUE_CASES: readonly Case[] = [
  ['bad-amount', 9, [...HEAD, ...voucher('#TRANS 1930 {} five')]],
  ['missing-amount', 9, [...HEAD, ...voucher('#TRANS 1930')]],
  ['amount-decimals', 9, [...HEAD, ...voucher('#TRANS 1930 {} 0.005')]],
  ['number-form', 9, [...HEAD, ...voucher('#TRANS 1930 {} 0,00')]],
  ['bad-quantity', 9, [...HEAD, ...voucher('#TRANS 1930 {} 0 "" "" st')]],
  ['missing-voucher-date', 7, [...HEAD, '#VER "K" ""', '{', ...ROWS, '}']],
  ['bad-voucher-date', 7, [...HEAD, '#VER K "" 180501 x', '{', ...ROWS, '}']],
  ['bad-date', 7, [...HEAD, '#VER K 1 20250115 x 20250230', '{', ...ROWS, '}']],
  ['date-form', 7, [...HEAD, '#VER K 1 2025-01-15 x', '{', ...ROWS, '}']],
  ['bad-period', 10, [...HEAD, ...YEAR, '#PSALDO 0 202513 1930 {} 5']],
  ['bad-year-index', 10, [...HEAD, ...YEAR, '#IB 2025 1930 5']],
  ['year-reversed', 7, [...HEAD, '#RAR 0 20251231 20250101']],
  ['years-apart', 8, [...HEAD, '#RAR 0 20250101 20251231', '#RAR -1 20240101 20241130']],
  ['bad-tax-year', 7, [...HEAD, '#TAXAR CCMXVIII']],
  ['bad-flag', 1, headWith('#FLAGGA', '#FLAGGA 7')],
  ['already-imported', 1, headWith('#FLAGGA', '#FLAGGA 1')],
  ['bad-type', 5, headWith('#SIETYP', '#SIETYP 9')],
  ['org-number-form', 7, [...HEAD, '#ORGNR 165502261513']],
  ['missing-account', 7, [...HEAD, '#KONTO "" Buildings']],
  ['non-numeric-account', 7, [...HEAD, '#KONTO DIFF Difference']],
  ['bad-account-type', 8, [...HEAD, '#KONTO 1510 x', '#KTYP 1510 O']],
];

const STRUCTURE_CASES: readonly Case[] = [
  ['missing-record', 0, [...headWith('#GEN'), ...voucher(...ROWS)]],
  ['missing-company-name', 0, [...headWith('#FNAMN', '#FNAMN ""'), ...voucher(...ROWS)]],
  ['record-not-allowed', 7, [...headWith('#SIETYP', '#SIETYP 1'), ...voucher(...ROWS)]],
  ['record-order', 12, [...HEAD, ...voucher(...ROWS), '#TAXAR 2025']],
  ['duplicate-record', 7, [...HEAD, '#FNAMN C']],
  ['account-not-declared', 10, [...HEAD, ...YEAR, '#UB 0 1940 0']],
  ['account-undeclared-import', 9, [...HEAD, ...voucher(...ROWS)]],
  ['dimension-not-declared', 9, [...HEAD, ...voucher('#TRANS 1930 {20 A} 0')]],
  ['object-not-declared', 10, [...HEAD, '#OBJEKT 1 A a', ...voucher('#TRANS 1930 {1 B} 0')]],
];

const VOUCHER_CASES: readonly Case[] = [
  ['unbalanced-voucher', 7, [...HEAD, ...voucher('#TRANS 1930 {} 0.01')]],
  ['empty-voucher', 7, [...HEAD, ...voucher()]],
  ['voucher-unclosed', 7, [...HEAD, ...voucher(...ROWS).slice(0, -1)]],
  ['braces-missing', 7, [...HEAD, '#VER A 1 20250115', ...ROWS]],
  ['stray-brace', 12, [...HEAD, ...voucher(...ROWS), '}']],
  ['row-outside-voucher', 7, [...HEAD, ...ROWS]],
  ['record-inside-voucher', 9, [...HEAD, ...voucher('#PROSA x', ...ROWS)]],
  [
    'voucher-too-long',
    7,
    [...HEAD, ...voucher(...Array.from({ length: 100_001 }, () => '#TRANS 1930 {} 0'))],
  ],
  ['added-row-alone', 7, [...HEAD, ...voucher('#RTRANS 1930 {} 7.00', ...ROWS)]],
  ['duplicate-number', 12, [...HEAD, ...voucher(...ROWS), ...voucher(...ROWS)]],
  ['number-order', 11, [...HEAD, '#VER A 2 20250115', '{', ...ROWS.slice(0, 1), '}', ...voucher()]],
  ['date-outside-years', 8, [...HEAD, '#RAR 0 20240101 20241231', ...voucher(...ROWS)]],
  ['closing-differs', 15, [...HEAD, ...YEAR, ...voucher(...ROWS), '#UB 0 1930 6.00']],
  ['result-differs', 15, [...HEAD, ...YEAR, ...voucher(...ROWS), '#RES 0 3001 -6.00']],
  ['balances-not-zero', 0, [...HEAD, ...YEAR, '#UB 0 1930 6.00', '#RES 0 3001 -5.00']],
  ['checksum-differs', 8, [...HEAD, '#KSUMMA', '#KSUMMA 1']],
  ['checksum-unfinished', 7, [...HEAD, '#KSUMMA']],
  ['checksum-misplaced', 7, [...HEAD, '#KSUMMA 1']],
];

const CASES = [FILE_CASES, LINE_CASES, VALUE_CASES, STRUCTURE_CASES, VOUCHER_CASES].flat();

describe('the diagnostics of the reader', () => {
  for (const [code, line, file] of CASES) {
    it(`has ${code} at line ${line}`, () => {
      const { diagnostics } = readSie(file instanceof Uint8Array ? file : bytesOf(file));
      const found = diagnostics.filter((diagnostic) => diagnostic.code === code);
      assert.equal(found[0]?.line, line);
      assert.equal(found[0]?.level, SIE_DIAGNOSTICS[code][0]);
      assert.ok(found[0]?.message);
    });
  }

  it('has a case for every code', () => {
    const shown = new Set(CASES.map(([code]) => code));
    const codes = Object.keys(SIE_DIAGNOSTICS);
    assert.deepEqual(
      codes.filter((code) => ![...shown].some((one) => one === code)),
      [],
    );
  });

  it('takes no account beyond the limit for one that is there already', () => {
    const lines = Array.from({ length: 100_010 }, (_, n) => `#KONTO ${n} a`);
    const { diagnostics } = readSie(bytesOf([...HEAD, ...lines]));
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['check-limited'],
    );
  });

  it('says nothing of files with nothing wrong', () => {
    const rows = ['#TRANS 1930 {1 A 6 P} 5.00 20250115 "x y" 2 me', '#TRANS 3001 {} -5.00'];
    const objects = ['#DIM 1 "Cost centre"', '#OBJEKT 1 A Shop', '#OBJEKT 6 P Project'];
    const balances = ['#IB 0 1930 1.00', '#UB 0 1930 6.00', '#RES 0 3001 -5.00'];
    const export4 = [...HEAD, ...YEAR, ...objects, ...balances, ...voucher(...rows)];
    const { diagnostics } = readSie(bytesOf(export4));
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['balances-not-zero'],
    );
    const objectsAlone = ['#TRANS 1930 {1 A 6 P} 5.00', '#TRANS 3001 {} -5.00'];
    const import4 = readSie(bytesOf([...HEAD, ...YEAR.slice(1), ...voucher(...objectsAlone)]));
    assert.deepEqual(import4.diagnostics, []);
  });
});

describe('SieDiagnosticList', () => {
  it('keeps a hundred of each code and counts the rest', () => {
    const list = new SieDiagnosticList();
    for (let line = 1; line <= 150; line += 1) list.add(diagnose(line, 'not-a-record', 'x'));
    list.add(diagnose(7, 'bad-amount', 'y'));
    const kept = list.list();
    assert.equal(kept.length, 102);
    assert.deepEqual(
      kept.slice(6, 9).map(({ code }) => code),
      ['not-a-record', 'bad-amount', 'not-a-record'],
    );
    assert.deepEqual(kept.at(-1), diagnose(0, 'and-more', 'and 50 more'));
  });
});

describe('cite', () => {
  it('shortens what is long and shows what is invisible', () => {
    assert.equal(cite('a\tb'), '"a\\tb"');
    assert.equal(cite('x'.repeat(61)), `"${'x'.repeat(60)}…"`);
  });
});
