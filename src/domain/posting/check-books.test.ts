import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, dayReport } from '../../testing/day-reports.ts';
import { UNKNOWN_BOOKS, type Books, type LedgerAccount } from '../books.ts';
import { day } from '../date.ts';
import { checkAgainstBooks, unbookableAccounts } from './check-books.ts';
import { postDayReport } from './rules/day-report.ts';
import type { Voucher } from './voucher.ts';

function voucherOf(departments = {}): Voucher {
  const outcome = postDayReport(dayReport(), choices({ series: 'K', departments }));
  assert.equal(outcome.kind, 'vouchers');
  const [voucher] = outcome.vouchers;
  assert.ok(voucher);
  return voucher;
}

const OPEN: LedgerAccount = { name: '', active: true, costCentre: 'allowed', project: 'allowed' };
const ALL = { '3001': OPEN, '2611': OPEN, '1580': OPEN, '1910': OPEN };
const BOOKS: Books = {
  years: [{ id: '1', from: day('2026-01-01'), to: day('2026-12-31') }],
  accounts: { '1': ALL },
  series: { K: { manual: true } },
  lockedTo: null,
  costCentres: { HYG: { active: true } },
  projects: {},
};

describe('checkAgainstBooks', () => {
  test('has nothing against a voucher that the ledger will take', () => {
    assert.deepEqual(checkAgainstBooks(voucherOf(), BOOKS), []);
  });

  test('has nothing against what it knows nothing of', () => {
    assert.deepEqual(checkAgainstBooks(voucherOf(), UNKNOWN_BOOKS), []);
  });

  test('names every account that is missing or not active, once', () => {
    const accounts = { '1': { '3001': OPEN, '2611': { ...OPEN, active: false } } };
    assert.deepEqual(checkAgainstBooks(voucherOf(), { ...BOOKS, accounts }), [
      { code: 'account-inactive', account: '2611', role: 'vat.25' },
      { code: 'account-unknown', account: '1580', role: 'tender.card' },
      { code: 'account-unknown', account: '1910', role: 'tender.cash' },
    ]);
  });

  test('refuses a day that is locked, and the last locked day', () => {
    for (const lockedTo of ['2026-05-04', '2026-05-31']) {
      const [refusal] = checkAgainstBooks(voucherOf(), { ...BOOKS, lockedTo: day(lockedTo) });
      assert.deepEqual(refusal, { code: 'period-locked', date: '2026-05-04', lockedTo });
    }
    assert.deepEqual(checkAgainstBooks(voucherOf(), { ...BOOKS, lockedTo: day('2026-05-03') }), []);
  });

  test('refuses a day without a financial year', () => {
    const years = [{ id: '1', from: day('2025-01-01'), to: day('2025-12-31') }];
    assert.deepEqual(checkAgainstBooks(voucherOf(), { ...BOOKS, years }), [
      { code: 'year-missing', date: '2026-05-04' },
    ]);
  });

  test('refuses a series that is unknown or takes nothing from outside', () => {
    assert.deepEqual(checkAgainstBooks(voucherOf(), { ...BOOKS, series: {} }), [
      { code: 'series-unknown', series: 'K' },
    ]);
    assert.deepEqual(
      checkAgainstBooks(voucherOf(), { ...BOOKS, series: { K: { manual: false } } }),
      [{ code: 'series-not-manual', series: 'K' }],
    );
  });

  test('asks for the cost centre that an account demands, and for one that exists', () => {
    const demanding = { '1': { ...ALL, '3001': { ...OPEN, costCentre: 'mandatory' as const } } };
    assert.deepEqual(checkAgainstBooks(voucherOf(), { ...BOOKS, accounts: demanding }), [
      { code: 'cost-centre-required', account: '3001' },
    ]);
    const unknown = voucherOf({ '50': { costCentre: 'XYZ', project: 'P1' } });
    assert.deepEqual(checkAgainstBooks(unknown, BOOKS), [
      { code: 'cost-centre-unknown', costCentre: 'XYZ' },
      { code: 'project-unknown', project: 'P1' },
    ]);
  });
});

describe('unbookableAccounts', () => {
  const at = day('2026-05-02');
  const standard = { country: 'SE', accounts: {} } as const;

  test('names what the standard chart leads to and the ledger lacks or has closed', () => {
    const found = unbookableAccounts(standard, { ...BOOKS, accounts: { '1': ALL } }, at);
    const byAccount = new Map(found.map((one) => [one.account, one]));
    // Open in the ledger: sales at 25 %, its VAT, cards and cash.
    for (const open of Object.keys(ALL)) assert.equal(byAccount.has(open), false, open);
    assert.deepEqual(byAccount.get('3003')?.roles, ['sales.6', 'redeemed.6']);
    const closed = { ...ALL, '3003': { ...OPEN, active: false } };
    const again = unbookableAccounts(standard, { ...BOOKS, accounts: { '1': closed } }, at);
    assert.equal(again.find(({ account }) => account === '3003')?.isInactive, true);
  });

  test('follows the accounts that the company has chosen', () => {
    const accounts = { 'sales.25': '3041', 'tender.card': '1910' };
    const found = unbookableAccounts({ ...standard, accounts }, BOOKS, at);
    const roles = found.find(({ account }) => account === '3041')?.roles;
    assert.deepEqual(roles, ['sales.25']);
    assert.equal(
      found.some((one) => one.roles.includes('tender.card')),
      false,
    );
  });

  test('has nothing to say of a ledger that does not tell its accounts', () => {
    assert.deepEqual(unbookableAccounts(standard, UNKNOWN_BOOKS, at), []);
  });
});
