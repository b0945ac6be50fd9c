import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addConnection } from '../../src/store/registry.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command } from '../scenarios/command.ts';
import { addPlayer, startStage, type Player, type Stage } from '../scenarios/stage.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';
import { firstOwner, ownAddress, PASSWORD, signedIn, visitor, type Visitor } from './people.ts';

const FIRM = {
  ...{ name: 'Byrån', language: 'nb', signInHours: null },
  ...{ needsFactor: false, fourEyesMinor: '500000' },
};

/** As somebody who has set up codes of an app, or has not. */
async function giveCodes(stage: Stage, email: string, hasThem: boolean): Promise<void> {
  await stage.hub.database.db
    .updateTable('person')
    .set({ two_factor_enabled: hasThem })
    .where('email', '=', email)
    .execute();
}

describe('what the firm decides', () => {
  let stage: Stage;
  let player: Player;
  let web: HubServer;
  let owner: Visitor;
  let integrator: Visitor;
  before(async () => {
    stage = await startStage({ hasWorker: false });
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    owner = await firstOwner(web);
    const email = 'ivar@byran.example';
    const person = { name: 'Ivar', email, password: PASSWORD, role: 'integrator' };
    const json = { ...person, companyId: player.company.id };
    assert.equal((await owner.ask('/api/people', { method: 'POST', json })).status, 200);
    integrator = await signedIn(web, email);
  });
  after(async () => {
    await web.close();
    await stage.stop();
  });

  const change = (of: object) =>
    owner.ask('/api/firm', { method: 'PUT', json: { ...FIRM, ...of } });

  test('is changed by who manages it, told to everybody, and stands in the trail', async () => {
    assert.equal((await integrator.ask('/api/firm')).status, 403);
    assert.equal((await integrator.ask('/api/firm', { method: 'PUT', json: FIRM })).status, 403);
    assert.equal((await change({})).status, 200);
    const { body } = await owner.ask('/api/firm');
    assert.deepEqual(body, { ...FIRM, people: 2, withoutFactor: 2, oidc: null });
    assert.equal((await integrator.ask('/api/me')).body['firmName'], 'Byrån');
    assert.equal((await visitor(web, '').ask('/api/setup')).body['language'], 'nb');
    for (const wrong of [{ signInHours: 0 }, { signInHours: 721 }, { fourEyesMinor: '0' }]) {
      assert.equal((await change(wrong)).status, 400, JSON.stringify(wrong));
    }
  });

  test('gives a new flow its amount for two people, which only who manages takes away', async () => {
    await change({ fourEyesMinor: '500000' });
    const { company, target } = player;
    const at = `/api/companies/${company.id}/flows`;
    const sourceOf = async (name: string) => {
      const till = { companyId: company.id, connector: 'minbutik', name, settings: {} };
      return (await addConnection(stage.hub.database.db, till)).id;
    };
    const flow = { target: target.id, mode: 'review', choices: {}, startDate: null };
    const second = { ...flow, source: await sourceOf('kassa 2') };
    const without = { ...second, fourEyesMinor: null };
    assert.equal((await integrator.ask(at, { method: 'POST', json: without })).status, 403);
    assert.equal((await integrator.ask(at, { method: 'POST', json: second })).status, 200);
    const third = { ...flow, source: await sourceOf('kassa 3'), fourEyesMinor: null };
    assert.equal((await owner.ask(at, { method: 'POST', json: third })).status, 200);
    const { body } = await integrator.ask(at);
    const flows = body['flows'] as { source: { name: string }; fourEyesMinor: string | null }[];
    assert.deepEqual(
      flows.map(({ source, fourEyesMinor }) => `${source.name}: ${fourEyesMinor}`).sort(),
      ['kassa 2: 500000', 'kassa 3: null', 'minbutik: null'],
    );
    await sourceOf('kassa 4');
    assert.equal((await command(stage, 'flow', 'add', 'kassa 4', 'fortnox', '--review')).code, 0);
    const after = (await integrator.ask(at)).body['flows'] as typeof flows;
    const fourth = after.find(({ source }) => source.name === 'kassa 4');
    assert.equal(fourth?.fourEyesMinor, '500000');
  });

  test('asks for codes: who has none reaches their account, and programs go on', async () => {
    const documents = `/api/companies/${player.company.id}/documents`;
    const keys = `/api/companies/${player.company.id}/keys`;
    const key = { name: 'läsare', scopes: ['read'], days: null };
    const made = await owner.ask(keys, { method: 'POST', json: key });
    const authorization = `Bearer ${String(made.body['key'])}`;
    assert.equal((await change({ needsFactor: true })).status, 409, 'one shuts oneself out');
    await giveCodes(stage, 'anna@byran.example', true);
    assert.equal((await change({ needsFactor: true })).status, 200);
    assert.equal((await owner.ask(documents)).status, 200);
    const me = await integrator.ask('/api/me');
    assert.deepEqual([me.status, me.body['lacksFactor']], [200, true]);
    assert.equal((await integrator.ask('/api/account')).status, 200);
    for (const path of [documents, '/api/overview', `/api/companies/${player.company.id}/held`]) {
      const { status, body } = await integrator.ask(path);
      assert.deepEqual([status, body['code']], [403, 'needs-factor']);
    }
    const program = visitor(web, '');
    assert.equal((await program.ask(documents, { headers: { authorization } })).status, 200);
    await giveCodes(stage, 'ivar@byran.example', true);
    assert.equal((await integrator.ask(documents)).status, 200);
    await change({ needsFactor: false });
    for (const name of ['anna', 'ivar']) await giveCodes(stage, `${name}@byran.example`, false);
  });

  test('asks everybody to sign in again after its hours, however busy they are', async () => {
    await change({ signInHours: 8 });
    const busy = await signedIn(web, 'ivar@byran.example');
    const age = async (hours: number): Promise<number> => {
      await stage.hub.database.pool.query(
        `update person_session set created_at = now() - interval '${hours} hours'
          where person_id = (select id from person where email = 'ivar@byran.example')`,
      );
      return (await busy.ask('/api/me')).status;
    };
    assert.equal(await age(7), 200);
    assert.equal(await age(8), 401);
    await change({ signInHours: null });
    assert.equal((await busy.ask('/api/me')).status, 401, 'it has ended for good');
  });

  test('is read and changed on the command line', async () => {
    const argv = ['--sign-in-hours', '12', '--codes', 'off', '--two-above', 'none', '--name', 'B'];
    const { code, out } = await command(stage, 'firm', 'set', ...argv);
    assert.equal(code, 0);
    assert.match(out, /name +B\n.*sign in again +after 12 hours\n.*\(2 of 2 have none\)/s);
    assert.equal((await command(stage, 'firm')).out, out);
    const wrong = await command(stage, 'firm', 'set', '--sign-in-hours', '0');
    assert.deepEqual([wrong.code, wrong.err.includes('1 to 720')], [2, true]);
    const { body } = await owner.ask('/api/firm');
    assert.deepEqual([body['signInHours'], body['fourEyesMinor']], [12, null]);
  });

  test('tries to sign in are counted in the database, for all processes', async () => {
    const from = ownAddress();
    const json = { email: 'ivar@byran.example', password: 'inte rätt alls här' };
    for (let i = 0; i < 3; i += 1) {
      await visitor(web, '', from).ask('/api/auth/sign-in/email', { method: 'POST', json });
    }
    const { rows } = await stage.hub.database.pool.query<{ count: number }>(
      `select count from sign_in_try where key like $1`,
      [`%${from}%`],
    );
    assert.deepEqual(rows, [{ count: 3 }]);
    // As if another process had counted the rest of them.
    await stage.hub.database.pool.query('update sign_in_try set count = 10');
    const asked = { method: 'POST', json };
    const { status } = await visitor(web, '', from).ask('/api/auth/sign-in/email', asked);
    assert.equal(status, 429);
  });
});

