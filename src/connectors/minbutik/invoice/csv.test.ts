import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SupplierInvoice } from '../../../domain/document/supplier-invoice.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Reading } from '../../../ports/source.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, problemsIn, readAll, unreadableIds } from '../read-for-test.ts';

const SETTINGS = { stores: ['1234'], chainNumber: '559999-0032' };
const HEAD = 'invoice_no;date;class;net_25;vat_25;gross;ocr';
const ROW = '501;2026-05-04;VARU;1000,00;250,00;1250,00;';

function file(...rows: readonly string[]): string {
  return [HEAD, ...rows, ''].join('\n');
}

function invoicesOf(readings: readonly Reading[]): readonly SupplierInvoice[] {
  return standing(readings).flatMap(({ document }) =>
    document.kind === 'supplier-invoice' ? [document] : [],
  );
}

async function only(content: string, settings = {}): Promise<SupplierInvoice> {
  const [first, ...others] = invoicesOf(await readAll(content, { ...SETTINGS, ...settings }));
  assert.deepEqual(others, []);
  return first ?? assert.fail('there is one invoice');
}

describe('readInvoiceCsv', () => {
  it('reads goods with their rounding, as the electronic invoice says them', async () => {
    const [goods] = invoicesOf(await readAll(fixture('icafaktura-1234-2026-05.csv'), SETTINGS));
    assert.ok(goods);
    assert.equal(goods.supplier.name, 'ICA Sverige AB');
    assert.equal(goods.supplier.orgNumber, '5599990032');
    assert.equal(goods.class, 'goods');
    assert.equal(goods.accountingCost, 'VARUFAKTURA');
    assert.equal(goods.paymentReference, '70045128813');
    assert.deepEqual(
      goods.vat.map(({ rate, base, vat }) => [rate, formatMoney(base), formatMoney(vat)]),
      [
        [2500, '9860.00', '2465.00'],
        [600, '25697.83', '1541.87'],
      ],
    );
    // 9 860.00 + 25 697.83 = 35 557.83; with VAT 4 006.87 = 39 564.70; rounded up by 0.30.
    const { net, vat, gross, payable } = goods.total;
    assert.deepEqual([net, vat, gross, payable].map(formatMoney), [
      '35557.83',
      '4006.87',
      '39564.70',
      '39565.00',
    ]);
  });

  it('reads what is taken back as a credit note with a name of its own', async () => {
    const credit = await only(file('501;2026-05-04;VARU;-1000,00;-250,00;-1250,00;'));
    assert.equal(credit.ref.id, 'invoice:501:credit');
    assert.equal(formatMoney(credit.total.payable), '-1250.00');
  });

  it('knows the kind of invoice however it is written', async () => {
    for (const [word, kind] of [
      ['varufaktura', 'goods'],
      ['Omkostnad', 'overhead'],
      ['TJÄNST', 'service'],
    ]) {
      const read = await only(file(ROW.replace('VARU', word ?? '')));
      assert.equal(read.class, kind);
    }
  });

  it('takes the department for the reference that cost centres are found by', async () => {
    const head = `${HEAD};department`;
    const read = await only(`${head}\n${ROW};50\n`);
    assert.equal(read.buyerReference, '50');
  });

  it('tells both numbers and their difference when the sums do not meet', async () => {
    const readings = await readAll(file(ROW.replace('1250,00', '1260,00')), SETTINGS);
    const [unreadable] = readings.filter((reading) => reading.kind === 'unreadable');
    assert.deepEqual(unreadable?.problems[0]?.facts, {
      field: 'gross',
      rule: 'gross = net + vat',
      found: '1260.00 SEK',
      expected: '1250.00 SEK',
      difference: '10.00',
    });
  });

  const BAD: readonly (readonly [string, string, readonly string[]])[] = [
    ['no number', ROW.replace('501', ''), ['field-empty 2:1']],
    ['a number with a colon', ROW.replace('501', '5:1'), ['unknown-value 2:1']],
    ['no day', ROW.replace('2026-05-04', 'mandag'), ['not-a-date 2:5']],
    ['an unknown kind', ROW.replace('VARU', 'HYRA'), ['unknown-value 2:16']],
    ['an amount that is none', ROW.replace('250,00', 'x'), ['not-a-number 2:29']],
    ['VAT of the other sign', ROW.replace('250,00', '-250,00'), ['unknown-value 2:29']],
    ['no sum', ROW.replace('1250,00', ''), ['field-empty 2:36']],
    ['a field too few', ROW.slice(0, -1), ['too-few-fields 2:43']],
  ];
  for (const [what, row, problems] of BAD) {
    it(`tells of a row with ${what}, and reads the others`, async () => {
      const readings = await readAll(file(row, ROW.replace('501', '777')), SETTINGS);
      assert.deepEqual(problemsIn(readings), problems);
      assert.deepEqual(
        invoicesOf(readings).map(({ number }) => number),
        ['777'],
      );
    });
  }

  it('counts an invoice once that stands there again', async () => {
    assert.equal((await only(file(ROW, ROW))).number, '501');
  });

  it('takes neither of two rows that say otherwise of one invoice', async () => {
    const other = ROW.replaceAll('1000,00;250,00;1250,00', '2000,00;500,00;2500,00');
    const readings = await readAll(file(ROW, other), SETTINGS);
    assert.deepEqual(invoicesOf(readings), []);
    assert.deepEqual(unreadableIds(readings), ['minbutik/1234/invoice:501']);
  });

  it('leaves a sum row out and says so', async () => {
    const readings = await readAll(file(ROW, 'Summa;;;1000,00;250,00;1250,00;'), SETTINGS);
    assert.equal(invoicesOf(readings).length, 1);
    const guesses = readings.flatMap((one) => (one.kind === 'guess' ? [one.facts] : []));
    assert.ok(guesses.some((facts) => facts['sumRowsLeftOut'] === '3'));
  });

  it('is of the only store, else of the one that it names', async () => {
    assert.equal((await only(file(ROW))).ref.account, '1234');
    assert.equal((await only(file(ROW), { stores: [] })).ref.account, 'unknown');
    const both = { ...SETTINGS, stores: ['1234', '0777'] };
    assert.deepEqual(problemsIn(await readAll(file(ROW), both)), ['field-empty 2:1']);
    const named = `${HEAD};store_no\n${ROW};777\n`;
    assert.equal((await only(named, both)).ref.account, '0777');
    assert.deepEqual(problemsIn(await readAll(named, SETTINGS)), ['unknown-value 2:45']);
  });

  it('takes a file for cut off that ends inside a field', async () => {
    const readings = await readAll(`${HEAD}\n${ROW}123`, SETTINGS);
    assert.deepEqual(problemsIn(readings), ['file-truncated 2:47']);
    const summed = 'invoice_no;date;class;net_25;vat_25;gross';
    const whole = `${summed}\n501;2026-05-04;VARU;1000,00;250,00;1250,00`;
    assert.equal((await only(whole)).number, '501');
  });

  it('says which column is lacking', async () => {
    const readings = await readAll('invoice_no;class;gross\n1;VARU;0,00\n', SETTINGS);
    assert.deepEqual(problemsIn(readings), ['column-missing 1:1']);
  });
});
