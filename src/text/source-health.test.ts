import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Language } from '../domain/posting/words.ts';
import type { SourceFindingCode } from '../ports/health.ts';
import { hookItems } from './hooks.ts';
import { describeSourceFinding } from './source-health.ts';

const LANGUAGES: readonly Language[] = ['sv', 'nb', 'en'];

/** The facts that each sentence has to say. */
const FACTS: Readonly<Record<SourceFindingCode, readonly string[]>> = {
  connection: ['why'],
  'not-told': ['what', 'why'],
  'address-differs': ['url', 'home'],
  'https-hidden': ['home'],
  'not-encrypted': ['url'],
  'permalinks-plain': [],
  'api-missing': ['url'],
  zone: ['shop'],
  'zone-differs': ['shop', 'company'],
  'zone-offset': ['offset', 'company'],
  version: ['version', 'wordpress'],
  'version-untested': ['version', 'tested'],
  'cron-off': [],
  'storage-posts': [],
  currency: ['currency'],
  'currency-not-booked': ['currency', 'books'],
  'taxes-off': [],
  'tax-by-base': [],
  prices: ['decimals'],
  rates: ['country', 'rates'],
  'rates-missing': ['country'],
  'rate-not-in-law': ['country', 'rate', 'name', 'date'],
  payments: ['methods'],
  'payment-without-account': ['methods', 'first'],
  shipping: ['methods', 'countries'],
  'products-rated': ['count'],
  'products-without-rate': ['count', 'articles'],
  'orders-not-proven': ['count', 'orders'],
  'look-by-hand': ['books', 'zone', 'country'],
  'other-currencies': ['currencies', 'books'],
  'gift-cards-unknown': ['keys'],
  'booked-by-others': ['keys'],
};

describe('describeSourceFinding', () => {
  it('names no command in the app', () => {
    for (const code of Object.keys(FACTS) as SourceFindingCode[]) {
      for (const language of LANGUAGES) {
        const finding = { code, state: 'warning', facts: {} } as const;
        assert.doesNotMatch(
          describeSourceFinding(finding, language, 'app'),
          /bokbro |--[a-z]/,
          code,
        );
      }
    }
  });

  for (const [code, names] of Object.entries(FACTS)) {
    it(`says every fact of ${code} in each language`, () => {
      const facts = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const said = LANGUAGES.map((language) => {
        const finding = { code: code as SourceFindingCode, state: 'warning', facts } as const;
        return describeSourceFinding(finding, language);
      });
      for (const one of said) {
        for (const name of names) assert.ok(one.includes(`<${name}>`), `${name} in: ${one}`);
      }
      const isOnlyFact = names.length > 0 && said[0] === `<${names[0]}>`;
      if (code !== 'version' && !isOnlyFact) assert.equal(new Set(said).size, 3, said.join('\n'));
    });
  }
});

describe('hookItems', () => {
  it('says what came, what was forged and what had been switched off, in each language', () => {
    const mended = { atMs: Date.UTC(2026, 10, 20, 7, 30), topics: ['order.created'] };
    const counts = { heard: 12, forged: 3, heardAtMs: Date.UTC(2026, 10, 21, 8) };
    for (const language of LANGUAGES) {
      const items = hookItems({ ...counts, trouble: null, isSilent: false, mended }, language);
      const states = items.map(({ state }) => state);
      assert.deepEqual(states, ['ok', 'warning', 'warning']);
      const [heard, forged, off] = items.map(({ says }) => says);
      assert.match(heard ?? '', /12 .*2026-11-21 08:00/);
      assert.match(forged ?? '', /^3 /);
      const quiet = { heard: 0, forged: 0, heardAtMs: null, trouble: null, mended: null };
      const [silent] = hookItems({ ...quiet, isSilent: true }, language);
      assert.equal(silent?.state, 'warning');
      assert.match(silent?.says ?? '', /80, 443 .* 8080.*wp-cron\.php/);
      assert.match(off ?? '', /order\.created.*2026-11-20 07:30/);
    }
  });
});
