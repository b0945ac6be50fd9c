import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, voucherBody, type Company } from '../test-client.ts';
import { rowsOf, type Fields } from '../wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  company = companyIn(simulator);
});
after(() => simulator.stop());

function rows(...of: Fields[]): Fields {
  return voucherBody({ VoucherRows: of });
}

describe('POST vouchers', () => {
  test('numbers vouchers in their series and year', async () => {
    const first = await company.post('vouchers', voucherBody());
    const second = await company.post('vouchers', voucherBody());
    const before = await company.post('vouchers', voucherBody({ TransactionDate: '2024-12-31' }));
    assert.equal(first.one('Voucher')['VoucherNumber'], 1);
    assert.equal(second.one('Voucher')['VoucherNumber'], 2);
    assert.deepEqual(
      [before.one('Voucher')['VoucherNumber'], before.one('Voucher')['Year']],
      [1, 1],
    );
  });

  test('gives back what was entered, with the names of accounts', async () => {
    const reply = await company.post('vouchers', voucherBody({ Comments: 'nyckel 1' }, 1234.5));
    const voucher = reply.one('Voucher');
    assert.equal(voucher['Comments'], 'nyckel 1');
    assert.equal(voucher['Year'], 2);
    const [debit, credit] = rowsOf(voucher, 'VoucherRows');
    assert.deepEqual([debit?.['Account'], debit?.['Debit'], debit?.['Credit']], [1930, 1234.5, 0]);
    assert.equal(credit?.['Description'], 'Försäljning inom Sverige, 25 % moms');
  });

  test('goes to the year that is asked for, and refuses a date outside it', async () => {
    const wrong = await company.post('vouchers?financialyear=1', voucherBody());
    assert.equal(wrong.message, 'Datumet 2025-03-01 ligger utanför räkenskapsåret.');
    simulator.setChoices({ voucherYear: 'current' });
    const old = await company.post('vouchers', voucherBody({ TransactionDate: '2024-03-01' }));
    assert.equal(old.status, 400);
    simulator.setChoices({ voucherYear: 'by-date' });
  });

  const refusals: readonly (readonly [name: string, body: Fields, code: number])[] = [
    ['does not balance', rows({ Account: 1930, Debit: 1 }, { Account: 3001, Credit: 2 }), 2009115],
    ['has no rows', rows(), 2009116],
    ['has an unknown series', voucherBody({ VoucherSeries: 'ZZ' }), 2009002],
    ['has a series that is not manual', voucherBody({ VoucherSeries: 'B' }), 2009001],
    ['has an unknown account', rows({ Account: 1931, Debit: 0 }), 2001304],
    ['has no year', voucherBody({ TransactionDate: '2031-01-01' }), 2009112],
    ['has an unknown cost centre', voucherBody({ CostCenter: 'NO' }), 2009119],
    ['has both sides on a row', rows({ Account: 1930, Debit: 1, Credit: 1 }), 2009117],
    ['has a negative amount', rows({ Account: 1930, Debit: -1 }), 2009117],
  ];
  for (const [name, body, code] of refusals) {
    test(`refuses a voucher that ${name}`, async () => {
      const reply = await company.post('vouchers', body);
      assert.equal(reply.status, 400);
      assert.equal(reply.code, code);
      assert.deepEqual(company.tenant.ledger().vouchers, []);
    });
  }

  test('refuses a locked period, to the day', async () => {
    company.tenant.set({ lockedTo: '2025-03-01' });
    const locked = await company.post('vouchers', voucherBody());
    assert.equal(locked.code, 2000401);
    assert.match(locked.message, /har låst perioden t\.o\.m\. 2025-03-01/);
    const open = await company.post('vouchers', voucherBody({ TransactionDate: '2025-03-02' }));
    assert.equal(open.status, 201);
    const period = await company.get('settings/lockedperiod');
    assert.equal(period.one('LockedPeriod')['EndDate'], '2025-03-01');
  });

  test('refuses an inactive account', async () => {
    company.tenant.set({ accounts: [{ number: 3001, isActive: false }] });
    const reply = await company.post('vouchers', voucherBody());
    assert.equal(reply.code, 2000550);
    assert.equal(reply.message, 'Konto 3001 är inte aktivt.');
  });

  test('asks for the dimensions that an account requires', async () => {
    company.tenant.set({
      accounts: [{ number: 3001, costCenterSettings: 'MANDATORY' }],
      objects: {
        costcenters: [
          { Code: 'BUT', Active: true },
          { Code: 'OLD', Active: false },
        ],
      },
    });
    const missing = await company.post('vouchers', voucherBody());
    assert.match(missing.message, /^Kostnadsställe måste anges för konto/);
    const inactive = await company.post('vouchers', voucherBody({ CostCenter: 'OLD' }));
    assert.equal(inactive.code, 2000947);
    const reply = await company.post('vouchers', voucherBody({ CostCenter: 'BUT' }));
    const [row] = rowsOf(reply.one('Voucher'), 'VoucherRows');
    assert.equal(row?.['CostCenter'], 'BUT');
  });
});

