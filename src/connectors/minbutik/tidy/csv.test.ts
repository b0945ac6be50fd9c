import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import iconv from 'iconv-lite';
import { postDayReport } from '../../../domain/posting/rules/day-report.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import {
  fixture,
  linesOfReport,
  onlyReport,
  problemsIn,
  readAll,
  unreadableIds,
} from '../read-for-test.ts';
import { HEADER, MAY_2, MAY_3, MAY_4, report } from './rows-for-test.ts';
import { BOOKS_CHOICES } from '../choices-for-test.ts';

const FIXTURE = fixture('dagsrapport-1234-2026-05-02.csv').toString('utf8');

describe('readTidyCsv', () => {
  it('reads the published example into one report', async () => {
    const read = onlyReport(await readAll(FIXTURE, { stores: ['1234'] }));
    assert.deepEqual(read.ref, {
      system: 'minbutik',
      account: '1234',
      id: '2026-05-02:ALL:Z-000412',
    });
    assert.equal(read.receipts, 3187);
    assert.equal(read.control?.gross?.minor, 12_562_000n);
    assert.equal(read.control?.vat?.minor, 1_123_400n);
    assert.deepEqual(linesOfReport(read), [
      'sale 21 8480000',
      'sale 29 224000',
      'sale 50 3125000',
      'sale 90 30000',
      'deposit-sold PANT25 20000',
      'deposit-sold PANT6 106000',
      'agency-sold PAKET 42000',
      'agency-sold SPEL 435000',
      'gift-card-sold PK-EGET 100000',
      'tender KORT 9231050',
      'tender SWISH 642000',
      'tender KONTANT 1127500',
      'tender EGETPK 80000',
      'tender ICAPK 150000',
      'tender BONUS 235000',
      'tender KREDIT 621500',
      'deposit-returned PANTRET25 24000',
      'deposit-returned PANTRET6 190800',
      'agency-paid-out SPELVINST 260000',
      'cash-rounding ORE 150',
      'cash-count KONTANT 1126000',
      'info CASHBACK 50000',
      'info RETUR -187340',
    ]);
  });

  it('gives codes their usual meaning', async () => {
    const { lines } = onlyReport(await readAll(FIXTURE));
    const means = lines.flatMap((l) => (l.kind === 'tender' ? [`${l.code} ${l.means}`] : []));
    assert.deepEqual(means, [
      'KORT card',
      'SWISH swish',
      'KONTANT cash',
      'EGETPK gift-card',
      'ICAPK chain-gift-card',
      'BONUS bonus',
      'KREDIT credit',
    ]);
    const schemes = lines.flatMap((l) => ('scheme' in l ? [`${l.code} ${l.scheme}`] : []));
    assert.deepEqual(schemes, ['PAKET other', 'SPEL gaming', 'SPELVINST gaming']);
  });

  it('lets settings give codes another meaning, also by how they begin', async () => {
    const settings = { tenderCodes: { 'ica*': 'gift-card' }, agencyCodes: { PAKET: 'gaming' } };
    const { lines } = onlyReport(await readAll(FIXTURE, settings));
    const card = lines.find((l) => l.code === 'ICAPK');
    assert.equal(card?.kind === 'tender' && card.means, 'gift-card');
    const parcels = lines.find((l) => l.code === 'PAKET');
    assert.equal(parcels?.kind === 'agency-sold' && parcels.scheme, 'gaming');
  });

  it('reads an unknown payment as other, which the posting rule asks about', async () => {
    const report = onlyReport(await readAll(HEADER + MAY_2.replace('KORT;Kort', 'KLARNA;Klarna')));
    const outcome = postDayReport(report, BOOKS_CHOICES);
    assert.equal(outcome.kind, 'refused');
    const [refusal] = outcome.kind === 'refused' ? outcome.refusals : [];
    assert.equal(refusal?.code, 'account-not-chosen');
  });

  it('keeps 12 % on food, which the posting rule remarks on', async () => {
    const sale = 'S;1234;2026-05-02;ALL;Z-1;sale;21;Kolonial;12;;112,00;12,00;;\n';
    const paid = 'T;1234;2026-05-02;ALL;Z-1;tender;KORT;Kort;;;112,00;;;\n';
    const outcome = postDayReport(onlyReport(await readAll(HEADER + sale + paid)), BOOKS_CHOICES);
    assert.deepEqual(
      outcome.notices.map(({ code }) => code),
      ['food-at-other-rate'],
    );
  });
});

