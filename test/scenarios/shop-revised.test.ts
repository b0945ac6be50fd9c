import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shopsOnStage, type ShopBench } from './shop-bench.ts';
import { deliveriesOf, ledgerOf, settle, statesOf, today, untilQuiet } from './stage.ts';

/** Invoices that are paid by a payment of their own, and not as they are booked. */
const CLAIMS = ['invoicing.as=booked-invoice', 'invoicing.cashInvoices=false'];
const CREDIT = [...CLAIMS, 'invoicing.revised=credit'];
const TWO_LAMPS = { lines: [{ sku: 'LAMPA-1', quantity: 2 }], payment: 'swish' };

/** The owner takes one of the two lamps off an order. */
function takeOneOff({ shop }: ShopBench, id: number): void {
  const [line] = shop.order(id)['line_items'] as readonly { readonly id: number }[];
  const one = { id: line?.id ?? 0, quantity: 1, subtotal: '159.20', total: '159.20' };
  shop.editOrder({ id, fields: { line_items: [one] } });
}

/** Each invoice: its sum, what is left of it, and the one that it credits or is credited by. */
async function invoices(bench: ShopBench): Promise<readonly string[]> {
  const listed = await bench.list('invoices', 'Invoices');
  const whole = await Promise.all(
    listed.map(({ DocumentNumber: number }) => bench.read(`invoices/${String(number)}`, 'Invoice')),
  );
  return whole.map((one) =>
    ['Total', 'Balance', 'CreditInvoiceReference', 'InvoiceType']
      .map((field) => String(one[field]))
      .join(' · '),
  );
}

/** What each account comes to over all vouchers. */
function sums(bench: ShopBench): Readonly<Record<string, string>> {
  const { vouchers } = bench.player.stage.simulator.tenants.get(bench.player.tenantId).ledger();
  const ore = new Map<number, number>();
  for (const { account, debitOre, creditOre } of vouchers.flatMap(({ rows }) => rows)) {
    ore.set(account, (ore.get(account) ?? 0) + debitOre - creditOre);
  }
  const left = [...ore].filter(([, sum]) => sum !== 0);
  return Object.fromEntries(left.map(([account, sum]) => [account, (sum / 100).toFixed(2)]));
}

