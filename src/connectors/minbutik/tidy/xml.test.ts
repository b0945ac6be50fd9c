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

const FIXTURE = fixture('dagsrapport-1234-2026-05-02.xml').toString('utf8');

function report(day: string, number: string, lines: string): string {
  const own = `store_no="1234" business_date="${day}" register="ALL" report_no="${number}"`;
  return `<report ${own} quantity="10" gross="125.00" vat="25.00">\n${lines}\n</report>\n`;
}

const LINES =
  '<line kind="sale" code="50" vat_rate="25" gross="125.00" vat="25.00"/>\n' +
  '<line kind="tender" code="KORT" gross="125.00"/>';

function file(...reports: readonly string[]): string {
  return `<dayreports xmlns="urn:hub:dayreport:1">\n${reports.join('')}</dayreports>\n`;
}

describe('readTidyXml', () => {
  it('takes attributes and child elements, prefixes and lines inside other elements', async () => {
    const expected = onlyReport(await readAll(FIXTURE));
    const prefixed = FIXTURE.replaceAll(/<(\/?)(?=\w)/g, '<$1d:')
      .replace('xmlns=', 'xmlns:d=')
      .replace(/(<d:line [\s\S]*<\/d:line>|<d:line [\s\S]*\/>)/, '<d:lines>$1</d:lines>');
    assert.deepEqual(onlyReport(await readAll(prefixed, {}, 11)), expected);
  });

  it('takes the record letter of a line from its kind', async () => {
    const read = onlyReport(await readAll(file(report('2026-05-02', 'Z-1', LINES))));
    assert.deepEqual(linesOfReport(read), ['sale 50 12500', 'tender KORT 12500']);
  });

  it('names each problem with its place and leaves other reports alone', async () => {
    const bad = LINES.replace('125.00" vat', '12x" vat').replace('tender', 'betalt');
    const text = file(report('2026-05-02', 'Z-1', LINES), report('2026-05-03', 'Z-2', bad));
    const readings = await readAll(text);
    assert.deepEqual(problemsIn(readings), ['not-a-number 7:1', 'unknown-value 8:1']);
    assert.deepEqual(unreadableIds(readings), ['minbutik/1234/2026-05-03:ALL:Z-2']);
    assert.equal(standing(readings).length, 1);
  });

  it('refuses a field that is given twice, and a header among the lines', async () => {
    const twice = LINES.replace('/>', '><gross>1.00</gross></line>');
    const head = '<line record="H" kind="sale" code="50" gross="1.00"/>';
    assert.deepEqual(problemsIn(await readAll(file(report('2026-05-02', 'Z-1', twice)))), [
      'column-twice 3:1',
    ]);
    assert.deepEqual(problemsIn(await readAll(file(report('2026-05-02', 'Z-1', head)))), [
      'unknown-value 3:1',
    ]);
  });

  it('tells which fields it does not know', async () => {
    const lines = LINES.replace('code="KORT"', 'code="KORT" dricks="5"');
    const last = (await readAll(file(report('2026-05-02', 'Z-1', lines)))).at(-1);
    assert.equal(last?.kind === 'guess' && last.facts['ignoredColumns'], 'dricks');
  });

  it('takes the same report twice as one, and as a conflict when it differs', async () => {
    const first = report('2026-05-02', 'Z-1', LINES);
    assert.ok(onlyReport(await readAll(file(first, first))));
    const readings = await readAll(file(first, first.replaceAll('125.00', '126.00')));
    assert.deepEqual(standing(readings), []);
    assert.deepEqual(problemsIn(readings), ['identity-differs 6:1']);
  });

  const bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
  const deep = '<a>'.repeat(40) + '</a>'.repeat(40);
  const cases: readonly (readonly [string, string, string])[] = [
    ['is cut off', FIXTURE.slice(0, -30), 'file-truncated'],
    ['ends inside a tag', FIXTURE.slice(0, FIXTURE.indexOf('SWISH')), 'file-truncated'],
    ['has elements that do not match', FIXTURE.replace('</line>', '</lime>'), 'markup'],
    ['declares entities', FIXTURE.replace('<dayreports', `${bomb}<dayreports`), 'markup'],
    ['uses an entity', FIXTURE.replace('Swish', '&swish;'), 'markup'],
    ['holds a NUL', FIXTURE.replace('Swish', 'Swi\0sh'), 'markup'],
    ['nests deeply', FIXTURE.replace('</report>', `${deep}</report>`), 'over-limit'],
    ['has a text without end', FIXTURE.replace('Swish', 'x'.repeat(100_000)), 'record-too-long'],
    ['has no report', file(), 'file-empty'],
  ];
  for (const [what, text, code] of cases) {
    it(`is rejected as a whole when it ${what}`, async () => {
      const readings = await readAll(text);
      assert.equal(readings.at(-1)?.kind, 'rejected');
      assert.equal(problemsIn(readings)[0]?.split(' ')[0], code);
    });
  }

  it('is rejected when bytes of it are no UTF-8', async () => {
    const bytes = Buffer.from(FIXTURE);
    bytes[bytes.indexOf('Kolonial')] = 0xe4;
    assert.deepEqual(problemsIn(await readAll(bytes)), ['not-text']);
  });
});
