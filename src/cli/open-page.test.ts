import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPage } from './open-page.ts';

const PAGE = 'https://butik.example/wc-auth/v1/authorize?app_name=Bokbro&scope=read;$(id)';

describe('openPage', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bokbro-open-'));
    // Stands for the browser: it writes down what it was given.
    const script = '#!/bin/sh\nprintf %s "$*" > "$OPENED.part"\nmv "$OPENED.part" "$OPENED"\n';
    for (const name of ['xdg-open', 'open']) {
      writeFileSync(join(folder, name), script, { mode: 0o755 });
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  const env = (more: Readonly<Record<string, string>>) => {
    return { PATH: `${folder}:/usr/bin:/bin`, OPENED: join(folder, 'opened'), ...more };
  };
  const opened = async (): Promise<string> => {
    const path = join(folder, 'opened');
    while (!existsSync(path)) await sleep(5);
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    return text;
  };

  for (const [platform, more] of [
    ['linux', { DISPLAY: ':0' }],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['darwin', {}],
  ] as const) {
    it(`gives the address as it is to the browser on ${platform}`, async () => {
      assert.equal(await openPage(PAGE, { platform, env: env(more) }), true);
      assert.equal(await opened(), PAGE);
    });
  }

  const nobody: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['without a display', {}],
    ['for somebody who is logged in from elsewhere', { DISPLAY: ':0', SSH_CONNECTION: '10.0.0.1' }],
    ['where no browser is', { DISPLAY: ':0', PATH: '/nowhere' }],
  ];
  for (const [when, more] of nobody) {
    it(`opens nothing ${when}`, async () => {
      assert.equal(await openPage(PAGE, { platform: 'linux', env: env(more) }), false);
    });
  }

  it('opens nothing that is no page', async () => {
    const desktop = { platform: 'linux', env: env({ DISPLAY: ':0' }) } as const;
    assert.equal(await openPage('file:///etc/passwd', desktop), false);
  });
});
