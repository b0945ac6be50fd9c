import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, type Company } from '../test-client.ts';
import { rowsOf, textOf, type Fields } from '../wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(async () => {
  company = companyIn(simulator);
  await company.post('customers', { Customer: { Name: 'Kund', CustomerNumber: '1' } });
});
after(() => simulator.stop());

const ROW = { Description: 'Stol', Price: 100 };

async function make(kind: 'Order' | 'Offer', fields: Fields = {}): Promise<Fields> {
  const quantity =
    kind === 'Order' ? { OrderedQuantity: 3, DeliveredQuantity: 2 } : { Quantity: 3 };
  const reply = await company.post(`${kind.toLowerCase()}s`, {
    [kind]: { CustomerNumber: '1', [`${kind}Rows`]: [{ ...ROW, ...quantity }], ...fields },
  });
  assert.equal(reply.status, 201, reply.text);
  return reply.one(kind);
}

describe('orders', () => {
  test('total what is ordered and invoice what is delivered', async () => {
    const order = await make('Order', { YourOrderNumber: 'W-5' });
    assert.equal(order['Total'], 375);
    const reply = await company.put('orders/1/createinvoice');
    assert.equal(reply.one('Order')['InvoiceReference'], '1');
    const invoice = (await company.get('invoices/1')).one('Invoice');
    assert.deepEqual(
      [invoice['Total'], invoice['OrderReference'], invoice['YourOrderNumber']],
      [250, '1', 'W-5'],
    );
  });

  test('are invoiced once, and locked then', async () => {
    await make('Order');
    await company.put('orders/1/createinvoice');
    assert.equal((await company.put('orders/1/createinvoice')).code, 2000496);
    assert.equal((await company.put('orders/1', { Order: { Comments: 'a' } })).code, 2001242);
    assert.equal((await company.put('orders/1/cancel')).code, 2001242);
    const [listed] = (await company.get('orders?filter=invoicecreated')).all('Orders');
    assert.equal(listed?.['DocumentNumber'], '1');
    assert.equal(listed && 'InvoiceReference' in listed, false);
  });

  test('answer with the invoice instead, by choice', async () => {
    await make('Order');
    simulator.setChoices({ createAnswers: 'created' });
    const reply = await company.put('orders/1/createinvoice');
    assert.equal(reply.one('Invoice')['OrderReference'], '1');
    simulator.setChoices({ createAnswers: 'source' });
  });

  test('refuse a number that is taken', async () => {
    await make('Order', { DocumentNumber: '500' });
    const again = { Order: { CustomerNumber: '1', DocumentNumber: '500' } };
    assert.equal((await company.post('orders', again)).code, 2000861);
  });

  test('are marked ready when they are delivered, not before, and once', async () => {
    company.tenant.set({ setup: { hasWarehouse: true } });
    await make('Order', { DeliveryState: 'reservation' });
    assert.equal((await company.put('orders/1/warehouseready')).code, 2003124);
    const late = { Order: { DeliveryState: 'delivery', OutboundDate: '2025-05-15' } };
    await company.put('orders/1', late);
    assert.equal((await company.put('orders/1/warehouseready')).code, 2003126);
    await company.put('orders/1', { Order: { OutboundDate: '2025-05-14' } });
    assert.equal((await company.put('orders/1/warehouseready')).status, 200);
    assert.equal((await company.put('orders/1/warehouseready')).code, 2003125);
    assert.equal((await company.put('orders/1', { Order: { Comments: 'a' } })).code, 2003125);
  });
});

describe('offers', () => {
  test('become an order, which becomes an invoice', async () => {
    await make('Offer');
    const offer = (await company.put('offers/1/createorder')).one('Offer');
    assert.equal(offer['OrderReference'], '1');
    const order = (await company.get('orders/1')).one('Order');
    assert.equal(order['OfferReference'], '1');
    assert.equal(rowsOf(order, 'OrderRows')[0]?.['OrderedQuantity'], '3');
    assert.equal((await company.put('offers/1/createinvoice')).status, 400);
    await company.put('orders/1/createinvoice');
    assert.equal((await company.get('invoices/1')).one('Invoice')['OfferReference'], '1');
  });

  test('become an invoice, or nothing when they are cancelled', async () => {
    await make('Offer');
    await make('Offer');
    assert.equal(
      (await company.put('offers/1/createinvoice')).one('Offer')['InvoiceReference'],
      '1',
    );
    assert.equal((await company.put('offers/2/cancel')).one('Offer')['Cancelled'], true);
    assert.equal((await company.put('offers/2/createorder')).status, 400);
  });
});

describe('contracts', () => {
  const contract = {
    Contract: {
      CustomerNumber: '1',
      ContractLength: 2,
      InvoiceRows: [{ ArticleNumber: 'HYRA', DeliveredQuantity: '1', Price: 500 }],
      PeriodEnd: '2025-12-31',
    },
  };
  beforeEach(() =>
    company.post('articles', { Article: { ArticleNumber: 'HYRA', Description: 'Hyra' } }),
  );

  test('invoice until they are done', async () => {
    assert.equal((await company.post('contracts', contract)).status, 201);
    const first = (await company.put('contracts/1/createinvoice')).one('Contract');
    assert.deepEqual([first['InvoiceReference'], first['InvoicesRemaining']], ['1', '1']);
    await company.put('contracts/1/createinvoice');
    assert.equal((await company.put('contracts/1/createinvoice')).status, 400);
    const invoice = (await company.get('invoices/2')).one('Invoice');
    assert.deepEqual([textOf(invoice, 'ContractReference'), invoice['Total']], ['1', 625]);
    assert.equal((await company.get('contracts?filter=finished')).all('Contracts').length, 1);
  });

  test('need articles on their rows, and the module', async () => {
    const row = { Description: 'a', DeliveredQuantity: 1 };
    const without = { Contract: { ...contract.Contract, InvoiceRows: [row] } };
    assert.equal((await company.post('contracts', without)).code, 2001846);
    company.tenant.set({ setup: { hasContracts: false } });
    assert.equal((await company.post('contracts', contract)).message, 'Feature inte tillgänglig');
  });
});
