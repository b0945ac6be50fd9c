import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { command } from './command.ts';
import { shopsOnStage, type ShopBench } from './shop-bench.ts';
import { ledgerOf, statesOf } from './stage.ts';

const PURCHASE = { lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' };
const CLAIMS = [
  ...['invoicing.as=booked-invoice', 'invoicing.articles=text'],
  'invoicing.cashInvoices=false',
];
const CARD = {
  ...{ CustomerNumber: '77', Name: 'Öbergs', Email: 'marta@example.test' },
  ...{ Address1: 'Gamla vägen 1', ZipCode: '11122', City: '', OrganisationNumber: '' },
};

describe('what a company chooses of a shop’s invoices', () => {
  const shops = shopsOnStage();
  let bench: ShopBench;

  const card = async (): Promise<string> => {
    const shown = await bench.read('customers/77', 'Customer');
    return ['Name', 'Address1', 'ZipCode', 'City'].map((field) => shown[field] ?? '').join(' · ');
  };
  const known = (): void => {
    const tenant = bench.player.stage.simulator.tenants.get(bench.player.tenantId);
    tenant.set({ objects: { customers: [CARD] } });
  };
  const buyFrom = async (address: string): Promise<void> => {
    const billing = { email: 'marta@example.test', address_1: address, city: 'Växjö' };
    bench.shop.buy({ ...PURCHASE, billing: { ...billing, postcode: '35231', country: 'SE' } });
    await bench.fetch();
  };

  it('leaves the card of a customer who is found alone, with no call for it', async () => {
    bench = await shops.start(CLAIMS);
    known();
    await buyFrom('Björkgatan 3');
    assert.ok(!bench.calls().some((call) => call.includes('customers/{')));
    assert.equal(await card(), 'Öbergs · Gamla vägen 1 · 11122 · ');
  });

  it('fills in what is empty, and mixes no two addresses', async () => {
    bench = await shops.start([
      ...CLAIMS,
      ...['invoicing.customerCards.name=fill', 'invoicing.customerCards.address=fill'],
    ]);
    bench.player.stage.simulator.tenants.get(bench.player.tenantId).set({
      objects: { customers: [{ ...CARD, Address1: '', ZipCode: '' }] },
    });
    await buyFrom('Björkgatan 3');
    assert.equal(await card(), 'Öbergs · Björkgatan 3 · 35231 · Växjö');
    await buyFrom('Ekgatan 4');
    assert.equal(await card(), 'Öbergs · Björkgatan 3 · 35231 · Växjö');
    assert.deepEqual(await statesOf(bench.player), ['done', 'done']);
  });

  it('follows an address from the shop, until somebody changes it in the ledger', async () => {
    bench = await shops.start([...CLAIMS, 'invoicing.customerCards.address=follow']);
    const tenant = bench.player.stage.simulator.tenants.get(bench.player.tenantId);
    tenant.set({ objects: { customers: [{ ...CARD, Address1: '', ZipCode: '' }] } });
    await buyFrom('Björkgatan 3');
    bench.calls();
    await buyFrom('Björkgatan 3');
    assert.ok(!bench.calls().some((call) => call.includes('customers')), 'nothing has changed');
    await buyFrom('Ekgatan 4');
    assert.equal(await card(), 'Öbergs · Ekgatan 4 · 35231 · Växjö');
    tenant.set({ objects: { customers: [{ ...CARD, Address1: 'Box 12' }] } });
    await buyFrom('Alvägen 5');
    assert.equal(await card(), 'Öbergs · Box 12 · 11122 · ');
  });

  it('registers payments by the mode that a method has, and on its account', async () => {
    bench = await shops.start([...CLAIMS, 'invoicing.methods.swish.mode=KK']);
    bench.shop.buy(PURCHASE);
    await bench.fetch();
    const payment = await bench.read('invoicepayments/1', 'InvoicePayment');
    assert.equal(payment['ModeOfPayment'], 'KK');
    assert.equal(String(payment['ModeOfPaymentAccount']), '1580');
    assert.deepEqual(ledgerOf(bench.player)[1]?.slice(1), ['1580 199.00 · ', '1510 -199.00 · ']);
  });

  for (const [mode, code] of [
    ['SWISH', 'ledger-needs'],
    ['BG', 'invoice-account-differs'],
  ]) {
    it(`holds a payment by ${mode}, which is told before the first order too`, async () => {
      bench = await shops.start([...CLAIMS, `invoicing.methods.swish.mode=${mode}`]);
      const doctor = await command(
        bench.player.stage,
        'doctor',
        '--company',
        bench.player.company.name,
      );
      assert.match(doctor.out, mode === 'BG' ? /BG bokför på 1930/ : /inget betalningssätt SWISH/);
      assert.equal(doctor.code, 1);
      bench.shop.buy(PURCHASE);
      await bench.fetch();
      assert.deepEqual(await statesOf(bench.player), [`held ${code}`]);
      assert.deepEqual(ledgerOf(bench.player), []);
    });
  }
});
