import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { isSame, masterKey, secretBox } from './secret-box.ts';

const KEY = new Uint8Array(32).fill(7);
const OTHER_KEY = new Uint8Array(32).fill(8);
const PLACE = { companyId: '1', connectionId: '5' };
const SECRETS = { accessToken: 'vår hemlighet', refreshToken: 'r' };

describe('secretBox', () => {
  const box = secretBox(KEY);

  test('opens what it sealed', () => {
    assert.deepEqual(box.open(PLACE, box.seal(PLACE, SECRETS)), SECRETS);
  });

  test('seals the same secrets otherwise each time, and in no readable form', () => {
    const [first, second] = [box.seal(PLACE, SECRETS), box.seal(PLACE, SECRETS)];
    assert.notDeepEqual(first, second);
    assert.equal(first.includes('hemlighet'), false);
  });

  test('refuses to open with another master key', () => {
    assert.throws(() => secretBox(OTHER_KEY).open(PLACE, box.seal(PLACE, SECRETS)));
  });

  const moved = [
    ['another company', { companyId: '2', connectionId: '5' }],
    ['another connection', { companyId: '1', connectionId: '6' }],
  ] as const;
  for (const [where, place] of moved) {
    test(`refuses to open a seal that was moved to ${where}`, () => {
      assert.throws(() => box.open(place, box.seal(PLACE, SECRETS)));
    });
  }

  test('refuses to open a seal of which any one bit was changed', () => {
    const sealed = box.seal(PLACE, SECRETS);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => box.open(PLACE, changed), `byte ${at}`);
    }
  });

  test('refuses to open a seal that was cut off', () => {
    const sealed = box.seal(PLACE, SECRETS);
    for (let length = 0; length < sealed.length; length += 1) {
      assert.throws(() => box.open(PLACE, sealed.subarray(0, length)), `${length} bytes`);
    }
  });

  test('refuses a master key of the wrong length', () => {
    assert.throws(() => secretBox(new Uint8Array(16)), /32 bytes/);
  });
});

describe('masterKey', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bokbro-test-'));
  after(() => rmSync(folder, { recursive: true }));

  test('makes a key of 32 bytes in a file that only its owner can read, once', () => {
    const file = join(folder, 'new', 'master.key');
    const key = masterKey({ given: undefined, file });
    assert.equal(key.byteLength, 32);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(masterKey({ given: undefined, file }), key);
  });

  test('reads the key that is there', () => {
    const file = join(folder, 'kept.key');
    writeFileSync(file, 'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n');
    assert.deepEqual(new Uint8Array(masterKey({ given: undefined, file })), KEY);
  });

  test('takes the key that is given, and writes no file', () => {
    const file = join(folder, 'none.key');
    const given = 'CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=';
    assert.deepEqual(new Uint8Array(masterKey({ given, file })), OTHER_KEY);
    assert.throws(() => readFileSync(file), /ENOENT/);
  });
});

describe('isSame', () => {
  test('compares texts of any length', () => {
    assert.equal(isSame('abc', 'abc'), true);
    assert.equal(isSame('abc', 'abd'), false);
    assert.equal(isSame('abc', 'abcd'), false);
    assert.equal(isSame('å', 'aa'), false);
  });
});
