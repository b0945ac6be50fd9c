import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../domain/date.ts';
import type { Finding } from '../domain/document/finding.ts';
import { describeFinding } from './findings.ts';

const MISSING: Finding = {
  kind: 'report-missing',
  store: '1234',
  register: 'ALL',
  day: day('2026-05-04'),
};
const GAP: Finding = {
  kind: 'number-gap',
  store: '1234',
  register: '2',
  day: day('2026-05-04'),
  after: 'Z-0099',
  before: 'Z-0102',
  missing: 2,
};

describe('describeFinding', () => {
  test('names day, store and till, and what is missing', () => {
    assert.equal(describeFinding(MISSING, 'sv'), '2026-05-04 butik 1234: dagsrapporten saknas.');
    assert.equal(
      describeFinding(GAP, 'nb'),
      '2026-05-04 butikk 1234 kasse 2: Z-0100–Z-0101 mangler før den dagens oppgjør.',
    );
    assert.equal(
      describeFinding({ ...GAP, before: 'Z-0101', missing: 1 }, 'en'),
      '2026-05-04 store 1234 till 2: Z-0100 is missing before that day’s report.',
    );
  });
});
