import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, type Company, type Reply } from '../test-client.ts';
import { textOf, type Fields } from '../wire/record.ts';

let simulator: FortnoxSimulator;
before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.stop());

/** Something a client might do, sensible or not. */
type Deed = {
  readonly method: 'post' | 'put' | 'delete' | 'settle';
  readonly path: string;
  readonly body?: Fields;
};

const amount = fc.integer({ min: -50_000, max: 500_000 }).map((ore) => ore / 100);
const price = fc.integer({ min: 0, max: 99_999 }).map((ore) => ore / 1000);
const quantity = fc.integer({ min: -300, max: 900 }).map((hundredths) => hundredths / 100);
const date = fc.constantFrom('2024-12-31', '2025-01-01', '2025-03-31', '2025-05-14', '2026-01-01');
const number = fc.integer({ min: 1, max: 6 });
const account = fc.constantFrom(1910, 1930, 2440, 2641, 3001, 3740, 4000, 6570, 8310, 1931);

const positive = fc.integer({ min: 0, max: 500_000 }).map((ore) => ore / 100);
const voucherRow = fc.oneof(
  fc.record({ Account: account, Debit: positive }),
  fc.record({ Account: account, Credit: positive }),
);

/** Three in four are balanced by their last row. */
const voucher = fc
  .record({
    rows: fc.array(voucherRow, { maxLength: 6 }),
    TransactionDate: date,
    isEven: fc.constantFrom(true, true, true, false),
  })
  .map(({ rows, TransactionDate, isEven }): Deed => {
    const ore = rows.reduce((sum, row) => sum + oreOfRow(row), 0);
    const last = { Account: 1930, [ore > 0 ? 'Credit' : 'Debit']: Math.abs(ore) / 100 };
    const VoucherRows = isEven ? [...rows, last] : rows;
    const fields = { Description: 'v', TransactionDate, VoucherSeries: 'A', VoucherRows };
    return { method: 'post', path: 'vouchers', body: { Voucher: fields } };
  });

function oreOfRow(row: Fields): number {
  return Math.round((Number(row['Debit'] ?? 0) - Number(row['Credit'] ?? 0)) * 100);
}

const invoice = fc
  .record({
    Currency: fc.constantFrom('SEK', 'EUR'),
    CurrencyRate: fc.constantFrom(1, 11.2345, 0.97),
    Freight: price,
    AdministrationFee: price,
    InvoiceDate: date,
    VATIncluded: fc.boolean(),
    InvoiceType: fc.constantFrom('INVOICE', 'CASHINVOICE'),
    PaymentWay: fc.constantFrom('CASH', 'CARD'),
    CustomerNumber: fc.constantFrom('1', '2'),
    InvoiceRows: fc.array(
      fc.record({
        Description: fc.constant('vara'),
        DeliveredQuantity: quantity,
        Price: price,
        VAT: fc.constantFrom(25, 12, 6, 0),
        Discount: fc.integer({ min: 0, max: 100 }),
        DiscountType: fc.constantFrom('PERCENT', 'AMOUNT'),
      }),
      { maxLength: 5 },
    ),
  })
  .map((Invoice): Deed => ({ method: 'post', path: 'invoices', body: { Invoice } }));

const supplierInvoice = fc
  .record({
    SupplierNumber: fc.constant('1'),
    InvoiceDate: date,
    Currency: fc.constantFrom('SEK', 'EUR'),
    Total: amount,
    VAT: amount,
    Freight: price,
    VATType: fc.constantFrom('NORMAL', 'EUINTERNAL', 'REVERSE'),
    SalesType: fc.constantFrom('STOCK', 'SERVICE'),
  })
  .map((SupplierInvoice): Deed => ({
    method: 'post',
    path: 'supplierinvoices',
    body: { SupplierInvoice },
  }));

const payment = fc
  .record({
    kind: fc.constantFrom('InvoicePayment', 'SupplierInvoicePayment'),
    InvoiceNumber: number,
    AmountCurrency: amount,
    CurrencyRate: fc.constantFrom(1, 10.5),
    PaymentDate: date,
    WriteOffs: fc.array(fc.record({ AccountNumber: account, Amount: amount }), { maxLength: 2 }),
  })
  .map(({ kind, ...fields }): Deed => ({
    method: 'post',
    path: `${kind.toLowerCase()}s`,
    body: { [kind]: fields },
  }));

const action = fc
  .record({
    on: fc.constantFrom(
      'invoices/N/bookkeep',
      'invoices/N/bookkeep',
      'invoices/N/credit',
      'invoices/N/cancel',
      'supplierinvoices/N/bookkeep',
      'supplierinvoices/N/credit',
      'invoicepayments/N/bookkeep',
      'supplierinvoicepayments/N/bookkeep',
    ),
    n: number,
  })
  .map(({ on, n }): Deed => ({ method: 'put', path: on.replace('N', String(n)) }));