describe('the page of the firm', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let app: App;
  before(async () => {
    stage = await startStage({ hasWorker: false });
    await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await stage?.stop();
  });

  test('changes what it shows, and says why it does not', async () => {
    const { page } = app;
    await page.goto(app.url);
    await page.getByRole('button', { name: /^Konto/ }).click();
    await page.getByRole('menuitem', { name: 'Byråns inställningar' }).click();
    await page.getByLabel('Byråns namn').fill('Ekonomibyrån');
    await page.getByLabel('Logga in på nytt').selectOption({ label: 'efter 12 timmar' });
    await page.getByLabel('Två personer över').fill('5000');
    await page.getByLabel('Alla ska ha engångskoder').check();
    await page.getByRole('button', { name: 'Spara' }).click();
    await page
      .getByRole('alert')
      .getByText(/^Ordna koder från en app åt dig själv först/)
      .waitFor();
    await app.isAccessible('firm-refused');
    await page.getByLabel('Alla ska ha engångskoder').uncheck();
    await page.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Sparat.').waitFor();
    await page.getByRole('banner').getByText('Ekonomibyrån').waitFor();
    await app.isAccessible('firm');
    await page.reload();
    assert.equal(await page.getByLabel('Två personer över').inputValue(), '5000');
  });

  test('who lacks codes is led to where they are set up, and out again', async () => {
    const { page } = app;
    const email = 'anna@byran.example';
    await giveCodes(stage, email, true);
    assert.equal((await command(stage, 'firm', 'set', '--codes', 'on')).code, 0);
    await giveCodes(stage, email, false);
    await page.goto(app.url);
    await page.waitForURL(/\/account$/);
    await page.getByRole('alert').getByText('Byrån kräver engångskoder.').waitFor();
    await app.isAccessible('codes-first');
    await giveCodes(stage, email, true);
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Alla företag' }).waitFor();
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
