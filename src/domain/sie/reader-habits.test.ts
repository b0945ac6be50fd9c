import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeCp437 } from '../../lib/cp437.ts';
import type { SieReading } from './book.ts';
import { readSie } from './book.ts';
import type { SieRow, SieVoucher } from './model.ts';

const HEAD = ['#FLAGGA 0', '#PROGRAM K 1', '#FORMAT PC8', '#GEN 20250131', '#SIETYP 4', '#FNAMN B'];

function bytesOf(...lines: readonly string[]): Uint8Array {
  return encodeCp437(lines.join('\r\n')) ?? new Uint8Array();
}

function read(...lines: readonly string[]): SieReading {
  return readSie(bytesOf(...HEAD, ...lines));
}

function codesOf({ diagnostics }: SieReading): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

function firstVoucher({ book }: SieReading): SieVoucher {
  const [voucher] = book.vouchers;
  assert.ok(voucher);
  return voucher;
}

function row(account: string, amountMinor: bigint, more: Partial<SieRow> = {}): SieRow {
  const empty = { objects: [], date: null, text: '', quantity: null, sign: '' };
  return { ...empty, account, amountMinor, ...more };
}

describe('readSie with the habits of programs', () => {
  it('reads empty series and numbers, tabs and empty fields (FAKT.SI, Visma Lön)', () => {
    const reading = read(
      '#VER\t"" ""\t20250115  " nr. 64"  20250116  ',
      '{',
      '\t#TRANS\t1910 {} 5.00 "" "" 0',
      '    #TRANS 3001 {} -5.00 ""',
      '}',
      '\u001a',
    );
    const voucher = firstVoucher(reading);
    assert.deepEqual([voucher.series, voucher.number, voucher.text], ['', '', ' nr. 64']);
    assert.deepEqual(voucher.rows, [row('1910', 500n, { quantity: '0' }), row('3001', -500n)]);
    assert.deepEqual(codesOf(reading), ['account-undeclared-import']);
  });

  it('balances by #TRANS alone and keeps struck and added rows aside (BL0001_typ4)', () => {
    const reading = read(
      '#VER A 1 20250115',
      '{',
      '#TRANS 1930 {} 5.00',
      '#BTRANS 3001 {} -9.00',
      '#RTRANS 3002 {} -5.00 "" "1820\\A012"',
      '#TRANS 3002 {} -5.00 "" "1820\\A012"',
      '}',
    );
    const voucher = firstVoucher(reading);
    const added = row('3002', -500n, { text: '1820\\A012' });
    assert.deepEqual(voucher.rows, [row('1930', 500n), added]);
    assert.deepEqual(voucher.corrections, [
      { kind: 'struck', at: 1, row: row('3001', -900n) },
      { kind: 'added', at: 1, row: added },
    ]);
    assert.equal(reading.outcome.unbalanced, 0);
    assert.deepEqual(codesOf(reading), ['account-undeclared-import']);
  });
});

describe('readSie with several years in a file', () => {
  it('lets numbers begin anew in each financial year (BL0001_typ4)', () => {
    const voucher = (date: string): readonly string[] => [
      `#VER A 1 ${date}`,
      '{',
      '#TRANS 1 {} 0',
      '}',
    ];
    const years = ['#RAR 0 20250101 20251231', '#RAR -1 20240101 20241231'];
    const both = read(...years, ...voucher('20240115'), ...voucher('20250115'));
    assert.equal(codesOf(both).includes('duplicate-number'), false);
    const twice = read(...years, ...voucher('20250115'), ...voucher('20250115'));
    assert.equal(codesOf(twice).includes('duplicate-number'), true);
  });

  it('leaves vouchers of other years out of the ledger check', () => {
    const voucher = (date: string): readonly string[] => [
      `#VER A "" ${date}`,
      '{',
      '#TRANS 1930 {} 5',
      '#TRANS 3001 {} -5',
      '}',
    ];
    const chart = ['#RAR 0 20250101 20251231', '#KONTO 1930 a', '#KONTO 3001 b'];
    const balances = ['#IB 0 1930 1', '#UB 0 1930 6', '#RES 0 3001 -5'];
    const reading = read(...chart, ...balances, ...voucher('20250115'), ...voucher('20240115'));
    const codes = codesOf(reading).filter((code) => code.endsWith('-differs'));
    assert.deepEqual(codes, []);
  });
});

