import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { startShop, type ShopBench } from './shop-bench.ts';
import { ledgerOf, startStage, statesOf, type Stage } from './stage.ts';

/** Of an object, the fields a test is about, as text. */
function shown(object: Readonly<Record<string, unknown>>, fields: string): string {
  return fields
    .split(' ')
    .map((field) => String(object[field]))
    .join(' · ');
}

describe('a paid order of a shop whose orders are invoiced', () => {
  let stage: Stage;
  let bench: ShopBench;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(() => bench.stop());

  it('becomes an invoice with its rows, booked and paid on the account of its method', async () => {
    bench = await startShop(stage, ['invoicing.as=booked-invoice']);
    const lines = [
      { sku: 'LAMPA-1', quantity: 2 },
      { sku: 'Glöd lampa', quantity: 3 },
    ];
    const id = bench.shop.buy({ lines, payment: 'swish' });
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['done']);
    const invoice = await bench.read('invoices/1', 'Invoice');
    // 2 × 199.00 + 3 × 33.33 = 497.99, of which a fifth is VAT: 99.60.
    assert.equal(
      shown(invoice, 'InvoiceDate YourOrderNumber Total TotalVAT RoundOff Booked Balance'),
      `2026-11-20 · ${id} · 497.99 · 99.6 · 0 · true · 0`,
    );
    const rows = invoice['InvoiceRows'] as readonly Record<string, unknown>[];
    assert.deepEqual(
      rows.map((row) => shown(row, 'Description DeliveredQuantity Price VAT AccountNumber')),
      ['Bordslampa · 2 · 199 · 25 · 3001', 'Glödlampa (Glöd lampa) · 3 · 33.33 · 25 · 3001'],
    );
    assert.deepEqual(ledgerOf(bench.player), [
      [
        'B 1 · 2026-11-20 · Kundfaktura 1',
        '1510 497.99 · ',
        '3001 -318.40 · ',
        '3001 -79.99 · ',
        '2611 -99.60 · ',
      ],
      ['C 1 · 2026-11-20 · Inbetalning faktura 1', '1580 497.99 · ', '1510 -497.99 · '],
    ]);
    const proof = await bench.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });
});