/** Bookkeeps an invoice, pays what is left of it, and bookkeeps the payment. */
const settling = fc
  .record({ kind: fc.constantFrom('invoice', 'supplierinvoice'), n: number })
  .map(({ kind, n }): Deed => ({ method: 'settle', path: `${kind}s/${n}` }));

const erasing = number.map((n): Deed => ({ method: 'delete', path: `vouchers/A/${n}` }));

/** Six of each document, so that there is something to act on, and then anything. */
const deeds = fc
  .tuple(
    fc.array(invoice, { minLength: 6, maxLength: 6 }),
    fc.array(supplierInvoice, { minLength: 6, maxLength: 6 }),
    fc.array(fc.oneof(voucher, payment, action, action, settling, erasing), {
      minLength: 40,
      maxLength: 60,
      size: 'max',
    }),
  )
  .map((parts): Deed[] => parts.flat());

async function open(method: 'ACCRUAL' | 'CASH'): Promise<Company> {
  const company = companyIn(simulator, { method });
  await company.post('customers', { Customer: { Name: 'A', CustomerNumber: '1' } });
  await company.post('customers', {
    Customer: { Name: 'B', CustomerNumber: '2', VATType: 'EXPORT' },
  });
  await company.post('suppliers', { Supplier: { Name: 'L', SupplierNumber: '1' } });
  return company;
}

async function does(company: Company, deed: Deed): Promise<void> {
  const { method, path, body } = deed;
  const reply = await (method === 'settle' ? settle(company, path) : send(company, deed));
  assert.ok(reply.status < 500, `${method} ${path} ${JSON.stringify(body)}: ${reply.text}`);
  assert.deepEqual(company.tenant.ledger().problems, [], `${method} ${path}`);
}

function send(company: Company, { method, path, body }: Deed): Promise<Reply> {
  if (method === 'delete') return company.delete(path);
  return method === 'put' ? company.put(path, body) : company.post(path, body);
}

async function settle(company: Company, path: string): Promise<Reply> {
  await company.put(`${path}/bookkeep`);
  const read = await company.get(path);
  const single = path.startsWith('supplier') ? 'SupplierInvoice' : 'Invoice';
  const InvoiceNumber = path.split('/')[1];
  const AmountCurrency = read.one(single)['Balance'];
  const made = await company.post(`${single.toLowerCase()}payments`, {
    [`${single}Payment`]: { InvoiceNumber, AmountCurrency },
  });
  const number = textOf(made.one(`${single}Payment`), 'Number');
  return number === '' ? made : company.put(`${single.toLowerCase()}payments/${number}/bookkeep`);
}

/** Reads a SIE file as far as a proof needs: by the words of its lines, knowing nothing else. */
function prove(bytes: Uint8Array): { readonly vouchers: number } {
  const moved = new Map<string, number>();
  const ends = new Map<string, number>();
  let vouchers = 0;
  let voucherOre = 0;
  for (const line of iconv.decode(Buffer.from(bytes), 'cp437').split('\r\n')) {
    const words = line.match(/"(?:\\"|[^"])*"|\{[^}]*\}|\S+/g) ?? [];
    const ore = (at: number): number => Math.round(Number(words[at]) * 100);
    const add = (sums: Map<string, number>, key: string, by: number): void =>
      void sums.set(key, (sums.get(key) ?? 0) + by);
    if (words[0] === '#VER') voucherOre = 0;
    if (words[0] === '#TRANS') {
      voucherOre += ore(3);
      add(moved, words[1] ?? '', ore(3));
    }
    if (words[0] === '}') {
      vouchers += 1;
      assert.equal(voucherOre, 0, line);
    }
    if (words[0] === '#IB' && words[1] === '0') add(ends, words[2] ?? '', -ore(3));
    if (words[0] === '#UB' && words[1] === '0') add(ends, words[2] ?? '', ore(3));
    if (words[0] === '#RES' && words[1] === '0') add(ends, words[2] ?? '', ore(3));
  }
  for (const account of new Set([...moved.keys(), ...ends.keys()])) {
    assert.equal(ends.get(account) ?? 0, moved.get(account) ?? 0, `account ${account}`);
  }
  return { vouchers };
}

describe('the ledger', () => {
  for (const method of ['ACCRUAL', 'CASH'] as const) {
    test(`balances after anything a client does (${method})`, async () => {
      let entered = 0;
      await fc.assert(
        fc.asyncProperty(deeds, async (all) => {
          const company = await open(method);
          for (const deed of all) await does(company, deed);
          const ledger = company.tenant.ledger();
          const proofs = [1, 2].map((year) => prove(company.tenant.sie({ year })));
          const proven = proofs.reduce((sum, proof) => sum + proof.vouchers, 0);
          assert.equal(proven, ledger.vouchers.length);
          entered += proven;
        }),
        { numRuns: 40, seed: 20_250_514 },
      );
      assert.ok(entered > 400, `${entered} vouchers were entered in all`);
    });
  }
});
