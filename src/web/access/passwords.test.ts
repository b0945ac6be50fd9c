import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { passwordFault } from './passwords.ts';

const ANNA = { email: 'anna.lindqvist@byran.se', name: 'Anna Lindqvist' };

const CASES: readonly (readonly [password: string, fault: ReturnType<typeof passwordFault>])[] = [
  ['kort', 'too-short'],
  ['elvatecken!', 'too-short'],
  ['x'.repeat(129), 'too-long'],
  ['password1234', 'too-common'],
  ['P@ssw0rd12345', 'too-common'],
  ['lösenord2026', 'too-common'],
  ['qwertyuiop123456', 'too-common'],
  ['aaaaaaaaaaaa', 'too-common'],
  ['123456789012', 'too-common'],
  ['abcdefghijklmnop', 'too-common'],
  ['bokforing2026!', 'too-common'],
  ['abcabcabcabc', 'too-common'],
  ['annalindqvist1', 'own-name'],
  ['lindqvist2026', 'own-name'],
  ['korrekt häst batteri', null],
  ['mitt lösenord är långt', null],
  ['fR7!mqp2Wz#v', null],
  ['ugglor i mossen', null],
];

describe('passwordFault', () => {
  for (const [password, fault] of CASES) {
    test(`says ${fault ?? 'nothing'} of “${password.slice(0, 24)}”`, () => {
      assert.equal(passwordFault(password, ANNA), fault);
    });
  }
});
