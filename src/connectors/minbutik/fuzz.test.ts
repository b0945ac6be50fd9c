import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import iconv from 'iconv-lite';
import { refKey } from '../../domain/document/source-ref.ts';
import type { Document } from '../../domain/document/document.ts';
import { mutate, numbersFrom, untouched } from '../../testing/file-source-contract/damage.ts';
import { standing } from '../../testing/file-source-contract/reading.ts';
import { fixture, fixtureProfile, readAll } from './read-for-test.ts';

/** Mutations of each file. Raise it, or change the seed, to look further. */
const MUTATIONS = Number(process.env['MINBUTIK_FUZZ'] ?? 300);
const SEED = 20_260_502;

const SETTINGS = {
  stores: ['1234'],
  profiles: [fixtureProfile('minbutik-export-wide-cp1252-profile.json')],
};

/** A file and its parts: the head, which all reports need, and one part for each report. */
type Sample = { readonly name: string; readonly head: Buffer; readonly parts: readonly Buffer[] };

const [, ...TIDY_ROWS] = fixture('dagsrapport-1234-2026-05-02.csv')
  .toString('utf8')
  .split(/(?<=\n)/);
const TIDY_HEAD =
  fixture('dagsrapport-1234-2026-05-02.csv')
    .toString('utf8')
    .split(/(?<=\n)/)[0] ?? '';
const XML = fixture('dagsrapport-1234-2026-05-02.xml').toString('utf8');
const SIE = iconv.decode(fixture('dagsrapport-1234-2026-05-02.si'), 'cp437');
const WIDE = iconv
  .decode(fixture('minbutik-export-wide-cp1252.csv'), 'windows-1252')
  .split(/(?<=\n)/);

/** The same report on another day and with the next number. */
function onDay(text: string, day: number): string {
  return text
    .replaceAll('2026-05-02', `2026-05-${12 + day}`)
    .replaceAll('20260502', `202605${12 + day}`)
    .replaceAll('412', String(612 + day));
}

const DAYS = [0, 1, 2];
const SAMPLES: readonly Sample[] = [
  {
    name: 'tidy CSV',
    head: Buffer.from(TIDY_HEAD),
    parts: DAYS.map((day) => Buffer.from(onDay(TIDY_ROWS.join(''), day))),
  },
  {
    name: 'wide CSV by a profile',
    head: iconv.encode(WIDE.slice(0, 3).join(''), 'windows-1252'),
    parts: WIDE.slice(3, 6).map((row) => iconv.encode(row, 'windows-1252')),
  },
  {
    name: 'SIE',
    head: iconv.encode(SIE.slice(0, SIE.indexOf('#VER')), 'cp437'),
    parts: DAYS.map((day) =>
      iconv.encode(onDay(SIE.slice(SIE.indexOf('#VER')), day).replaceAll('\r', ''), 'cp437'),
    ),
  },
  {
    name: 'XML',
    head: Buffer.from(XML.slice(0, XML.indexOf('  <report'))),
    parts: DAYS.map((day) => {
      const report = XML.slice(XML.indexOf('  <report'), XML.indexOf('</dayreports>'));
      return Buffer.from(onDay(report, day) + (day === 2 ? '</dayreports>\n' : ''));
    }),
  },
];

/** The same purchases of another customer. */
function ofCustomer(text: string, start: string): string {
  return text.replaceAll('10017', `${start}17`).replaceAll('88121', `${start}21`);
}

const CREDIT = fixture('kreditkop-1234-2026-05.csv')
  .toString('utf8')
  .split(/(?<=\n)/);

const CREDIT_SAMPLE: Sample = {
  name: 'credit purchases',
  head: Buffer.from(CREDIT.slice(0, 1).join('')),
  parts: ['100', '200', '300'].map((start) =>
    Buffer.from(ofCustomer(CREDIT.slice(1, 3).join(''), start)),
  ),
};

const INVOICES = fixture('icafaktura-1234-2026-05.csv')
  .toString('utf8')
  .split(/(?<=\n)/);

const INVOICE_SAMPLE: Sample = {
  name: 'invoices of the chain',
  head: Buffer.from(INVOICES.slice(0, 1).join('')),
  parts: INVOICES.slice(1, 4).map((row) => Buffer.from(row)),
};

