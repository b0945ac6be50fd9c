import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TripletexSimulator } from '../simulator.ts';
import { clientIn, idOf, startTestSimulator, type Client, type Reply } from '../test-client.ts';
import { numberOf, rowsOf, type Fields } from '../wire/record.ts';
import { kidOf } from './kid.ts';

let simulator: TripletexSimulator;
before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.stop());

type Order = { readonly lines: readonly Fields[]; readonly more?: Fields };

async function orderIn(client: Client, { lines, more = {} }: Order): Promise<number> {
  const customer = { id: idOf(await client.post('/customer', { name: 'Ironbridge Ltd' })) };
  const reply = await client.post('/order', { customer, orderLines: lines, ...more });
  assert.equal(reply.status, 201, reply.text);
  return idOf(reply);
}

async function invoiceOf(client: Client, order: Order, more = ''): Promise<Fields> {
  const id = await orderIn(client, order);
  const query = `invoiceDate=2026-03-19&sendToCustomer=false${more}`;
  const reply = await client.put(`/order/${id}/:invoice?${query}`);
  assert.equal(reply.status, 200, reply.text);
  return reply.value;
}

async function paymentType(client: Client): Promise<number> {
  const { values } = await client.get('/invoice/paymentType?description=bank');
  return numberOf(values[0] ?? {}, 'id');
}

async function pay(client: Client, invoice: Fields, more: string): Promise<Reply> {
  const type = await paymentType(client);
  const query = `paymentDate=2026-03-20&paymentTypeId=${type}&${more}`;
  return client.put(`/invoice/${numberOf(invoice, 'id')}/:payment?${query}`);
}

/** Account and amount of each posting of the newest voucher. */
function newest(client: Client): readonly (readonly [number, number])[] {
  const voucher = client.company.ledger().vouchers.at(-1);
  return (voucher?.postings ?? []).map(({ account, amount }) => [account, amount] as const);
}

const LINES: readonly Fields[] = [
  { description: 'Stol', count: 2, unitPriceExcludingVatCurrency: 199.95, vatType: { id: 3 } },
  { description: 'Brød', count: 3, unitPriceExcludingVatCurrency: 33.33, vatType: { id: 31 } },
];

