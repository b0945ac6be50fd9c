import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import iconv from 'iconv-lite';
import type { Reading } from '../../../ports/source.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import {
  fixture,
  fixtureProfile,
  linesOfReport,
  onlyReport,
  problemsIn,
  readAll,
  unreadableIds,
} from '../read-for-test.ts';

const PROFILE = fixtureProfile('minbutik-export-wide-cp1252-profile.json');
const SETTINGS = { stores: ['1234'], profiles: [PROFILE] };
/** The example with plain spaces, to be changed by tests. */
const FILE = iconv
  .decode(fixture('minbutik-export-wide-cp1252.csv'), 'windows-1252')
  .replaceAll('\u00a0', ' ');

function read(text: string, settings: Parameters<typeof readAll>[1] = SETTINGS) {
  return readAll(iconv.encode(text, 'windows-1252'), settings);
}

function doubtsIn(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap((r) => (r.kind === 'document' ? r.doubts.map(({ code }) => code) : []));
}

/** The profile with other settings of its input, or other keys. */
function profile(keys: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...PROFILE, ...keys };
}

describe('readProfileCsv, a report on each row', () => {
  it('reads the wide example: windows-1252, no-break spaces, trailing minus', async () => {
    const readings = await readAll(fixture('minbutik-export-wide-cp1252.csv'), SETTINGS, 9);
    const reports = standing(readings).map(({ document }) => document);
    const [first, second, third] = reports.flatMap((d) => (d.kind === 'day-report' ? [d] : []));
    assert.ok(first && second && third && reports.length === 3);
    assert.equal(first.ref.id, '2026-05-02:ALL:Z-000412');
    assert.deepEqual(linesOfReport(first), [
      'sale  8480000',
      'sale  224000',
      'sale  3125000',
      'tender KORT 9231050',
      'tender SWISH 642000',
      'tender KONTANT 1755950',
      'tender ICAPK 200000',
      'cash-difference  -1500',
    ]);
    const [food] = first.lines;
    assert.deepEqual(food, {
      kind: 'sale',
      code: '',
      label: 'Förs 6%',
      gross: { minor: 8_480_000n, currency: 'SEK' },
      rate: 600,
      vat: { minor: 480_000n, currency: 'SEK' },
    });
    // A cell with 0,00 or a dash is no line, but a difference of zero is one.
    assert.equal(second.lines.length, 7);
    assert.deepEqual(linesOfReport(third), [
      'sale  1060000',
      'sale  125000',
      'tender KORT 1185000',
    ]);
    assert.deepEqual(doubtsIn(readings), []);
    assert.deepEqual(problemsIn(readings), []);
  });

  it('parks the reports in which a new payment column holds an amount', async () => {
    const [preamble, blank, header, may2, may3, may4] = FILE.split('\r\n');
    const rows = [`${header};Klarna`, `${may2};150,00`, `${may3};0,00`, `${may4};`];
    const readings = await read(`${[preamble, blank, ...rows].join('\r\n')}\r\n`);
    const doubts = standing(readings).map((r) => r.doubts);
    assert.deepEqual(doubts, [
      [{ code: 'amount-column-unmapped', column: 'Klarna', amount: '150,00', row: 2 }],
      [],
      [],
    ]);
  });

  it('lets a profile name columns to ignore, or ignore all it does not know', async () => {
    const text = FILE.replace('Presentkort ICA', 'Presentkort ICA;Kunder').replace(
      '2 000,00\r',
      '2 000,00;812\r',
    );
    const rows = text.split('\r\n').slice(0, 4).join('\r\n');
    const quiet = { stores: ['1234'], profiles: [profile({ ignored_columns: ['/^kund/i'] })] };
    const deaf = { profiles: [profile({ unmapped_amount_columns: 'ignore' })] };
    assert.deepEqual(doubtsIn(await read(rows)), ['amount-column-unmapped']);
    assert.deepEqual(doubtsIn(await read(rows, quiet)), []);
    assert.deepEqual(doubtsIn(await read(rows, deaf)), []);
  });

  it('never counts a sum row as a report, and holds it against the rows', async () => {
    const readings = await read(FILE);
    assert.equal(standing(readings).length, 3);
    const lost = FILE.split('\r\n').toSpliced(4, 1).join('\r\n');
    const rejected = await read(lost);
    assert.equal(rejected.at(-1)?.kind, 'rejected');
    assert.equal(problemsIn(rejected)[0], 'checksum-differs 6:9');
    const last = rejected.at(-1);
    assert.deepEqual(last?.kind === 'rejected' && last.problems[0]?.facts, {
      field: 'Förs 6%',
      found: '95400.00',
      expected: '148400.00',
      difference: '53000.00',
    });
    const trusting = { profiles: [profile({ sum_rows: 'ignore' })] };
    assert.equal(standing(await read(lost, trusting)).length, 2);
  });

  it('takes sum rows of each part and of the whole', async () => {
    const [, , header, may2, may3, may4, sum] = FILE.split('\r\n');
    const part = (row = '') => row.replace('1234;2026-05-02;Z-000412', 'Delsumma;;');
    const { stop_at: _, ...input } = PROFILE['input'] as Record<string, unknown>;
    const settings = { profiles: [profile({ input })] };
    const rows = [header, may2, part(may2), may3, may4, sum?.replace('Summa', 'Totalt')];
    assert.equal(standing(await read(`${rows.join('\r\n')}\r\n`, settings)).length, 3);
  });

  it('does not lose a row of data behind the end of the data', async () => {
    const late = FILE.split('\r\n')[3]?.replace('2026-05-02;Z-000412', '2026-05-09;Z-000419') ?? '';
    const readings = await read(`${FILE}${late}\r\nUtskriven av Eva\r\n`);
    assert.deepEqual(unreadableIds(readings), ['minbutik/1234/2026-05-09:ALL:Z-000419']);
    assert.equal(standing(readings).length, 3);
  });

  it('takes months that overlap: the same day twice is one report', async () => {
    const [, , header, may2, may3] = FILE.split('\r\n');
    const readings = await read(`${[header, may2, may3, may3, may2].join('\n')}\n`);
    assert.equal(standing(readings).length, 2);
    const changed = may3?.replace('60 000,00', '60 000,10');
    const conflict = await read(`${[header, may2, may3, changed].join('\n')}\n`);
    assert.deepEqual(unreadableIds(conflict), ['minbutik/1234/2026-05-03:ALL:Z-000413']);
    assert.equal(standing(conflict).length, 1);
  });

  it('gives a report without number the day as its number', async () => {
    const [, , header, may2] = FILE.split('\r\n');
    const row = may2?.replace('Z-000412', '');
    assert.equal(onlyReport(await read(`${header}\n${row}\n`)).ref.id, '2026-05-02:ALL:2026-05-02');
  });

  it('doubts a report whose checks do not hold', async () => {
    const [, , header, may2] = FILE.split('\r\n');
    const [reading] = standing(await read(`${header}\n${may2?.replace('6 420,00', '6 425,00')}\n`));
    assert.deepEqual(reading?.doubts, [
      {
        code: 'control-total-differs',
        total: 'gross',
        stated: { minor: 11_829_500n, currency: 'SEK' },
        summed: { minor: 11_829_000n, currency: 'SEK' },
        difference: { minor: 500n, currency: 'SEK' },
      },
    ]);
  });

  it('names the line and column of every amount that is none', async () => {
    const bad = FILE.replace('92 310,50', '92.31,50').replace('6 250,00', 'n/a');
    const readings = await read(bad);
    assert.deepEqual(problemsIn(readings), ['not-a-number 4:71', 'not-a-number 4:75']);
    assert.equal(standing(readings).length, 2);
  });

  it('reads days as the profile says', async () => {
    for (const [pattern, written] of [
      ['dd.MM.yyyy', '02.05.2026'],
      ['yyyyMMdd', '20260502'],
      ['yyyy-MM-dd', '2026-05-02 00:00:00'],
      ['dd/MM yy', '2/5 26'],
      ['excel', '46144'],
    ]) {
      const input = { ...(PROFILE['input'] as object), date: pattern };
      const [, , header, may2] = FILE.split('\r\n');
      const text = `${header}\n${may2?.replace('2026-05-02', written ?? '')}\n`;
      const report = onlyReport(await read(text, { profiles: [profile({ input })] }));
      assert.equal(report.businessDate, '2026-05-02');
    }
  });

  it('reads a header whose cells run over lines', async () => {
    const [, , header, may2] = FILE.split('\r\n');
    const wrapped = header?.replace('Förs 6%', '"Förs\n6%"');
    assert.equal(onlyReport(await read(`${wrapped}\n${may2}\n`)).lines.length, 8);
  });

  it('rejects a file that is cut off, or in which a quote stays open', async () => {
    const rows = FILE.split('\r\n').slice(0, 4).join('\r\n');
    assert.deepEqual(problemsIn(await read(rows.slice(0, -30))), ['file-truncated 4:94']);
    const open = rows.replace('Z-000412', '"Z-000412');
    assert.deepEqual(problemsIn(await read(open)), ['quote-open 4:17']);
  });

  it('uses the first profile whose header matches', async () => {
    const other = profile({ profile: 'other', columns: { ...columnsWith('Filial') } });
    const [guess] = await read(FILE, { profiles: [other, PROFILE] });
    assert.equal(
      guess?.kind === 'guess' && guess.facts['profile'],
      'se.minbutik.dagsrapport.wide v1',
    );
    const none = await read(FILE, { profiles: [other] });
    assert.deepEqual(problemsIn(none), ['format-unknown']);
  });
});

