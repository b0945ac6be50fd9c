import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STANDARD_ACCOUNTS } from './account-roles.ts';
import { roleName } from './role-names.ts';

/** Roles that no chart answers: only the company does. */
const OWN = [
  ...['tender.other', 'sales.outside-act', 'sales.export-services', 'shipping.eu-services'],
  ...['supplier-prepayments', 'statement', 'statement-entry', 'payout.adjustment'],
  ...['payout.conversion', 'paid-in', 'paid-out', 'difference', 'redeemed.11.11', 'vat.reverse'],
];

describe('names of roles', () => {
  for (const language of ['sv', 'nb', 'en'] as const) {
    it(`are there for each role, and no two alike: ${language}`, () => {
      const standard = Object.values(STANDARD_ACCOUNTS).flatMap((accounts) => {
        return Object.keys(accounts);
      });
      const roles = [...new Set([...standard, ...OWN])];
      const names = roles.map((role) => roleName(role, language));
      assert.deepEqual(
        roles.filter((role, i) => names[i] === role),
        [],
      );
      assert.deepEqual(
        roles.filter((_, i) => names.indexOf(names[i] ?? '') !== i),
        [],
      );
    });
  }

  it('say rates as the language writes them, and codes as the source does', () => {
    assert.equal(roleName('vat.25', 'sv'), 'Moms 25\u00a0%');
    assert.equal(roleName('vat.11.11', 'nb'), 'Mva 11,11\u00a0%');
    assert.equal(roleName('vat.11.11', 'en'), 'VAT 11.11\u00a0%');
    assert.equal(roleName('vat.reverse.12', 'en'), 'VAT on purchases, reverse charge 12\u00a0%');
    assert.equal(roleName('sales.25/50', 'sv'), 'Försäljning 25\u00a0% 50');
    assert.equal(roleName('tender.card/AMEX', 'nb'), 'Betalingskort AMEX');
  });

  it('leave what is no role as it is', () => {
    for (const one of ['1930', '', 'account', 'sales.somewhere', 'nothing.25'])
      assert.equal(roleName(one, 'sv'), one);
  });
});
