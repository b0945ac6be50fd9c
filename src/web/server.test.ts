import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addRigCompany, startRig, type Rig, type RigCompany } from '../app/demo/rig.ts';
import { openHub } from '../hub/hub.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { openServer, type HubServer } from './server.ts';

const FIXTURES = join(import.meta.dirname, '../connectors/minbutik/fixtures');
const FIXTURE = readFileSync(join(FIXTURES, 'dagsrapport-1234-2026-05-02.csv'));
const KEY = 'bb_test_key';
const OTHER_KEY = 'bb_other_key';
const LOOPBACK = { host: '127.0.0.1', port: 0 };
const UPLOAD_BYTES_MAX = 100_000;

let server: TestServer;
let rig: Rig;
let web: HubServer;
let company: RigCompany;
before(async () => {
  server = await startTestServer();
  rig = await startRig({ databaseUrl: await server.newUrl() });
  company = await addRigCompany(rig, { name: 'Ängens Livs AB', stores: ['1234'] });
  const other = await addRigCompany(rig, { name: 'Annat AB' });
  await addKey(company.company.id, KEY);
  await addKey(other.company.id, OTHER_KEY);
  web = await openServer({ ...LOOPBACK, uploadBytesMax: UPLOAD_BYTES_MAX });
  web.ready(rig.hub);
});
after(async () => {
  await web.close();
  await rig.stop();
  await server.stop();
});

async function addKey(companyId: string, key: string): Promise<void> {
  const hash = createHash('sha256').update(key).digest('hex');
  await rig.hub.database.db
    .insertInto('api_key')
    .values({ company_id: companyId, name: 'test', hash })
    .execute();
}

type Answer = { readonly status: number; readonly headers: Headers; readonly body: Body };
type Body = { readonly [field: string]: unknown };

async function ask(path: string, init: RequestInit = {}, url = web.url): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? (JSON.parse(text) as Body) : { text };
  return { status: response.status, headers: response.headers, body };
}

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

function upload(bytes: Uint8Array<ArrayBuffer>, change: RequestInit = {}): Promise<Answer> {
  const init = { method: 'POST', headers: bearer(KEY), body: bytes, ...change };
  return ask('/v1/files/minbutik?name=dag.csv', init);
}

async function untilRead(id: unknown): Promise<Body> {
  for (let looks = 0; looks < 1_000; looks += 1) {
    const { body } = await ask(`/v1/files/${String(id)}`, { headers: bearer(KEY) });
    if (body['state'] !== 'received') return body;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the file was never read');
}

async function filesKept(): Promise<number> {
  const rows = await rig.hub.database.db.selectFrom('received_file').select('id').execute();
  return rows.length;
}

describe('a server whose hub is still starting', () => {
  test('asks to come back for everything, and keeps nothing', async () => {
    const starting = await openServer(LOOPBACK);
    const before = await filesKept();
    const init = { method: 'POST', headers: bearer(KEY), body: FIXTURE };
    for (const answer of [
      await ask('/health', {}, starting.url),
      await ask('/v1/files/minbutik', init, starting.url),
      await ask('/api/me', {}, starting.url),
    ]) {
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('retry-after'), '2');
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    }
    starting.ready(rig.hub);
    assert.equal((await ask('/health', {}, starting.url)).status, 200);
    assert.equal(await filesKept(), before);
    await starting.close();
  });

  test('says so when its port is taken', async () => {
    const port = Number(new URL(web.url).port);
    await assert.rejects(openServer({ host: '127.0.0.1', port }), {
      name: 'OperatorError',
      message: /listens there already.*BOKBRO_PORT/,
    });
  });
});

describe('GET /health', () => {
  test('says that all is well', async () => {
    const { status, body } = await ask('/health');
    assert.deepEqual([status, body], [200, { status: 'ok' }]);
  });
});

