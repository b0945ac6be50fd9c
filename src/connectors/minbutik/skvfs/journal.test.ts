import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '../../../domain/money.ts';
import { postDayReport } from '../../../domain/posting/rules/day-report.ts';
import type { DayReport } from '../../../domain/document/day-report.ts';
import { BOOKS_CHOICES } from '../choices-for-test.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, linesOfReport, onlyReport, problemsIn, readAll } from '../read-for-test.ts';

const FIXTURE = fixture('skvfs-2021-16-mini.xml').toString('utf8');
const FIRST = FIXTURE.indexOf('<utreko:Handelse>');
const Z_EVENT = FIXTURE.lastIndexOf('<utreko:Handelse>');
const SALE = FIXTURE.slice(FIRST, Z_EVENT);
const STORE = { stores: ['1234'] };

/** The fixture with other receipts between its own and the Z report. */
function withReceipts(...receipts: readonly string[]): string {
  return FIXTURE.slice(0, Z_EVENT) + receipts.join('') + FIXTURE.slice(Z_EVENT);
}

/** The fixture's receipt with another number, as another kind of event. */
function receipt(number: string, name = 'Kassakvitto'): string {
  const renamed = SALE.replaceAll('>88120<', `>${number}<`);
  return renamed.replaceAll('utreko:Kassakvitto>', `utreko:${name}>`);
}

/** Stated totals of the Z report, in place of 56.80 with 1.80 and 5.00 VAT. */
function stating(text: string, gross: string, vats: readonly [string, string]): string {
  const at = text.lastIndexOf('<utreko:Handelse>');
  const report = text
    .slice(at)
    .replace('<utreko:TotalForsaljningssumma>56.8<', `<utreko:TotalForsaljningssumma>${gross}<`)
    .replace('PerSkattesats>1.8<', `PerSkattesats>${vats[0]}<`)
    .replace('PerSkattesats>5<', `PerSkattesats>${vats[1]}<`);
  return text.slice(0, at) + report;
}

function refusalsOf(report: DayReport): readonly string[] {
  const outcome = postDayReport(report, { ...BOOKS_CHOICES, vatTolerance: money(1n, 'SEK') });
  return outcome.kind === 'refused' ? outcome.refusals.map(({ code }) => code) : [];
}

function factsIn(readings: Awaited<ReturnType<typeof readAll>>): Readonly<Record<string, string>> {
  const last = readings.at(-1);
  return last?.kind === 'guess' ? last.facts : {};
}