describe('an order that is changed in the shop after it was invoiced', () => {
  const shops = shopsOnStage();

  it('is held, and credited and invoiced anew when a person says so', async () => {
    const bench = await shops.start(CLAIMS);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    takeOneOff(bench, id);
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['done', 'held invoice-revised']);
    assert.match((await bench.bokbro('held')).out, /B 1, C 1 med 398,00.*199,00/s);
    await settle(bench.player, { kind: 'again', decision: { kind: 'correct' } });
    assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
    assert.equal((await invoices(bench)).length, 3);
  });

  it('is credited by choice, its payment paid back, and invoiced and paid anew', async () => {
    const bench = await shops.start(CREDIT);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    takeOneOff(bench, id);
    await bench.fetch();
    assert.deepEqual(await invoices(bench), [
      '398 · 0 · 2 · INVOICE',
      '-398 · 0 · 1 · INVOICE',
      '199 · 0 · 0 · INVOICE',
    ]);
    const day = today();
    const afterwards = ledgerOf(bench.player).filter(([head = '']) => head.includes(day));
    assert.deepEqual(afterwards, [
      [`B 2 · ${day} · Kundfaktura 2`, '1510 -398.00 · ', '3001 318.40 · ', '2611 79.60 · '],
      [`B 3 · ${day} · Kundfaktura 3`, '1510 199.00 · ', '3001 -159.20 · ', '2611 -39.80 · '],
      [`C 2 · ${day} · Inbetalning faktura 2`, '1580 -398.00 · ', '1510 398.00 · '],
      [`C 3 · ${day} · Inbetalning faktura 3`, '1580 199.00 · ', '1510 -199.00 · '],
    ]);
    assert.deepEqual(
      (await deliveriesOf(bench.player)).map(({ label }) => label),
      ['B 1, C 1', 'B 2, C 2, B 3, C 3'],
    );
    const proof = await bench.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('is credited as often as it changes, and left alone when nothing of it has', async () => {
    const bench = await shops.start(CREDIT);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    takeOneOff(bench, id);
    await bench.fetch();
    bench.shop.editOrder({ id, fields: { fee_lines: [{ name: 'Paket', total: '40.00' }] } });
    await bench.fetch();
    bench.shop.editOrder({ id, fields: { customer_note: 'Tack!' } });
    await bench.fetch();
    assert.deepEqual(
      (await invoices(bench)).map((one) => one.split(' · ').slice(0, 3).join(' ')),
      ['398 0 2', '-398 0 1', '199 0 4', '-199 0 3', '249 0 0'],
    );
    assert.deepEqual(sums(bench), {
      1580: '249.00',
      2611: '-49.80',
      3001: '-159.20',
      3540: '-40.00',
    });
    const proof = await bench.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('is a cash invoice credited as one, and another', async () => {
    const bench = await shops.start(['invoicing.as=booked-invoice', 'invoicing.revised=credit']);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    takeOneOff(bench, id);
    await bench.fetch();
    assert.deepEqual(await invoices(bench), [
      '398 · 0 · 2 · CASHINVOICE',
      '-398 · 0 · 1 · CASHINVOICE',
      '199 · 0 · 0 · CASHINVOICE',
    ]);
    assert.deepEqual(sums(bench), { 1580: '199.00', 2611: '-39.80', 3001: '-159.20' });
  });

  it('before it is paid gets no payment back, and is paid on the new invoice', async () => {
    const bench = await shops.start(CREDIT);
    const id = bench.shop.buy({ ...TWO_LAMPS, payment: 'cod' });
    await bench.fetch();
    takeOneOff(bench, id);
    await bench.fetch();
    assert.deepEqual(await invoices(bench), [
      '398 · 398 · 2 · INVOICE',
      '-398 · -398 · 1 · INVOICE',
      '199 · 199 · 0 · INVOICE',
    ]);
    bench.letTimePass();
    bench.shop.setStatus({ id, status: 'completed' });
    await bench.fetch();
    assert.match((await invoices(bench))[2] ?? '', /^199 · 0/);
    assert.deepEqual(sums(bench), { 1580: '199.00', 2611: '-39.80', 3001: '-159.20' });
  });

  it('with the money by another way is paid on the account of that', async () => {
    const bench = await shops.start(CREDIT);
    const account = ['--account', 'payment/bacs=1930'];
    assert.equal((await bench.bokbro('flow', 'set', bench.name, 'fortnox', ...account)).code, 0);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    bench.shop.editOrder({ id, fields: { payment_method: 'bacs' } });
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
    assert.deepEqual(sums(bench), { 1930: '398.00', 2611: '-79.60', 3001: '-318.40' });
  });
});

describe('an order that is cancelled in the shop after it was invoiced', () => {
  const shops = shopsOnStage();

  it('is held with what it came to', async () => {
    const bench = await shops.start(CLAIMS);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    bench.shop.setStatus({ id, status: 'cancelled' });
    await bench.fetch();
    assert.deepEqual(await statesOf(bench.player), ['done', 'held order-cancelled-booked']);
    assert.match((await bench.bokbro('held')).out, /B 1, C 1 med 398,00/);
  });

  it('is credited once by choice, and is an invoice of today when it is sold after all', async () => {
    const bench = await shops.start(CREDIT);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    bench.shop.setStatus({ id, status: 'cancelled' });
    await bench.fetch();
    bench.shop.editOrder({ id, fields: { customer_note: 'Ångrat' } });
    await bench.fetch();
    assert.deepEqual(sums(bench), {});
    assert.equal((await invoices(bench)).length, 2);
    bench.letTimePass();
    bench.shop.setStatus({ id, status: 'processing' });
    await bench.fetch();
    assert.equal((await invoices(bench))[2], '398 · 0 · 0 · INVOICE');
    assert.deepEqual(sums(bench), { 1580: '398.00', 2611: '-79.60', 3001: '-318.40' });
    const proof = await bench.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('and refunded besides is asked about, whatever is chosen', async () => {
    const bench = await shops.start(CREDIT);
    const id = bench.shop.buy(TWO_LAMPS);
    await bench.fetch();
    bench.shop.refund({ orderId: id, amount: '398.00' });
    await bench.fetch();
    bench.shop.setStatus({ id, status: 'cancelled' });
    await bench.fetch();
    const states = await statesOf(bench.player);
    assert.ok(states.includes('held order-cancelled-booked'), states.join(', '));
    assert.deepEqual(sums(bench), {});
    await untilQuiet(bench.player);
  });
});