describe('how a tidy file is written', () => {
  const expected = async () => onlyReport(await readAll(FIXTURE));

  it('takes columns in any order and says which it left out', async () => {
    const rows = FIXTURE.trim().split('\n');
    const turned = rows.map((row, at) => {
      const fields = row.split(';').toReversed();
      return [at === 0 ? 'Kassör' : 'Eva', ...fields].join(';');
    });
    const readings = await readAll(`${turned.join('\n')}\n`);
    assert.deepEqual(onlyReport(readings), await expected());
    const [guess] = readings;
    assert.equal(guess?.kind === 'guess' && guess.facts['ignoredColumns'], 'kassör');
  });

  it('does without the columns that are not needed', async () => {
    const header =
      'record;store_no;business_date;register;report_no;kind;code;vat_rate;gross;vat\n';
    const rows =
      'S;1234;2026-05-02;ALL;Z-1;sale;50;25;125,00;25,00\n' +
      'T;1234;2026-05-02;ALL;Z-1;tender;KORT;;125,00;\n';
    assert.deepEqual(linesOfReport(onlyReport(await readAll(header + rows))), [
      'sale 50 12500',
      'tender KORT 12500',
    ]);
  });

  for (const [name, delimiter] of [
    ['a comma', ','],
    ['a tab', '\t'],
  ] as const) {
    it(`finds that ${name} stands between fields`, async () => {
      const rows = FIXTURE.trim()
        .split('\n')
        .map((row) => row.split(';').map((field) => `"${field}"`));
      const text = `${rows.map((fields) => fields.join(delimiter)).join('\r\n')}\r\n`;
      assert.deepEqual(onlyReport(await readAll(text)), await expected());
    });
  }

  it('reads a decimal point, spaces and dots between thousands, and a trailing minus', async () => {
    const spaced = FIXTURE.replace('84800,00', '84\u00a0800.00')
      .replace('31250,00', '31\u202f250,00')
      .replace('92310,50', '92.310,50')
      .replace('-1873,40', '1873,40-')
      .replace('11234,00', '11 234');
    assert.deepEqual(onlyReport(await readAll(spaced)), await expected());
    const minus = FIXTURE.replace('-1873,40', '\u22121873,40');
    assert.deepEqual(onlyReport(await readAll(minus)), await expected());
  });

  it('does not guess whether 1,250 is a thousand or a little more than one', async () => {
    const readings = await readAll(HEADER + MAY_2.replace(/125,00/g, '1,250'));
    assert.deepEqual(problemsIn(readings), [
      'not-a-number 2:49',
      'not-a-number 3:51',
      'not-a-number 4:53',
    ]);
  });

  for (const encoding of ['windows-1252', 'cp850', 'utf-16le', 'utf-16be', 'utf-8'] as const) {
    it(`finds that the bytes are ${encoding}`, async () => {
      const addBOM = encoding === 'utf-16be' || encoding === 'utf-8';
      const bytes = iconv.encode(FIXTURE, encoding, { addBOM });
      const readings = await readAll(bytes, {}, 7);
      assert.deepEqual(onlyReport(readings), await expected());
      const [guess] = readings;
      assert.equal(guess?.kind === 'guess' && guess.facts['encoding'], encoding);
    });
  }

  it('ends lines with CRLF, LF and CR, also mixed', async () => {
    let count = 0;
    const mixed = FIXTURE.replaceAll('\n', () => ['\r\n', '\r', '\n'][(count += 1) % 3] ?? '\n');
    assert.deepEqual(onlyReport(await readAll(mixed)), await expected());
  });

  it('takes formulas as text', async () => {
    const label = '=cmd|’/c calc’!A1';
    const { lines } = onlyReport(await readAll(HEADER + MAY_2.replace('Hygien', label)));
    assert.equal(lines[0]?.label, label);
  });

  it('mends lost leading zeros of a store number when only one store can be meant', async () => {
    const text = HEADER + MAY_2.replaceAll(';1234;', ';234;');
    const read = onlyReport(await readAll(text, { stores: ['0234', '1234'] }));
    assert.equal(read.storeNumber, '0234');
    assert.equal(read.ref.account, '0234');
    const unsure = await readAll(text, { stores: ['0234', '00234'] });
    assert.deepEqual(problemsIn(unsure)[0], 'unknown-value 2:3');
  });

  it('leaves reports of other stores alone', async () => {
    const other = MAY_3.replaceAll('1234', '9999');
    const readings = await readAll(HEADER + MAY_2 + other, { stores: ['1234'] });
    assert.equal(standing(readings).length, 1);
    assert.deepEqual(unreadableIds(readings), ['minbutik/9999/2026-05-03:ALL:Z-000413']);
  });

  it('reads days as databases and spreadsheets write them, and no time of day', async () => {
    for (const day of ['20260502', '2026-05-02 00:00:00', '2026-05-02T00:00']) {
      const read = onlyReport(await readAll(HEADER + MAY_2.replaceAll('2026-05-02', day)));
      assert.equal(read.businessDate, '2026-05-02');
    }
    const night = await readAll(HEADER + MAY_2.replaceAll('2026-05-02', '2026-05-03 01:30:00'));
    assert.deepEqual(problemsIn(night)[0], 'not-a-date 2:8');
  });
});