describe('readTillJournal', () => {
  it('makes a report of the receipts that a Z report has closed', async () => {
    const report = onlyReport(await readAll(FIXTURE, STORE));
    // Milk 31.80 with 1.80 VAT at 6 %, detergent 25.00 with 5.00 at 25 %, card 56.80.
    assert.deepEqual(report, {
      kind: 'day-report',
      ref: { system: 'minbutik', account: '1234', id: '2026-05-02:K03:412' },
      storeNumber: '1234',
      businessDate: '2026-05-02',
      register: 'K03',
      reportNumber: '412',
      currency: 'SEK',
      lines: [
        sale(600, 3_180n, 180n),
        sale(2_500, 2_500n, 500n),
        {
          kind: 'tender',
          code: 'KORT',
          label: 'KORT',
          means: 'card',
          gross: { minor: 5_680n, currency: 'SEK' },
        },
      ],
      control: {
        gross: { minor: 5_680n, currency: 'SEK' },
        vat: { minor: 680n, currency: 'SEK' },
      },
      receipts: 1,
    });
    assert.deepEqual(refusalsOf(report), []);
  });

  it('reads any prefix', async () => {
    const other = FIXTURE.replaceAll('utreko', 'a').replaceAll('utrein', 'b');
    assert.deepEqual(
      onlyReport(await readAll(other, STORE)),
      onlyReport(await readAll(FIXTURE, STORE)),
    );
  });

  it('leaves practice and copies out, also with a whole receipt inside', async () => {
    const expected = onlyReport(await readAll(FIXTURE, STORE));
    const copy = receipt('88121')
      .replace('<utreko:Kassakvitto>', '<utreko:KopiaAvKassakvitto><utreko:Kassakvitto>')
      .replace('</utreko:Kassakvitto>', '</utreko:Kassakvitto></utreko:KopiaAvKassakvitto>');
    const file = withReceipts(receipt('88122', 'Ovningskvitto'), copy);
    assert.deepEqual(onlyReport(await readAll(file, STORE)), expected);
  });

  it('takes returns off, whether the till writes them with a minus or not', async () => {
    const plain = receipt('88121', 'Returkvitto');
    const minus = plain.replaceAll(/(Artikel|Medel|medel|sats|Kronor|beloppet)>(\d)/g, '$1>-$2');
    const tidied = minus.replaceAll(/(attesatsForSaldArtikel|Mervardesskattesats)>-/g, '$1>');
    const two = receipt('88122');
    for (const one of [plain, tidied]) {
      // Two sales of 56.80 and a return of 56.80: 56.80 is left.
      const report = onlyReport(await readAll(withReceipts(one, two), STORE));
      assert.deepEqual(linesOfReport(report), ['sale  3180', 'sale  2500', 'tender KORT 5680']);
      assert.deepEqual(refusalsOf(report), []);
    }
  });

  it('takes the Z report’s total before or after returns', async () => {
    const file = withReceipts(receipt('88121', 'Returkvitto'), receipt('88122'));
    // 113.60 sold with 3.60 and 10.00 VAT, 56.80 taken back.
    const report = onlyReport(await readAll(stating(file, '113.60', ['3.6', '10']), STORE));
    assert.equal(report.control?.gross?.minor, 5_680n);
    assert.equal(report.control?.vat?.minor, 680n);
  });

  it('keeps a total that disagrees, so that the report is held', async () => {
    const report = onlyReport(await readAll(stating(FIXTURE, '60.00', ['1.8', '5']), STORE));
    assert.equal(report.control?.gross?.minor, 6_000n);
    assert.deepEqual(refusalsOf(report), ['control-total-differs']);
  });

  it('leaves receipts that no Z report has closed out, and says so', async () => {
    const open = receipt('88121').replace('>412<', '>0<');
    const other = receipt('88122').replace('>412<', '>413<');
    const readings = await readAll(withReceipts(open, other), STORE);
    assert.deepEqual(onlyReport(readings), onlyReport(await readAll(FIXTURE, STORE)));
    assert.deepEqual(factsIn(readings), {
      receiptsNotClosed: '1',
      receiptsWithoutReport: 'K03 413: 1',
    });
  });

  it('counts receipts that stand in each other, and each once', async () => {
    const inner = receipt('88121');
    const body = inner.slice(inner.indexOf('<utreko:Kassakvitto>'), inner.indexOf('</utreko:Ha'));
    const nested = FIXTURE.replace('</utreko:Kassakvitto>', `${body}</utreko:Kassakvitto>`);
    const report = onlyReport(await readAll(nested, STORE));
    assert.deepEqual(linesOfReport(report), ['sale  6360', 'sale  5000', 'tender KORT 11360']);
    const again = withReceipts(receipt('88120'));
    assert.deepEqual(
      onlyReport(await readAll(again, STORE)),
      onlyReport(await readAll(FIXTURE, STORE)),
    );
  });

  it('does not book two receipts of one number', async () => {
    const other = receipt('88120').replace('PrisPaSaldArtikel>25<', 'PrisPaSaldArtikel>26<');
    const readings = await readAll(withReceipts(other), STORE);
    assert.deepEqual(standing(readings), []);
    assert.deepEqual(problemsIn(readings)[0]?.split(' ')[0], 'identity-differs');
  });

  it('belongs to the day of its first receipt when the till closes after midnight', async () => {
    const late =
      FIXTURE.slice(0, Z_EVENT) +
      FIXTURE.slice(Z_EVENT).replaceAll('2026-05-02T21', '2026-05-03T01');
    assert.equal(onlyReport(await readAll(late, STORE)).businessDate, '2026-05-02');
  });

  it('knows means of payment as in the tidy format, and the settings first', async () => {
    const words = [
      ['SWISH', 'swish'],
      ['Kontant', 'cash'],
      ['Kvittning', 'other'],
    ] as const;
    for (const [word, means] of words) {
      const file = FIXTURE.replaceAll('>KORT<', `>${word}<`);
      const tender = onlyReport(await readAll(file, STORE)).lines.at(-1);
      assert.equal(tender?.kind === 'tender' && tender.means, means);
    }
    const own = { ...STORE, tenderCodes: { 'kvitt*': 'credit' } };
    const file = FIXTURE.replaceAll('>KORT<', '>Kvittning<');
    const tender = onlyReport(await readAll(file, own)).lines.at(-1);
    assert.equal(tender?.kind === 'tender' && tender.means, 'credit');
  });

  const stores: readonly (readonly [string, object, string | null])[] = [
    ['its organisation number when no store is known', {}, '5599990016'],
    ['the only store', STORE, '1234'],
    ['the store of its register', { journalStores: { k03: '77' } }, '77'],
    [
      'the store of its address',
      { journalStores: { 'Torget 1': '78' }, stores: ['78', '79'] },
      '78',
    ],
    ['no store of several', { stores: ['78', '79'] }, null],
  ];
  for (const [what, settings, store] of stores) {
    it(`is of ${what}`, async () => {
      const readings = await readAll(FIXTURE, settings);
      const [first] = standing(readings);
      assert.equal(first?.document.ref.account ?? null, store);
      if (store === null) assert.match(problemsIn(readings)[0] ?? '', /^unknown-value/);
    });
  }

  const bad: readonly (readonly [string, string, string, string])[] = [
    ['an amount is none', 'PrisPaSaldArtikel>25<', 'PrisPaSaldArtikel>25x<', 'not-a-number'],
    ['a rate is none', 'ForSaldArtikel>25<', 'ForSaldArtikel>moms<', 'not-a-rate'],
    ['a means of payment is empty', '>KORT<', '><', 'field-empty'],
    ['there are no articles', 'SaldArtikel>', 'Vara>', 'field-empty'],
  ];
  for (const [what, from, to, code] of bad) {
    it(`cannot be read when ${what}`, async () => {
      const file = SALE.includes(from) ? FIXTURE.replaceAll(from, to) : '';
      const [first] = problemsIn(await readAll(file, STORE));
      assert.match(first ?? '', new RegExp(`^${code} \\d+:\\d+$`));
    });
  }

  it('is rejected as a whole when it is cut off, and when nothing is in it', async () => {
    const cut = await readAll(FIXTURE.slice(0, -200), STORE);
    assert.deepEqual(
      problemsIn(cut).map((one) => one.split(' ')[0]),
      ['file-truncated'],
    );
    const empty =
      FIXTURE.slice(0, FIRST) + FIXTURE.slice(FIXTURE.indexOf('</utreko:RegistreringLISTA>'));
    assert.deepEqual(problemsIn(await readAll(empty, STORE)), ['file-empty']);
  });
});

function sale(rate: number, gross: bigint, vat: bigint): unknown {
  return {
    kind: 'sale',
    code: '',
    label: rate === 600 ? '6 %' : '25 %',
    rate,
    gross: { minor: gross, currency: 'SEK' },
    vat: { minor: vat, currency: 'SEK' },
  };
}