describe('readSie with damage done by programs and people', () => {
  it('names the line of the one voucher that is off (transaktioner_ovnbolag-bad-balance)', () => {
    const reading = read('#VER B 1 20250115', '{', '#TRANS 1930 {} -12771.00', '}');
    const found = reading.diagnostics.find(({ code }) => code === 'unbalanced-voucher');
    assert.deepEqual(
      [found?.line, found?.message],
      [7, '"B 1 20250115" sums to -12771.00 and not to 0.00'],
    );
  });

  it('reads names in which ö became a quote, and points at the lines (XE_SIE)', () => {
    const reading = read(
      '#ADRESS\t"Sven Svensson"\t"Box 21"\t"211 20   MALM"\t040-123456',
      '#KONTO\t1480\t"F"rskott till Lind" Park"',
      '#VER\tA\t1\t20250115\t"F"rs',
    );
    const { book, diagnostics } = reading;
    assert.equal(book.header.address?.phone, '040-123456');
    assert.equal(book.accounts[0]?.name, 'F"rskott till Lind');
    assert.equal(firstVoucher(reading).text, 'F"rs');
    const stray = diagnostics.filter(({ code }) => code === 'stray-quote');
    assert.deepEqual(
      stray.map(({ line }) => line),
      [8, 9],
    );
  });

  it('reads texts cut inside a quote and accounts of letters (Sie4.se)', () => {
    const reading = read(
      '#KONTO DIFF "Differens"',
      '#VER A 1 20250115',
      '{',
      '#TRANS DIFF {} 5.00 20250115 "Inbetal',
      '#TRANS 1 {} -5',
      '}',
    );
    assert.equal(firstVoucher(reading).rows[0]?.text, 'Inbetal');
    assert.equal(reading.outcome.unbalanced, 0);
    assert.equal(codesOf(reading).includes('unterminated-quote'), true);
    assert.equal(codesOf(reading).includes('non-numeric-account'), true);
  });

  it('reads a .si with balances, an empty number and an odd day (Sie4.si of Fortnox)', () => {
    const reading = read(
      '#ORGNR ""',
      '#OMFATTN 19700101',
      '#RAR 0 20110101 20111231',
      '#KONTO 1930 Bank',
      '#UB 0 1930 7.00',
      '#VER A 1 20110115',
      '{',
      '#TRANS 1930 {} 0',
      '}',
    );
    assert.equal(reading.book.header.organisation, null);
    assert.equal(reading.outcome.type, '4E');
    assert.deepEqual(codesOf(reading), ['missing-field', 'closing-differs']);
  });
});

describe('readSie with forms that the standard does not have', () => {
  it('joins an unquoted name of several words (Quotes_test)', () => {
    const { book } = readSie(bytesOf('#FLAGGA 0', '#FNAMN Övningsbolaget AB'));
    assert.equal(book.header.companyName, 'Övningsbolaget AB');
  });

  it('reads period balances without a list, also with month and account swapped (BL 2018)', () => {
    const { book } = read('#PBUDGET 0 1119 201701 -1666.00', '#PSALDO 0 201701 1120 "" 5 2');
    assert.deepEqual(
      book.balances.map(({ account, period, amountMinor, quantity }) => [
        account,
        period,
        amountMinor,
        quantity,
      ]),
      [
        ['1119', '201701', -166_600n, null],
        ['1120', '201701', 500n, '2'],
      ],
    );
  });

  it('reads vouchers without braces, and braces on lines with other things', () => {
    const bare = read('#VER A 1 20250115', '#TRANS 1 {} 5', '#TRANS 2 {} -5', '#VER A 2 20250115');
    assert.deepEqual(
      bare.book.vouchers.map(({ rows }) => rows.length),
      [2, 0],
    );
    const tight = read(
      '#VER A 1 20250115 x {',
      '#TRANS 1 {} 5',
      '#TRANS 2 {} -5 }',
      '#VER A 2 20250115',
    );
    assert.equal(firstVoucher(tight).rows.length, 2);
    assert.equal(codesOf(tight).includes('voucher-unclosed'), false);
    const inline = read('#VER A 1 20250115', '{ #TRANS 1 {} 5', '#TRANS 2 {} -5', '}');
    assert.equal(firstVoucher(inline).rows.length, 2);
  });

  it('reads labels of any case, accounts of any length, and skips unknown labels', () => {
    const reading = read('#konto 12345678 Long', '#EGEN a b', '#EGEN c', '#KONTO 10 Short');
    assert.deepEqual(
      reading.book.accounts.map(({ number }) => number),
      ['12345678', '10'],
    );
    assert.equal(reading.outcome.counts.get('#EGEN'), 2);
    assert.deepEqual(codesOf(reading), ['label-case', 'unknown-label']);
  });

  it('reads old Macintosh files, whose lines end in CR alone', () => {
    const { book } = readSie(Buffer.from('#FLAGGA 0\r#FNAMN "A B"\r#KONTO 1910 Kassa\r'));
    assert.deepEqual([book.header.companyName, book.accounts.length], ['A B', 1]);
  });
});
