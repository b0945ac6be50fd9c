import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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

const FIXTURE = fixture('dagsrapport-1234-2026-05-02.csv').toString('utf8');

describe('a report that stands in a file twice', () => {
  it('is one report when it says the same', async () => {
    const readings = await readAll(HEADER + MAY_2 + MAY_3 + MAY_2);
    assert.equal(standing(readings).length, 2);
    const last = readings.at(-1);
    assert.equal(last?.kind === 'guess' && last.facts['repeatedReports'], '1');
  });

  it('is one report when monthly files that overlap were joined, headers and all', async () => {
    const readings = await readAll(HEADER + MAY_2 + MAY_3 + HEADER + MAY_3 + MAY_4);
    assert.equal(standing(readings).length, 3);
  });

  it('is neither when the two differ: the later conflicts and takes back the first', async () => {
    const changed = MAY_2.replace(/125,00/g, '126,00');
    const readings = await readAll(HEADER + MAY_2 + MAY_3 + changed);
    assert.equal(standing(readings).length, 1);
    assert.deepEqual(unreadableIds(readings), ['minbutik/1234/2026-05-02:ALL:Z-000412']);
    const conflict = readings.find((r) => r.kind === 'unreadable');
    assert.deepEqual(conflict?.kind === 'unreadable' && conflict.problems[0]?.facts, {
      field: 'minbutik/1234/2026-05-02:ALL:Z-000412',
      found: '8–10',
      expected: '2–4',
    });
  });

  it('is found without header records too, where rows would add up and balance', async () => {
    const rows = MAY_2.split('\n').slice(1).join('\n');
    const read = onlyReport(await readAll(HEADER + rows + rows));
    assert.deepEqual(linesOfReport(read), ['sale 50 12500', 'tender KORT 12500']);
    const changed = rows.replaceAll('125,00', '126,00');
    const [doubtful] = standing(await readAll(HEADER + rows + changed));
    assert.deepEqual(
      doubtful?.doubts.map(({ code }) => code),
      ['report-overlaps'],
    );
  });

  it('is a conflict when a row comes after so many others that the report was closed', async () => {
    const others = Array.from({ length: 1_100 }, (_, at) => report('2026-05-03', `Y-${at}`));
    const late = 'I;1234;2026-05-02;ALL;Z-000412;info;;Sen rad;;;1,00;;;\n';
    const readings = await readAll(HEADER + MAY_2 + others.join('') + late);
    assert.deepEqual(unreadableIds(readings), ['minbutik/1234/2026-05-02:ALL:Z-000412']);
    assert.equal(standing(readings).length, 1_100);
  });
});

describe('a bad row', () => {
  it('makes its own report unreadable with all its problems and leaves the others', async () => {
    const bad = MAY_3.replace('sale;50;Hygien;25;;125,00', 'sale;50;Hygien;abc;;12x,00').replace(
      'tender;KORT',
      'betalt;KORT',
    );
    const readings = await readAll(HEADER + MAY_2 + bad + MAY_4);
    assert.equal(standing(readings).length, 2);
    assert.deepEqual(unreadableIds(readings), ['minbutik/1234/2026-05-03:ALL:Z-000413']);
    assert.deepEqual(problemsIn(readings), [
      'not-a-rate 6:47',
      'not-a-number 6:52',
      'unknown-value 7:32',
    ]);
  });

  it('does not lose VAT on a line that has no place for it', async () => {
    const sold = 'A;1234;2026-05-02;ALL;Z-000412;giftcard_sold;PK;;25;;125,00;25,00;;\n';
    assert.deepEqual(problemsIn(await readAll(HEADER + MAY_2 + sold)), ['unknown-value 5:61']);
  });

  it('may lack a readable day: the report it seems to be of is not booked then', async () => {
    const stray = 'D;1234;2026-13-02;ALL;Z-000412;cash_count;KONTANT;;;;10,00;;;\n';
    for (const text of [MAY_2 + stray + MAY_3, stray + MAY_2 + MAY_3]) {
      const readings = await readAll(HEADER + text);
      assert.deepEqual(unreadableIds(readings).toSorted(), [
        'minbutik/1234/2026-05-02:ALL:Z-000412',
        'minbutik/1234/2026-13-02:ALL:Z-000412',
      ]);
      assert.equal(standing(readings).length, 1);
    }
  });

  it('has too few or too many fields', async () => {
    const short = MAY_3.replace(';25,00;;\n', ';25,00\n');
    const long = MAY_4.replace('Hygien', 'Hygien; tvål');
    const readings = await readAll(HEADER + MAY_2 + short + long);
    assert.deepEqual(problemsIn(readings), ['too-few-fields 5:61', 'too-many-fields 9:71']);
    assert.equal(standing(readings).length, 1);
  });

  it('may hold a quote that is not one, NUL bytes or a field of a megabyte', async () => {
    const quote = MAY_2.replace('Hygien', '"Hyg"ien');
    assert.deepEqual(problemsIn(await readAll(HEADER + quote + MAY_3)), ['quote-open 3:45']);
    const nul = MAY_2.replace('Hygien', 'Hyg\0ien');
    assert.deepEqual(problemsIn(await readAll(HEADER + nul + MAY_3)), ['not-text 3:43']);
    const huge = MAY_2.replace('Hygien', 'x'.repeat(1_000_000));
    const readings = await readAll(HEADER + huge + MAY_3);
    assert.deepEqual(problemsIn(readings), ['record-too-long 3:65537']);
    assert.equal(standing(readings).length, 1);
    const label = MAY_2.replace('Hygien', 'x'.repeat(1_001));
    assert.deepEqual(problemsIn(await readAll(HEADER + label)), ['record-too-long 3:40']);
  });

  it('is one of many: problems are told up to a bound', async () => {
    const rows = 'S;1234;2026-05-02;ALL;Z-000412;sale;50;;25;;x;;;\n'.repeat(200);
    const problems = problemsIn(await readAll(HEADER + MAY_2 + rows));
    assert.equal(problems.length, 51);
    assert.equal(problems.at(-1), 'too-many-problems');
  });

  it('comes in a report of more rows than any report has', async () => {
    const rows = 'I;1234;2026-05-02;ALL;Z-000412;info;;;;;1,00;;;\n'.repeat(10_001);
    const problems = problemsIn(await readAll(HEADER + MAY_2 + rows + MAY_3));
    assert.deepEqual(problems, ['over-limit 10002:1']);
  });
});

