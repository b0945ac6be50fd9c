import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeCp437 } from '../../lib/cp437.ts';
import type { SieReading } from './book.ts';
import { collectSie, readSie } from './book.ts';
import type { SieRow, SieVoucher } from './model.ts';
import { streamSie } from './reader.ts';

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

const JAN_15 = { raw: '20250115', day: '2025-01-15' };

describe('readSie', () => {
  it('reads a voucher with all its fields', () => {
    const reading = read(
      '#VER A 12 20250115 "Kontant lön" 20250116 "me you"',
      '{',
      '#TRANS 7010 {1 "456" 6 "47"} 56900.00 20250115 "transtext 1" 10.5 me',
      '#TRANS 1910 {} -56900.00',
      '}',
    );
    const voucher = firstVoucher(reading);
    const { series, number, date, text, registered, sign } = voucher;
    assert.deepEqual([series, number, text, sign], ['A', '12', 'Kontant lön', 'me you']);
    assert.deepEqual([date, registered?.raw], [JAN_15, '20250116']);
    const objects = [
      { dimension: '1', code: '456' },
      { dimension: '6', code: '47' },
    ];
    assert.deepEqual(voucher.rows, [
      row('7010', 5_690_000n, {
        objects,
        text: 'transtext 1',
        quantity: '10.5',
        sign: 'me',
        date: voucher.date,
      }),
      row('1910', -5_690_000n),
    ]);
  });
});

describe('readSie and the header', () => {
  it('reads all of it', () => {
    const { book } = read(
      '#PROSA "Free text"',
      '#FTYP AB',
      '#FNR "C:\\Documents\\Acme"',
      '#ORGNR 556334-3689 1 2',
      '#BKOD 62010',
      '#ADRESS "" "Gatan 1" "123 45 Staden" +4618123456',
      '#RAR 0 20250101 20251231',
      '#RAR -1 20240101 20241231',
      '#TAXAR 2026',
      '#OMFATTN 20250331',
      '#KPTYP BAS2024',
      '#VALUTA EUR',
    );
    const { header } = book;
    assert.deepEqual(header.program, { name: 'K', version: '1' });
    assert.deepEqual(header.organisation, {
      number: '556334-3689',
      acquisition: '1',
      activity: '2',
    });
    assert.deepEqual(header.address, {
      contact: '',
      street: 'Gatan 1',
      postal: '123 45 Staden',
      phone: '+4618123456',
    });
    assert.deepEqual(
      [header.comment, header.companyType, header.companyId, header.industry, header.taxYear],
      ['Free text', 'AB', 'C:\\Documents\\Acme', '62010', '2026'],
    );
    assert.deepEqual(
      [header.chartType, header.currency, header.balancesThrough?.day, header.generated?.date?.day],
      ['BAS2024', 'EUR', '2025-03-31', '2025-01-31'],
    );
    assert.deepEqual(
      book.years.map(({ index, end }) => [index, end?.day]),
      [
        [0, '2025-12-31'],
        [-1, '2024-12-31'],
      ],
    );
  });
});

describe('readSie and a file of one record', () => {
  it('knows nothing but that record', () => {
    const { book } = readSie(bytesOf('#VALUTA NOK'));
    const nothing = Object.entries(book.header).filter(([, value]) => value !== null);
    assert.deepEqual(nothing, [['currency', 'NOK']]);
    assert.deepEqual([book.type, book.years, book.accounts, book.vouchers], [null, [], [], []]);
  });
});