function columnsWith(store: string): Record<string, unknown> {
  return { ...(PROFILE['columns'] as object), store_no: { header: store } };
}

describe('readProfileCsv, a line on each row', () => {
  const LONG = {
    profile: 'long',
    version: 1,
    input: { format: 'csv', decimal: ',', date: 'dd.MM.yyyy', comment: '#' },
    identity: ['store_no', 'business_date'],
    columns: {
      store_no: { const: '1234' },
      business_date: { header: 'Dag' },
      code: { header: 'Konto', transform: ['trim', 'upper'] },
      label: { header: 'Benämning' },
      vat_rate: { header: 'Moms%' },
      gross: {
        header: 'Belopp',
        transform: [{ 'negate-if': { column: 'Typ', matches: '/retur/i' } }],
      },
      vat: { header: 'Moms' },
    },
    rows: { where: [{ column: 'Status', matches: '^Struken$', not: true }] },
    classify: [
      { column: 'Typ', matches: '/^f.rs|^retur/i', kind: 'sale' },
      { column: 'Typ', matches: '^Bet', kind: 'tender' },
      { column: 'Typ', matches: '^Notering', kind: 'ignore' },
    ],
    checks: [{ sum: 'sale', equals: 'tender' }],
  };
  const TEXT =
    '# Utdrag\n' +
    'Dag;Typ;Konto;Benämning;Moms%;Belopp;Moms;Status\n' +
    '02.05.2026;Förs;50;Hygien;25;150,00;30,00;\n' +
    '02.05.2026;Retur;50;Hygien retur;25;25,00;-5,00;\n' +
    '02.05.2026;Bet; kort;Kort;;125,00;;\n' +
    '02.05.2026;Bet; kort;Kort;;999,00;;Struken\n' +
    '02.05.2026;Notering;;Larm 21:14;;0;;\n';
  const settings = { profiles: [LONG] };

  it('sorts rows into lines by what one of their columns says', async () => {
    const readings = await readAll(TEXT, settings);
    const report = onlyReport(readings);
    assert.equal(report.ref.id, '2026-05-02:ALL:2026-05-02');
    assert.deepEqual(linesOfReport(report), [
      'sale 50 15000',
      'sale 50 -2500',
      'tender KORT 12500',
    ]);
    const last = readings.at(-1);
    assert.equal(last?.kind === 'guess' && last.facts['rowsLeftOut'], '1');
  });

  it('does not drop a row that no rule knows', async () => {
    const readings = await readAll(`${TEXT}02.05.2026;Dricks;;Dricks;;5,00;;\n`, settings);
    assert.deepEqual(problemsIn(readings), ['unknown-value 8:1']);
    assert.deepEqual(standing(readings), []);
  });

  it('tells of a column it does not know once, where it stands in the extract', async () => {
    const rows = TEXT.trim().split('\n').slice(1, 5);
    const text = rows.map((row, at) => `${row};${['Dricks', '', '5,00', '6,00'][at]}`).join('\n');
    const [reading] = standing(await readAll(`${text}\n`, settings));
    assert.deepEqual(reading?.doubts, [
      { code: 'amount-column-unmapped', column: 'Dricks', amount: '5,00', row: 3 },
    ]);
  });

  it('gives an extract that gives the same document alone', async () => {
    const [reading] = standing(await readAll(TEXT, settings));
    const [alone] = standing(await readAll(reading?.extract ?? '', settings));
    assert.deepEqual(alone, reading);
  });
});

