import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stableJson } from '../../lib/json.ts';
import { connector } from './connector.ts';
import { standing } from '../../testing/file-source-contract/reading.ts';
import { fixture, fixtureProfile, onlyReport, problemsIn, readAll } from './read-for-test.ts';
import { settingsSchema } from './settings.ts';

const PROFILES = [
  fixtureProfile('minbutik-export-wide-cp1252-profile.json'),
  fixtureProfile('same-report-wide-profile.json'),
  fixtureProfile('minbutik-export-wide-xlsx-profile.json'),
];
const SETTINGS = { stores: ['1234'], profiles: PROFILES };

const FILES = [
  ['dagsrapport-1234-2026-05-02.csv', 'tidy-csv'],
  ['dagsrapport-1234-2026-05-02.xml', 'tidy-xml'],
  ['dagsrapport-1234-2026-05-02.si', 'sie'],
  ['minbutik-export-wide-cp1252.csv', 'profile-csv'],
  ['same-report-wide.tsv', 'profile-csv'],
  ['kreditkop-1234-2026-05.csv', 'credit-csv'],
  ['skvfs-2021-16-mini.xml', 'skvfs-2021-16'],
  ['saft-cash-mini.xml', 'saft-cash'],
  ['minbutik-export-wide.xlsx', 'profile-xlsx'],
] as const;

describe('minButikFiles', () => {
  for (const [name, format] of FILES) {
    it(`recognises ${name} by what is in it`, async () => {
      const [guess] = await readAll(fixture(name), SETTINGS);
      assert.equal(guess?.kind === 'guess' && guess.facts['format'], format);
    });

    it(`gives extracts of ${name} that give the same readings alone`, async () => {
      for (const reading of standing(await readAll(fixture(name), SETTINGS))) {
        assert.deepEqual(standing(await readAll(reading.extract, SETTINGS)), [reading]);
      }
    });

    it(`reads ${name} the same in one piece, in small pieces and byte by byte`, async () => {
      const whole = await readAll(fixture(name), SETTINGS);
      for (const size of [1, 7, 1_000]) {
        assert.deepEqual(await readAll(fixture(name), SETTINGS, size), whole);
      }
    });
  }

  it('gives the same document whichever format carries the report', async () => {
    const [tidy, xml, , , wide] = await Promise.all(
      FILES.map(async ([name]) => standing(await readAll(fixture(name), SETTINGS))),
    );
    const document = stableJson(tidy?.[0]?.document);
    assert.equal(stableJson(xml?.[0]?.document), document);
    assert.equal(stableJson(wide?.[0]?.document), document);
  });

  it('says what it expected of a file it does not know', async () => {
    const [reading, ...more] = await readAll('Datum;Belopp\n2026-05-02;5\n', SETTINGS);
    assert.deepEqual(more, []);
    const facts = reading?.kind === 'rejected' ? reading.problems[0]?.facts : undefined;
    assert.equal(facts?.['found'], 'Datum;Belopp\n2026-05-02;5\n');
    const expected = facts?.['expected'] ?? '';
    assert.ok(expected.startsWith('CSV record;store_no;business_date;… | CSV record;'), expected);
    assert.ok(expected.includes('SIE #VER | se.minbutik.dagsrapport.wide (^Butik;)'), expected);
  });

  it('tells what is wrong with profiles only when a file needs one', async () => {
    const settings = { profiles: [{ profile: 'half' }] };
    assert.ok(onlyReport(await readAll(fixture('dagsrapport-1234-2026-05-02.csv'), settings)));
    const problems = problemsIn(await readAll('Datum;Belopp\n', settings));
    assert.equal(problems[0], 'format-unknown');
    assert.ok(problems.slice(1).every((code) => code === 'profile-invalid'));
    assert.ok(problems.length > 1);
  });

  it('takes nothing else for a day report', async () => {
    const journal = '<x:Export xmlns:x="http://xmls.skatteverket.se/"><x:Z/></x:Export>';
    for (const text of [journal, '\0\x01\x02PNG', '{"a":1}', '%PDF-1.7']) {
      assert.deepEqual(problemsIn(await readAll(text, SETTINGS)), ['format-unknown']);
    }
  });

  it('rejects a file without bytes', async () => {
    assert.deepEqual(problemsIn(await readAll('', SETTINGS)), ['file-empty']);
  });
});

describe('connector', () => {
  it('describes every setting', () => {
    const { shape } = connector.settings;
    for (const field of Object.values(shape)) assert.ok((field.description ?? '').length > 20);
  });

  it('needs no setting', () => {
    assert.deepEqual(settingsSchema.parse({}), {
      stores: [],
      currency: 'SEK',
      tenderCodes: {},
      agencyCodes: {},
      creditInvoices: 'month',
      chainName: 'ICA Sverige AB',
      chainNumber: '',
      balances: { encoding: 'utf-8', delimiter: ';', decimal: ',', columns: [] },
      journalStores: {},
      profiles: [],
    });
  });
});
