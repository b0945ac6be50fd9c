import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import { withTripletex } from './bench-for-test.ts';
import type { StateChange } from './simulator/server/state-change.ts';

const MAY = { from: day('2026-05-31'), to: day('2026-05-31') };

async function cardAfter(
  change: StateChange,
  settings: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  let card: readonly string[] = [];
  await withTripletex({ settings }, async ({ target }, { company }) => {
    company.set(change);
    const items = await target.examine(MAY, [null]);
    card = items
      .filter(({ state }) => state !== 'ok')
      .map(({ code, state, facts }) => [state, code, ...Object.values(facts)].join(' '));
  });
  return card;
}

describe('examine', () => {
  test('has nothing to say of a company that is as it should be', async () => {
    assert.deepEqual(await cardAfter({}), []);
  });

  test('names the last day of the months that are closed', async () => {
    assert.deepEqual(await cardAfter({ closedTo: '2026-05-31' }), [
      'problem lock-stops Tripletex 2026-05-31 2026-05-31',
    ]);
    assert.deepEqual(await cardAfter({ closedTo: '2026-04-30' }), []);
  });

  test('says that vouchers with VAT are refused where the company is not registered', async () => {
    assert.deepEqual(await cardAfter({ isVatRegistered: false }), [
      'warning vat-not-registered Tripletex VAT_NOT_REGISTERED',
    ]);
  });

  test('names a kind of voucher that is gone', async () => {
    assert.deepEqual(await cardAfter({ voucherTypes: { Kassebilag: false } }), [
      'problem voucher-kind-missing Tripletex Kassebilag',
    ]);
  });

  test('says what would stop invoices', async () => {
    assert.deepEqual(await cardAfter({ bankAccountNumber: null }), [
      'warning invoice-account-missing Tripletex',
    ]);
    const accounts = { 1920: { isInvoiceAccount: false } };
    assert.deepEqual(await cardAfter({ accounts }), ['warning invoice-account-missing Tripletex']);
  });

  test('names a leader of projects and collective parties that there are not', async () => {
    const settings = { projectManager: 'ola@example.test', collectiveCustomer: '9000' };
    assert.deepEqual(await cardAfter({}, { ...settings, collectiveSupplier: '9001' }), [
      'warning project-leader-unknown Tripletex ola@example.test',
      'warning collective-customer-unknown Tripletex 9000',
      'warning collective-supplier-unknown Tripletex 9001',
    ]);
    const known = { projectManager: 'anne.administrator@example.test', collectiveCustomer: '9000' };
    const customers = [{ name: 'Diverse', customerNumber: 9000 }];
    assert.deepEqual(await cardAfter({ customers }, known), []);
  });

  test("names an accountant's client that the login does not have", async () => {
    await withTripletex({ settings: { clientCompany: '999999' } }, async ({ target }) => {
      const items = await target.examine(MAY, [null]);
      assert.deepEqual(
        items.map(({ code, state }) => `${state} ${code}`),
        ['problem connection'],
      );
    });
  });
});
