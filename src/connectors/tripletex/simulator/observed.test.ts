import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { sharedPath, skipWithout } from '../../../testing/shared.ts';
import { newRouter } from './api/router.ts';
import { ROUTES } from './resources/all.ts';
import { isFields, numberOf, rowsOf, textOf, type Fields } from './wire/record.ts';
import { told } from './wire/sentences.ts';

/** What was met in a real company. It is third-party data: without it the tests are skipped. */
const OBSERVED = sharedPath('specs', 'tripletex.observed.json');
const skip = skipWithout(OBSERVED);

/** Parts of Tripletex that a hub of sales documents has no use for. */
const NOT_KEPT: readonly string[] = [
  '/activity',
  '/bank/',
  '/company/divisions',
  '/company/salesmodules',
  '/division',
  '/employee/employment',
  '/municipality',
  '/project/projectActivity',
  '/salary/',
  '/timesheet/',
  '/travelExpense',
];

/** Within the parts that are kept, and not kept themselves. */
const NOT_KEPT_EITHER: readonly string[] = [
  'GET /ledger/paymentTypeOut',
  'GET /ledger/postingByDate',
  'POST /ledger/voucher/importDocument',
];

function isOutside(path: string): boolean {
  return NOT_KEPT.some((part) => path.startsWith(part));
}

function readObserved(): Fields {
  const parsed: unknown = JSON.parse(readFileSync(OBSERVED, 'utf8'));
  return isFields(parsed) ? parsed : {};
}

describe('calls that a real company answered', { skip }, () => {
  test('are answered here too, or are known not to be', () => {
    const router = newRouter(ROUTES);
    const missing = rowsOf(readObserved(), 'calls')
      .filter((call) => numberOf(call, 'status') < 300 && !isOutside(textOf(call, 'path')))
      .map((call) => [textOf(call, 'method'), textOf(call, 'path')] as const)
      .filter(([method, path]) => router.find(method, path).kind !== 'route')
      .map(([method, path]) => `${method} ${path}`);
    assert.deepEqual([...new Set(missing)].toSorted(), NOT_KEPT_EITHER);
  });
});

describe('sentences marked as met', { skip }, () => {
  const texts = skip === false ? readFileSync(OBSERVED, 'utf8').replaceAll('\\"', '"') : '';
  const met: readonly Parameters<typeof told>[] = [
    ['not-null', 'nb', []],
    ['not-null', 'en', []],
    ['required', 'nb', []],
    ['no-such-field', 'nb', []],
    ['wrong-type', 'nb', []],
    ['length', 'nb', [1, 100]],
    ['length', 'en', [1, 100]],
    ['bad-date', 'nb', []],
    ['bad-id-list', 'nb', []],
    ['number-in-use', 'nb', []],
    ['product-number-in-use', 'nb', ['{n}']],
    ['name-in-use', 'nb', []],
    ['name-in-use', 'en', []],
    ['vat-code', 'nb', []],
    ['vat-code', 'en', []],
    ['no-account-for-vat', 'nb', ['', 1, 'Fradrag inngående avgift, høy sats']],
    ['no-postings', 'nb', []],
    ['no-postings', 'en', []],
    ['row-zero', 'nb', []],
    ['row-zero', 'en', []],
    ['not-zero', 'nb', ['{n}-12-31']],
    ['currency-amount', 'nb', []],
    ['customer-missing', 'en', []],
    ['supplier-missing', 'nb', []],
    ['supplier-missing', 'en', []],
    ['reconciled', 'en', []],
    ['no-project-manager', 'nb', []],
    ['not-project-manager', 'nb', ['<name>']],
    ['no-description', 'nb', []],
    ['email-in-use', 'nb', []],
    ['email-required', 'nb', []],
    ['user-type', 'nb', []],
  ];
  for (const [name, language, values] of met) {
    test(`${name} in ${language}`, () => {
      assert.ok(texts.includes(told(name, language, values)), told(name, language, values));
    });
  }
});
