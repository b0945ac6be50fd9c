import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, type Company, type Reply } from '../test-client.ts';
import { textOf, type Fields } from '../wire/record.ts';
import type { TenantSeed } from '../tenant/seed.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => open());
after(() => simulator.stop());

async function open(seed: TenantSeed = {}): Promise<void> {
  company = companyIn(simulator, seed);
  await company.post('customers', { Customer: { Name: 'Kund', CustomerNumber: '1' } });
}

/** An invoice of 100.00 and VAT 25.00, dated 1 May. */
async function invoice(fields: Fields = {}): Promise<string> {
  const reply = await company.post('invoices', {
    Invoice: {
      CustomerNumber: '1',
      InvoiceDate: '2025-05-01',
      InvoiceRows: [{ Description: 'Stol', DeliveredQuantity: 1, Price: 100 }],
      ...fields,
    },
  });
  return textOf(reply.one('Invoice'), 'DocumentNumber');
}

async function booked(fields: Fields = {}): Promise<string> {
  const number = await invoice(fields);
  assert.equal((await company.put(`invoices/${number}/bookkeep`)).status, 200);
  return number;
}

function pay(InvoiceNumber: string, fields: Fields): Promise<Reply> {
  return company.post('invoicepayments', { InvoicePayment: { InvoiceNumber, ...fields } });
}

async function book(reply: Reply): Promise<Reply> {
  const number = textOf(reply.one('InvoicePayment'), 'Number');
  return company.put(`invoicepayments/${number}/bookkeep`);
}

async function read(number: string): Promise<unknown[]> {
  const { Balance, FinalPayDate } = (await company.get(`invoices/${number}`)).one('Invoice');
  return [Balance, FinalPayDate];
}

function lastVoucher(): (readonly [number, number])[] {
  const voucher = company.tenant.ledger().vouchers.at(-1);
  return (voucher?.rows ?? []).map(
    ({ account, debitOre, creditOre }) => [account, (debitOre - creditOre) / 100] as const,
  );
}

describe('payments of invoices', () => {
  test('lower the balance when they are booked, and end it', async () => {
    const number = await booked();
    const part = await pay(number, { AmountCurrency: 25, ModeOfPaymentAccount: 1910 });
    assert.equal(part.status, 201, part.text);
    assert.deepEqual(await read(number), [125, null]);
    assert.equal((await book(part)).one('InvoicePayment')['Booked'], true);
    assert.deepEqual(await read(number), [100, null]);
    await book(await pay(number, { Amount: 100, ModeOfPayment: 'BG', PaymentDate: '2025-05-12' }));
    assert.deepEqual(await read(number), [0, '2025-05-12']);
    assert.deepEqual(lastVoucher(), [
      [1930, 100],
      [1510, -100],
    ]);
    const voucher = company.tenant.ledger().vouchers.at(-1);
    assert.deepEqual([voucher?.series, voucher?.referenceType], ['C', 'INVOICEPAYMENT']);
  });

  test('may be more than the balance together, until they are booked', async () => {
    const number = await booked();
    const first = await pay(number, { Amount: 125 });
    const second = await pay(number, { Amount: 125 });
    assert.equal((await book(first)).status, 200);
    assert.equal((await book(second)).code, 2003055);
    assert.equal((await pay(number, { Amount: 1 })).code, 2003055);
  });

  test('are not booked for more than is left', async () => {
    const number = await booked();
    await book(await pay(number, { Amount: 100 }));
    assert.equal((await book(await pay(number, { Amount: 25.01 }))).code, 2003055);
    assert.deepEqual(await read(number), [25, null]);
  });

  test('need an invoice that is booked', async () => {
    assert.equal((await pay(await invoice(), { Amount: 1 })).code, 2009204);
    assert.equal((await pay('404', { Amount: 1 })).code, 2000434);
  });

  test('are dated between the invoice and the end of the last year', async () => {
    const number = await booked();
    const early = await pay(number, { Amount: 1, PaymentDate: '2025-04-30' });
    assert.equal(early.message, 'Betaldatum får inte vara före fakturadatum.');
    const late = await pay(number, { Amount: 1, PaymentDate: '2026-01-02' });
    assert.match(late.message, /^Angivet betaldatum måste vara inom fakturans räkenskapsår/);
    const year = { FinancialYear: { FromDate: '2026-01-01', ToDate: '2026-12-31' } };
    assert.equal((await company.post('financialyears', year)).status, 201);
    assert.equal((await pay(number, { Amount: 1, PaymentDate: '2026-01-02' })).status, 201);
  });

  test('can be changed and deleted until they are booked', async () => {
    const payment = await pay(await booked(), { Amount: 100 });
    const change = { InvoicePayment: { Amount: 125 } };
    const changed = await company.put('invoicepayments/1', change);
    assert.deepEqual(
      [changed.one('InvoicePayment')['Amount'], changed.one('InvoicePayment')['AmountCurrency']],
      [125, 125],
    );
    await book(payment);
    assert.equal((await company.put('invoicepayments/1', change)).status, 400);
    assert.equal((await company.delete('invoicepayments/1')).status, 400);
  });

  test('settle the rest by a write-off', async () => {
    const number = await booked();
    const WriteOffs = [{ AccountNumber: 3740, Amount: 0.4 }];
    assert.equal((await book(await pay(number, { Amount: 124.6, WriteOffs }))).status, 200);
    assert.deepEqual(await read(number), [0, '2025-05-14']);
    assert.deepEqual(lastVoucher(), [
      [1930, 124.6],
      [3740, 0.4],
      [1510, -125],
    ]);
  });

  test('of another rate than the invoice gain or lose', async () => {
    // 125.00 EUR is booked at 11.25 = 1 406.25 and paid at 11.00 = 1 375.00.
    const number = await booked({ Currency: 'EUR' });
    await book(await pay(number, { AmountCurrency: 125, CurrencyRate: 11 }));
    assert.deepEqual(lastVoucher(), [
      [1930, 1375],
      [1510, -1406.25],
      [7960, 31.25],
    ]);
  });

  test('of credit notes are negative', async () => {
    const number = await booked();
    await company.put(`invoices/${number}/credit`);
    await company.put('invoices/2/bookkeep');
    assert.equal((await pay('2', { Amount: 125 })).status, 400);
    assert.equal((await book(await pay('2', { Amount: -125 }))).status, 200);
    assert.deepEqual(await read('2'), [0, '2025-05-14']);
  });

  test('book income and VAT in a company on the cash method', async () => {
    await open({ method: 'CASH' });
    const number = await invoice();
    assert.equal((await company.put(`invoices/${number}/bookkeep`)).code, 2003007);
    assert.equal((await book(await pay(number, { Amount: 50 }))).status, 200);
    assert.deepEqual(lastVoucher(), [
      [1930, 50],
      [3001, -40],
      [2611, -10],
    ]);
    const paid = await book(await pay(number, { Amount: 75 }));
    assert.equal(paid.status, 200, paid.text);
    assert.deepEqual(await read(number), [0, '2025-05-14']);
  });
});

