import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE_SETTINGS } from '../domain/document/shop-setting.ts';
import type { Language } from '../domain/posting/words.ts';
import { settingChanges } from '../ports/source-settings.ts';
import { settingItems } from './source-settings.ts';

const LANGUAGES: readonly Language[] = ['sv', 'nb', 'en'];
const SEEN = { seenAtMs: Date.UTC(2026, 10, 20) };

describe('settingItems', () => {
  for (const setting of SOURCE_SETTINGS) {
    it(`says in each language what became of ${setting}, and what to do`, () => {
      const change = { setting, was: '<was>', now: '<now>', ...SEEN };
      const said = LANGUAGES.flatMap((language) => settingItems([change], language));
      for (const { says } of said) assert.match(says, /2026-11-20: <was> → <now>\. .{10}/);
      assert.equal(new Set(said.map(({ says }) => says)).size, 3);
    });
  }
});

describe('settingChanges', () => {
  it('takes for changed what both readings tell, and tell otherwise', () => {
    const before = { currency: 'SEK', decimals: '2', zone: 'Europe/Stockholm' };
    const after = { currency: 'EUR', decimals: '2', storage: 'HPOS' };
    assert.deepEqual(settingChanges(before, after), [
      { setting: 'currency', was: 'SEK', now: 'EUR' },
    ]);
  });
});
