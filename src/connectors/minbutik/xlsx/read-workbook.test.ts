import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import {
  fixture,
  fixtureProfile,
  linesOfReport,
  problemsIn,
  readAll,
  unreadableIds,
} from '../read-for-test.ts';

const PROFILE = fixtureProfile('minbutik-export-wide-xlsx-profile.json');
const SETTINGS = { stores: ['1234'], profiles: [PROFILE] };
const FIXTURE = fixture('minbutik-export-wide.xlsx');

type Part = { readonly name: string; readonly text: string; readonly unpacked?: number };

/** A zip archive of parts, each deflated. */
function archive(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const table: Buffer[] = [];
  let offset = 0;
  for (const { name, text, unpacked } of parts) {
    const packed = deflateRawSync(Buffer.from(text));
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(Buffer.from(text)), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(unpacked ?? Buffer.byteLength(text), 8);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    sizes.copy(head, 14);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    sizes.copy(entry, 16);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    files.push(head, Buffer.from(name), packed);
    table.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...table, end]);
}

const HEAD =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>Butiksnummer</t></is></c>' +
  ['Datum', 'Z-nr', 'Förs 6%', 'Moms 6%', 'Förs 25%', 'Moms 25%', 'Bankkort', 'Swish', 'Kontant']
    .map((name) => `<c t="str"><v>${name}</v></c>`)
    .join('') +
  '</row>';

/** A workbook of one sheet with the profile's header and these rows. */
function workbook(rows: string, more: readonly Part[] = []): Buffer {
  return archive([
    { name: 'xl/workbook.xml', text: '<workbook><sheet name="Dagar" id="a"/></workbook>' },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: '<r><Relationship Id="a" Target="/xl/worksheets/s.xml"/></r>',
    },
    { name: 'xl/worksheets/s.xml', text: `<worksheet>${HEAD}${rows}</worksheet>` },
    ...more,
  ]);
}

const ROW =
  '<row r="2"><c r="A2"><v>1234</v></c><c><v>46144</v></c><c t="str"><v>Z-1</v></c>' +
  '<c r="F2"><v>125</v></c><c><v>25</v></c><c><v>1.25E2</v></c></row>';

describe('readWorkbook', () => {
  it('reads the days of the named sheet', async () => {
    const reports = standing(await readAll(FIXTURE, SETTINGS)).map(({ document }) => document);
    // 53 000 + 12 500 = 65 500.00, paid 60 000.25 + 4 620.50 + 879.25. Day 46144 is 2026-05-02.
    assert.deepEqual(
      reports.map((one) => (one.kind === 'day-report' ? [one.ref.id, ...linesOfReport(one)] : [])),
      [
        [
          '2026-05-02:ALL:Z-000412',
          'sale  5300000',
          'sale  1250000',
          'tender KORT 6000025',
          'tender SWISH 462050',
          'tender KONTANT 87925',
        ],
        ['2026-05-03:ALL:Z-000413', 'sale  1060000', 'sale  125000', 'tender KORT 1185000'],
      ],
    );
  });

  it('says which sheet and profile it read', async () => {
    const [guess] = await readAll(FIXTURE, SETTINGS);
    assert.deepEqual(guess?.kind === 'guess' && guess.facts, {
      format: 'profile-xlsx',
      sheet: 'Dagar',
      profile: 'se.minbutik.dagsrapport.xlsx v1',
    });
  });

  it('takes cells without a place, texts in place, numbers with an exponent', async () => {
    const [one] = standing(await readAll(workbook(ROW), SETTINGS));
    assert.ok(one?.document.kind === 'day-report');
    assert.deepEqual(linesOfReport(one.document), ['sale  12500', 'tender KORT 12500']);
  });

  it('tells the row and leaves the other days alone', async () => {
    const bad = ROW.replaceAll('"2"', '"3"').replace('A2', 'A3').replace('F2', 'F3');
    const rows = ROW + bad.replace('Z-1', 'Z-2').replace('1.25E2', '#REF!');
    const readings = await readAll(workbook(rows), SETTINGS);
    assert.deepEqual(unreadableIds(readings), ['minbutik/1234/2026-05-02:ALL:Z-2']);
    assert.match(problemsIn(readings)[0] ?? '', /^not-a-number 3:/);
    assert.equal(standing(readings).length, 1);
  });

  const zeros = 'x'.repeat(5_000_000);
  const broken: readonly (readonly [string, Buffer, string])[] = [
    ['its end is missing', FIXTURE.subarray(0, -30), 'file-truncated'],
    ['it is no workbook', archive([{ name: 'a.txt', text: 'a' }]), 'format-unknown'],
    ['its markup is wrong', workbook('<row r="2">'), 'markup'],
    ['its rows are in disorder', workbook(ROW + ROW), 'over-limit'],
    ['a column is far out', workbook(ROW.replace('F2', 'ZZZ2')), 'over-limit'],
    [
      'a part unpacks to far more than it is',
      workbook(ROW, [{ name: 'xl/sharedStrings.xml', text: zeros }]),
      'over-limit',
    ],
    [
      'a part unpacks to more than it says',
      workbook(ROW, [{ name: 'xl/sharedStrings.xml', text: '<sst>text</sst>', unpacked: 3 }]),
      'file-truncated',
    ],
  ];
  for (const [what, bytes, code] of broken) {
    it(`is rejected when ${what}`, async () => {
      const readings = await readAll(bytes, SETTINGS);
      assert.equal(readings.at(-1)?.kind, 'rejected');
      assert.equal(problemsIn(readings)[0]?.split(' ')[0], code);
    });
  }

  it('is rejected when a byte of the sheet is another', async () => {
    const bytes = Buffer.from(FIXTURE);
    const at = bytes.indexOf('xl/worksheets/sheet2.xml') + 200;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const [code = ''] = problemsIn(await readAll(bytes, SETTINGS));
    assert.ok(code === 'checksum-differs' || code === 'file-truncated', code);
  });

  it('is rejected without a profile, and by the name of a sheet that is not there', async () => {
    assert.deepEqual(problemsIn(await readAll(FIXTURE)), ['format-unknown']);
    const input = { ...(PROFILE['input'] as object), sheet: 'Blad1' };
    const other = { profiles: [{ ...PROFILE, input }] };
    assert.deepEqual(problemsIn(await readAll(FIXTURE, other)), ['format-unknown']);
  });
});
