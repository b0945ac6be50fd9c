import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startShop, type ShopBench } from './shop-bench.ts';
import { ledgerOf, startStage, statesOf, type Stage } from './stage.ts';

const LAMP = { lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' };
const INVOICED = ['invoicing.as=booked-invoice', 'invoicing.articles=text'];

/** Traps that shop plugins have fallen into: src/connectors/woocommerce/traps.md. */
describe('an order of a shop', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  async function withShop(
    act: (bench: ShopBench) => Promise<void>,
    of: Parameters<typeof startShop>[2] = {},
  ): Promise<void> {
    const bench = await startShop(stage, INVOICED, of);
    try {
      await act(bench);
    } finally {
      await bench.stop();
    }
  }

  it('with an article for nothing and a fee of öre is invoiced to the öre', () =>
    withShop(
      async (bench) => {
        const lines = [
          { sku: 'LAMPA-1', quantity: 1 },
          { sku: 'PROV', quantity: 2 },
        ];
        bench.shop.buy({ ...LAMP, lines, fees: [{ name: 'Påse', total: '0.40' }] });
        await bench.fetch();
        assert.deepEqual(await statesOf(bench.player), ['done']);
        const invoice = await bench.read('invoices/1', 'Invoice');
        // 199.00, nothing, and 0.40 with 0.10 VAT.
        assert.equal(invoice['Total'], 199.5);
        const rows = invoice['InvoiceRows'] as readonly Record<string, unknown>[];
        assert.deepEqual(
          rows.map((row) => [row['Description'], row['DeliveredQuantity'], row['Price']].join(' ')),
          ['Bordslampa 1 199', 'Varuprov 2 0', 'Påse 1 0.5'],
        );
      },
      { products: [{ name: 'Varuprov', sku: 'PROV', regularPrice: '0' }] },
    ));

  it('of two shops with the same numbers are booked each by itself', () =>
    withShop(async (first) => {
      await withShop(
        async (second) => {
          const ids = [first.shop.buy(LAMP), second.shop.buy(LAMP)];
          assert.equal(ids[0], ids[1], 'both shops begin alike');
          await first.fetch();
          await second.fetch();
          const invoices = await first.list('invoices', 'Invoices');
          assert.equal(new Set(invoices.map((one) => one['ExternalInvoiceReference2'])).size, 2);
          assert.equal(new Set(invoices.map((one) => one['ExternalInvoiceReference1'])).size, 2);
          assert.equal(ledgerOf(first.player).length, 2);
        },
        { into: first.player },
      );
    }));

  it('waits when the ledger fails while it looks for the customer, and makes one', () =>
    withShop(async (bench) => {
      const fault = { kind: 'system-error', commits: false } as const;
      stage.simulator.faults.add({ method: 'GET', path: '*/customers', times: 1, fault });
      bench.shop.buy(LAMP);
      await bench.fetch();
      assert.deepEqual(await statesOf(bench.player), ['done']);
      assert.equal((await bench.list('customers', 'Customers')).length, 1);
      assert.equal((await bench.list('invoices', 'Invoices')).length, 1);
    }));

  it('to a country whose name is written in several ways leaves the name out', () =>
    withShop(async (bench) => {
      const seoul = { first_name: 'Ji-woo', country: 'KR', city: 'Seoul', postcode: '04524' };
      bench.shop.buy({ ...LAMP, billing: seoul, shipping: seoul });
      await bench.fetch();
      assert.deepEqual(await statesOf(bench.player), ['done']);
      const invoice = await bench.read('invoices/1', 'Invoice');
      assert.equal(invoice['City'], 'Seoul');
      const [customer] = await bench.list('customers', 'Customers');
      const whole = await bench.read(
        `customers/${String(customer?.['CustomerNumber'])}`,
        'Customer',
      );
      assert.equal(whole['CountryCode'], 'KR');
      assert.equal(whole['VATType'], 'EXPORT');
    }));
});
