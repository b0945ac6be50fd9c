import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Language } from '../domain/posting/words.ts';
import { describePassed, describeTrouble } from './pickups.ts';

const LANGUAGES: readonly Language[] = ['sv', 'nb', 'en'];
const HOST = 'sftp.example.com';

describe('describeTrouble', () => {
  it('names both keys of a server that shows another one', () => {
    const facts = { host: HOST, pinned: 'SHA256:known', found: 'SHA256:new', type: 'ssh-rsa' };
    for (const language of LANGUAGES) {
      const says = describeTrouble({ code: 'host-key-changed', facts }, language);
      for (const fact of [...Object.values(facts), '--fingerprint']) assert.ok(says.includes(fact));
    }
  });

  it('says something of each trouble in each language, and another thing in each', () => {
    const facts = { host: HOST, port: '22', user: 'butik', folder: '/ut', why: 'ECONNREFUSED' };
    const login = [
      'closed-network',
      'certificate',
      'login-refused',
      'key-unusable',
      'secret-sealed',
    ] as const;
    const folder = ['folder-missing', 'folder-forbidden', 'cannot-move', 'cannot-put'] as const;
    for (const code of ['unreachable', 'no-answer', ...login, ...folder, 'failed'] as const) {
      const says = LANGUAGES.map((language) => describeTrouble({ code, facts }, language));
      assert.equal(new Set(says).size, 3, code);
      assert.ok(
        says.every((one) => one.endsWith('.') && !one.includes('undefined')),
        code,
      );
    }
  });
});

describe('describePassed', () => {
  it('gives both figures of what is too large', () => {
    const facts = { size: '1048577', limit: '1048576' };
    for (const language of LANGUAGES) {
      const says = describePassed({ code: 'too-large', facts }, language);
      assert.ok(says.includes(facts.size) && says.includes(facts.limit));
    }
  });
});
