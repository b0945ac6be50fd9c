import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sharedPath, skipWithout } from '../../testing/shared.ts';
import { problemsOf, standing } from '../../testing/file-source-contract/reading.ts';
import { onlyInvoice, readAll, rulesBroken } from './read-for-test.ts';

/**
 * The official examples, and what their `LegalMonetaryTotal` says in cents or öre: net, VAT, gross,
 * payable. Negative where the document makes us owe less.
 */
const TOTALS: Readonly<Record<string, readonly [bigint, bigint, bigint, bigint]>> = {
  'Allowance-example.xml': [590_000n, 122_500n, 712_500n, 612_500n],
  'Norwegian-example-1.xml': [143_650n, 36_528n, 180_178n, 80_200n],
  'Vat-category-S.xml': [700_000n, 155_000n, 855_000n, 855_000n],
  'base-creditnote-correction.xml': [-132_500n, -33_125n, -165_625n, -165_625n],
  'base-example.xml': [132_500n, 33_125n, 165_625n, 165_625n],
  'base-negative-inv-correction.xml': [-132_500n, -33_125n, -165_625n, -165_625n],
  'issue116.xml': [70_000n, 13_000n, 83_000n, 83_000n],
  'sales-order-example.xml': [132_500n, 33_125n, 165_625n, 165_625n],
  'ubl-tc434-example1.xml': [22_960n, 2_073n, 25_033n, 25_033n],
  'vat-category-O.xml': [320_000n, 0n, 320_000n, 320_000n],
};

function example(name: string): string {
  return sharedPath('data', 'peppol', name);
}

const skip = skipWithout(example('base-example.xml'));

describe('official examples', { skip }, () => {
  for (const [name, totals] of Object.entries(TOTALS)) {
    it(`${name} has the totals that it states`, async () => {
      const { total } = onlyInvoice(await readAll(readFileSync(example(name))));
      const read = [total.net, total.vat, total.gross, total.payable].map(({ minor }) => minor);
      assert.deepEqual(read, totals);
    });
  }

  it('the Greek one is refused: its seller has no name', async () => {
    const readings = await readAll(readFileSync(example('GR-base-example-TaxRepresentative.xml')));
    assert.deepEqual(rulesBroken(readings), ['BR-06']);
  });

  for (const name of ['vat-category-E.xml', 'vat-category-Z.xml']) {
    it(`${name} is refused: the hub books no pounds`, async () => {
      const [problem, ...others] = problemsOf(await readAll(readFileSync(example(name))));
      assert.deepEqual(others, []);
      assert.equal(problem?.code, 'unknown-value');
      assert.deepEqual([problem.line, problem.column, problem.facts['found']], [11, 5, 'GBP']);
    });
  }

  it('the allowance example takes VAT in euro, and leaves the Swedish sum alone', async () => {
    const invoice = onlyInvoice(await readAll(readFileSync(example('Allowance-example.xml'))));
    // 4900 at 25 % and 1000 exempt; the other TaxTotal says 9324 SEK.
    assert.deepEqual(
      invoice.vat.map(({ category, rate, base, vat }) => [category, rate, base.minor, vat.minor]),
      [
        ['S', 2500, 490_000n, 122_500n],
        ['E', 0, 100_000n, 0n],
      ],
    );
    assert.deepEqual(
      invoice.charges.map(({ text, net }) => [text, net.minor]),
      [
        ['Cleaning', 20_000n],
        ['Discount', -20_000n],
      ],
    );
    assert.equal(invoice.prepaid.minor, 100_000n);
  });

  it('the Norwegian example has its KID, its account and its rounding', async () => {
    const invoice = onlyInvoice(await readAll(readFileSync(example('Norwegian-example-1.xml'))));
    assert.equal(invoice.paymentReference, '0003434323213231');
    assert.deepEqual(invoice.payTo, [{ kind: 'iban', number: 'NO9386011117947' }]);
    assert.equal(invoice.rounding.minor, 22n);
    assert.equal(invoice.supplier.orgNumber, '123456785');
    assert.deepEqual(
      invoice.lines.map(({ net }) => net.minor),
      [127_300n, -396n, 496n, -2_500n, 18_750n],
    );
  });

  it('the examples with files have them, or name where they stand', async () => {
    const filesOf = async (name: string) =>
      standing(await readAll(readFileSync(example(name)))).flatMap((one) => one.attachments ?? []);
    const [sheet, file, ...others] = await filesOf('Norwegian-example-1.xml');
    assert.deepEqual(others, []);
    assert.ok(sheet?.kind === 'left-out' && sheet.why === 'external');
    assert.ok(file?.kind === 'file' && file.name === 'Hours-spent.csv');
    // VGVzdCBiYXNlIDY0IGVuY29kaW5n
    assert.equal(Buffer.from(file.bytes).toString(), 'Test base 64 encoding');
    const elsewhere = { kind: 'left-out', name: 'www.techspec.no', why: 'external' };
    assert.deepEqual(await filesOf('Allowance-example.xml'), [elsewhere]);
  });

  it('an invoice outside the scope of VAT has a category and no rate', async () => {
    const invoice = onlyInvoice(await readAll(readFileSync(example('vat-category-O.xml'))));
    assert.deepEqual(
      invoice.lines.map(({ category, rate }) => [category, rate]),
      [['O', null]],
    );
    assert.equal(invoice.vat[0]?.exemption, 'Not subject to VAT');
  });
});
