import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readSie } from '../domain/sie/book.ts';
import { sieToHledger } from './sie-to-hledger.ts';

const HEAD = ['#FLAGGA 0', '#SIETYP 4', '#FNAMN "Bolaget; AB"', '#RAR 0 20250101 20251231'];
const OPENING = ['#IB 0 1930 100.00', '#IB 0 2081 -100.00'];
const CLOSING = ['#UB 0 1930 105.00', '#UB 0 2081 -100.00', '#RES 0 3001 -5.00'];
const VOUCHER = [
  '#VER A 1 20250115 "Kassa: [x]; y"',
  '{',
  '#TRANS 1930 {1 "10"} 5.00 "" "kort | a"',
  '#TRANS 3001 {} -5.00',
  '}',
];
const LAST_YEAR = ['#VER A 1 20240115', '{', '#TRANS 1930 {} 7', '#TRANS 3001 {} -7', '}'];

function journalOf(...lines: readonly string[]): string {
  return sieToHledger(readSie(Buffer.from([...HEAD, ...lines].join('\n'))).book);
}

describe('sieToHledger', () => {
  it('writes opening balances, vouchers and balance assertions', () => {
    assert.equal(
      journalOf(...OPENING, ...CLOSING, ...VOUCHER, ...LAST_YEAR),
      [
        '; Bolaget  AB: 1 of 2 vouchers',
        'decimal-mark .',
        'commodity 1000.00 SEK',
        '',
        'account 1930',
        'account 2081',
        'account 3001',
        'account opening-difference',
        '',
        '2025-01-01 (IB) opening balances',
        '    1930  100.00 SEK',
        '    2081  -100.00 SEK',
        '',
        '2025-01-15 (A 1) Kassa   x   y',
        '    1930  5.00 SEK  ; dim1 10, kort   a',
        '    3001  -5.00 SEK',
        '',
        '2025-12-31 (UB) closing balances',
        '    1930  0.00 SEK = 105.00 SEK',
        '    2081  0.00 SEK = -100.00 SEK',
        '    3001  0.00 SEK = -5.00 SEK',
        '',
      ].join('\n'),
    );
  });

  it('shows what opening balances lack to sum to zero', () => {
    assert.match(journalOf('#IB 0 1930 100.00'), /\n {4}opening-difference {2}-100\.00 SEK\n/);
  });
});

const HAS_HLEDGER = spawnSync('hledger', ['--version']).status === 0;

describe('hledger', { skip: HAS_HLEDGER ? false : 'hledger is not installed' }, () => {
  function check(journal: string): { readonly ok: boolean; readonly balances: string } {
    const folder = mkdtempSync(join(tmpdir(), 'bokbro-hledger-'));
    const file = join(folder, 'x.journal');
    writeFileSync(file, journal);
    const ok = spawnSync('hledger', ['-f', file, 'check', '--strict']).status === 0;
    const list = ['-f', file, 'bal', '--flat', '-N', '-O', 'csv'];
    const balances = ok ? execFileSync('hledger', list, { encoding: 'utf8' }) : '';
    rmSync(folder, { recursive: true });
    return { ok, balances };
  }

  it('agrees with books whose balances follow from the vouchers', () => {
    const { ok, balances } = check(journalOf(...OPENING, ...CLOSING, ...VOUCHER));
    assert.equal(ok, true);
    assert.deepEqual(balances.trim().split('\n').slice(1), [
      '"1930","105.00 SEK"',
      '"2081","-100.00 SEK"',
      '"3001","-5.00 SEK"',
    ]);
  });

  const wrong: readonly (readonly [string, readonly string[]])[] = [
    ['a voucher that does not balance', ['#VER A 1 20250115', '{', '#TRANS 1930 {} 0.01', '}']],
    ['a balance that does not follow', [...OPENING, '#UB 0 1930 105.01', ...VOUCHER]],
    ['a result that does not follow', ['#RES 0 3001 -5.01', ...VOUCHER]],
    ['an amount that could not be read', ['#VER A 1 20250115', '{', '#TRANS 1930 {} x', '}']],
    ['a voucher without a day', ['#VER A 1 180501', '{', '#TRANS 1930 {} 0', '}']],
  ];
  for (const [title, lines] of wrong) {
    it(`refuses ${title}`, () => {
      assert.equal(check(journalOf(...lines)).ok, false);
    });
  }
});
