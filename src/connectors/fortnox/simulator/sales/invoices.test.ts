import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, type Company, type Reply } from '../test-client.ts';
import { rowsOf, textOf, type Fields } from '../wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(async () => {
  company = companyIn(simulator);
  await company.post('customers', {
    Customer: { Name: 'Kund', CustomerNumber: '1', City: 'Lund', CountryCode: 'SE' },
  });
  await company.post('articles', {
    Article: { ArticleNumber: 'STOL', Description: 'Stol', Unit: 'st', VAT: 25 },
  });
});
after(() => simulator.stop());

async function invoice(fields: Fields = {}): Promise<Fields> {
  const reply = await company.post('invoices', {
    Invoice: {
      CustomerNumber: '1',
      InvoiceRows: [{ ArticleNumber: 'STOL', DeliveredQuantity: 2, Price: 100 }],
      ...fields,
    },
  });
  assert.equal(reply.status, 201, reply.text);
  return reply.one('Invoice');
}

function act(number: unknown, action: string): Promise<Reply> {
  return company.put(`invoices/${String(number)}/${action}`);
}

async function booked(fields: Fields = {}): Promise<Fields> {
  const { DocumentNumber } = await invoice(fields);
  const reply = await act(DocumentNumber, 'bookkeep');
  assert.equal(reply.status, 200, reply.text);
  return reply.one('Invoice');
}

/** Rows of the last voucher: account, debit, credit in kronor. */
function lastVoucher(): (readonly [number, number, number])[] {
  const voucher = company.tenant.ledger().vouchers.at(-1);
  return (voucher?.rows ?? []).map(
    ({ account, debitOre, creditOre }) => [account, debitOre / 100, creditOre / 100] as const,
  );
}