describe('supplier invoices', () => {
  beforeEach(() => company.post('suppliers', { Supplier: { Name: 'Lev', SupplierNumber: '9' } }));

  function receive(fields: Fields): Promise<Reply> {
    return company.post('supplierinvoices', {
      SupplierInvoice: { SupplierNumber: '9', ...fields },
    });
  }

  test('get the row of the debt, and are booked with it', async () => {
    const rows = [
      { Account: 4000, Debit: 60 },
      { Account: 5410, Debit: 40 },
      { Account: 2641, Code: 'VAT', Debit: 25 },
    ];
    const made = (await receive({ SupplierInvoiceRows: rows })).one('SupplierInvoice');
    assert.equal(
      Array.isArray(made['SupplierInvoiceRows']) && made['SupplierInvoiceRows'].length,
      4,
    );
    assert.deepEqual([made['Total'], made['Balance']], ['125', '125']);
    const booked = await company.put('supplierinvoices/1/bookkeep');
    assert.equal(booked.one('SupplierInvoice')['VoucherSeries'], 'D');
    assert.deepEqual(lastVoucher(), [
      [4000, 60],
      [5410, 40],
      [2641, 25],
      [2440, -125],
    ]);
    assert.equal((await company.put('supplierinvoices/1/cancel')).status, 400);
  });

  test('are made of total and VAT alone', async () => {
    await receive({ Total: '125', VAT: '25' });
    await company.put('supplierinvoices/1/bookkeep');
    assert.deepEqual(lastVoucher(), [
      [4000, 100],
      [2641, 25],
      [2440, -125],
    ]);
  });

  test('owe and deduct the VAT of a purchase in the EU', async () => {
    await receive({ Total: '100', VATType: 'EUINTERNAL', SalesType: 'SERVICE' });
    await company.put('supplierinvoices/1/bookkeep');
    assert.deepEqual(lastVoucher(), [
      [4000, 100],
      [2645, 25],
      [2614, -25],
      [2440, -100],
    ]);
    company.tenant.set({ predefinedAccounts: { CONSTRUCTION_DEB: null } });
    assert.equal((await receive({ Total: '100', VATType: 'REVERSE' })).code, 2003095);
  });

  test('are refused when their rows do not add up', async () => {
    const rows = [{ Account: 4000, Debit: 90 }];
    assert.equal((await receive({ Total: '100', SupplierInvoiceRows: rows })).code, 2000755);
    assert.equal((await receive({ Total: '100', OCR: '12345' })).status, 400);
  });

  test('wait for approval where the company wants it', async () => {
    company.tenant.set({ setup: { approvesSupplierInvoices: true } });
    await receive({ Total: '100' });
    assert.equal((await company.put('supplierinvoices/1/bookkeep')).status, 400);
    const pending = await company.get('supplierinvoices?filter=authorizepending');
    assert.equal(pending.all('SupplierInvoices').length, 1);
    await company.put('supplierinvoices/1/approvalbookkeep');
    assert.equal((await company.put('supplierinvoices/1/bookkeep')).status, 200);
  });

  test('are credited, and paid', async () => {
    await receive({ Total: '125', VAT: '25' });
    await company.put('supplierinvoices/1/bookkeep');
    await company.put('supplierinvoices/1/credit');
    const note = (await company.get('supplierinvoices/2')).one('SupplierInvoice');
    assert.deepEqual([note['Total'], note['Credit']], ['-125', true]);
    await company.put('supplierinvoices/2/bookkeep');
    assert.deepEqual(lastVoucher(), [
      [4000, -100],
      [2641, -25],
      [2440, 125],
    ]);
    await company.post('supplierinvoicepayments', {
      SupplierInvoicePayment: { InvoiceNumber: '1', Amount: 125 },
    });
    await company.put('supplierinvoicepayments/1/bookkeep');
    assert.deepEqual(lastVoucher(), [
      [1930, -125],
      [2440, 125],
    ]);
    const paid = await company.get('supplierinvoices?filter=fullypaid');
    assert.equal(paid.all('SupplierInvoices').length, 1);
    assert.equal(paid.all('SupplierInvoices')[0]?.['Cancel'], false);
  });
});
