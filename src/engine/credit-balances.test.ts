import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dayReport } from '../testing/day-reports.ts';
import { creditPurchases, customer, purchase } from '../testing/invoices.ts';
import { creditBalances } from './credit-balances.ts';

const none = { creditLimit: null };
const café = { number: '9999', name: 'Lilla Caféet HB', balance: 0n, overdue: 0n, ...none };
const haulier = {
  ...{ number: '10044', name: 'Åkeriet Öst AB', balance: 1_000_000n, overdue: 500_000n },
  ...none,
};

describe('creditBalances', () => {
  test('keeps those who owe nothing, in the order of their numbers', () => {
    assert.deepEqual(creditBalances([haulier, café], []), [café, haulier]);
  });

  test('adds what is bought and not invoiced yet, which is not overdue', () => {
    // 10 000 + 2 500 + 2 530
    assert.deepEqual(creditBalances([haulier], [creditPurchases(), dayReport()]), [
      { ...haulier, balance: 1_503_000n },
    ]);
  });

  test('knows a customer who has bought before the ledger does', () => {
    const builder = { ...creditPurchases().customer, number: '10060', name: 'Bygg i Ö-vik' };
    const returned = creditPurchases({ customer: builder, purchases: [purchase('2-1', '-250')] });
    assert.deepEqual(creditBalances([], [returned]), [
      { number: '10060', name: 'Bygg i Ö-vik', balance: -25_000n, overdue: 0n, creditLimit: null },
    ]);
  });

  test('tells the limit of a customer whose card has come, whether they have bought or not', () => {
    const card = customer({ number: '10051', name: 'Lilla Caféet HB' });
    assert.deepEqual(creditBalances([haulier], [customer(), card]), [
      { ...haulier, creditLimit: 2_000_000n },
      {
        ...{ number: '10051', name: 'Lilla Caféet HB', balance: 0n, overdue: 0n },
        creditLimit: 2_000_000n,
      },
    ]);
  });
});
