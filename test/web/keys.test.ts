import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command } from '../scenarios/command.ts';
import { addPlayer, startStage, type Player, type Stage } from '../scenarios/stage.ts';
import { firstOwner, ownAddress, visitor, type Answer, type Visitor } from './people.ts';

/** A hub that has served so many within a moment has no limit. */
const ASKED_MAX = 5_000;

describe('keys for the API', () => {
  let stage: Stage;
  let mine: Player;
  let theirs: Player;
  let web: HubServer;
  let owner: Visitor;
  let at: string;

  before(async () => {
    stage = await startStage({ hasWorker: false });
    mine = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    theirs = await addPlayer(stage, { name: 'Annat AB', stores: ['5678'] });
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    owner = await firstOwner(web);
    at = `/api/companies/${mine.company.id}`;
  });
  after(async () => {
    await web.close();
    await stage.stop();
  });

  async function made(name: string, scopes: readonly string[], days: number | null = null) {
    const json = { name, scopes, days };
    const { status, body } = await owner.ask(`${at}/keys`, { method: 'POST', json });
    assert.equal(status, 200);
    return String(body['key']);
  }

  /** A program with a key, and with no page behind it. */
  function program(key: string) {
    const from = visitor(web, '', ownAddress());
    return (path: string, init: Parameters<Visitor['ask']>[1] = {}): Promise<Answer> => {
      const headers = { authorization: `Bearer ${key}`, ...init.headers };
      return from.ask(path, { ...init, headers });
    };
  }

  const reconcile = (): { method: string; json: unknown } => ({
    method: 'POST',
    json: { flow: mine.flow.id, from: '2026-05-01', to: '2026-05-02' },
  });

  test('open what their scopes name, in their company only', async () => {
    const ask = program(await made('läsare', ['read']));
    assert.equal((await ask(`${at}/documents`)).status, 200);
    assert.equal((await ask(`${at}/reconciliations`, reconcile())).status, 403);
    assert.equal((await ask(`/api/companies/${theirs.company.id}/documents`)).status, 404);
    const me = await ask('/api/me');
    const companies = me.body['companies'] as { name: string; rights: string[] }[];
    assert.deepEqual(
      companies.map(({ name, rights }) => [name, rights]),
      [['Ängens Livs AB', ['read']]],
    );
  });

  test('reach no account, no people, no trail and no keys', async () => {
    const ask = program(await made('allt', ['read', 'approve', 'settle', 'import', 'connect']));
    for (const path of ['/api/account', '/api/people', `${at}/keys`, `${at}/audit`]) {
      assert.equal((await ask(path)).status, 403, path);
    }
  });

  test('for files open nothing of the API', async () => {
    const ask = program(await made('filer', ['files']));
    const { status, body } = await ask(`${at}/documents`);
    assert.deepEqual([status, body['status']], [401, 401]);
  });

  test('that ended, have become too old, or were guessed, open nothing', async () => {
    const [ended, old] = [await made('slut', ['read']), await made('gammal', ['read'], 1)];
    const keys = (await owner.ask(`${at}/keys`)).body['keys'] as { id: string; name: string }[];
    const id = keys.find(({ name }) => name === 'slut')?.id;
    assert.equal((await program(old)(`${at}/documents`)).status, 200);
    assert.equal((await owner.ask(`${at}/keys/${id}`, { method: 'DELETE' })).status, 200);
    assert.equal((await owner.ask(`${at}/keys/${id}`, { method: 'DELETE' })).status, 404);
    const late = `update api_key set expires_at = now() where name = 'gammal'`;
    await stage.hub.database.pool.query(late);
    for (const key of [ended, old, 'bokbro_guessed']) {
      assert.equal((await program(key)(`${at}/documents`)).status, 401);
    }
  });

  test('are listed by their beginning and their last use, and nothing that opens', async () => {
    const key = await made('synlig', ['read']);
    await program(key)(`${at}/documents`);
    const { body } = await owner.ask(`${at}/keys`);
    const listed = (body['keys'] as Record<string, unknown>[]).find(
      ({ name }) => name === 'synlig',
    );
    assert.equal(listed?.['prefix'], key.slice(0, 13));
    assert.equal(typeof listed['lastUsedAtMs'], 'number');
    assert.ok(!JSON.stringify(body).includes(key));
    const { rows } = await stage.hub.database.pool.query('select * from api_key');
    assert.ok(!JSON.stringify(rows).includes(key));
  });

  test('are made on the command line too', async () => {
    const asked = ['key', 'kassan', '--for', 'read,settle', '--company', 'Ängens Livs AB'];
    const { code, out } = await command(stage, ...asked, '--days', '30');
    assert.equal(code, 0);
    assert.equal((await program(out.trim())(`${at}/held`)).status, 200);
  });

  test('an act with a key of its own is done once', async () => {
    const ask = program(await made('avstämmare', ['read', 'settle']));
    const once = { ...reconcile(), headers: { 'idempotency-key': 'mars' } };
    const first = await ask(`${at}/reconciliations`, once);
    assert.equal(first.status, 200);
    const again = await ask(`${at}/reconciliations`, once);
    assert.deepEqual(again, first);
    const kept = (await ask(`${at}/reconciliations`)).body['made'] as unknown[];
    assert.equal(kept.length, 1);
    const other = { ...once, json: { flow: mine.flow.id, from: '2026-05-01', to: '2026-05-03' } };
    assert.equal((await ask(`${at}/reconciliations`, other)).status, 409);
    // Somebody else’s key of the same text is another.
    const neighbour = program(await made('annan', ['settle']));
    assert.equal((await neighbour(`${at}/reconciliations`, other)).status, 200);
  });

  test('a secret is not shown again by doing the same again', async () => {
    const json = { name: 'en gång', scopes: ['read'], days: null };
    const asked = { method: 'POST', json, headers: { 'idempotency-key': 'nyckel' } };
    const first = await owner.ask(`${at}/keys`, asked);
    assert.equal(first.status, 200);
    const again = await owner.ask(`${at}/keys`, asked);
    assert.equal(again.status, 409);
    const ask = program(String(first.body['key']));
    assert.equal((await ask(`${at}/documents`)).status, 200);
  });

  test('who asks too often is told how long to wait', async () => {
    const key = await made('ivrig', ['read']);
    const answers: Response[] = [];
    while (!answers.some(({ status }) => status === 429) && answers.length < ASKED_MAX) {
      const headers = { authorization: `Bearer ${key}` };
      const asked = Array.from({ length: 50 }, () => fetch(`${web.url}/api/me`, { headers }));
      answers.push(...(await Promise.all(asked)));
    }
    const refused = answers.find(({ status }) => status === 429);
    assert.match(refused?.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    assert.equal(refused?.headers.get('content-type'), 'application/problem+json');
    const served = answers.find(({ status }) => status === 200);
    assert.match(served?.headers.get('ratelimit-policy') ?? '', /^"program";q=120;w=12$/);
    assert.match(served?.headers.get('ratelimit') ?? '', /^"program";r=\d+;t=0$/);
    // Others are served meanwhile.
    assert.equal((await owner.ask('/api/me')).status, 200);
  });
});
