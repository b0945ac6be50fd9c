import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openServer, type HubServer } from './server.ts';

/** The app's own page, and a script under a name that holds its hash. */
const PAGE = '<!doctype html><title>Bokbro</title>';
const SCRIPT = `export const words = '${'bokbro '.repeat(200)}';`;

describe('openPages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bokbro-pages-'));
  const dist = join(folder, 'dist');
  let web: HubServer;
  before(async () => {
    writeFileSync(join(folder, 'secret.txt'), 'nobody may read this');
    web = await openServer({ host: '127.0.0.1', port: 0, pages: dist });
  });
  after(async () => {
    await web.close();
    rmSync(folder, { recursive: true });
  });

  /** As it stands on the wire: `fetch` would tidy the path up. */
  function ask(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = request({ ...place(), path, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => {
          const text = Buffer.concat(pieces).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      asked.on('error', reject).end();
    });
  }

  function place(): { host: string; port: string } {
    const { hostname: host, port } = new URL(web.url);
    return { host, port };
  }

  test('says that the app is being made while it is not there, and asks again', async () => {
    const { status, headers, text } = await ask('/c/1/held');
    assert.equal(status, 503);
    assert.equal(headers['refresh'], '2');
    assert.match(text, /Sidan görs i ordning.*\n?.*Siden gjøres klar.*The page is being made/s);
  });

  test('gives the app for every path of it, as soon as it is built', async () => {
    mkdirSync(join(dist, 'assets'), { recursive: true });
    writeFileSync(join(dist, 'index.html'), PAGE);
    writeFileSync(join(dist, 'assets', 'index-abc.js'), SCRIPT);
    for (const path of ['/', '/c/1/held', '/sign-in?to=/c/1']) {
      const { status, headers, text } = await ask(path);
      assert.equal(status, 200, path);
      assert.equal(text, PAGE);
      assert.equal(headers['cache-control'], 'no-cache');
      assert.match(
        String(headers['content-security-policy']),
        /default-src 'self'.*frame-ancestors/,
      );
    }
  });

  test('lets a name with a hash be kept for ever, packed for the way', async () => {
    const { headers, text } = await ask('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' });
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(headers['content-encoding'], 'br');
    assert.ok(text.length < SCRIPT.length);
    assert.equal((await ask('/assets/index-abc.js')).text, SCRIPT);
  });

  test('sends nothing again that the browser has', async () => {
    const { etag } = (await ask('/')).headers;
    const again = await ask('/', { 'if-none-match': String(etag) });
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
  });

  for (const path of [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/no.js',
  ]) {
    test(`has no ${path}`, async () => {
      const { status, text } = await ask(path);
      assert.equal(status, 404);
      assert.doesNotMatch(text, /nobody may read/);
    });
  }
});