describe('a tidy file that cannot be trusted', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['ends in half a row', HEADER + MAY_2 + MAY_3.slice(0, -20), ['file-truncated 7:43']],
    ['ends inside a quote', `${HEADER + MAY_2}S;"1234`, ['quote-open 5:3']],
    ['has a quote open at a line end', HEADER + MAY_2.replace('Hyg', '"Hyg'), ['quote-open 3:40']],
    ['is empty', '', ['file-empty']],
    ['holds nothing but blanks', ' \r\n\n', ['file-empty']],
    ['has a header and no rows', HEADER, ['file-empty']],
    ['lacks a column', HEADER.replace('gross;', '') + MAY_2, ['column-missing 1:1']],
    [
      'has a column twice',
      HEADER.replace('vat;', 'gross;') + MAY_2,
      ['column-missing 1:1', 'column-twice 1:90'],
    ],
    ['is something else', 'Hej\nDetta är ett brev.\n', ['format-unknown']],
  ];
  for (const [what, text, problems] of cases) {
    it(`is rejected as a whole when it ${what}`, async () => {
      const readings = await readAll(text);
      assert.equal(readings.at(-1)?.kind, 'rejected');
      assert.deepEqual([...problemsIn(readings)].toSorted(), [...problems].toSorted());
      assert.deepEqual(standing(readings), []);
    });
  }

  it('is rejected when the last character is cut', async () => {
    const bytes = Buffer.from(HEADER + MAY_2 + MAY_3.replace('Hygien', 'Hygiån'));
    const whole = Buffer.from(FIXTURE);
    const cut = Buffer.concat([whole, bytes.subarray(0, bytes.indexOf('å') + 1)]);
    assert.deepEqual(problemsIn(await readAll(cut)), ['file-truncated']);
  });

  it('is not rejected for lacking the last line break', async () => {
    assert.ok(onlyReport(await readAll(HEADER + MAY_2.trimEnd())));
  });
});

describe('what is told beside the reports', () => {
  it('leaves sum rows out and says so', async () => {
    const sum = 'Summa;;;;;;;;;;125,00;25,00;;\n';
    const readings = await readAll(HEADER + MAY_2 + sum);
    assert.ok(onlyReport(readings));
    const last = readings.at(-1);
    assert.equal(last?.kind === 'guess' && last.facts['sumRowsLeftOut'], '5');
  });

  it('tells of report numbers that are missing, for each store and register', async () => {
    const readings = await readAll(HEADER + MAY_2 + report('2026-05-05', 'Z-000415'));
    assert.deepEqual(readings.at(-1), {
      kind: 'notice',
      notice: {
        code: 'report-number-gap',
        store: '1234',
        register: 'ALL',
        after: 'Z-000412',
        before: 'Z-000415',
        missing: 2,
      },
    });
  });

  it('gives each report an extract that holds its rows to the letter', async () => {
    const [first, second] = standing(await readAll(HEADER + MAY_2 + MAY_3));
    assert.equal(Buffer.from(first?.extract ?? []).toString(), `\ufeff${HEADER}${MAY_2}`);
    assert.equal(Buffer.from(second?.extract ?? []).toString(), `\ufeff${HEADER}${MAY_3}`);
  });
});