describe('PUT /order/:invoice', () => {
  // 2 × 199.95 = 399.90, 25 % is 99.975 → 99.98; 3 × 33.33 = 99.99, 15 % is 14.9985 → 15.00.
  // 399.90 + 99.98 + 99.99 + 15.00 = 614.87.
  test('books the claim, each line by its VAT code, and the VAT of each', async () => {
    const client = clientIn(simulator);
    const invoice = await invoiceOf(client, { lines: LINES });
    assert.equal(invoice['amount'], 614.87);
    assert.equal(invoice['amountExcludingVat'], 499.89);
    assert.equal(invoice['amountOutstanding'], 614.87);
    assert.equal(invoice['invoiceDueDate'], '2026-04-02');
    assert.deepEqual(newest(client), [
      [1500, 614.87],
      [3000, -399.9],
      [2700, -99.98],
      [3030, -99.99],
      [2701, -15],
    ]);
    assert.deepEqual(client.company.ledger().problems, []);
  });

  // Prices with VAT: 3 × 9.99 = 29.97, of which 29.97 × 25/125 = 5.994 → 5.99.
  test('keeps prices with VAT as they are', async () => {
    const client = clientIn(simulator);
    const line = { description: 'Penn', count: 3, unitPriceIncludingVatCurrency: 9.99 };
    const more = { isPrioritizeAmountsIncludingVat: true };
    const invoice = await invoiceOf(client, { lines: [line], more });
    assert.equal(invoice['amount'], 29.97);
    assert.equal(invoice['amountExcludingVat'], 23.98);
  });

  // Three lines of 0.10: 25 % of each is 0.025 → 0.03, and of their sum 0.075 → 0.08.
  test('rounds VAT on each line, or once per rate where that is chosen', async () => {
    const client = clientIn(simulator);
    const line = { description: 'Skrue', count: 1, unitPriceExcludingVatCurrency: 0.1 };
    const lines = [line, line, line];
    assert.equal((await invoiceOf(client, { lines }))['amount'], 0.39);
    simulator.setChoices({ vatRounding: 'per-rate' });
    assert.equal((await invoiceOf(client, { lines }))['amount'], 0.38);
    simulator.setChoices({ vatRounding: 'per-line' });
    assert.deepEqual(client.company.ledger().problems, []);
  });

  // 10 % off 3 × 33.333 = 99.999 is 89.9991 → 90.00; 25 % is 22.50. Rounded to 113, 0.50 more.
  test('takes discounts off, and rounds to whole kroner where the company does', async () => {
    const client = clientIn(simulator, { roundsInvoices: true });
    const price = { unitPriceExcludingVatCurrency: 33.333, discount: 10 };
    const invoice = await invoiceOf(client, {
      lines: [{ description: 'Vare', count: 3, ...price }],
    });
    assert.equal(invoice['amount'], 113);
    assert.equal(invoice['amountRoundoff'], 0.5);
    assert.deepEqual(newest(client), [
      [1500, 113],
      [3000, -90],
      [2700, -22.5],
      [7740, -0.5],
    ]);
  });

  test('closes the order, charges its lines and numbers without gaps', async () => {
    const client = clientIn(simulator, { firstInvoiceNumber: 136 });
    const id = await orderIn(client, { lines: LINES });
    const path = `/order/${id}/:invoice?invoiceDate=2026-03-19&sendToCustomer=false`;
    assert.equal((await client.put(path)).value['invoiceNumber'], 136);
    assert.deepEqual((await client.put(path)).problems, [': Ordren er lukket.']);
    const order = (await client.get(`/order/${id}?fields=isClosed,orderLines(isCharged)`)).value;
    assert.equal(order['isClosed'], true);
    assert.deepEqual(rowsOf(order, 'orderLines'), [{ isCharged: true }, { isCharged: true }]);
    assert.equal((await invoiceOf(client, { lines: LINES }))['invoiceNumber'], 137);
  });

  test('sends it to the customer unless it is told not to', async () => {
    const client = clientIn(simulator);
    await invoiceOf(client, { lines: LINES });
    assert.deepEqual(client.company.outbox(), []);
    const id = await orderIn(client, { lines: LINES });
    await client.put(`/order/${id}/:invoice?invoiceDate=2026-03-19`);
    assert.deepEqual(
      client.company.outbox().map(({ sendType }) => sendType),
      ['EMAIL'],
    );
  });

  test('makes one invoice of two orders of a customer', async () => {
    const client = clientIn(simulator);
    const first = await orderIn(client, { lines: LINES.slice(0, 1) });
    const { customer } = (await client.get(`/order/${first}`)).value;
    const order = { customer: { id: numberOf(customer as Fields, 'id') } };
    const second = idOf(await client.post('/order', { ...order, orderLines: LINES.slice(1) }));
    const other = await orderIn(client, { lines: LINES });
    const path = '/order/:invoiceMultipleOrders?invoiceDate=2026-03-19&sendToCustomer=false&id=';
    assert.equal((await client.put(`${path}${first},${other}`)).status, 422);
    const { value } = await client.put(`${path}${first},${second}`);
    assert.equal(value['amount'], 614.87);
    assert.equal(rowsOf(value, 'orders').length, 2);
  });

  test('says what it does not keep rather than losing it', async () => {
    const client = clientIn(simulator);
    const id = await orderIn(client, { lines: LINES });
    const query = 'invoiceDate=2026-03-19&createOnAccount=WITH_VAT&amountOnAccount=100';
    assert.equal((await client.put(`/order/${id}/:invoice?${query}`)).status, 501);
  });
});

