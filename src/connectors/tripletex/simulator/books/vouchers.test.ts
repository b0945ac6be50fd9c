import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import type { TripletexSimulator } from '../simulator.ts';
import { clientIn, idOf, startTestSimulator, type Client, type Reply } from '../test-client.ts';
import { rowsOf, type Fields } from '../wire/record.ts';

let simulator: TripletexSimulator;
before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.stop());

type Row = readonly [account: number, amount: number, more?: Fields];

async function bodyOf(client: Client, rows: readonly Row[], more: Fields = {}): Promise<Fields> {
  const postings: Fields[] = [];
  for (const [index, [number, amount, about = {}]] of rows.entries()) {
    const account = { id: await client.account(number) };
    const amounts = { amountGross: amount, amountGrossCurrency: amount };
    postings.push({ row: index + 1, account, ...amounts, ...about });
  }
  return { date: '2026-03-19', description: 'Dagsoppgjør', postings, ...more };
}

async function post(client: Client, rows: readonly Row[], more: Fields = {}): Promise<Reply> {
  return client.post('/ledger/voucher', await bodyOf(client, rows, more));
}

const SALE: readonly Row[] = [
  [1920, 1250],
  [3000, -1250, { vatType: { id: 3 } }],
];

describe('POST /ledger/voucher', () => {
  // 1 250 with 25 % in it: 1 000 and 250.
  test('splits VAT off the gross amount on a row of its own', async () => {
    const client = clientIn(simulator);
    const id = idOf(await post(client, SALE));
    const fields = 'postings(row,amount,amountGross,systemGenerated,account(number))';
    const { value } = await client.get(`/ledger/voucher/${id}?fields=${fields}`);
    assert.deepEqual(rowsOf(value, 'postings'), [
      {
        account: { number: 1920 },
        amount: 1250,
        amountGross: 1250,
        row: 1,
        systemGenerated: false,
      },
      {
        account: { number: 3000 },
        amount: -1000,
        amountGross: -1250,
        row: 2,
        systemGenerated: false,
      },
      { account: { number: 2700 }, amount: -250, amountGross: -250, row: 0, systemGenerated: true },
    ]);
  });

  test('numbers each year anew, without gaps', async () => {
    const client = clientIn(simulator);
    const numberOf = async (date: string) => (await post(client, SALE, { date })).value['number'];
    assert.equal(await numberOf('2026-01-02'), 1);
    assert.equal(await numberOf('2025-12-31'), 1);
    assert.equal(await numberOf('2026-01-01'), 2);
    assert.equal((await post(client, [[1920, 1]])).status, 422);
    assert.equal(await numberOf('2026-01-01'), 3);
    assert.deepEqual(client.company.ledger().problems, []);
  });

  test('waits for approval with sendToLedger=false, and can go then', async () => {
    const client = clientIn(simulator, { maySendToLedger: false });
    const body = await bodyOf(client, SALE);
    assert.equal((await client.post('/ledger/voucher', body)).status, 403);
    const made = await client.post('/ledger/voucher?sendToLedger=false', body);
    assert.equal(made.value['number'], 0);
    assert.deepEqual(client.company.ledger().vouchers, []);
    const path = `/ledger/voucher/${idOf(made)}`;
    client.company.set({ maySendToLedger: true });
    assert.equal((await client.put(`${path}/:sendToLedger?version=9`)).status, 409);
    assert.equal((await client.put(`${path}/:sendToLedger?version=0`)).value['number'], 1);
    assert.equal((await client.delete(path)).status, 422);
    const other = await client.post('/ledger/voucher?sendToLedger=false', body);
    assert.equal((await client.delete(`/ledger/voucher/${idOf(other)}`)).status, 204);
  });

  test('is found by its external number, which is short and not unique', async () => {
    const client = clientIn(simulator);
    const externalVoucherNumber = 'hub:till:2026-03-19';
    const first = idOf(await post(client, SALE, { externalVoucherNumber }));
    const second = idOf(await post(client, SALE, { externalVoucherNumber }));
    const path = '/ledger/voucher/%3EexternalVoucherNumber?externalVoucherNumber=';
    const { values } = await client.get(path + externalVoucherNumber);
    assert.deepEqual(
      values.map((one) => one['id']),
      [first, second],
    );
    const long = await post(client, SALE, { externalVoucherNumber: 'x'.repeat(71) });
    assert.equal(long.status, 422);
  });

  test('stays out of closed periods, inactive accounts and days beyond the years', async () => {
    const client = clientIn(simulator);
    client.company.set({ closedTo: '2026-02-28' });
    assert.equal((await post(client, SALE, { date: '2026-02-28' })).status, 422);
    assert.equal((await post(client, SALE, { date: '2026-03-01' })).status, 201);
    assert.equal((await post(client, SALE, { date: '2031-03-01' })).status, 422);
    const [period] = (
      await client.get('/ledger/accountingPeriod?startFrom=2026-02-01&startTo=2026-03-01')
    ).values;
    assert.equal(period?.['isClosed'], true);
    client.company.set({ accounts: { 3000: { isInactive: true } } });
    assert.equal((await post(client, SALE)).status, 422);
  });

  test('sums to zero on each day and on each row that several share', async () => {
    const client = clientIn(simulator);
    const days: readonly Row[] = [
      [1920, 100, { date: '2026-03-18' }],
      [1900, -100],
    ];
    assert.equal((await post(client, days)).problems.length, 2);
    const rows: readonly Row[] = [
      [1920, 100, { row: 1 }],
      [1900, -60, { row: 1 }],
      [1909, -40, { row: 2 }],
    ];
    assert.equal((await post(client, rows)).status, 422);
  });

  test('asks for department and project where the account does', async () => {
    const client = clientIn(simulator);
    client.company.set({ accounts: { 3000: { requiresDepartment: true, requiresProject: true } } });
    assert.deepEqual((await post(client, SALE)).problems, [
      'postings.department.id: Feltet må fylles ut.',
      'postings.project.id: Feltet må fylles ut.',
    ]);
  });

  test('copies the currency amount and takes the account’s VAT where that is chosen', async () => {
    const client = clientIn(simulator);
    const rows: readonly Row[] = [
      [1920, 125, { amountGrossCurrency: null }],
      [3000, -125, { amountGrossCurrency: null }],
    ];
    assert.equal((await post(client, rows)).status, 422);
    simulator.setChoices({ omittedCurrencyAmount: 'copied', omittedVatType: 'account' });
    assert.equal((await post(client, rows)).status, 201);
    simulator.setChoices({ omittedCurrencyAmount: 'refused', omittedVatType: 'none' });
    assert.deepEqual(
      client.company.ledger().trialBalance.map(({ account, balance }) => [account, balance]),
      [
        [1920, 125],
        [2700, -25],
        [3000, -100],
      ],
    );
  });
});

