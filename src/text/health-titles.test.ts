import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { HealthItemCode } from '../ports/health.ts';
import { healthTitle } from './health-titles.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/health-card.md'), 'utf8');

/** What stands between accents in the column of codes: no other words are written so there. */
const CODES = PAGE.split('\n').flatMap((line) => {
  const [, , cell = ''] = line.split('|');
  return [...cell.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, code = '']) => code);
});
/** Of these, what is no line of the card but why an order is held. */
const REFUSALS = new Set(['article-twice']);

describe('healthTitle', () => {
  it('says what a line is about, the same of what is well and of its faults', () => {
    assert.equal(healthTitle('year', 'sv'), 'Räkenskapsår');
    assert.equal(healthTitle('year-missing', 'sv'), 'Räkenskapsår');
    assert.equal(healthTitle('buyers-unknown', 'nb'), 'Kunder');
    assert.equal(healthTitle('sales-vat-code-differs', 'en'), 'VAT codes');
  });

  it('has one for each code that the page of the health card names', () => {
    const named = CODES.filter((code) => !REFUSALS.has(code));
    assert.ok(named.length > 30, `${named.length} codes`);
    for (const code of named) {
      assert.doesNotThrow(() => healthTitle(code as HealthItemCode, 'sv'), `no code ${code}`);
    }
  });
});