describe('the life of an invoice', () => {
  test('goes into series B when it is booked', async () => {
    const made = await booked();
    assert.deepEqual(
      [made['Booked'], made['VoucherSeries'], made['VoucherNumber'], made['VoucherYear']],
      [true, 'B', 1, 2],
    );
    assert.deepEqual(lastVoucher(), [
      [1510, 250, 0],
      [3001, 0, 200],
      [2611, 0, 50],
    ]);
    const voucher = await company.get('vouchers/B/1?financialyear=2');
    assert.equal(voucher.one('Voucher')['ReferenceType'], 'INVOICE');
    assert.equal(voucher.one('Voucher')['ReferenceNumber'], '1');
  });

  test('books freight, fee, every rate and the rounding', async () => {
    // Net 100.40 + 50.00; freight 20, fee 10; VAT 25.10 + 7.50 on fees + 6.00; sum 219.00.
    await booked({
      Freight: 20,
      AdministrationFee: 10,
      InvoiceRows: [
        { Description: 'a', DeliveredQuantity: 1, Price: 100.4 },
        { Description: 'b', DeliveredQuantity: 1, Price: 50, VAT: 12 },
      ],
    });
    assert.deepEqual(lastVoucher(), [
      [1510, 219, 0],
      [3001, 0, 100.4],
      [3002, 0, 50],
      [2611, 0, 25.1],
      [2621, 0, 6],
      [2611, 0, 7.5],
      [3520, 0, 20],
      [3540, 0, 10],
    ]);
  });

  test('books a foreign currency in kronor', async () => {
    // 200.00 + 50.00 EUR at 11.25.
    await booked({ Currency: 'EUR' });
    assert.deepEqual(lastVoucher(), [
      [1510, 2812.5, 0],
      [3001, 0, 2250],
      [2611, 0, 562.5],
    ]);
  });

  test('cannot be booked without an account for its fee', async () => {
    company.tenant.set({ predefinedAccounts: { ADMFEE: null } });
    const { DocumentNumber } = await invoice({ AdministrationFee: 30 });
    const reply = await act(DocumentNumber, 'bookkeep');
    assert.match(reply.message, /Förvalt konto för fakturaavgift saknas$/);
    assert.equal((await company.get('invoices/1')).one('Invoice')['Booked'], false);
  });

  test('is frozen once it is booked', async () => {
    const { DocumentNumber } = await booked();
    const put = await company.put(`invoices/${String(DocumentNumber)}`, {
      Invoice: { Comments: 'sen' },
    });
    assert.equal(put.status, 400);
    assert.equal((await act(DocumentNumber, 'bookkeep')).status, 400);
    assert.equal((await act(DocumentNumber, 'cancel')).status, 400);
    simulator.setChoices({ putOnBooked: 'references' });
    const reference = await company.put(`invoices/${String(DocumentNumber)}`, {
      Invoice: { ExternalInvoiceReference1: 'W-1' },
    });
    assert.equal(reference.one('Invoice')['ExternalInvoiceReference1'], 'W-1');
    simulator.setChoices({ putOnBooked: 'refused' });
  });

  test('ends when a draft is cancelled', async () => {
    const { DocumentNumber } = await invoice();
    assert.equal((await act(DocumentNumber, 'cancel')).one('Invoice')['Cancelled'], true);
    for (const action of ['bookkeep', 'credit', 'cancel']) {
      assert.equal((await act(DocumentNumber, action)).status, 400, action);
    }
    assert.deepEqual(company.tenant.ledger().vouchers, []);
  });

  test('is credited once, by a draft that is booked like any other', async () => {
    const draft = await invoice();
    assert.equal((await act(draft['DocumentNumber'], 'credit')).status, 400);
    await act(draft['DocumentNumber'], 'bookkeep');
    const original = (await act(draft['DocumentNumber'], 'credit')).one('Invoice');
    assert.equal(original['DocumentNumber'], draft['DocumentNumber']);
    const note = (await company.get(`invoices/${textOf(original, 'CreditInvoiceReference')}`)).one(
      'Invoice',
    );
    assert.deepEqual([note['Credit'], note['Booked'], note['Total']], ['true', false, -250]);
    assert.equal(rowsOf(note, 'InvoiceRows')[0]?.['DeliveredQuantity'], '-2');
    assert.equal((await act(draft['DocumentNumber'], 'credit')).status, 400);
    await act(note['DocumentNumber'], 'bookkeep');
    assert.deepEqual(lastVoucher(), [
      [1510, 0, 250],
      [3001, 200, 0],
      [2611, 50, 0],
    ]);
  });

  test('is credited to nothing also with a discount as an amount', async () => {
    // 2 × 100.00 less 30.00 is 170.00, and 212.50 with VAT: 213.00.
    const row = { Description: 'a', DeliveredQuantity: 2, Price: 100 };
    const { DocumentNumber, Total } = await booked({
      InvoiceRows: [{ ...row, Discount: 30, DiscountType: 'AMOUNT' }],
    });
    await act(DocumentNumber, 'credit');
    const note = (await company.get('invoices/2')).one('Invoice');
    assert.deepEqual([Total, note['Total']], [213, -213]);
  });

  test('waits for the warehouse where there is one', async () => {
    company.tenant.set({ setup: { hasWarehouse: true } });
    const { DocumentNumber, WarehouseReady } = await invoice();
    assert.equal(WarehouseReady, false);
    assert.equal((await act(DocumentNumber, 'bookkeep')).code, 2003498);
    assert.equal((await act(DocumentNumber, 'warehouseready')).status, 200);
    assert.equal((await act(DocumentNumber, 'bookkeep')).status, 200);
  });

  test('pays a cash invoice at once', async () => {
    const without = await invoice({ InvoiceType: 'CASHINVOICE' });
    assert.equal((await act(without['DocumentNumber'], 'bookkeep')).status, 400);
    const made = await booked({ InvoiceType: 'CASHINVOICE', PaymentWay: 'CARD' });
    assert.deepEqual([made['Balance'], made['FinalPayDate']], [0, '2025-05-14']);
    assert.deepEqual(lastVoucher()[0], [1580, 250, 0]);
  });

  test('is sent by reading it', async () => {
    const { DocumentNumber } = await invoice();
    const path = `invoices/${String(DocumentNumber)}`;
    const preview = await company.get(`${path}/preview`);
    assert.ok(preview.text.startsWith('%PDF'));
    assert.equal((await company.get(path)).one('Invoice')['Sent'], false);
    const wrong = await company.get(`${path}/print`, { accept: 'application/pdf' });
    assert.equal(wrong.code, 1000030);
    await company.get(`${path}/print`);
    assert.equal((await company.get(path)).one('Invoice')['Sent'], true);
    company.tenant.set({ company: { BG: '' } });
    assert.equal((await company.get(`${path}/email`)).message, 'Bankuppgifter saknas');
  });
});

describe('lists of invoices', () => {
  test('filter by state and find by reference', async () => {
    await booked({ ExternalInvoiceReference1: 'WOO-17' });
    await invoice({ ExternalInvoiceReference1: 'WOO-170' });
    const { DocumentNumber } = await invoice();
    await act(DocumentNumber, 'cancel');
    const numbers = async (query: string): Promise<unknown[]> =>
      (await company.get(`invoices?${query}`)).all('Invoices').map((one) => one['DocumentNumber']);
    assert.deepEqual(await numbers('filter=unbooked'), ['2']);
    assert.deepEqual(await numbers('filter=cancelled'), ['3']);
    assert.deepEqual(await numbers('filter=unpaid'), ['1', '2']);
    assert.deepEqual(await numbers('externalinvoicereference1=woo-17'), ['1', '2']);
    assert.deepEqual(await numbers('articlenumber=stol&accountnumberfrom=3002'), []);
    const [first] = (await company.get('invoices')).all('Invoices');
    assert.equal(first?.['CurrencyRate'], '1');
  });
});
