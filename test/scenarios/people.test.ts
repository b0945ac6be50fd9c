import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { firstOwner, PASSWORD, signedIn, visitor, type Visitor } from '../web/people.ts';
import { command } from './command.ts';
import { addPlayer, startStage, type Player, type Stage } from './stage.ts';

describe('people', () => {
  let stage: Stage;
  let player: Player;
  let web: HubServer;
  let owner: Visitor;

  before(async () => {
    stage = await startStage({ hasWorker: false });
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    owner = await firstOwner(web);
  });
  after(async () => {
    await web.close();
    await stage.stop();
  });

  const post = (who: Visitor, path: string, json: unknown) =>
    who.ask(`/api${path}`, { method: 'POST', json });
  const gone = (path: string) => owner.ask(`/api${path}`, { method: 'DELETE' });
  const nobody = () => visitor(web, '');
  const tokenOf = (link: unknown) => String(link).split('#token=')[1] ?? '';

  async function invited(email: string): Promise<string> {
    const json = { email, role: 'bookkeeper', companyId: player.company.id };
    const { status, body } = await post(owner, '/people/invitations', json);
    assert.equal(status, 200);
    assert.match(String(body['link']), /\/join#token=[\w-]{32}$/);
    return tokenOf(body['link']);
  }

  async function joined(email: string): Promise<Visitor> {
    const token = await invited(email);
    const accepted = { token, name: 'Bo Ek', password: PASSWORD };
    assert.equal((await post(nobody(), '/invitation/accept', accepted)).status, 200);
    return signedIn(web, email);
  }

  async function personId(email: string): Promise<string> {
    const people = (await owner.ask('/api/people')).body['people'] as Record<string, string>[];
    return people.find((one) => one['email'] === email)?.['id'] ?? '';
  }

  test('a link makes one person, with the role it was made for, once', async () => {
    const token = await invited('Bo@byran.example');
    const look = await post(nobody(), '/invitation', { token });
    const of = { email: 'bo@byran.example', role: 'bookkeeper', company: 'Ängens Livs AB' };
    assert.deepEqual(look.body, of);
    const weak = { token, name: 'Bo Ek', password: 'password1234' };
    assert.equal((await post(nobody(), '/invitation/accept', weak)).status, 400);
    const good = { ...weak, password: PASSWORD };
    const both = await Promise.all([
      post(nobody(), '/invitation/accept', good),
      post(nobody(), '/invitation/accept', good),
    ]);
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 404],
    );
    const bo = await signedIn(web, 'bo@byran.example');
    const companies = (await bo.ask('/api/me')).body['companies'] as { rights: string[] }[];
    assert.deepEqual(companies[0]?.rights, ['read', 'approve', 'settle', 'import']);
    assert.equal((await post(nobody(), '/invitation', { token })).status, 404);
  });

  test('a link that was withdrawn or is too old opens nothing', async () => {
    const withdrawn = await invited('ada@byran.example');
    const listed = (await owner.ask('/api/people')).body['invitations'] as { id: string }[];
    assert.equal((await gone(`/people/invitations/${listed[0]?.id}`)).status, 200);
    const old = await invited('eva@byran.example');
    const late = `update invitation set expires_at = now() where email = 'eva@byran.example'`;
    await stage.hub.database.pool.query(late);
    for (const token of [withdrawn, old, 'guessed']) {
      assert.equal((await post(nobody(), '/invitation', { token })).status, 404);
      const json = { token, name: 'X', password: PASSWORD };
      assert.equal((await post(nobody(), '/invitation/accept', json)).status, 404);
    }
    const { rows } = await stage.hub.database.pool.query('select hash from invitation');
    assert.ok(!JSON.stringify(rows).includes(withdrawn));
  });

  test('who is here already is not invited again', async () => {
    const json = { email: 'anna@byran.example', role: 'reader', companyId: null };
    assert.equal((await post(owner, '/people/invitations', json)).status, 409);
  });

  test('sessions of a person are ended, and a person is taken away', async () => {
    const cid = await joined('cid@byran.example');
    const id = await personId('cid@byran.example');
    assert.equal((await gone(`/people/${id}/sessions`)).body['ended'], 1);
    assert.equal((await cid.ask('/api/me')).status, 401);
    const again = await signedIn(web, 'cid@byran.example');
    assert.equal((await again.ask('/api/me')).status, 200);
    assert.equal((await gone(`/people/${id}`)).status, 200);
    assert.equal((await again.ask('/api/me')).status, 401);
    assert.equal((await (await signedIn(web, 'cid@byran.example')).ask('/api/me')).status, 401);
  });

  test('somebody always owns the hub', async () => {
    const id = await personId('anna@byran.example');
    assert.equal((await gone(`/people/${id}`)).status, 409);
    const json = { companyId: null, role: 'reader' };
    const lower = await owner.ask(`/api/people/${id}/role`, { method: 'PUT', json });
    assert.equal(lower.status, 409);
  });

  test('the command line does the same', async () => {
    const made = await command(stage, ...['people', 'invite', 'dan@byran.example', 'reader']);
    assert.equal(made.code, 0, made.err);
    const accepted = { token: tokenOf(made.out.trim()), name: 'Dan', password: PASSWORD };
    assert.equal((await post(nobody(), '/invitation/accept', accepted)).status, 200);
    const dan = await signedIn(web, 'dan@byran.example');
    const role = ['people', 'role', 'dan@byran.example', 'none'];
    assert.equal((await command(stage, ...role)).code, 0);
    assert.deepEqual((await dan.ask('/api/me')).body['companies'], []);
    assert.match((await command(stage, 'people', 'list')).out, /Dan +dan@byran\.example/);
    assert.equal((await command(stage, 'people', 'sign-out', 'dan@byran.example')).code, 0);
    assert.equal((await dan.ask('/api/me')).status, 401);
    assert.equal((await command(stage, 'people', 'remove', 'dan@byran.example')).code, 0);
    assert.doesNotMatch((await command(stage, 'people', 'list')).out, /dan@byran/);
    const owns = await command(stage, 'people', 'remove', 'anna@byran.example');
    assert.deepEqual([owns.code, owns.err], [2, 'Somebody must own the hub.\n']);
    const strange = await command(stage, 'people', 'invite', 'x@byran.example', 'boss');
    assert.match(strange.err, /a role is one of owner, bookkeeper/);
  });

  test('what is set up on the command line stands in the trail, without settings', async () => {
    const closed = ['closed', 'add', '2026-12-24', '--why', 'julafton'];
    assert.equal((await command(stage, ...closed)).code, 0);
    const connect = ['connect', 'csv-till', '--name', 'Kassa 2', '--set', 'separator=;'];
    await command(stage, ...connect);
    const { rows } = await stage.hub.database.pool.query<{ act: string; about: object }>(
      `select act, about, by_whom, company_id from audit
        where act like 'command.%' or act like 'person.%' order by id`,
    );
    const acts = new Set(rows.map(({ act }) => act));
    for (const act of ['command.closed add', 'command.connect', 'person.invite', 'person.join']) {
      assert.ok(acts.has(act), act);
    }
    const noted = rows.find(({ act }) => act === 'command.connect');
    assert.match(JSON.stringify(noted?.about), /"set":\["separator"\]/);
    assert.equal((await command(stage, 'audit', 'verify')).code, 0);
  });
});
