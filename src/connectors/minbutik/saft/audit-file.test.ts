import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { money } from '../../../domain/money.ts';
import { postDayReport } from '../../../domain/posting/rules/day-report.ts';
import type { DayReport } from '../../../domain/document/day-report.ts';
import { sharedPath, skipWithout } from '../../../testing/shared.ts';
import { BOOKS_CHOICES } from '../choices-for-test.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, linesOfReport, onlyReport, problemsIn, readAll } from '../read-for-test.ts';

const FIXTURE = fixture('saft-cash-mini.xml').toString('utf8');
const STORE = { stores: ['1234'] };
const EXAMPLE = sharedPath(
  'data',
  'saft-cash',
  'ExampleFile_SAF-T_Cash_Register_999999999_20210330104000.xml',
);

/** A Norwegian company that has chosen nothing of its own. */
const CHOICES = { ...BOOKS_CHOICES, country: 'NO', vatTolerance: money(1n, 'NOK') } as const;

function refusalsOf(report: DayReport): readonly string[] {
  const outcome = postDayReport(report, CHOICES);
  return outcome.kind === 'refused' ? outcome.refusals.map(({ code }) => code) : [];
}

describe('readAuditFile', () => {
  it('makes a report of a Z report and the rounding of its transactions', async () => {
    const report = onlyReport(await readAll(FIXTURE, STORE));
    // 100.00 + 25.00 at 25 % and 80.35 + 12.05 at 15 %: 217.40. Paid 125.00 + 92.00: 0.40 rounded.
    assert.deepEqual(report, {
      kind: 'day-report',
      ref: { system: 'minbutik', account: '1234', id: '2026-05-02:KASSE-1:412' },
      storeNumber: '1234',
      businessDate: '2026-05-02',
      register: 'KASSE-1',
      reportNumber: '412',
      currency: 'NOK',
      lines: [
        {
          kind: 'sale',
          code: '3',
          label: '25 %',
          rate: 2_500,
          gross: nok(12_500n),
          vat: nok(2_500n),
        },
        {
          kind: 'sale',
          code: '31',
          label: '15 %',
          rate: 1_500,
          gross: nok(9_240n),
          vat: nok(1_205n),
        },
        { kind: 'tender', code: 'K2', label: 'Bankkort', means: 'card', gross: nok(12_500n) },
        { kind: 'tender', code: 'K1', label: 'Kontant', means: 'cash', gross: nok(9_200n) },
        { kind: 'cash-rounding', code: '', label: '', gross: nok(40n) },
      ],
      control: { gross: nok(21_740n) },
      receipts: 2,
    });
    assert.deepEqual(refusalsOf(report), []);
  });

  it('reads the tax authority’s example', { skip: skipWithout(EXAMPLE) }, async () => {
    const readings = await readAll(readFileSync(EXAMPLE));
    const report = onlyReport(readings);
    // 89.38 + 13.42 at 15 % and 329.12 + 82.28 at 25 %: 514.20. Paid 295.00 + 218.80 = 513.80.
    assert.deepEqual(linesOfReport(report), [
      'sale 2 10280',
      'sale 3 41140',
      'tender DEBCARD 21880',
      'tender CASH 29500',
      'cash-rounding  40',
    ]);
    assert.deepEqual(report.ref.id, '2020-01-01:11.222-33.44.567:1');
    assert.equal(report.ref.account, '999999999');
    assert.equal(report.control?.gross?.minor, 51_420n);
    assert.deepEqual(refusalsOf(report), []);
    for (const reading of standing(readings)) {
      assert.deepEqual(standing(await readAll(reading.extract)), [reading]);
    }
  });

  it('gives each of two days its own transactions', async () => {
    const [start, end] = [FIXTURE.indexOf('<event>\n'), FIXTURE.indexOf('<cashtransaction>')];
    const next = (text: string): string =>
      text.replaceAll('2026-05-02', '2026-05-03').replaceAll('>412<', '>413<');
    const transactions = FIXTURE.slice(end, FIXTURE.indexOf('</cashregister>'));
    const two =
      FIXTURE.slice(0, end) +
      next(FIXTURE.slice(start, end)) +
      transactions +
      next(transactions).replace('-0.40', '0.40') +
      FIXTURE.slice(FIXTURE.indexOf('</cashregister>'));
    const documents = standing(await readAll(two, STORE)).map(({ document }) => document);
    assert.deepEqual(
      documents.map((one) => (one.kind === 'day-report' ? linesOfReport(one).at(-1) : '')),
      ['cash-rounding  40', 'cash-rounding  -40'],
    );
  });

  it('leaves practice, voided and later transactions out', async () => {
    const expected = onlyReport(await readAll(FIXTURE, STORE));
    const last = '<cashtransaction><nr>2<';
    const other = (rest: string): string =>
      '<cashtransaction><transDate>2026-05-02</transDate><transTime>23:00:00</transTime>' +
      `<rounding><roundingAmnt>0.50</roundingAmnt></rounding>${rest}</cashtransaction>${last}`;
    const practice = FIXTURE.replace(last, other('<trainingID>true</trainingID>'));
    const voided = FIXTURE.replace(last, other('<voidTransaction>true</voidTransaction>'));
    for (const file of [practice, voided]) {
      assert.deepEqual(onlyReport(await readAll(file, STORE)), expected);
    }
    const readings = await readAll(FIXTURE.replace(last, other('')), STORE);
    assert.deepEqual(onlyReport(readings), expected);
    const facts = readings.at(-1);
    assert.equal(facts?.kind === 'guess' && facts.facts['transactionsNotClosed'], '1');
  });

  it('belongs to the day of its first transaction', async () => {
    const late = FIXTURE.replace('<reportDate>2026-05-02', '<reportDate>2026-05-03');
    assert.equal(onlyReport(await readAll(late, STORE)).businessDate, '2026-05-02');
  });

  it('takes VAT on the debit side for a return', async () => {
    const debit = FIXTURE.replace('<vatAmntTp>C', '<vatAmntTp>D');
    const net = FIXTURE.replace('>100.00<', '>-100.00<');
    const minus = net.replace('vatAmnt>25.00', 'vatAmnt>-25.00');
    for (const file of [debit, minus]) {
      const [first] = onlyReport(await readAll(file, STORE)).lines;
      assert.equal(first?.gross.minor, -12_500n);
      assert.equal(first?.kind === 'sale' && first.vat?.minor, -2_500n);
    }
  });

  it('shows sales on account, books what was paid in', async () => {
    const more =
      '<reportCreditSales><creditSalesNum>1</creditSalesNum>' +
      '<creditSalesAmnt>50.00</creditSalesAmnt></reportCreditSales><reportPayIns><reportPayIn>' +
      '<payInType>Veksel</payInType><payInAmnt>30.00</payInAmnt></reportPayIn></reportPayIns>';
    const file = FIXTURE.replace('<reportReceiptNum>', `${more}<reportReceiptNum>`);
    const report = onlyReport(await readAll(file, STORE));
    const kinds = linesOfReport(report);
    assert.ok(kinds.includes('info creditSalesAmnt 5000'));
    assert.ok(kinds.includes('paid-in Veksel 3000'));
    assert.equal(report.control?.gross?.minor, 24_740n);
  });

  it('asks about means of payment without a usual meaning; the settings come first', async () => {
    const file = FIXTURE.replace('>12002<', '>12011<');
    const means = async (settings: object): Promise<unknown> => {
      const { lines } = onlyReport(await readAll(file, { ...STORE, ...settings }));
      const line = lines.find((one) => one.code === 'K2');
      return line?.kind === 'tender' && line.means;
    };
    assert.equal(await means({}), 'other');
    assert.equal(await means({ tenderCodes: { k2: 'swish' } }), 'swish');
  });

  const bad = [
    ['an amount is none', '>92.00<', '>92x<', 'not-a-number'],
    ['a rate is none', '>25.00</vatPerc>', '>moms</vatPerc>', 'not-a-rate'],
    ['the number is missing', '<reportID>412', '<reportID>', 'field-empty'],
    ['rounding is none', '>-0.40<', '>øre<', 'not-a-number'],
  ] as const;
  for (const [what, from, to, code] of bad) {
    it(`cannot be read when ${what}`, async () => {
      const [first] = problemsIn(await readAll(FIXTURE.replace(from, to), STORE));
      assert.match(first ?? '', new RegExp(`^${code} \\d+:\\d+$`));
    });
  }

  it('is rejected in another currency, without events, and when cut off', async () => {
    const other = FIXTURE.replace('<curCode>NOK', '<curCode>SEK');
    const empty = FIXTURE.replaceAll('event>', 'hendelse>');
    for (const [file, code] of [
      [other, 'unknown-value'],
      [empty, 'file-empty'],
      [FIXTURE.slice(0, -50), 'file-truncated'],
    ] as const) {
      const readings = await readAll(file, STORE);
      assert.equal(readings.at(-1)?.kind, 'rejected');
      assert.equal(problemsIn(readings)[0]?.split(' ')[0], code);
    }
  });
});

function nok(minor: bigint): unknown {
  return { minor, currency: 'NOK' };
}