describe('readSie and what stands between header and vouchers', () => {
  it('reads the chart: several codes for one account, units, sub-dimensions', () => {
    const { book } = read(
      '#KONTO 1510 Kundfordringar',
      '#KTYP 1510 T',
      '#ENHET 1510 st',
      '#SRU 1510 7251',
      '#SRU 1510 204',
      '#DIM 20 "Avdelning"',
      '#UNDERDIM 21 "Under" 20',
      '#OBJEKT 21 "01" "A b"',
    );
    assert.deepEqual(book.accounts, [
      { number: '1510', name: 'Kundfordringar', type: 'T', unit: 'st', sru: ['7251', '204'] },
    ]);
    assert.deepEqual(book.dimensions, [
      { number: '20', name: 'Avdelning', parent: null },
      { number: '21', name: 'Under', parent: '20' },
    ]);
    assert.deepEqual(book.objects, [{ dimension: '21', code: '01', name: 'A b' }]);
  });

  it('reads all kinds of balances', () => {
    const { book, outcome } = read(
      '#IB 0 1510 10.00 2',
      '#UB -1 1510 10',
      '#RES 0 3001 -5',
      '#OIB 0 1510 {1 "A"} 1.5',
      '#OUB 0 1510 {1 "A"} 2',
      '#PSALDO 0 202501 1510 {} 3',
      '#PBUDGET 0 202502 1510 {1 A} 4 5',
    );
    assert.equal(outcome.type, '4E');
    assert.deepEqual(
      book.balances.map(({ kind, year, period, amountMinor, quantity, objects }) => [
        kind,
        year,
        period,
        amountMinor,
        quantity,
        objects.length,
      ]),
      [
        ['opening', 0, null, 1000n, '2', 0],
        ['closing', -1, null, 1000n, null, 0],
        ['result', 0, null, -500n, null, 0],
        ['object-opening', 0, null, 150n, null, 1],
        ['object-closing', 0, null, 200n, null, 1],
        ['period', 0, '202501', 300n, null, 0],
        ['budget', 0, '202502', 400n, '5', 1],
      ],
    );
  });
});

describe('readSie and the type of a file', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['4I', '#SIETYP 4', ['#VER A 1 20250115']],
    ['4I', '#SIETYP 4', ['#KONTO 1930 Bank']],
    ['4E', '#SIETYP 4', ['#UB 0 1930 5']],
    ['4E', '#SIETYP 4', ['#RES 0 3001 5', '#VER A 1 20250115']],
    ['4E', '#SIETYP 4E', ['#UB 0 1930 5', '#VER A 1 20250115']],
    ['3', '#SIETYP 3', ['#UB 0 1930 5']],
    ['2', '#SIETYP 2', ['#UB 0 1930 5', '#VER A 1 20250115']],
    ['1', '#SIETYP 1', []],
    ['1', '#PROSA none', ['#UB 0 1930 5']],
    ['4I', '#PROSA none', ['#VER A 1 20250115']],
    ['null', '#PROSA none', []],
  ];
  for (const [type, line, more] of cases) {
    it(`is ${type} for ${[line, ...more].join(', ')}`, () => {
      const { outcome } = readSie(bytesOf('#FLAGGA 0', line, ...more));
      assert.equal(String(outcome.type), type);
    });
  }
});

describe('readSie with what is no SIE 1–4 file', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['an import file of SIE 5', '<?xml version="1.0"?>\n<SieEntry\nxmlns="x">', 'sie-5'],
    [
      'SIE 5 on one line',
      `<?xml version="1.0"?><sie:Sie xmlns:sie="x">${'y'.repeat(99_999)}`,
      'sie-5',
    ],
    ['a page of HTML', '<!DOCTYPE html>\n<html><body>404</body></html>', 'not-sie'],
    ['a table', 'Datum;Konto;Belopp\n2025-01-15;1930;5,00\n', 'not-sie'],
    ['a script', '#!/bin/sh\n# comment\necho {\n', 'not-sie'],
    ['nothing', '', 'not-sie'],
    ['blank lines', '\n\n \n', 'not-sie'],
    ['a long text', 'word\n'.repeat(1000), 'not-sie'],
  ];
  for (const [title, text, code] of cases) {
    it(`says so of ${title} and nothing else`, () => {
      const reading = readSie(Buffer.from(text));
      assert.deepEqual(codesOf(reading), [code]);
      assert.equal(reading.outcome.type, null);
    });
  }
});

describe('streamSie', () => {
  it('yields a voucher when its last row has come, and the end last', async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield bytesOf(...HEAD, '#VER A 1 20250115', '{', '#TRANS 1 {} 0', '}', '');
      yield bytesOf('#VER A 2 20250115', '{', '#TRANS 1 {} 0', '}');
    }
    const kinds: string[] = [];
    for await (const item of streamSie(pieces())) {
      kinds.push(item.kind === 'voucher' ? `voucher at ${item.line}` : item.kind);
    }
    assert.deepEqual(
      kinds.filter((kind) => kind !== 'record' && kind !== 'diagnostic'),
      ['voucher at 7', 'voucher at 11', 'end'],
    );
  });

  it('takes a list of pieces and gives what the whole would', async () => {
    const bytes = bytesOf(...HEAD, '#VER A 1 20250115', '{', '#TRANS 1 {} 5', '}');
    const pieces = [bytes.subarray(0, 10), bytes.subarray(10, 11), bytes.subarray(11)];
    assert.deepEqual(await collectSie(pieces), readSie(bytes));
  });
});