describe('a voucher', () => {
  test('is reversed once, and both point at each other', async () => {
    const client = clientIn(simulator);
    const id = idOf(await post(client, SALE));
    const path = `/ledger/voucher/${id}/:reverse`;
    const reversal = await client.put(`${path}?date=2026-03-20`);
    assert.notEqual(idOf(reversal), id);
    assert.equal((await client.get(`/ledger/voucher/${id}`)).body['value'] !== null, true);
    assert.equal((await client.put(`${path}?date=2026-03-20`)).status, 422);
    for (const { balance } of client.company.ledger().trialBalance) assert.equal(balance, 0);
    simulator.setChoices({ reverseAnswer: 'original' });
    const other = idOf(await post(client, SALE));
    const answered = await client.put(`/ledger/voucher/${other}/:reverse?date=2026-03-20`);
    simulator.setChoices({ reverseAnswer: 'new' });
    assert.equal(idOf(answered), other);
  });

  test('takes attachments, one behind the other, of four formats', async () => {
    const client = clientIn(simulator);
    const path = `/ledger/voucher/${idOf(await post(client, SALE))}/attachment`;
    const bytes = new TextEncoder().encode('%PDF-1.4\n%%EOF\n');
    assert.equal((await client.upload(path, { name: 'z.txt', bytes: bytes.slice(1) })).status, 422);
    assert.equal((await client.upload(path, { name: 'z.pdf', bytes })).status, 201);
    const { value } = await client.upload(path, { name: 'mer.pdf', bytes });
    const id = (value['attachment'] as Fields)['id'];
    assert.equal((await client.get(`/document/${String(id)}`)).value['size'], 30);
    const { text } = await client.get(`/document/${String(id)}/content`);
    assert.equal(text, '%PDF-1.4\n%%EOF\n%PDF-1.4\n%%EOF\n');
    assert.equal((await client.delete(path)).status, 204);
  });

  test('of the kind for suppliers makes a supplier invoice', async () => {
    const client = clientIn(simulator);
    const supplier = { id: idOf(await client.post('/supplier', { name: 'Leverandør AS' })) };
    const [type] = (await client.get('/ledger/voucherType?name=Leverandørfaktura')).values;
    const rows: readonly Row[] = [
      [6300, 1250, { vatType: { id: 1 }, supplier }],
      [2400, -1250, { supplier }],
    ];
    const more = { voucherType: { id: type?.['id'] ?? null }, vendorInvoiceNumber: 'F-17' };
    await post(client, rows, more);
    const days = 'invoiceDateFrom=2026-03-01&invoiceDateTo=2026-04-01';
    const [invoice] = (await client.get(`/supplierInvoice?${days}&invoiceNumber=F-17`)).values;
    assert.equal(invoice?.['amount'], 1250);
    assert.equal(invoice?.['amountExcludingVat'], 1000);
  });
});

describe('the ledger', () => {
  test('tells what each account held, moved by and holds', async () => {
    const client = clientIn(simulator);
    await post(client, SALE, { date: '2026-01-31' });
    await post(client, SALE, { date: '2026-02-28' });
    const query = 'dateFrom=2026-02-01&dateTo=2026-03-01';
    const { values } = await client.get(`/ledger?${query}&fields=*,account(number)`);
    const [bank] = values;
    assert.deepEqual(bank?.['account'], { number: 1920 });
    assert.deepEqual(
      [bank?.['openingBalance'], bank?.['sumAmount'], bank?.['closingBalance']],
      [1250, 1250, 2500],
    );
    assert.equal((await client.get(`/ledger/posting?${query}`)).values.length, 3);
  });

  test('is proven by hledger', { skip: skipWithoutHledger() }, async () => {
    const client = clientIn(simulator);
    await post(client, SALE);
    await post(client, SALE, { date: '2026-02-01', description: 'a; b | c' });
    const input = client.company.journal();
    assert.doesNotThrow(() => execFileSync('hledger', ['-f', '-', 'check'], { input }));
    const wrong = input.replace('1250.00 NOK', '1250.01 NOK');
    const options = { input: wrong, stdio: 'pipe' } as const;
    assert.throws(() => execFileSync('hledger', ['-f', '-', 'check'], options));
  });
});

function skipWithoutHledger(): string | false {
  try {
    execFileSync('hledger', ['--version'], { stdio: 'pipe' });
    return false;
  } catch {
    return 'skipped: hledger is not installed';
  }
}
