import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { command } from './command.ts';
import { shopsOnStage } from './shop-bench.ts';
import { ledgerOf, settle, statesOf } from './stage.ts';

/** An order of which a part was given back. */
const REFUNDED =
  '../../src/connectors/woocommerce/fixtures/order-excl-refunds-partial-amount-shipping.json';

/** Of an object, the fields a test is about, as text. */
function shown(object: Readonly<Record<string, unknown>>, fields: string): string {
  return fields
    .split(' ')
    .map((field) => String(object[field]))
    .join(' · ');
}

/** Invoices that are paid by a payment of their own, and not as they are booked. */
const CLAIMS = ['invoicing.as=booked-invoice', 'invoicing.cashInvoices=false'];

describe('a paid order of a shop whose orders are invoiced', () => {
  const shops = shopsOnStage();

  it('becomes an invoice with its rows, booked and paid on the account of its method', async () => {
    const bench = await shops.start(CLAIMS);
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

  it('of a customer and articles that are known costs two calls, and four with a payment', async () => {
    let bench = await shops.start(CLAIMS);
    const purchase = { lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' };
    bench.shop.buy(purchase);
    await bench.fetch();
    bench.calls();
    bench.shop.buy(purchase);
    await bench.fetch();
    const invoiced = ['POST /3/invoices', 'PUT /3/invoices/{DocumentNumber}/bookkeep'];
    const paid = ['POST /3/invoicepayments', 'PUT /3/invoicepayments/{Number}/bookkeep'];
    assert.deepEqual(bench.calls(), [...paid, ...invoiced].sort());
    bench = await shops.start(['invoicing.as=booked-invoice']);
    bench.shop.buy(purchase);
    await bench.fetch();
    bench.calls();
    bench.shop.buy(purchase);
    await bench.fetch();
    assert.deepEqual(bench.calls(), invoiced);
    assert.deepEqual(ledgerOf(bench.player)[1], [
      'B 2 · 2026-11-20 · Kundfaktura 2',
      '1580 199.00 · ',
      '3001 -159.20 · ',
      '2611 -39.80 · ',
    ]);
    const proof = await bench.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('of a customer and articles that are new costs what has to be made, and two calls', async () => {
    const bench = await shops.start(['invoicing.as=booked-invoice']);
    bench.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' });
    await bench.fetch();
    bench.calls();
    const billing = { first_name: 'Olle', email: 'olle@example.test' };
    bench.shop.buy({ lines: [{ sku: 'Glöd lampa', quantity: 1 }], payment: 'swish', billing });
    await bench.fetch();
    assert.deepEqual(bench.calls(), [
      'GET /3/customers',
      'POST /3/articles',
      'POST /3/customers',
      'POST /3/invoices',
      'PUT /3/invoices/{DocumentNumber}/bookkeep',
    ]);
  });

  it('gets its payment when it is paid later on its day, and as a cash invoice no other', async () => {
    const bench = await shops.start(['invoicing.as=booked-invoice']);
    const lines = [{ sku: 'LAMPA-1', quantity: 1 }];
    const [later, atOnce] = ['cod', 'swish'].map((payment) => bench.shop.buy({ lines, payment }));
    await bench.fetch();
    const balances = async () =>
      (await bench.list('invoices', 'Invoices')).map((one) => shown(one, 'InvoiceDate Balance'));
    assert.deepEqual(await balances(), ['2026-11-20 · 199', '2026-11-20 · 0']);
    const claims = ['--set', 'invoicing.cashInvoices=false'];
    const set = await bench.bokbro('flow', 'set', bench.name, 'fortnox', ...claims);
    assert.equal(set.code, 0, set.err);
    bench.calls();
    for (const id of [later, atOnce]) bench.shop.setStatus({ id: id ?? 0, status: 'completed' });
    await bench.fetch();
    const paid = ['POST /3/invoicepayments', 'PUT /3/invoicepayments/{Number}/bookkeep'];
    assert.deepEqual(bench.calls(), paid);
    assert.deepEqual(await balances(), ['2026-11-20 · 0', '2026-11-20 · 0']);
  });

  it('finds a customer by e-mail and changes nothing of it', async () => {
    const bench = await shops.start(['invoicing.as=booked-invoice', 'invoicing.articles=text']);
    const card = { CustomerNumber: '77', Name: 'Öbergs', Email: 'marta@example.test' };
    bench.player.stage.simulator.tenants.get(bench.player.tenantId).set({
      objects: { customers: [{ ...card, InvoiceDiscount: 10, InvoiceFreight: '49' }] },
    });
    const purchase = { lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' };
    bench.shop.buy(purchase);
    await bench.fetch();
    const invoice = await bench.read('invoices/1', 'Invoice');
    assert.equal(
      shown(invoice, 'CustomerNumber CustomerName Address1 City Total'),
      '77 · Märta Öberg · Björkgatan 3 · Växjö · 199',
    );
    assert.equal(shown(await bench.read('customers/77', 'Customer'), 'Name'), 'Öbergs');
    assert.deepEqual((await bench.list('articles', 'Articles')).length, 0);
  });

  it('of a customer who was deleted in Fortnox is held once, and then makes one anew', async () => {
    const bench = await shops.start(['invoicing.as=invoice', 'invoicing.articles=text']);
    const purchase = { lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' };
    const card = { CustomerNumber: '77', Name: 'Öbergs', Email: 'marta@example.test' };
    const tenant = bench.player.stage.simulator.tenants.get(bench.player.tenantId);
    tenant.set({ objects: { customers: [card] } });
    bench.shop.buy(purchase);
    await bench.fetch();
    // Only who has no invoice can be deleted: the link is turned to somebody who is not there.
    await bench.player.stage.hub.database.pool.query(
      `update link set remote = '{"id":"4711","label":""}' where key like 'customer%'`,
    );
    bench.shop.buy(purchase);
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['done', 'held target-refused']);
    await settle(bench.player, { kind: 'again', decision: null });
    assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
    assert.equal(shown(await bench.read('invoices/2', 'Invoice'), 'CustomerNumber'), '77');
  });

  it("with another country's VAT is held in words, or a voucher where the flow says so", async () => {
    const german = {
      lines: [{ sku: 'LAMPA-1', quantity: 1 }],
      billing: { country: 'DE', postcode: '10115', city: 'Berlin' },
      payment: 'swish',
    };
    let bench = await shops.start(['invoicing.as=booked-invoice']);
    bench.shop.buy(german);
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['held order-not-invoiceable']);
    assert.match((await bench.bokbro('held')).out, /ett annat lands moms/);
    const otherwise = ['invoicing.as=booked-invoice', 'invoicing.otherwise=voucher'];
    bench = await shops.start(otherwise);
    bench.player.stage.simulator.tenants.get(bench.player.tenantId).set({
      accounts: [
        { number: 2670, name: 'Utgående moms OSS' },
        { number: 3107, name: 'Försäljning OSS' },
      ],
    });
    bench.shop.buy(german);
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['done']);
    assert.match(ledgerOf(bench.player)[0]?.join(', ') ?? '', /^K 1 .*2670/);
  });

  it('is held as a draft when Fortnox rounds it, and booked when that is switched off', async () => {
    const bench = await shops.start(CLAIMS, { rounds: true });
    bench.shop.buy({ lines: [{ sku: 'Glöd lampa', quantity: 1 }], payment: 'swish' });
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['held invoice-rounded']);
    const held = await bench.bokbro('held');
    assert.match(held.out, /33,33.*33,00.*0,33.*öresavrundning/s);
    await settle(bench.player, { kind: 'again', decision: null });
    assert.deepEqual(await statesOf(bench.player), ['held invoice-rounded']);
    assert.deepEqual(ledgerOf(bench.player), []);
    const tenant = bench.player.stage.simulator.tenants.get(bench.player.tenantId);
    tenant.set({ setup: { roundsOff: false } });
    await settle(bench.player, { kind: 'again', decision: null });
    assert.deepEqual(ledgerOf(bench.player)[0]?.slice(0, 2), [
      'B 1 · 2026-11-20 · Kundfaktura 1',
      '1510 33.33 · ',
    ]);
    assert.equal((await bench.list('invoices', 'Invoices')).length, 1);
  });
});

describe('orders of a shop that become other than booked invoices', () => {
  const shops = shopsOnStage();
  const purchase = { lines: [{ sku: 'LAMPA-1', quantity: 2 }], payment: 'swish' };

  it('are orders, changed when the shop changes them', async () => {
    const bench = await shops.start(['invoicing.as=order']);
    const id = bench.shop.buy(purchase);
    await bench.fetch();
    const order = await bench.read('orders/1', 'Order');
    assert.equal(shown(order, 'YourOrderNumber Total InvoiceReference'), `${id} · 398 · 0`);
    bench.shop.editOrder({ id, fields: { billing: { city: 'Lund' } } });
    await bench.fetch();
    assert.equal(shown(await bench.read('orders/1', 'Order'), 'City Total'), 'Lund · 398');
    assert.equal((await bench.list('orders', 'Orders')).length, 1);
    assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
    assert.deepEqual(ledgerOf(bench.player), []);
    const proof = await bench.reconcile();
    assert.doesNotMatch(proof.out, /saknas/);
  });

  it('are shown before they are made: rows, vouchers, calls, and the refund of one', async () => {
    const bench = await shops.start(['invoicing.as=booked-invoice']);
    const folder = mkdtempSync(join(tmpdir(), 'bokbro-plan-'));
    const choices = join(folder, 'choices.json');
    writeFileSync(choices, JSON.stringify({ invoicing: { as: 'booked-invoice' } }));
    const order = join(folder, 'order.json');
    writeFileSync(order, readFileSync(new URL(REFUNDED, import.meta.url)));
    const planned = await command(bench.player.stage, 'plan', order, '--choices', choices);
    rmSync(folder, { recursive: true });
    // The third document gives back an amount of nothing in particular: it is asked about.
    assert.equal(planned.code, 1, planned.out + planned.err);
    assert.match(planned.out, /✓ 2026-11-22 refund of order 59/);
    assert.match(planned.out, /POST \/3\/customers.*POST \/3\/invoices.*bookkeep/s);
    assert.match(planned.out, /POST \/3\/invoicepayments/);
    assert.match(planned.out, /Kundfordran order/);
    assert.deepEqual(await statesOf(bench.player), []);
  });

  it('are drafts that nobody has booked', async () => {
    const bench = await shops.start(['invoicing.as=invoice']);
    bench.shop.buy(purchase);
    await bench.fetch();
    const invoice = await bench.read('invoices/1', 'Invoice');
    assert.equal(shown(invoice, 'Total Booked Balance'), '398 · false · 398');
  });

  it('are orders first, and invoiced from them once when they are shipped', async () => {
    const bench = await shops.start(['invoicing.as=order-then-invoice']);
    const id = bench.shop.buy(purchase);
    await bench.fetch();
    assert.deepEqual(ledgerOf(bench.player), []);
    bench.calls();
    bench.shop.setStatus({ id, status: 'completed' });
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
    assert.deepEqual(bench.calls(), [
      'POST /3/invoicepayments',
      'PUT /3/invoicepayments/{Number}/bookkeep',
      'PUT /3/invoices/{DocumentNumber}',
      'PUT /3/invoices/{DocumentNumber}/bookkeep',
      'PUT /3/orders/{DocumentNumber}/createinvoice',
    ]);
    assert.equal(shown(await bench.read('orders/1', 'Order'), 'InvoiceReference'), '1');
    const invoice = await bench.read('invoices/1', 'Invoice');
    assert.equal(shown(invoice, 'Total Booked Balance OrderReference'), '398 · true · 0 · 1');
    bench.shop.editOrder({ id, fields: { customer_note: 'Tack!' } });
    await bench.fetch();
    assert.equal((await bench.list('invoices', 'Invoices')).length, 1);
    assert.equal((await bench.list('orders', 'Orders')).length, 1);
  });
});

describe('refunds of orders that are invoiced', () => {
  const shops = shopsOnStage();

  it('are invoices below zero, each for its part, and are paid out', async () => {
    const bench = await shops.start(['invoicing.as=booked-invoice']);
    const id = bench.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity: 2 }], payment: 'swish' });
    await bench.fetch();
    const [line] = bench.shop.order(id)['line_items'] as readonly { readonly id: number }[];
    for (let piece = 1; piece <= 2; piece += 1) {
      const item = { itemId: line?.id ?? 0, quantity: 1, total: '159.20', taxes: { 1: '39.80' } };
      bench.shop.refund({ orderId: id, amount: '199.00', items: [item] });
      await bench.fetch();
    }
    const invoices = await bench.list('invoices', 'Invoices');
    assert.deepEqual(
      invoices.map((one) => shown(one, 'Total Booked Balance')),
      ['398 · true · 0', '-199 · true · 0', '-199 · true · 0'],
    );
    const proof = await bench.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
    assert.match(ledgerOf(bench.player).at(-1)?.join(', ') ?? '', /1580 -199.00.*1510 199.00/);
  });

  it('wait for an order that is not shipped yet, and come after its invoice', async () => {
    const bench = await shops.start(['invoicing.as=order-then-invoice']);
    const id = bench.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity: 2 }], payment: 'swish' });
    await bench.fetch();
    bench.shop.refund({ orderId: id, amount: '398.00' });
    await bench.fetchOnly();
    assert.deepEqual(ledgerOf(bench.player), []);
    bench.shop.setStatus({ id, status: 'completed' });
    await bench.fetch();
    const invoices = await bench.list('invoices', 'Invoices');
    assert.deepEqual(
      invoices.map((one) => shown(one, 'Total Booked Balance')),
      ['398 · true · 0', '-398 · true · 0'],
    );
  });
});