describe('which report a row belongs to', () => {
  it('puts rows together wherever they stand', async () => {
    const rows = [MAY_2, MAY_3, MAY_4].flatMap((text) => text.trim().split('\n'));
    const sorted = rows.toSorted((a, b) => a.charCodeAt(0) - b.charCodeAt(0));
    const whole = await readAll(HEADER + MAY_2 + MAY_3 + MAY_4);
    const scattered = await readAll(`${HEADER + sorted.join('\n')}\n`);
    const documents = (r: typeof whole) => standing(r).map(({ document }) => document);
    assert.deepEqual(documents(scattered), documents(whole));
  });

  it('gives a register with a header record a report of its own', async () => {
    const text = HEADER + report('2026-05-02', 'Z-1', '1') + report('2026-05-02', 'Z-1', '2');
    const registers = standing(await readAll(text)).map(
      ({ document }) => document.kind === 'day-report' && document.register,
    );
    assert.deepEqual(registers, ['1', '2']);
  });

  it('counts the drawer of a register into the report over all registers', async () => {
    const count = 'D;1234;2026-05-02;3;Z-000412;cash_count;KONTANT;;;;10,00;;;\n';
    for (const text of [MAY_2 + count, count + MAY_2]) {
      assert.deepEqual(linesOfReport(onlyReport(await readAll(HEADER + text))), [
        'sale 50 12500',
        'tender KORT 12500',
        'cash-count KONTANT 1000',
      ]);
    }
  });

  it('groups by store, day, register and number where there is no header record', async () => {
    const rows = (register: string) =>
      report('2026-05-02', 'Z-1', register).split('\n').slice(1).join('\n');
    const readings = await readAll(HEADER + rows('1') + rows('2'));
    assert.equal(standing(readings).length, 2);
  });

  it('does not take a count of cash alone for a report', async () => {
    const count = 'D;1234;2026-05-02;3;Z-000412;cash_count;KONTANT;;;;10,00;;;\n';
    assert.deepEqual(problemsIn(await readAll(HEADER + count)), ['unknown-value 2:1']);
  });

  it('keeps only the business day of a report that closes after midnight', async () => {
    const late = MAY_2.replace('Hygien', 'Hygien 2026-05-03 01:30');
    assert.equal(onlyReport(await readAll(HEADER + late)).businessDate, '2026-05-02');
  });
});