describe('POST /v1/files/:connection', () => {
  test('keeps the file, answers, and reads it', async () => {
    const { status, headers, body } = await upload(FIXTURE);
    assert.equal(status, 202);
    assert.equal(headers.get('location'), `/v1/files/${String(body['fileId'])}`);
    const file = await untilRead(body['fileId']);
    assert.deepEqual([file['name'], file['state']], ['dag.csv', 'read']);
    const sha256 = createHash('sha256').update(FIXTURE).digest('hex');
    assert.equal(file['sha256'], sha256);
  });

  test('tells of the earlier file when the same bytes come again', async () => {
    const first = await upload(FIXTURE);
    await untilRead(first.body['fileId']);
    const again = await upload(FIXTURE);
    assert.equal(again.status, 202);
    assert.notEqual(again.body['sameAs'], null);
    assert.notEqual(again.body['fileId'], first.body['fileId']);
  });

  test('keeps a file that cannot be read, and says why', async () => {
    const { body } = await upload(Buffer.from('nonsense'));
    const file = await untilRead(body['fileId']);
    assert.equal(file['state'], 'rejected');
    assert.ok(Array.isArray(file['problems']) && file['problems'].length > 0);
  });

  const refused: readonly (readonly [string, Record<string, string>])[] = [
    ['no key', {}],
    ['a wrong key', bearer('bb_wrong')],
    ['an empty key', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${KEY}` }],
    ['the hash of a key', bearer(createHash('sha256').update(KEY).digest('hex'))],
  ];
  for (const [what, headers] of refused) {
    test(`refuses ${what}, and keeps nothing`, async () => {
      const before = await filesKept();
      const { status, body } = await upload(FIXTURE, { headers });
      assert.equal(status, 401);
      assert.equal(body['status'], 401);
      assert.equal(await filesKept(), before);
    });
  }

  test('refuses a connection that the company does not have', async () => {
    const init = { method: 'POST', headers: bearer(KEY), body: FIXTURE };
    assert.equal((await ask('/v1/files/nosuch', init)).status, 404);
  });

  test('refuses a connection that gives no files', async () => {
    const before = await filesKept();
    const init = { method: 'POST', headers: bearer(KEY), body: FIXTURE };
    assert.equal((await ask('/v1/files/fortnox', init)).status, 400);
    assert.equal(await filesKept(), before);
  });

  test('keeps an upload of nothing as a file that is empty', async () => {
    const { body } = await upload(Buffer.of(), { body: null });
    const file = await untilRead(body['fileId']);
    assert.deepEqual(file['problems'], [
      { code: 'file-empty', line: null, column: null, facts: {} },
    ]);
  });

  test('refuses a file that says it is too large, and one that does not say', async () => {
    const before = await filesKept();
    assert.equal((await upload(Buffer.alloc(UPLOAD_BYTES_MAX + 1))).status, 413);
    assert.equal(await uploadInPieces(UPLOAD_BYTES_MAX + 1), 413);
    assert.equal(await filesKept(), before);
  });

  test('keeps a file of the largest size', async () => {
    assert.equal((await upload(Buffer.alloc(UPLOAD_BYTES_MAX, 'x'))).status, 202);
  });

  test('keeps nothing of a file whose sender breaks off', async () => {
    const before = await filesKept();
    await breakOff();
    while ((await filesKept()) > before) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal((await ask('/health')).status, 200);
    assert.equal(await filesKept(), before);
  });

  test('keeps no more of a name than it shows', async () => {
    const init = { method: 'POST', headers: bearer(KEY), body: Buffer.from('x') };
    const { body } = await ask(`/v1/files/minbutik?name=${'n'.repeat(900)}`, init);
    const file = await untilRead(body['fileId']);
    assert.equal(String(file['name']).length, 200);
  });
});

/** Sends a body whose length is not told beforehand. */
function uploadInPieces(size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(`${web.url}/v1/files/minbutik`, {
      method: 'POST',
      headers: { ...bearer(KEY), 'transfer-encoding': 'chunked' },
    });
    sending.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', reject);
    sending.write(Buffer.alloc(size - 10));
    sending.end(Buffer.alloc(10));
  });
}

/** Says that a thousand bytes come, sends three, and goes. */
function breakOff(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(web.url).port), '127.0.0.1', () => {
      const head = [
        'POST /v1/files/minbutik HTTP/1.1',
        'host: hub',
        `authorization: Bearer ${KEY}`,
        'content-length: 1000',
      ].join('\r\n');
      socket.write(`${head}\r\n\r\nabc`, () => {
        socket.destroy();
        resolve();
      });
    });
  });
}

describe('GET /v1/files/:id', () => {
  test("shows no other company's file", async () => {
    const { body } = await upload(FIXTURE);
    await untilRead(body['fileId']);
    const path = `/v1/files/${String(body['fileId'])}`;
    assert.equal((await ask(path, { headers: bearer(KEY) })).status, 200);
    assert.equal((await ask(path, { headers: bearer(OTHER_KEY) })).status, 404);
    assert.equal((await ask(path)).status, 401);
  });

  for (const id of ['0', '999999', 'abc', '1;drop', '99999999999999999999', '1%20']) {
    test(`has nothing under ${id}`, async () => {
      assert.equal((await ask(`/v1/files/${id}`, { headers: bearer(KEY) })).status, 404);
    });
  }
});

describe('what the server does not have', () => {
  const paths = ['/v1', '/v1/files', '/api/nothing', '/v1/files/1/more'];
  for (const path of paths) {
    test(`is said of ${path}`, async () => {
      const { status, headers } = await ask(path, { headers: bearer(KEY) });
      assert.equal(status, 404);
      assert.equal(headers.get('content-type'), 'application/problem+json');
    });
  }

  test('is said of a method that a path does not know', async () => {
    const init = { method: 'DELETE', headers: bearer(KEY) };
    assert.equal((await ask('/v1/files/1', init)).status, 404);
  });
});

describe('GET /oauth/callback', () => {
  const wrong = [
    ['error=access_denied', /not given: access_denied/],
    ['state=s', /missing/],
    ['code=c', /missing/],
    ['state=nobody&code=c', /has ended/],
  ] as const;
  for (const [query, says] of wrong) {
    test(`answers ${query} with a sentence`, async () => {
      const { status, body } = await ask(`/oauth/callback?${query}`);
      assert.equal(status, 400);
      assert.match(String(body['text']), says);
    });
  }

  test('sends what it was given back as text, never as a page', async () => {
    const { headers } = await ask('/oauth/callback?error=%3Cscript%3E');
    assert.match(headers.get('content-type') ?? '', /^text\/plain/);
  });
});

describe('a hub whose database has gone', () => {
  test('acknowledges nothing', async () => {
    const { config, connectors, log } = rig.hub;
    const gone = await openHub(config, { connectors, log });
    await gone.close();
    const broken = await openServer(LOOPBACK);
    broken.ready(gone);
    const init = { method: 'POST', headers: bearer(KEY), body: FIXTURE };
    const { status, body } = await ask('/v1/files/minbutik', init, broken.url);
    await broken.close();
    assert.equal(status, 500);
    assert.equal(body['detail'], 'the hub had an error; nothing was acknowledged');
  });
});
