import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startShop, type ShopBench } from './shop-bench.ts';
import { ledgerOf, startStage, statesOf, type Stage } from './stage.ts';

const LAMP = { lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' };
const INVOICED = ['invoicing.as=booked-invoice', 'invoicing.articles=text'];

type Of = NonNullable<Parameters<typeof startShop>[2]> & { readonly choices?: readonly string[] };

/** Of each row of an invoice: text, pieces, price, rate and account. */
function rowsOf(invoice: Readonly<Record<string, unknown>>, more = ''): readonly string[] {
  const rows = invoice['InvoiceRows'] as readonly Record<string, unknown>[];
  const fields = `Description DeliveredQuantity Price VAT AccountNumber ${more}`.trim().split(' ');
  return rows.map((row) => fields.map((field) => String(row[field])).join(' · '));
}

/** Traps that shop plugins have fallen into: src/connectors/woocommerce/traps.md. */
describe('an order of a shop', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  async function withShop(
    act: (bench: ShopBench) => Promise<void>,
    { choices = INVOICED, ...of }: Of = {},
  ): Promise<void> {
    const bench = await startShop(stage, choices, of);
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

  it('without decimals has freight at the rate it names, and comes to what was paid', () =>
    withShop(
      async (bench) => {
        // 143.20 at 25 % is 35.80: such a shop says 143 and 36, which is 25.17 %.
        bench.shop.buy({ ...LAMP, lines: [{ sku: 'UDDA', quantity: 1 }], shippingMethod: 1 });
        await bench.fetch();
        assert.deepEqual(await statesOf(bench.player), ['done']);
        const invoice = await bench.read('invoices/1', 'Invoice');
        // 179 and 49.
        assert.equal(invoice['Total'], 228);
        assert.deepEqual(rowsOf(invoice), [
          'Udda pris · 1 · 179 · 25 · 3001',
          'PostNord Ombud · 1 · 49 · 25 · 3520',
        ]);
      },
      {
        products: [{ name: 'Udda pris', sku: 'UDDA', regularPrice: '179' }],
        shop: { options: { woocommerce_price_num_decimals: '0' } },
      },
    ));

  it('with a coupon on several pieces takes each piece’s part off once', () =>
    withShop(
      async (bench) => {
        const lines = [{ sku: 'LAMPA-1', quantity: 3 }];
        bench.shop.buy({ ...LAMP, lines, coupons: ['tio'] });
        await bench.fetch();
        assert.deepEqual(await statesOf(bench.player), ['done']);
        const invoice = await bench.read('invoices/1', 'Invoice');
        // 3 × 199.00 = 597.00, less a tenth: 537.30, which is 3 × 179.10.
        assert.equal(invoice['Total'], 537.3);
        assert.deepEqual(rowsOf(invoice, 'Discount'), ['Bordslampa · 3 · 179.1 · 25 · 3001 · 0']);
      },
      { shop: { coupons: [{ code: 'tio', type: 'percent', amount: '10' }] } },
    ));

  it('with freight has it as a row with its VAT once, and none where it is free', () =>
    withShop(async (bench) => {
      for (const shippingMethod of [1, 2]) bench.shop.buy({ ...LAMP, shippingMethod });
      await bench.fetch();
      assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
      const [charged, free] = [
        await bench.read('invoices/1', 'Invoice'),
        await bench.read('invoices/2', 'Invoice'),
      ];
      // 199.00, and 39.20 with 9.80 VAT.
      assert.deepEqual([charged['Total'], charged['Freight']], [248, 0]);
      assert.deepEqual(rowsOf(charged), [
        'Bordslampa · 1 · 199 · 25 · 3001',
        'PostNord Ombud · 1 · 49 · 25 · 3520',
      ]);
      assert.equal(free['Total'], 199);
    }));

  it('is known again when the choices of its flow have changed since', () =>
    withShop(async (bench) => {
      bench.shop.buy(LAMP);
      await bench.fetch();
      const argv = ['invoicing.costCentre=12', 'invoicing.project=P7', 'series=L'].flatMap(
        (one) => {
          return ['--set', one];
        },
      );
      const changed = await bench.bokbro('flow', 'set', bench.name, 'fortnox', ...argv);
      assert.equal(changed.code, 0, changed.err);
      await bench.askAgain('2026-11-01');
      await bench.fetch();
      assert.equal((await bench.list('invoices', 'Invoices')).length, 1);
      assert.equal(ledgerOf(bench.player).length, 1);
    }));

  it('keeps its number as it is, so that two with the same digits are two', () =>
    withShop(async (bench) => {
      for (const number of ['A-12', 'B-12']) {
        bench.shop.numberOrder({ id: bench.shop.buy(LAMP), number });
      }
      await bench.fetch();
      const invoices = await Promise.all(
        [1, 2].map((number) => bench.read(`invoices/${number}`, 'Invoice')),
      );
      assert.deepEqual(
        invoices.map((one) => [one['DocumentNumber'], one['YourOrderNumber'], one['Total']]),
        [
          ['1', 'A-12', 199],
          ['2', 'B-12', 199],
        ],
      );
    }));

  it('that loses a line loses its row in the ledger’s order', () =>
    withShop(
      async (bench) => {
        const lines = [...LAMP.lines, { sku: 'Glöd lampa', quantity: 3 }];
        const id = bench.shop.buy({ ...LAMP, lines });
        await bench.fetch();
        const { line_items } = bench.shop.order(id);
        const [lamp] = line_items as readonly { readonly id: number }[];
        const gone = [{ id: lamp?.id ?? 0, product_id: null, quantity: 0 }];
        bench.shop.editOrder({ id, fields: { line_items: gone } });
        await bench.fetch();
        const order = await bench.read('orders/1', 'Order');
        const rows = order['OrderRows'] as readonly Record<string, unknown>[];
        assert.equal(order['Total'], 99.99);
        assert.deepEqual(
          rows.map((row) => row['Description']),
          ['Glödlampa'],
        );
      },
      { choices: ['invoicing.as=order', 'invoicing.articles=text'] },
    ));

  it('waits when the ledger fails while it makes sure of the article, and makes one', () =>
    withShop(
      async (bench) => {
        const fault = { kind: 'system-error', commits: false } as const;
        stage.simulator.faults.add({ method: 'POST', path: '*/articles', times: 1, fault });
        bench.shop.buy(LAMP);
        await bench.fetch();
        assert.deepEqual(await statesOf(bench.player), ['done']);
        assert.equal((await bench.list('articles', 'Articles')).length, 1);
        const invoice = await bench.read('invoices/1', 'Invoice');
        const [row] = invoice['InvoiceRows'] as readonly Record<string, unknown>[];
        assert.equal(row?.['ArticleNumber'], 'LAMPA-1');
      },
      { choices: ['invoicing.as=booked-invoice'] },
    ));

  it('that a bank file has paid already is held, and not paid a second time', () =>
    withShop(
      async (bench) => {
        const id = bench.shop.buy({ ...LAMP, payment: 'cod' });
        await bench.fetch();
        assert.equal(ledgerOf(bench.player).length, 1);
        const payment = { InvoiceNumber: 1, Amount: 199, PaymentDate: '2026-11-21' };
        await bench.write('POST', 'invoicepayments', { InvoicePayment: payment });
        await bench.write('PUT', 'invoicepayments/1/bookkeep', {});
        bench.letTimePass();
        bench.shop.setStatus({ id, status: 'completed' });
        await bench.fetch();
        assert.match((await statesOf(bench.player)).join(), /held target-refused/);
        const claims = ledgerOf(bench.player).flatMap((rows) =>
          rows.filter((row) => row.startsWith('1510')),
        );
        assert.deepEqual(claims, ['1510 199.00 · ', '1510 -199.00 · ']);
      },
      { choices: [...INVOICED, 'invoicing.cashInvoices=false'] },
    ));

  it('of a buyer whose number is written in several ways is of one customer', () =>
    withShop(
      async (bench) => {
        const written = ['556036-0793', '5560360793', '16 556036-0793', ' 556036 0793 '];
        for (const [at, number] of written.entries()) {
          const billing = { company: 'Grossisten AB', email: `inkop${at}@example.test` };
          bench.shop.buy({ ...LAMP, billing, meta: { _organisation_number: number } });
        }
        await bench.fetch();
        assert.deepEqual(await statesOf(bench.player), ['done', 'done', 'done', 'done']);
        const customers = await bench.list('customers', 'Customers');
        assert.deepEqual(
          customers.map((one) => one['OrganisationNumber']),
          ['556036-0793'],
        );
      },
      {
        choices: [...INVOICED, 'invoicing.customers=org-number'],
        settings: ['orgNumberKeys=["_organisation_number"]'],
      },
    ));

  it('that gives back one of two lines of a product gives back that line', () =>
    withShop(async (bench) => {
      const id = bench.shop.buy({ ...LAMP, lines: [...LAMP.lines, ...LAMP.lines] });
      const { line_items } = bench.shop.order(id);
      const [, second] = line_items as readonly { readonly id: number }[];
      // The second lamp was sold for less.
      const cheaper = [{ id: second?.id ?? 0, subtotal: '80.00', total: '80.00' }];
      bench.shop.editOrder({ id, fields: { line_items: cheaper } });
      await bench.fetch();
      const item = { itemId: second?.id ?? 0, quantity: 1, total: '80.00', taxes: { 1: '20.00' } };
      bench.shop.refund({ orderId: id, amount: '100.00', items: [item] });
      await bench.fetch();
      const invoices = await bench.list('invoices', 'Invoices');
      // 199.00 and 100.00; then the 100.00.
      assert.deepEqual(
        invoices.map((one) => one['Total']),
        [299, -100],
      );
      assert.deepEqual(rowsOf(await bench.read('invoices/2', 'Invoice')), [
        'Bordslampa · -1 · 100 · 25 · 3001',
      ]);
    }));

  it('with a long name and entities has its text whole to the last letter', () =>
    withShop(
      async (bench) => {
        bench.shop.buy({ ...LAMP, lines: [{ sku: 'LÅNG', quantity: 1 }] });
        await bench.fetch();
        assert.deepEqual(await statesOf(bench.player), ['done']);
        const invoice = await bench.read('invoices/1', 'Invoice');
        const [row] = invoice['InvoiceRows'] as readonly Record<string, unknown>[];
        assert.equal(row?.['Description'], `Te & kaffe ${'å'.repeat(241)}...`);
      },
      { products: [{ name: `Te & kaffe ${'å'.repeat(300)}`, sku: 'LÅNG', regularPrice: '10' }] },
    ));
});