const JOURNAL = fixture('skvfs-2021-16-mini.xml').toString('utf8');
const JOURNAL_START = JOURNAL.indexOf('<utreko:Handelse>');
const JOURNAL_END = JOURNAL.indexOf('</utreko:RegistreringLISTA>');

const JOURNAL_SAMPLE: Sample = {
  name: 'journal of a till',
  head: Buffer.from(JOURNAL.slice(0, JOURNAL_START)),
  // Numbers that no single change makes each other's.
  parts: ['5512', '6623', '7734'].map((number, index) => {
    const day = JOURNAL.slice(JOURNAL_START, JOURNAL_END)
      .replaceAll('2026-05-02', `2026-05-${12 + index}`)
      .replaceAll('>412<', `>${number}<`)
      .replaceAll('88120', `${number}0`);
    return Buffer.from(index < 2 ? day : day + JOURNAL.slice(JOURNAL_END));
  }),
};

const SAFT = fixture('saft-cash-mini.xml').toString('utf8');
const SAFT_START = SAFT.indexOf('<cashregister>');
const SAFT_END = SAFT.indexOf('</location>');

const SAFT_SAMPLE: Sample = {
  name: 'SAF-T',
  head: Buffer.from(SAFT.slice(0, SAFT_START)),
  parts: ['5512', '6623', '7734'].map((number, index) => {
    const register = SAFT.slice(SAFT_START, SAFT_END)
      .replaceAll('KASSE-1', `KASSE-${number}`)
      .replaceAll('>412<', `>${number}<`);
    return Buffer.from(index < 2 ? register : register + SAFT.slice(SAFT_END));
  }),
};

function byKey(documents: readonly Document[]): ReadonlyMap<string, Document> {
  return new Map(documents.map((document) => [refKey(document.ref), document]));
}

describe('files with mutations', () => {
  const samples = [...SAMPLES, CREDIT_SAMPLE, INVOICE_SAMPLE, JOURNAL_SAMPLE, SAFT_SAMPLE];
  for (const sample of samples) {
    it(`${sample.name}: always readings, however cut; what was not touched stays`, async () => {
      const pick = numbersFrom(SEED);
      const whole = Buffer.concat([sample.head, ...sample.parts]);
      const original = standing(await readAll(whole, SETTINGS)).map(({ document }) => document);
      assert.equal(original.length, sample.parts.length);
      for (let count = 0; count < MUTATIONS; count += 1) {
        const mutated = mutate(whole, pick);
        const readings = await readAll(mutated.bytes, SETTINGS);
        const cut = await readAll(mutated.bytes, SETTINGS, 1 + pick(60));
        assert.deepEqual(cut, readings, `mutation ${count}`);
        if (readings.at(-1)?.kind === 'rejected') continue;
        const now = byKey(standing(readings).map(({ document }) => document));
        for (const index of untouched(sample, mutated)) {
          const before = original[index];
          assert.deepEqual(before && now.get(refKey(before.ref)), before, `mutation ${count}`);
        }
      }
    });
  }

  it('Excel: always readings, however cut, and never another document', async () => {
    const pick = numbersFrom(SEED);
    const settings = { profiles: [fixtureProfile('minbutik-export-wide-xlsx-profile.json')] };
    const whole = fixture('minbutik-export-wide.xlsx');
    const original = byKey(standing(await readAll(whole, settings)).map((one) => one.document));
    assert.equal(original.size, 2);
    for (let count = 0; count < MUTATIONS; count += 1) {
      const { bytes } = mutate(whole, pick);
      const readings = await readAll(bytes, settings);
      assert.deepEqual(await readAll(bytes, settings, 1 + pick(60)), readings);
      for (const { document } of standing(readings)) {
        assert.deepEqual(document, original.get(refKey(document.ref)), `mutation ${count}`);
      }
    }
  });

  it('bytes out of nowhere: always readings, the last of which rejects', async () => {
    const pick = numbersFrom(SEED);
    for (let count = 0; count < MUTATIONS; count += 1) {
      const bytes = Buffer.from(Array.from({ length: pick(300) }, () => pick(256)));
      const readings = await readAll(bytes, SETTINGS, 1 + pick(50));
      assert.equal(readings.at(-1)?.kind, 'rejected');
    }
  });
});
