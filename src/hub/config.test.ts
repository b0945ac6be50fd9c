import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  test('needs no set-up', () => {
    const config = readConfig({ BOKBRO_HOME: '/tmp/hub' });
    assert.deepEqual(config, {
      home: '/tmp/hub',
      database: { kind: 'embedded', home: '/tmp/hub', durable: true },
      masterKey: undefined,
      port: 5310,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:5310',
      logLevel: 'info',
      reach: [],
    });
  });

  test('takes everything from the environment', () => {
    const config = readConfig({
      BOKBRO_HOME: '/tmp/hub',
      BOKBRO_PORT: '8080',
      BOKBRO_HOST: '0.0.0.0',
      BOKBRO_URL: 'https://hub.test',
      BOKBRO_LOG: 'debug',
      BOKBRO_MASTER_KEY: 'a2V5',
      BOKBRO_INBOX: '/srv/inbox',
      BOKBRO_REACH: '10.0.0.0/8, fd00::1',
      DATABASE_URL: 'postgres://db/bokbro',
    });
    assert.deepEqual(config, {
      home: '/tmp/hub',
      database: { kind: 'server', url: 'postgres://db/bokbro' },
      masterKey: 'a2V5',
      inbox: '/srv/inbox',
      port: 8080,
      host: '0.0.0.0',
      publicUrl: 'https://hub.test',
      logLevel: 'debug',
      reach: ['10.0.0.0/8', 'fd00::1/128'],
    });
  });

  for (const reach of [
    '10.0.0.0/33',
    'intranet',
    '10.0.0.0/8/8',
    '10.0.0/8',
    'fe80::1%eth0',
    'all',
  ]) {
    test(`refuses the network “${reach}”`, () => {
      assert.throws(() => readConfig({ BOKBRO_REACH: reach }), /BOKBRO_REACH.*10\.0\.0\.0\/8/);
    });
  }

  for (const port of ['abc', '70000', '-1', '80.5']) {
    test(`refuses the port “${port}”, and says which setting is wrong`, () => {
      const env = { BOKBRO_HOME: '/tmp/hub', BOKBRO_PORT: port };
      assert.throws(() => readConfig(env), /BOKBRO_PORT/);
    });
  }

  for (const url of ['hub.test', 'ftp://hub.test', 'https://']) {
    test(`refuses the address “${url}”, and says which setting is wrong`, () => {
      const env = { BOKBRO_HOME: '/tmp/hub', BOKBRO_URL: url };
      assert.throws(() => readConfig(env), /BOKBRO_URL/);
    });
  }

  test('takes an address without its last slash: paths are put after it', () => {
    const env = { BOKBRO_HOME: '/tmp/hub', BOKBRO_URL: 'https://hub.test/bokbro/' };
    assert.equal(readConfig(env).publicUrl, 'https://hub.test/bokbro');
  });

  test('takes an empty setting as none', () => {
    const env = {
      BOKBRO_HOME: '/tmp/hub',
      DATABASE_URL: '',
      BOKBRO_MASTER_KEY: '',
      BOKBRO_PORT: '',
    };
    const config = readConfig(env);
    assert.equal(config.database.kind, 'embedded');
    assert.equal(config.masterKey, undefined);
    assert.equal(config.port, 5310);
  });
});