describe('GET vouchers', () => {
  beforeEach(async () => {
    for (const date of ['2025-01-10', '2025-02-10', '2025-03-10']) {
      await company.post('vouchers', voucherBody({ TransactionDate: date, Comments: date }));
    }
    await company.post('vouchers', voucherBody({ TransactionDate: '2024-06-01' }));
  });

  test('lists those of the current year unless another is asked for', async () => {
    const current = await company.get('vouchers');
    assert.equal(current.all('Vouchers').length, 3);
    assert.deepEqual(current.one('MetaInformation'), {
      '@TotalResources': 3,
      '@TotalPages': 1,
      '@CurrentPage': 1,
    });
    assert.equal((await company.get('vouchers?financialyear=1')).all('Vouchers').length, 1);
    const byDate = await company.get('vouchers?financialyeardate=2024-12-24');
    assert.equal(byDate.all('Vouchers').length, 1);
  });

  test('bounds them by date, both days included', async () => {
    const reply = await company.get('vouchers?fromdate=2025-02-10&todate=2025-03-10');
    assert.deepEqual(
      reply.all('Vouchers').map((voucher) => voucher['VoucherNumber']),
      [2, 3],
    );
    assert.equal(reply.all('Vouchers')[0]?.['VoucherRows'], undefined);
  });

  test('leaves comments out where the list is chosen to lack them', async () => {
    assert.equal((await company.get('vouchers')).all('Vouchers')[0]?.['Comments'], '2025-01-10');
    simulator.setChoices({ commentsInVoucherList: 'absent' });
    const listed = (await company.get('vouchers')).all('Vouchers');
    assert.equal(listed.map((voucher) => 'Comments' in voucher)[0], false);
    simulator.setChoices({ commentsInVoucherList: 'shown' });
  });

  test('reads one by series and number, and sublists by series', async () => {
    const one = await company.get('vouchers/A/2?financialyear=2');
    assert.equal(one.one('Voucher')['TransactionDate'], '2025-02-10');
    assert.equal((await company.get('vouchers/A/9')).status, 404);
    assert.equal((await company.get('vouchers/sublist/A')).all('Vouchers').length, 3);
    assert.equal((await company.get('vouchers/sublist/B')).all('Vouchers').length, 0);
    assert.equal((await company.get('vouchers/sublist')).all('Vouchers').length, 3);
  });

  test('finds those entered since a minute', async () => {
    // It is 12:00 in Sweden.
    simulator.clock.advance(120_000);
    await company.post('vouchers', voucherBody());
    const since = await company.get('vouchers?lastmodified=2025-05-14%2012:02');
    assert.equal(since.all('Vouchers').length, 1);
    simulator.clock.advance(-120_000);
  });
});

