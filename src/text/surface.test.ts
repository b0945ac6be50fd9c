import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Language } from '../domain/posting/words.ts';
import type { PickupTroubleCode } from '../ports/pickup.ts';
import { REFUSALS } from '../testing/reasons.ts';
import { describeTrouble } from './pickups.ts';
import { describeRefusal } from './refusals.ts';
import { settingItems } from './source-settings.ts';
import { either, readOn } from './surface.ts';

const LANGUAGES: readonly Language[] = ['sv', 'nb', 'en'];
/** Signs of a command: its name, or an option. */
const COMMAND = /\bbokbro |held resolve|--[a-z]/;

describe('readOn', () => {
  it('says what to do as the place has it, each time', () => {
    const says = `Choose ${either('--a', 'A')}, or ${either('--b 1', 'B')}.`;
    assert.equal(readOn('terminal', says), 'Choose --a, or --b 1.');
    assert.equal(readOn('app', says), 'Choose A, or B.');
  });
});

describe('a sentence in the app', () => {
  for (const language of LANGUAGES) {
    it(`names no command for anything that is held, in ${language}`, () => {
      for (const { refusal } of Object.values(REFUSALS)) {
        const says = describeRefusal(refusal, language, 'app');
        assert.doesNotMatch(says, COMMAND);
        assert.doesNotMatch(says, /[\uE000-\uE002]/);
      }
    });

    it(`names no command for a changed setting of a shop, in ${language}`, () => {
      const change = { setting: 'payments', was: 'cod', now: 'cod swish', seenAtMs: 0 } as const;
      const [app] = settingItems([change], language, 'app');
      const [terminal] = settingItems([change], language);
      assert.doesNotMatch(app?.says ?? '--none', COMMAND);
      assert.match(terminal?.says ?? '', COMMAND);
    });

    it(`names no command for any trouble of fetching, in ${language}`, () => {
      const troubles: readonly PickupTroubleCode[] = [
        'host-key-changed',
        'certificate',
        'cannot-move',
        'keys-refused',
        'hooks-no-address',
        'hooks-not-allowed',
        'many-gone',
      ];
      for (const code of troubles) {
        const trouble = { code, facts: { gone: '7' } };
        assert.doesNotMatch(describeTrouble(trouble, language, 'app'), COMMAND);
        const isOfCommand =
          code === 'hooks-no-address' || COMMAND.test(describeTrouble(trouble, language));
        assert.ok(isOfCommand, code);
      }
    });
  }
});
