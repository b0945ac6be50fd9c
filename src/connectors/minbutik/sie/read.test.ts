import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { postReadyVoucher } from '../../../domain/posting/rules/ready-voucher.ts';
import { sharedPath } from '../../../testing/shared.ts';
import { BOOKS_CHOICES } from '../choices-for-test.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, problemsIn, readAll, unreadableIds } from '../read-for-test.ts';

/** Z reports of a real till, written by somebody else and not ours to copy. */
const TILL_FILE = sharedPath('data', 'sie', 'sie4j', 'Transaktioner per Z-rapport.se');

const HEAD = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 559999-0016\n#FNAMN "Handlarn AB"\n';

function voucher(
  number: string,
  day: string,
  rows = ['1910 {} 100.00', '3001 {} -100.00'],
): string {
  const lines = rows.map((row) => `  #TRANS ${row}\n`).join('');
  return `#VER Z ${number} ${day} "Z-rapport ${number}"\n{\n${lines}}\n`;
}

describe('readSieVouchers', () => {
  it('reads the published example with its cost centres', async () => {
    const [read, ...others] = standing(await readAll(fixture('dagsrapport-1234-2026-05-02.si')));
    assert.deepEqual(others, []);
    const document = read?.document;
    assert.ok(document?.kind === 'ready-voucher');
    assert.deepEqual(document.ref, {
      system: 'minbutik',
      account: '5599990016',
      id: 'K:412:2026-05-02',
    });
    assert.equal(document.number, 'K 412');
    assert.equal(document.text, 'Dagsrapport Z-000412 butik 1234');
    assert.equal(document.rows.length, 28);
    assert.deepEqual(document.rows[0], {
      account: '1580',
      amount: { minor: 9_231_050n, currency: 'SEK' },
      text: 'Kort',
    });
    assert.deepEqual(document.rows[14], {
      account: '3003',
      amount: { minor: -8_000_000n, currency: 'SEK' },
      text: 'Försäljning 6 %',
      costCentre: '21',
    });
    assert.equal(postReadyVoucher(document, BOOKS_CHOICES).kind, 'vouchers');
  });

  it('takes dimension 6 as project and knows no other', async () => {
    const rows = ['1910 {} 100.00', '3001 {1 "21" 6 "P7" 20 "x"} -100.00'];
    const [read] = standing(await readAll(HEAD + voucher('1', '20260502', rows)));
    const row = read?.document.kind === 'ready-voucher' ? read.document.rows[1] : null;
    assert.deepEqual([row?.costCentre, row?.project], ['21', 'P7']);
  });

  it('gives a voucher that does not balance to the posting rule, which refuses it', async () => {
    const rows = ['1910 {} 100.00', '3001 {} -90.00'];
    const [read] = standing(await readAll(HEAD + voucher('1', '20260502', rows)));
    assert.ok(read?.document.kind === 'ready-voucher');
    const outcome = postReadyVoucher(read.document, BOOKS_CHOICES);
    assert.equal(
      outcome.kind === 'refused' && outcome.refusals[0]?.code,
      'voucher-does-not-balance',
    );
  });

  it('gives each voucher an extract that gives the same document alone', async () => {
    const rows = ['1910 {} 100.00 20260502 "Kassa ""1"""', '3001 {1 "21"} -99.00', '3740 {} 1.00'];
    const files = [
      HEAD + voucher('1', '20260502', rows),
      fixture('dagsrapport-1234-2026-05-02.si'),
    ];
    for (const file of files) {
      for (const { document, extract } of standing(await readAll(file))) {
        const [alone] = standing(await readAll(extract));
        assert.deepEqual(alone?.document, document);
      }
    }
  });

  it('makes a voucher with a bad row or day unreadable and leaves the others', async () => {
    const bad = voucher('2', '20260503', ['1910 {} 1oo', '3001 {} -100.00']);
    const text = HEAD + voucher('1', '20260502') + bad + voucher('3', '20261332');
    const readings = await readAll(text);
    assert.equal(standing(readings).length, 1);
    assert.deepEqual(problemsIn(readings), ['not-a-number 13:1', 'not-a-date 16:1']);
    assert.deepEqual(unreadableIds(readings), [
      'minbutik/5599990016/Z:2:2026-05-03',
      'minbutik/5599990016/Z:3:20261332',
    ]);
  });

  it('knows a voucher without number by what it says', async () => {
    const unnumbered = voucher('""', '20260502');
    const other = unnumbered.replaceAll('100.00', '200.00');
    assert.equal(standing(await readAll(HEAD + unnumbered + unnumbered + other)).length, 2);
  });

  it('takes the same voucher twice as one, and as a conflict when it differs', async () => {
    const first = voucher('1', '20260502');
    assert.equal(standing(await readAll(HEAD + first + first)).length, 1);
    const readings = await readAll(HEAD + first + first.replaceAll('100.00', '200.00'));
    assert.deepEqual(standing(readings), []);
    assert.deepEqual(problemsIn(readings), ['identity-differs 11:1']);
  });

  it('looks for gaps in ten thousand series, and in no more', async () => {
    const of = (series: number, number: string): string =>
      voucher(number, '20260502').replace('#VER Z', `#VER S${series}`);
    const first = Array.from({ length: 10_001 }, (_, series) => of(series, '1')).join('');
    const readings = await readAll(HEAD + first + of(9_999, '3') + of(10_000, '3'));
    const gaps = readings.flatMap((one) => (one.kind === 'notice' ? [one.notice] : []));
    assert.deepEqual(
      gaps.map((gap) => gap.code === 'report-number-gap' && gap.register),
      ['S9999'],
    );
    assert.equal(standing(readings).length, 10_003);
  });

  it('tells of numbers that are missing', async () => {
    const last = (await readAll(HEAD + voucher('1', '20260502') + voucher('4', '20260505'))).at(-1);
    assert.deepEqual(last?.kind === 'notice' && last.notice, {
      code: 'report-number-gap',
      store: '5599990016',
      register: 'Z',
      after: '1',
      before: '4',
      missing: 2,
    });
  });

  const whole = HEAD + voucher('1', '20260502') + voucher('2', '20260503');
  const cases: readonly (readonly [string, string, string])[] = [
    ['ends inside a voucher', whole.slice(0, -2), 'file-truncated'],
    ['ends in the first line of a voucher', `${whole}#VER Z 3 2026`, 'file-truncated'],
    ['holds no voucher', HEAD, 'file-empty'],
    [
      'is the export of a ledger',
      `${HEAD}#IB 0 1910 5.00\n${voucher('1', '20260502')}`,
      'format-unknown',
    ],
    ['has a sum that differs', `#KSUMMA\n${whole}#KSUMMA 1\n`, 'checksum-differs'],
    ['has a sum that was never ended', `#KSUMMA\n${whole}`, 'file-truncated'],
  ];
  for (const [what, text, code] of cases) {
    it(`rejects a file that ${what}`, async () => {
      const readings = await readAll(text);
      assert.equal(readings.at(-1)?.kind, 'rejected');
      assert.equal(problemsIn(readings).at(-1)?.split(' ')[0], code);
    });
  }

  const skip = existsSync(TILL_FILE) ? false : `third-party file not here: ${TILL_FILE}`;
  it('reads the ten Z reports of a real till', { skip }, async () => {
    const read = standing(await readAll(readFileSync(TILL_FILE)));
    const vouchers = read.flatMap(({ document }) =>
      document.kind === 'ready-voucher' ? [document] : [],
    );
    assert.deepEqual(
      vouchers.map(({ number, date, text }) => `${number} ${date} ${text}`),
      [
        '64 2021-05-05 nr. 64',
        '65 2021-05-06 nr. 65',
        '66 2021-05-07 nr. 66',
        '67 2021-05-08 nr. 67',
        '68 2021-05-09 nr. 68',
        '69 2021-05-12 nr. 69',
        '70 2021-05-13 nr. 70',
        '71 2021-05-14 nr. 71',
        '72 2021-05-15 nr. 72',
        '73 2021-05-16 nr. 73',
      ],
    );
    for (const voucher of vouchers) {
      assert.equal(postReadyVoucher(voucher, BOOKS_CHOICES).kind, 'vouchers');
    }
    assert.equal(vouchers[0]?.rows[0]?.amount.minor, 204_000n);
  });
});