describe('DELETE vouchers', () => {
  test('takes out the last of a series, and gives its number again', async () => {
    await company.post('vouchers', voucherBody());
    await company.post('vouchers', voucherBody());
    assert.equal((await company.delete('vouchers/A/1?financialyear=2')).status, 400);
    assert.equal((await company.delete('vouchers/A/2?financialyear=2')).status, 204);
    const next = await company.post('vouchers', voucherBody());
    assert.equal(next.one('Voucher')['VoucherNumber'], 2);
    assert.deepEqual(company.tenant.ledger().problems, []);
  });

  test('leaves alone what was made from a document', async () => {
    await company.post('customers', { Customer: { Name: 'Kund' } });
    await company.post('invoices', { Invoice: { CustomerNumber: '1', Freight: 10 } });
    await company.put('invoices/1/bookkeep');
    assert.equal((await company.delete('vouchers/B/1?financialyear=2')).status, 400);
  });
});

describe('what a client reads before it posts', () => {
  test('finds the year of a date', async () => {
    const reply = await company.get('financialyears?date=2024-02-29');
    assert.deepEqual(
      reply.all('FinancialYears').map((year) => [year['Id'], year['AccountingMethod']]),
      [[1, 'ACCRUAL']],
    );
    assert.equal(
      (await company.get('financialyears?date=2031-01-01')).all('FinancialYears').length,
      0,
    );
  });

  test('shows a series with its next number', async () => {
    await company.post('vouchers', voucherBody());
    const reply = await company.get('voucherseries/A?financialyeardate=2025-06-01');
    assert.equal(reply.one('VoucherSeries')['NextVoucherNumber'], 2);
    assert.equal(reply.one('VoucherSeries')['Manual'], true);
    const list = await company.get('voucherseries');
    assert.deepEqual(
      list.all('VoucherSeriesCollection').map((series) => series['Code']),
      ['A', 'B', 'C', 'D', 'E', 'L'],
    );
  });

  test('makes and changes a series of one year', async () => {
    const made = await company.post('voucherseries', {
      VoucherSeries: { Code: 'K', Description: 'Kassa' },
    });
    assert.equal(made.status, 201);
    assert.equal((await company.post('vouchers', voucherBody({ VoucherSeries: 'K' }))).status, 201);
    const old = voucherBody({ VoucherSeries: 'K', TransactionDate: '2024-05-05' });
    assert.equal((await company.post('vouchers', old)).code, 2009002);
    await company.put('voucherseries/K', { VoucherSeries: { Manual: false } });
    assert.equal(
      (await company.post('vouchers', voucherBody({ VoucherSeries: 'K' }))).code,
      2009001,
    );
  });

  test('shows an account of a year with its balance', async () => {
    await company.post('vouchers', voucherBody({}, 250));
    const one = await company.get('accounts/1930?financialyear=2');
    assert.equal(one.one('Account')['BalanceCarriedForward'], 250);
    assert.equal((await company.get('accounts/1931')).code, 2000423);
    const list = await company.get('accounts?limit=500&page=3');
    assert.equal(list.one('MetaInformation')['@TotalPages'], 3);
    const carried = list.all('Accounts').map((account) => 'BalanceCarriedForward' in account);
    assert.equal(carried[0], false);
  });

  test('adds, changes and deletes accounts of one year', async () => {
    const body = { Account: { Number: 3041, Description: 'Försäljning tjänster', VATCode: 'MP1' } };
    assert.equal((await company.post('accounts?financialyear=2', body)).status, 201);
    assert.equal((await company.get('accounts/3041?financialyear=1')).status, 404);
    await company.put('accounts/3041', { Account: { Active: false } });
    assert.equal((await company.get('accounts/3041')).one('Account')['Active'], false);
    assert.equal((await company.delete('accounts/3041')).status, 204);
    await company.post('vouchers', voucherBody());
    assert.equal((await company.delete('accounts/1930')).status, 400);
  });
});
