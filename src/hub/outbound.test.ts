import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { ConnectorError } from '../ports/errors.ts';
import type { HttpRequest } from '../ports/http.ts';
import { openOutbound, type Outbound } from './outbound.ts';
import { LOOPBACK, openReach } from './reach.ts';

let site: Server;
let host: string;
let outbound: Outbound;
let visits: string[] = [];
before(async () => {
  site = createServer((request, response) => {
    visits.push(`${request.method} ${request.url}`);
    switch (request.url) {
      case '/moved':
        response.writeHead(302, { location: `http://${host}/elsewhere` }).end();
        return;
      case '/silent':
        return;
      case '/half':
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        return;
      case '/cut':
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => response.destroy());
        return;
      case '/reset':
        request.socket.resetAndDestroy();
        return;
      default:
        response.setHeader('X-Seen', 'yes').end(`hej ${request.headers['x-own'] ?? ''}`);
    }
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  outbound = openOutbound(openReach(LOOPBACK));
});
after(async () => {
  site.closeAllConnections();
  site.close();
  await outbound.close();
});

function send(path: string, change: Partial<HttpRequest> = {}, hosts = [host]) {
  const http = outbound.to(hosts, { timeoutMs: 5_000 });
  return http.send({ method: 'GET', url: `http://${host}${path}`, ...change });
}

async function failureOf(sending: Promise<unknown>): Promise<[kind: string, message: string]> {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ConnectorError);
  return [error.failure.kind, error.message];
}

describe('a way out', () => {
  test('gives status, headers in lower case, and the bytes', async () => {
    const { status, headers, body } = await send('/', { headers: { 'X-Own': 'då' } });
    assert.equal(status, 200);
    assert.equal(headers['x-seen'], 'yes');
    assert.match(Buffer.from(body).toString('latin1'), /^hej d/);
  });

  const elsewhere = ['ledger.test', 'localhost', '127.0.0.1', 'ledger.test:443'];
  for (const allowed of elsewhere) {
    test(`makes no call when only ${allowed} may be called`, async () => {
      visits = [];
      const [kind, message] = await failureOf(send('/', {}, [allowed]));
      assert.equal(kind, 'bug');
      assert.match(message, /is not a host of this connection/);
      assert.deepEqual(visits, []);
    });
  }

  test('does not take a host for another that only looks like it', async () => {
    visits = [];
    const url = `http://${host}@ledger.test/`;
    assert.equal((await failureOf(send('/', { url })))[0], 'bug');
    assert.deepEqual(visits, []);
  });

  test('follows no redirect', async () => {
    visits = [];
    const { status, headers } = await send('/moved');
    assert.deepEqual([status, headers['location']], [302, `http://${host}/elsewhere`]);
    assert.deepEqual(visits, ['GET /moved']);
  });

  test('says that nothing was sent when nobody listens', async () => {
    const [kind, message] = await failureOf(
      send('/', { url: 'http://127.0.0.1:9/' }, ['127.0.0.1:9']),
    );
    assert.equal(kind, 'unreachable');
    assert.match(message, /could not be reached \(ECONNREFUSED\)/);
  });

  const broken: readonly (readonly [path: string, says: RegExp])[] = [
    ['/silent', /did not answer in time/],
    ['/half', /did not answer in time/],
    ['/cut', /broke off the answer/],
    ['/reset', /broke off the answer/],
  ];
  for (const [path, says] of broken) {
    test(`says that ${path} may have taken effect`, async () => {
      const request = { method: 'POST', body: 'x', timeoutMs: 300 } as const;
      const [kind, message] = await failureOf(send(path, request));
      assert.equal(kind, 'unanswered');
      assert.match(message, says);
    });
  }

  test('puts no path, secret or body into what it says', async () => {
    const url = `http://${host}/reset`;
    const headers = { authorization: 'Bearer hemligt' };
    const [, message] = await failureOf(
      send('', { url, method: 'POST', headers, body: 'personnummer' }),
    );
    assert.doesNotMatch(message, /hemligt|personnummer|reset/);
  });
});