describe('orders', () => {
  test('refuse the only price on the other basis, or compute it where that is chosen', async () => {
    const client = clientIn(simulator, { language: 'en' });
    const customer = { id: idOf(await client.post('/customer', { name: 'K' })) };
    const line = { description: 'Vare', count: 1, unitPriceIncludingVatCurrency: 125 };
    const body = { customer, orderLines: [line] };
    assert.deepEqual((await client.post('/order', body)).problems, [
      'orderGroups.orderLines.unitPriceIncludingVatCurrency,' +
        'orderLines.unitPriceIncludingVatCurrency: The unit price must be exclusive VAT since ' +
        'the unit price on the order is exclusive VAT.',
    ]);
    simulator.setChoices({ priceOnOtherBasis: 'computed' });
    const made = await client.post('/order?fields=orderLines(*)', body);
    simulator.setChoices({ priceOnOtherBasis: 'refused' });
    assert.equal(rowsOf(made.value, 'orderLines')[0]?.['unitPriceExcludingVatCurrency'], 100);
  });

  test('are changed while they are open, with their lines only when it is said', async () => {
    const client = clientIn(simulator);
    const id = await orderIn(client, { lines: LINES });
    const body = { version: 0, reference: 'R', orderLines: [{ description: 'Ny', count: 1 }] };
    const kept = await client.put(`/order/${id}`, body);
    assert.equal(rowsOf(kept.value, 'orderLines').length, 2);
    assert.equal((await client.put(`/order/${id}`, body)).status, 409);
    const replaced = await client.put(`/order/${id}?updateLinesAndGroups=true`, {
      ...body,
      version: 1,
    });
    assert.equal(rowsOf(replaced.value, 'orderLines').length, 1);
  });

  test('get lines one by one, until they are invoiced', async () => {
    const client = clientIn(simulator);
    const id = await orderIn(client, { lines: [] });
    const line = { order: { id }, description: 'Vare', count: 1, unitPriceExcludingVatCurrency: 8 };
    const made = idOf(await client.post('/order/orderline', line));
    const changed = await client.put(`/order/orderline/${made}`, { count: 3 });
    assert.equal(changed.value['amountExcludingVatCurrency'], 24);
    await client.post('/order/orderline/list', [line, line]);
    assert.equal((await client.delete(`/order/orderline/${made}`)).status, 204);
    const path = `/order/${id}/:invoice?invoiceDate=2026-03-19&sendToCustomer=false`;
    assert.equal((await client.put(path)).value['amountExcludingVat'], 16);
    assert.equal((await client.post('/order/orderline', line)).status, 422);
    assert.equal((await client.delete(`/order/${id}`)).status, 422);
  });

  test('are found by what stands in their delivery comment', async () => {
    const client = clientIn(simulator);
    const more = { deliveryComment: 'Leveres. hub:shop:1001' };
    const id = await orderIn(client, { lines: LINES, more });
    const days = 'orderDateFrom=2026-03-01&orderDateTo=2026-04-01';
    const { values } = await client.get(`/order?${days}&deliveryComment=hub:shop:1001`);
    assert.deepEqual(
      values.map((one) => one['id']),
      [id],
    );
  });
});

describe('POST /invoice', () => {
  test('makes the order along with it, and nothing when it is refused', async () => {
    const client = clientIn(simulator);
    const customer = { id: idOf(await client.post('/customer', { name: 'K' })) };
    const order = { customer, orderLines: LINES };
    const body = { invoiceDate: '2026-03-19', invoiceDueDate: '2026-04-30', orders: [order] };
    const made = await client.post('/invoice?sendToCustomer=false', body);
    assert.equal(made.value['amount'], 614.87);
    assert.equal(made.value['invoiceDueDate'], '2026-04-30');
    client.company.set({ closedTo: '2026-03-31' });
    assert.equal((await client.post('/invoice?sendToCustomer=false', body)).status, 422);
    const days = 'orderDateFrom=2026-01-01&orderDateTo=2027-01-01';
    assert.equal((await client.get(`/order?${days}`)).values.length, 1);
  });

  test('takes a number of ours once', async () => {
    const client = clientIn(simulator);
    const customer = { id: idOf(await client.post('/customer', { name: 'K' })) };
    const body = {
      invoiceNumber: 5001,
      invoiceDate: '2026-03-19',
      invoiceDueDate: '2026-03-19',
      orders: [{ customer, orderLines: LINES }],
    };
    const made = await client.post('/invoice?sendToCustomer=false', body);
    assert.equal(made.value['invoiceNumber'], 5001);
    assert.equal((await client.post('/invoice?sendToCustomer=false', body)).status, 422);
  });
});

