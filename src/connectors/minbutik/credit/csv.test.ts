import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import iconv from 'iconv-lite';
import type { CreditPurchases } from '../../../domain/document/credit-purchases.ts';
import type { Reading } from '../../../ports/source.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import {
  fixture,
  problemsIn,
  readAll,
  unreadableIds,
  type TestSettings,
} from '../read-for-test.ts';

const FIXTURE = fixture('kreditkop-1234-2026-05.csv').toString('utf8');
const HEADER = FIXTURE.slice(0, FIXTURE.indexOf('\n') + 1);

function purchasesIn(readings: readonly Reading[]): readonly CreditPurchases[] {
  return standing(readings).flatMap(({ document }) =>
    document.kind === 'credit-purchases' ? [document] : [],
  );
}

async function idsOf(content: string, settings: TestSettings): Promise<readonly string[]> {
  return purchasesIn(await readAll(content, settings)).map(({ ref }) => ref.id);
}

/** A row: day, customer, receipt, reference, and what stands behind it. */
function row(day: string, customer: string, rest: string): string {
  return `C;1234;${day};${customer};Byskolan;2129990012;${rest}\n`;
}

describe('readCreditCsv', () => {
  it('gives a document for each customer of the month', async () => {
    const [school, haulier, ...others] = purchasesIn(await readAll(FIXTURE));
    assert.deepEqual(others, []);
    // 1 060.00 with 60.00 VAT at 6 % and 125.00 with 25.00 at 25 %: 1 185.00 on one receipt.
    assert.deepEqual(school, {
      kind: 'credit-purchases',
      ref: { system: 'minbutik', account: '1234', id: 'credit:2026-05:10017' },
      storeNumber: '1234',
      date: '2026-05-02',
      currency: 'SEK',
      customer: {
        number: '10017',
        name: 'Exempelkommun Skola',
        orgNumber: '2129990012',
        vatNumber: null,
        endpoint: null,
        address: null,
        email: null,
      },
      reference: 'Hemkunskap 7B',
      purchases: [
        {
          receipt: '4-88121',
          register: '4',
          date: '2026-05-02',
          reference: 'Hemkunskap 7B',
          gross: { minor: 118_500n, currency: 'SEK' },
          vat: [
            {
              rate: 600,
              gross: { minor: 106_000n, currency: 'SEK' },
              vat: { minor: 6_000n, currency: 'SEK' },
            },
            {
              rate: 2_500,
              gross: { minor: 12_500n, currency: 'SEK' },
              vat: { minor: 2_500n, currency: 'SEK' },
            },
          ],
        },
      ],
    });
    assert.deepEqual(
      haulier?.purchases.map(({ receipt, gross }) => `${receipt} ${gross.minor}`),
      ['2-51900 250000', '2-51907 253000'],
    );
    assert.equal(haulier?.reference, null);
  });

  const groupings = [
    ['month', ['credit:2026-05:10017', 'credit:2026-05:10044']],
    ['week', ['credit:2026-W18:10017', 'credit:2026-W18:10044']],
    [
      'reference',
      [
        'credit:2026-05:10017:Hemkunskap 7B',
        'credit:2026-05:10044:Bil 12',
        'credit:2026-05:10044:Fika',
      ],
    ],
    [
      'receipt',
      [
        'credit:2026-05-02:10017:4-88121',
        'credit:2026-05-02:10044:2-51900',
        'credit:2026-05-02:10044:2-51907',
      ],
    ],
  ] as const;
  for (const [creditInvoices, ids] of groupings) {
    it(`groups by ${creditInvoices}`, async () => {
      assert.deepEqual(await idsOf(FIXTURE, { creditInvoices }), ids);
    });
  }

  it('puts purchases in the order of day and receipt, wherever they stand', async () => {
    const rows = [
      row('2026-05-04', '7', '4-10;4;;25;125,00;25,00'),
      row('2026-05-03', '7', '4-11;4;;25;-12,50;-2,50'),
      row('2026-05-04', '7', '4-9;4;;6;10,60;0,60'),
    ];
    const [document] = purchasesIn(await readAll(HEADER + rows.join('')));
    const [turned] = purchasesIn(await readAll(HEADER + rows.toReversed().join('')));
    assert.deepEqual(
      document?.purchases.map(({ receipt, gross }) => `${receipt} ${gross.minor}`),
      ['4-11 -1250', '4-9 1060', '4-10 12500'],
    );
    assert.equal(document?.date, '2026-05-04');
    assert.deepEqual(turned, document);
  });

  it('takes every delimiter and encoding of the day report, columns in any order', async () => {
    const expected = purchasesIn(await readAll(FIXTURE));
    const tabs = FIXTURE.replaceAll(';', '\t');
    const commas = FIXTURE.replaceAll(',', '.').replaceAll(';', ',');
    const turned = FIXTURE.replace(/.+/g, (line) => line.split(';').toReversed().join(';'));
    const files = [
      tabs,
      commas,
      turned,
      FIXTURE.replaceAll('\n', '\r\n'),
      `\ufeff${FIXTURE}`,
      iconv.encode(FIXTURE, 'windows-1252'),
      iconv.encode(FIXTURE, 'cp850'),
      iconv.encode(`\ufeff${FIXTURE}`, 'utf-16le'),
    ];
    for (const file of files) assert.deepEqual(purchasesIn(await readAll(file)), expected);
  });

  it('takes a row that stands there again as the same row, and says so', async () => {
    const readings = await readAll(FIXTURE + FIXTURE);
    assert.deepEqual(purchasesIn(readings), purchasesIn(await readAll(FIXTURE)));
    const last = readings.at(-1);
    assert.equal(last?.kind === 'guess' && last.facts['repeatedRows'], '4');
  });

  const good = row('2026-05-03', '8', '1-1;1;;25;125,00;25,00');
  const base = '4-10;4;A;25;125,00;25,00';
  const broken: readonly (readonly [string, string, readonly string[]])[] = [
    ['an amount is none', row('2026-05-04', '7', '4-10;4;A;25;12x;25,00'), ['not-a-number 3:53']],
    ['a rate is none', row('2026-05-04', '7', '4-10;4;A;25x;125,00;25,00'), ['not-a-rate 3:50']],
    ['VAT is missing', row('2026-05-04', '7', '4-10;4;A;25;125,00;'), ['field-empty 3:60']],
    [
      'VAT has the other sign',
      row('2026-05-04', '7', '4-10;4;A;25;-125,00;25,00'),
      ['unknown-value 3:61'],
    ],
    ['a field is missing', row('2026-05-04', '7', '4-10;4;A;25;125,00'), ['too-few-fields 3:59']],
    [
      'two companies share the number',
      row('2026-05-04', '7', base) +
        row('2026-05-04', '7', '4-12;4;A;25;125,00;25,00').replace('2129990012', '5599990107'),
      ['identity-differs 4:30'],
    ],
    [
      'the same receipt and rate have two amounts',
      row('2026-05-04', '7', base) + row('2026-05-04', '7', '4-10;4;A;25;126,00;25,00'),
      ['identity-differs 4:53'],
    ],
    [
      'rows of a receipt are of two days',
      row('2026-05-04', '7', base) + row('2026-05-05', '7', '4-10;4;A;6;10,60;0,60'),
      ['identity-differs 4:8'],
    ],
    [
      'the record is no purchase',
      row('2026-05-04', '7', base).replace('C', 'S'),
      ['unknown-value 3:1'],
    ],
  ];
  for (const [what, rows, problems] of broken) {
    it(`leaves the customer out and the others alone when ${what}`, async () => {
      const readings = await readAll(HEADER + good + rows);
      assert.deepEqual(problemsIn(readings), problems);
      assert.deepEqual(unreadableIds(readings), ['minbutik/1234/credit:2026-05:7']);
      assert.deepEqual(
        purchasesIn(readings).map(({ customer }) => customer.number),
        ['8'],
      );
    });
  }

  it('makes both customers unreadable when they share a receipt', async () => {
    const rows = row('2026-05-04', '7', base) + row('2026-05-04', '9', '4-10;4;A;6;10,60;0,60');
    const readings = await readAll(HEADER + good + rows);
    assert.deepEqual(problemsIn(readings), ['identity-differs 4:19', 'identity-differs 4:19']);
    assert.equal(purchasesIn(readings).length, 1);
  });

  it('invoices no customer without a row that may be theirs', async () => {
    const rest = row('2026-05-04', '7', base);
    for (const [stray, id] of [
      [row('2026-05-99', '7', '4-11;4;A;25;125,00;25,00'), 'credit:2026-05-99:7'],
      [row('2026-05-04', '', '4-10;4;A;6;10,60;0,60'), 'credit:2026-05:'],
      [row('2026-05-04', '7', '4-11;4;A;25;125,00;25,00').replace(';', ''), 'credit:7:Byskolan'],
    ] as const) {
      const readings = await readAll(HEADER + good + rest + stray, { stores: ['1234'] });
      const ids = unreadableIds(readings);
      assert.ok(ids.includes('minbutik/1234/credit:2026-05:7'), ids.join());
      assert.ok(
        ids.some((one) => one.endsWith(id)),
        ids.join(),
      );
      assert.equal(purchasesIn(readings).length, 1);
    }
  });

  it('does not take the purchases of another store', async () => {
    const other = row('2026-05-04', '7', base).replace('1234', '4321');
    const readings = await readAll(HEADER + good + other, { stores: ['1234'] });
    assert.deepEqual(unreadableIds(readings), ['minbutik/4321/credit:2026-05:7']);
    assert.equal(purchasesIn(readings).length, 1);
  });

  it('leaves sum rows and a header in the middle out', async () => {
    const readings = await readAll(`${FIXTURE}${HEADER}Summa;;;;;;;;;;6215,00;\n`);
    assert.equal(purchasesIn(readings).length, 2);
    const last = readings.at(-1);
    assert.equal(last?.kind === 'guess' && last.facts['sumRowsLeftOut'], '7');
  });

  const cut: readonly (readonly [string, string, string])[] = [
    ['is cut off inside a row', FIXTURE.slice(0, -20), 'file-truncated'],
    ['is cut off inside its last amount', FIXTURE.slice(0, -2), 'file-truncated'],
    ['holds no row', HEADER, 'file-empty'],
    ['lacks a column', FIXTURE.replace('receipt_no', 'kvitto'), 'column-missing'],
    ['has a column twice', FIXTURE.replace('reference', 'vat'), 'column-twice'],
    ['has an open quote', FIXTURE.replace('Fika', '"Fika'), 'quote-open'],
  ];
  for (const [what, text, code] of cut) {
    it(`is rejected as a whole when it ${what}`, async () => {
      const readings = await readAll(text);
      assert.equal(readings.at(-1)?.kind, 'rejected');
      assert.equal(problemsIn(readings)[0]?.split(' ')[0], code);
    });
  }

  it('takes a file whose last line has no line break', async () => {
    assert.equal(purchasesIn(await readAll(FIXTURE.trimEnd())).length, 2);
  });
});
