import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { startStage, type Stage } from '../scenarios/stage.ts';
import { CLIENT, startOidcProvider, type OidcProvider } from './oidc-provider.ts';
import { oneTimeCode } from './one-time-code.ts';
import { firstOwner, ownAddress, PASSWORD, signedIn, visitor, type Visitor } from './people.ts';

/** Numbers of the RFC’s own appendix, so that our codes are not only right among ourselves. */
test('oneTimeCode gives the codes of RFC 6238', () => {
  // “12345678901234567890” in base32; the RFC’s eight digits end in these six.
  const address = 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  assert.equal(oneTimeCode(address, 59_000), '287082');
  assert.equal(oneTimeCode(address, 1_111_111_109_000), '081804');
});

describe('signing in', () => {
  let stage: Stage;
  let web: HubServer;
  let provider: OidcProvider;
  let owner: Visitor;

  before(async () => {
    stage = await startStage({ hasWorker: false });
    provider = await startOidcProvider();
    web = await openServer({ host: '127.0.0.1', port: 0 });
    const oidc = {
      ...{ issuer: provider.issuer, name: 'Byråns inloggning', trustsEmail: false },
      ...{ clientId: CLIENT.id, clientSecret: CLIENT.secret },
    };
    web.ready({ ...stage.hub, config: { ...stage.hub.config, publicUrl: web.url, oidc } });
    owner = await firstOwner(web);
  });
  after(async () => {
    await web.close();
    await provider.stop();
    await stage.stop();
  });

  async function person(name: string): Promise<{ email: string; self: Visitor }> {
    const email = `${name.toLowerCase()}@byran.example`;
    const json = { name, email, password: PASSWORD, role: 'reader', companyId: null };
    assert.equal((await owner.ask('/api/people', { method: 'POST', json })).status, 200);
    return { email, self: await signedIn(web, email) };
  }

  const post = (who: Visitor, path: string, json: unknown) =>
    who.ask(`/api/auth${path}`, { method: 'POST', json });

  /** Signs in with the password alone, and keeps what the browser would. */
  const halfway = (email: string) => signedIn(web, email);

  async function withFactor(name: string) {
    const { email, self } = await person(name);
    const set = await post(self, '/two-factor/enable', { password: PASSWORD });
    const address = String(set.body['totpURI']);
    const confirmed = await self.send('/api/auth/two-factor/verify-totp', {
      code: oneTimeCode(address, Date.now()),
    });
    assert.equal(confirmed.status, 200);
    return { email, address, codes: set.body['backupCodes'] as string[], self: confirmed.visitor };
  }

  test('a second factor is asked for once it is set up, and only its code gets in', async () => {
    const { email, address, self } = await withFactor('Tora');
    assert.equal((await self.ask('/api/account')).body['hasFactor'], true);
    const half = await halfway(email);
    assert.equal((await half.ask('/api/me')).status, 401);
    const wrong = oneTimeCode(address, Date.now() + 3_600_000);
    assert.equal(
      (await half.send('/api/auth/two-factor/verify-totp', { code: wrong })).status,
      401,
    );
    const code = oneTimeCode(address, Date.now());
    const entered = await half.send('/api/auth/two-factor/verify-totp', { code });
    assert.equal(entered.status, 200);
    assert.deepEqual(entered.body, {});
    assert.equal((await entered.visitor.ask('/api/me')).body['email'], email);
  });

  test('a recovery code gets in once', async () => {
    const { email, codes } = await withFactor('Rut');
    assert.equal(codes.length, 10);
    const code = codes[0] ?? '';
    const path = '/api/auth/two-factor/verify-backup-code';
    const entered = await (await halfway(email)).send(path, { code });
    assert.equal(entered.status, 200);
    assert.equal((await entered.visitor.ask('/api/me')).status, 200);
    assert.equal((await (await halfway(email)).send(path, { code })).status, 401);
  });

  test('a second factor is taken away by who knows the password', async () => {
    const { email, self } = await withFactor('Nils');
    assert.equal((await post(self, '/two-factor/disable', { password: 'gissat' })).status, 400);
    assert.equal((await self.ask('/api/account')).body['hasFactor'], true);
    assert.equal((await post(self, '/two-factor/disable', { password: PASSWORD })).status, 200);
    assert.equal((await (await signedIn(web, email)).ask('/api/me')).status, 200);
  });

  test('the password is changed by who knows it, and other sessions end', async () => {
    const { email, self } = await person('Petra');
    const elsewhere = await signedIn(web, email);
    const put = (current: string, next: string) =>
      self.ask('/api/account/password', { method: 'PUT', json: { current, next } });
    const next = 'tre blå ugglor i rad';
    assert.equal((await put('gissat gissat', next)).status, 403);
    const weak = await put(PASSWORD, 'password1234');
    assert.deepEqual([weak.status, weak.body['code']], [400, 'password-too-common']);
    assert.equal((await put(PASSWORD, next)).status, 200);
    assert.equal((await elsewhere.ask('/api/me')).status, 401);
    assert.equal((await (await signedIn(web, email)).ask('/api/me')).status, 401);
    assert.equal((await (await signedIn(web, email, next)).ask('/api/me')).status, 200);
  });

  test('sessions are listed without what opens them, and ended one by one', async () => {
    const { email, self } = await person('Sara');
    const elsewhere = await signedIn(web, email);
    const { body } = await self.ask('/api/account');
    const sessions = body['sessions'] as { id: string; isThis: boolean }[];
    assert.equal(sessions.length, 2);
    assert.ok(!JSON.stringify(body).includes('token'));
    const other = sessions.find(({ isThis }) => !isThis);
    const path = `/api/account/sessions/${other?.id}`;
    assert.equal((await owner.ask(path, { method: 'DELETE' })).status, 404);
    assert.equal((await self.ask(path, { method: 'DELETE' })).status, 200);
    assert.equal((await elsewhere.ask('/api/me')).status, 401);
    assert.equal((await self.ask('/api/me')).status, 200);
  });

  /** Goes to the provider and back as a browser does. @returns where one ends, and as whom */
  async function byProvider() {
    const begun = await visitor(web, '', ownAddress()).send('/api/auth/sign-in/social', {
      ...{ provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in' },
    });
    assert.equal(begun.status, 200);
    const there = await fetch(String(begun.body['url']), { redirect: 'manual' });
    const back = new URL(there.headers.get('location') ?? '');
    assert.equal(back.origin, web.url);
    const headers = { cookie: begun.visitor.cookie };
    const ended = await fetch(back, { redirect: 'manual', headers });
    const cookies = ended.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return { to: ended.headers.get('location') ?? '', self: visitor(web, cookies.join('; ')) };
  }

  test('the firm’s provider lets in who is somebody here', async () => {
    const { email } = await person('Ove');
    assert.equal((await visitor(web, '').ask('/api/setup')).body['oidc'], 'Byråns inloggning');
    provider.next({ sub: 'ove-1', email, verified: true });
    const { to, self } = await byProvider();
    assert.equal(to, '/');
    assert.equal((await self.ask('/api/me')).body['email'], email);
    assert.equal((await self.ask('/api/account')).body['isLinked'], true);
  });

  test('the firm’s provider makes nobody, and an address that it has not checked is no proof', async () => {
    const { email } = await person('Ulla');
    for (const claims of [
      { sub: 'stranger', email: 'stranger@byran.example', verified: true },
      { sub: 'ulla-1', email, verified: false },
    ]) {
      provider.next(claims);
      const { to, self } = await byProvider();
      assert.match(to, /^\/sign-in\?error=/, claims.email);
      assert.equal((await self.ask('/api/me')).status, 401);
    }
    const people = (await owner.ask('/api/people')).body['people'] as { email: string }[];
    assert.ok(!people.some((one) => one.email === 'stranger@byran.example'));
  });

  test('a token that the provider has not signed gets nobody in', async () => {
    const { email } = await person('Frida');
    provider.next({ sub: 'frida-1', email, verified: true }, 'foreign');
    const { to, self } = await byProvider();
    assert.match(to, /^\/sign-in\?error=/);
    assert.equal((await self.ask('/api/me')).status, 401);
  });

  test('each way in, and each change of it, is in the audit trail', async () => {
    const { rows } = await stage.hub.database.pool.query<{ said: string }>(
      `select act || coalesce(' ' || (about ->> 'way'), '') as said from audit
        where by_whom in ('tora@byran.example', 'rut@byran.example', 'nils@byran.example',
                          'petra@byran.example', 'sara@byran.example', 'ove@byran.example')
        group by 1 order by 1`,
    );
    assert.deepEqual(
      rows.map(({ said }) => said),
      [
        'person.factor-off',
        'person.factor-on',
        'person.password',
        'session.begin oidc',
        'session.begin password',
        'session.begin recovery-code',
        'session.begin totp',
        'session.end',
      ],
    );
    const { rows: half } = await stage.hub.database.pool.query<{ n: string }>(
      `select count(*) as n from audit where act = 'session.begin'
          and by_whom = 'rut@byran.example' and about ->> 'way' = 'password'`,
    );
    // Once before the second factor was set up; what is half a sign-in is none.
    assert.equal(half[0]?.n, '1');
  });
});