describe('readProfileXml', () => {
  const XML = {
    profile: 'xml',
    version: 1,
    input: { format: 'xml', row: 'Dag', decimal: '.' },
    columns: {
      store_no: { header: 'butik' },
      business_date: { header: 'datum' },
      report_no: { header: 'znr', default: '{business_date}' },
    },
    lines: [
      { header: 'fors25', kind: 'sale', vat_rate: '25', vat_header: 'moms25' },
      { header: 'kort', kind: 'tender', code: 'KORT' },
    ],
  };
  const TEXT =
    '<Export><Dag butik="1234" datum="2026-05-02"><fors25>125.00</fors25><moms25>25.00</moms25>' +
    '<kort>125.00</kort></Dag>\n<Dag butik="1234" datum="2026-05-03"><kort>1.00</kort>' +
    '<swish>5.00</swish></Dag></Export>';

  it('takes attributes and elements as columns, and parks an amount it does not know', async () => {
    const readings = await readAll(TEXT, { profiles: [XML] }, 10);
    const [first, second] = standing(readings);
    assert.ok(first?.document.kind === 'day-report');
    assert.deepEqual(linesOfReport(first.document), ['sale  12500', 'tender KORT 12500']);
    assert.deepEqual(second?.doubts, [
      { code: 'amount-column-unmapped', column: 'swish', amount: '5.00', row: 3 },
    ]);
    for (const reading of standing(readings)) {
      assert.deepEqual(standing(await readAll(reading.extract, { profiles: [XML] })), [reading]);
    }
  });

  it('rejects a file that is cut off', async () => {
    const readings = await readAll(TEXT.slice(0, -12), { profiles: [XML] });
    assert.equal(readings.at(-1)?.kind, 'rejected');
  });
});
