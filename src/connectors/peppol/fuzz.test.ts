import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refKey } from '../../domain/document/source-ref.ts';
import type { SupplierInvoice } from '../../domain/document/supplier-invoice.ts';
import type { Reading } from '../../ports/source.ts';
import { mutate, numbersFrom } from '../../testing/file-source-contract/damage.ts';
import { standing } from '../../testing/file-source-contract/reading.ts';
import { fixture, readAll } from './read-for-test.ts';
import { zipOf } from './zip/zip-for-test.ts';

/** Mutations of each file. Raise it, or change the seed, to look further. */
const MUTATIONS = Number(process.env['PEPPOL_FUZZ'] ?? 400);
const SEED = 20_260_504;

const ENVELOPED = fixture('enveloped-service-invoice-9100078.xml');
const SAMPLES: Readonly<Record<string, Buffer>> = {
  invoice: Buffer.from(fixture('chain-goods-invoice-7004512881.xml')),
  'credit note': Buffer.from(fixture('chain-goods-creditnote-7004513002.xml')),
  envelope: Buffer.from(ENVELOPED),
  zip: zipOf([
    { name: 'a.xml', content: fixture('chain-goods-invoice-7004512881.xml') },
    { name: 'b.xml', content: ENVELOPED, method: 0 },
    { name: 'c.xml', content: fixture('chain-goods-creditnote-7004513002.xml'), flags: 8 },
  ]),
};

/** Bytes that mean something to XML, to numbers or to a zip come up more often than others. */
const TELLING = Buffer.from('<>/&;"\'=:!-?[]0123456789.,+ \n\r\0PK\u0001\u0003\u0005', 'latin1');

/** What has to hold of every invoice that is given, whatever became of its bytes. */
function checkInvoice(invoice: SupplierInvoice): void {
  const sum = (amounts: readonly { readonly minor: bigint }[]): bigint =>
    amounts.reduce((total, { minor }) => total + minor, 0n);
  const { total, lines, charges, vat, prepaid, rounding } = invoice;
  assert.equal(total.net.minor, sum(lines.map(({ net }) => net)) + sum(charges.map((c) => c.net)));
  assert.equal(total.vat.minor, sum(vat.map((part) => part.vat)));
  assert.equal(total.gross.minor, total.net.minor + total.vat.minor);
  assert.equal(total.payable.minor, total.gross.minor - prepaid.minor + rounding.minor);
  assert.ok(invoice.supplier.name !== '' && invoice.buyer.name !== '' && lines.length > 0);
}

/** @returns how many invoices stand, each of which is whole and is read alone to the same */
async function checkReadings(readings: readonly Reading[]): Promise<number> {
  assert.ok(readings.length > 0);
  const stand = standing(readings);
  for (const { document, extract } of stand) {
    assert.equal(document.kind, 'supplier-invoice');
    if (document.kind !== 'supplier-invoice') continue;
    checkInvoice(document);
    const [alone] = standing(await readAll(extract));
    assert.deepEqual(alone?.document, document);
  }
  return new Set(stand.map(({ document }) => refKey(document.ref))).size;
}

describe('files with mutations', () => {
  for (const [name, bytes] of Object.entries(SAMPLES)) {
    it(`${name}: always readings, however cut; every invoice adds up`, async () => {
      const pick = numbersFrom(SEED);
      let stood = 0;
      for (let count = 0; count < MUTATIONS; count += 1) {
        const mutated = mutate(bytes, pick, TELLING).bytes;
        const readings = await readAll(mutated);
        const cut = await readAll(mutated, {}, 1 + pick(200));
        assert.deepEqual(cut, readings, `mutation ${count}`);
        stood += await checkReadings(readings);
      }
      assert.ok(stood > 0, 'some mutations leave the invoice whole');
    });
  }

  it('bytes out of nowhere: always readings, the last of which rejects', async () => {
    const pick = numbersFrom(SEED);
    for (let count = 0; count < MUTATIONS; count += 1) {
      const bytes = Buffer.from(Array.from({ length: pick(300) }, () => pick(256)));
      const start = pick(2) === 0 ? Buffer.from('PK\u0003\u0004') : Buffer.from('<?xml ');
      const readings = await readAll(Buffer.concat([start, bytes]), {}, 1 + pick(50));
      assert.equal(readings.at(-1)?.kind, 'rejected');
    }
  });
});