describe('payments', () => {
  test('meet the claim, close it when nothing is left, and are opened by a reversal', async () => {
    const client = clientIn(simulator);
    const invoice = await invoiceOf(client, { lines: LINES });
    assert.equal((await pay(client, invoice, 'paidAmount=600')).value['amountOutstanding'], 14.87);
    const paid = (await pay(client, invoice, 'paidAmount=14.87')).value;
    assert.equal(paid['amountOutstanding'], 0);
    assert.deepEqual(newest(client), [
      [1500, -14.87],
      [1920, 14.87],
    ]);
    const days = 'dateFrom=2026-01-01&dateTo=2027-01-01';
    const [group] = (await client.get(`/ledger/closeGroup?${days}`)).values;
    assert.equal(rowsOf(group ?? {}, 'postings').length, 3);
    const voucher = client.company.ledger().vouchers.at(-1)?.id;
    await client.put(`/ledger/voucher/${voucher}/:reverse?date=2026-03-21`);
    const after = await client.get(`/invoice/${numberOf(invoice, 'id')}`);
    assert.equal(after.value['amountOutstanding'], 14.87);
  });

  test('come with the invoice where both type and amount are given', async () => {
    const client = clientIn(simulator);
    const type = await paymentType(client);
    const more = `&paymentTypeId=${type}&paidAmount=614.87`;
    const invoice = await invoiceOf(client, { lines: LINES }, more);
    assert.equal(invoice['amountOutstanding'], 0);
  });

  // 100 EUR + 25 % = 125 EUR, at 11.22 = 1402.50. Paid 125 EUR at 11.71 = 1463.75: a gain of 61.25.
  test('of a foreign invoice leave a gain or a loss', async () => {
    const client = clientIn(simulator);
    client.company.set({ rates: { EUR: 11.22 } });
    const line = { description: 'Kurs', count: 1, unitPriceExcludingVatCurrency: 100 };
    const more = { currency: { id: 5 } };
    const invoice = await invoiceOf(client, { lines: [line], more });
    assert.equal(invoice['amountCurrency'], 125);
    assert.equal(invoice['amount'], 1402.5);
    assert.equal((await pay(client, invoice, 'paidAmount=1463.75')).status, 422);
    const paid = await pay(client, invoice, 'paidAmount=1463.75&paidAmountCurrency=125');
    assert.equal(paid.value['amountCurrencyOutstanding'], 0);
    assert.deepEqual(newest(client), [
      [1500, -1402.5],
      [1920, 1463.75],
      [8060, -61.25],
    ]);
  });
});

describe('credit notes', () => {
  test('take a whole invoice back, once', async () => {
    const client = clientIn(simulator);
    const invoice = await invoiceOf(client, { lines: LINES });
    const path = `/invoice/${numberOf(invoice, 'id')}/:createCreditNote`;
    const query = 'date=2026-03-20&sendToCustomer=false';
    const note = (await client.put(`${path}?${query}`)).value;
    assert.equal(note['amount'], -614.87);
    assert.equal(note['isCreditNote'], true);
    assert.equal(note['creditedInvoice'], invoice['id']);
    assert.equal(note['amountOutstanding'], 0);
    const original = (await client.get(`/invoice/${numberOf(invoice, 'id')}`)).value;
    assert.equal(original['isCredited'], true);
    assert.equal(original['amountOutstanding'], 0);
    assert.equal((await client.put(`${path}?${query}`)).status, 422);
    for (const { balance } of client.company.ledger().trialBalance) assert.equal(balance, 0);
    assert.deepEqual(client.company.outbox(), []);
  });

  test('of a paid invoice are owed back', async () => {
    const client = clientIn(simulator);
    const invoice = await invoiceOf(client, { lines: LINES });
    await pay(client, invoice, 'paidAmount=614.87');
    const query = 'date=2026-03-20&sendToCustomer=false';
    const path = `/invoice/${numberOf(invoice, 'id')}/:createCreditNote?${query}`;
    assert.equal((await client.put(path)).value['amountOutstanding'], -614.87);
  });
});

describe('kidOf', () => {
  // 0000136: doubled from the right 12, 3, 2, 0 …: 1+2 + 3 + 2 = 8, and 2 makes 10.
  test('ends in a check digit by the tens method', () => {
    assert.equal(kidOf(136), '00001362');
  });
});
