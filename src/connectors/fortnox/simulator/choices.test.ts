import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DEFAULT_CHOICES } from './choices.ts';
import type { FortnoxSimulator } from './simulator.ts';
import { companyIn, startTestSimulator, voucherBody, type Company } from './test-client.ts';
import { rowsOf } from './wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(async () => {
  simulator.setChoices(DEFAULT_CHOICES);
  company = companyIn(simulator);
  await company.post('customers', { Customer: { Name: 'Kund' } });
});
after(() => simulator.stop());

describe('what the facts leave open can be chosen', () => {
  test('a limit above 500', async () => {
    assert.equal((await company.get('accounts?limit=1000')).code, 2000588);
    simulator.setChoices({ limitAbove500: 'capped' });
    assert.equal((await company.get('accounts?limit=1000')).all('Accounts').length, 500);
  });

  test('negative amounts on voucher rows', async () => {
    simulator.setChoices({ negativeVoucherAmounts: 'accepted' });
    const VoucherRows = [
      { Account: 1930, Debit: -5 },
      { Account: 3001, Credit: -5 },
    ];
    const reply = await company.post('vouchers', voucherBody({ VoucherRows }));
    const [row] = rowsOf(reply.one('Voucher'), 'VoucherRows');
    assert.equal(row?.['Debit'], -5);
    assert.deepEqual(company.tenant.ledger().problems, []);
  });

  test('the type of a contract reference', async () => {
    const make = async (): Promise<unknown> =>
      (await company.post('invoices', { Invoice: { CustomerNumber: '1' } })).one('Invoice')[
        'ContractReference'
      ];
    assert.equal(await make(), '0');
    simulator.setChoices({ contractReference: 'number' });
    assert.equal(await make(), 0);
  });

  test('rounding of totals, by the company', async () => {
    const invoice = {
      Invoice: {
        CustomerNumber: '1',
        InvoiceRows: [{ Description: 'a', DeliveredQuantity: 1, Price: 99.5 }],
      },
    };
    // 99.50 and 24.88 VAT are 124.38.
    const rounded = (await company.post('invoices', invoice)).one('Invoice');
    assert.deepEqual([rounded['Total'], rounded['RoundOff']], [124, -0.38]);
    company.tenant.set({ setup: { roundsOff: false } });
    const exact = (await company.post('invoices', invoice)).one('Invoice');
    assert.deepEqual([exact['Total'], exact['RoundOff']], [124.38, 0]);
  });
});
