import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { DEFAULT_CLIENT, type FortnoxSimulator } from '../simulator.ts';
import type { TenantHandle } from '../server/tenant-handle.ts';
import { ask, startTestSimulator, type Reply } from '../test-client.ts';
import { textOf } from '../wire/record.ts';

const REDIRECT = 'https://hub.example/callback';
const HOUR_MS = 3_600_000;

let simulator: FortnoxSimulator;
let tenant: TenantHandle;
before(async () => {
  simulator = await startTestSimulator({
    clients: [
      { ...DEFAULT_CLIENT, redirectUris: [REDIRECT] },
      { id: 'small', secret: 's', scopes: ['invoice'], mayUseServiceAccount: false },
      { id: 'unpaid', secret: 's', hasLicence: false },
    ],
  });
  tenant = simulator.tenants.add({ name: 'Prov AB' });
});
afterEach(() => {
  simulator.setConsent('automatic');
  simulator.setChoices({ refreshReuse: 'refused' });
});
after(() => simulator.stop());

function authorize(parameters: Readonly<Record<string, string>>): Promise<Reply> {
  const query = new URLSearchParams({
    client_id: DEFAULT_CLIENT.id,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'bookkeeping companyinformation',
    state: 'st-1',
    access_type: 'offline',
    ...parameters,
  });
  return ask(`${simulator.authUrl}/oauth-v1/auth?${query}`);
}

function sentBack(reply: Reply): URLSearchParams {
  assert.equal(reply.status, 302, reply.text);
  return new URL(String(reply.headers['location'])).searchParams;
}

async function code(parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  return sentBack(await authorize(parameters)).get('code') ?? '';
}

function token(
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const basic = Buffer.from(`${DEFAULT_CLIENT.id}:${DEFAULT_CLIENT.secret}`).toString('base64');
  return ask(`${simulator.authUrl}/oauth-v1/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams(form).toString(),
  });
}

function exchange(authorizationCode: string, verifier?: string): Promise<Reply> {
  return token({
    grant_type: 'authorization_code',
    code: authorizationCode,
    redirect_uri: REDIRECT,
    ...(verifier === undefined ? {} : { code_verifier: verifier }),
  });
}

function refresh(refreshToken: string): Promise<Reply> {
  return token({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function works(accessToken: string): Promise<boolean> {
  const url = `${simulator.apiUrl}/3/companyinformation`;
  return (await ask(url, { token: accessToken })).status === 200;
}

describe('consent', () => {
  test('sends a code and the state back', async () => {
    const back = sentBack(await authorize({}));
    assert.ok(back.get('code'));
    assert.equal(back.get('state'), 'st-1');
  });

  test('shows a page where a person chooses', async () => {
    simulator.setConsent('page');
    const page = await authorize({});
    assert.equal(page.status, 200);
    assert.match(page.text, /Prov AB/);
    const answer = (choice: string): Promise<Reply> =>
      ask(`${simulator.authUrl}/oauth-v1/auth`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          client_id: DEFAULT_CLIENT.id,
          redirect_uri: REDIRECT,
          response_type: 'code',
          scope: 'invoice',
          state: 'x',
          company: String(tenant.id),
          answer: choice,
        }).toString(),
      });
    assert.ok(sentBack(await answer('approved')).get('code'));
    assert.equal(sentBack(await answer('denied')).get('error'), 'access_denied');
  });

  const problems: readonly (readonly [
    parameters: Readonly<Record<string, string>>,
    error: string,
  ])[] = [
    [{ scope: 'bookkeeping nonsense' }, 'invalid_scope'],
    [{ client_id: 'small', scope: 'bookkeeping' }, 'invalid_scope'],
    [{ client_id: 'small', scope: 'invoice', account_type: 'service' }, 'unauthorized_client'],
    [{ client_id: 'unpaid' }, 'error_missing_app_license'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
  ];
  for (const [parameters, error] of problems) {
    test(`answers ${JSON.stringify(parameters)} with ${error}`, async () => {
      assert.equal(sentBack(await authorize(parameters)).get('error'), error);
    });
  }

  test('tells that the company lacks the licence', async () => {
    const other = simulator.tenants.add({ setup: { hasApiLicence: false } });
    const back = sentBack(await authorize({ company: String(other.id) }));
    assert.equal(back.get('error'), 'error_missing_license');
  });

  test('goes nowhere for an app or an address it does not know', async () => {
    assert.equal((await authorize({ client_id: 'nobody' })).status, 400);
    assert.equal((await authorize({ redirect_uri: 'https://evil.example' })).status, 400);
  });
});

describe('an authorization code', () => {
  test('gives tokens, once', async () => {
    const given = await code();
    const reply = await exchange(given);
    assert.equal(reply.body['expires_in'], 3600);
    assert.equal(reply.body['token_type'], 'bearer');
    assert.equal(reply.body['scope'], 'bookkeeping companyinformation');
    assert.ok(await works(textOf(reply.body, 'access_token')));
    const again = await exchange(given);
    assert.deepEqual([again.status, again.body['error']], [400, 'invalid_grant']);
  });

  test('is good for ten minutes', async () => {
    const [first, second] = [await code(), await code()];
    simulator.clock.advance(599_999);
    assert.equal((await exchange(first)).status, 200);
    simulator.clock.advance(1);
    assert.equal((await exchange(second)).status, 400);
  });

  test('is checked against the challenge it was asked for with', async () => {
    const challenge = createHash('sha256').update('verifier-1').digest('base64url');
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
    assert.equal((await exchange(await code(pkce), 'verifier-1')).status, 200);
    assert.equal((await exchange(await code(pkce), 'verifier-2')).status, 400);
    assert.equal((await exchange(await code(pkce))).status, 400);
  });

  test('gives no refresh token unless access is offline', async () => {
    const reply = await exchange(await code({ access_type: 'online' }));
    assert.equal('refresh_token' in reply.body, false);
  });

  test('needs the secret of the app', async () => {
    const wrong = { authorization: `Basic ${Buffer.from('bokbro:wrong').toString('base64')}` };
    const reply = await token({ grant_type: 'refresh_token', refresh_token: 'x' }, wrong);
    assert.equal(reply.status, 401);
    assert.equal(
      reply.text,
      '{"error":"invalid_client","error_description":"The client credentials are invalid"}',
    );
  });
});

describe('an access token', () => {
  test('carries the claims clients read', () => {
    const { accessToken } = tenant.grant({ scopes: ['invoice'] });
    const payload = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims: unknown = JSON.parse(payload);
    assert.ok(typeof claims === 'object' && claims !== null);
    assert.deepEqual(Object.keys(claims).sort(), [
      'aud',
      'authsource',
      'clientId',
      'exp',
      'iat',
      'id',
      'iss',
      'jti',
      'rightsAsJson',
      'scope',
      'scopes',
      'sub',
      'tenantId',
      'token_type',
      'userId',
    ]);
    assert.equal(Reflect.get(claims, 'tenantId'), tenant.id);
    assert.equal(Reflect.get(claims, 'iss'), 'https://api.fortnox.se/oauth2');
    assert.equal(Reflect.get(claims, 'sub'), `1@${tenant.id}`);
  });

  test('is good for an hour', async () => {
    const { accessToken } = tenant.grant();
    simulator.clock.advance(HOUR_MS - 1);
    assert.ok(await works(accessToken));
    simulator.clock.advance(1);
    assert.equal(await works(accessToken), false);
  });
});

describe('a refresh token', () => {
  test('is exchanged for a new one and never good again', async () => {
    const { refreshToken } = tenant.grant();
    const first = await refresh(refreshToken);
    const second = await refresh(textOf(first.body, 'refresh_token'));
    assert.deepEqual([first.status, second.status], [200, 200]);
    const again = await refresh(refreshToken);
    assert.equal(again.status, 400);
    assert.equal(
      again.text,
      '{"error":"invalid_grant","error_description":"Invalid refresh token"}',
    );
  });

  test('serves one of two that use it at once', async () => {
    const { refreshToken } = tenant.grant();
    const replies = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    assert.deepEqual(
      replies.map((reply) => reply.status).sort((a, b) => a - b),
      [200, 400],
    );
    const winner = replies.find((reply) => reply.status === 200);
    assert.ok(await works(textOf(winner?.body ?? {}, 'access_token')));
    const next = await refresh(textOf(winner?.body ?? {}, 'refresh_token'));
    assert.equal(next.status, 200);
  });

  test('loses the whole connection when it is used twice, by choice', async () => {
    simulator.setChoices({ refreshReuse: 'revokes-all' });
    const { refreshToken } = tenant.grant();
    const next = textOf((await refresh(refreshToken)).body, 'refresh_token');
    await refresh(refreshToken);
    assert.equal((await refresh(next)).status, 400);
  });

  test('is good for 45 days', async () => {
    const [first, second] = [tenant.grant().refreshToken, tenant.grant().refreshToken];
    simulator.clock.advance(45 * 24 * HOUR_MS - 1);
    assert.equal((await refresh(first)).status, 200);
    simulator.clock.advance(1);
    assert.equal((await refresh(second)).status, 400);
  });

  test('can be lost and revoked', async () => {
    const lost = tenant.grant().refreshToken;
    tenant.loseRefreshTokens();
    assert.equal((await refresh(lost)).status, 400);
    const { refreshToken } = tenant.grant();
    const revoke = (value: string): Promise<Reply> =>
      ask(`${simulator.authUrl}/oauth-v1/revoke`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from('bokbro:bokbro-secret').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ token_type_hint: 'refresh_token', token: value }).toString(),
      });
    assert.equal((await revoke('never-was')).text, '{"revoked":true}');
    assert.equal((await revoke(refreshToken)).text, '{"revoked":true}');
    assert.equal((await refresh(refreshToken)).status, 400);
  });
});

describe('client credentials', () => {
  const asService = (id: number, scope = ''): Promise<Reply> =>
    token(
      { grant_type: 'client_credentials', ...(scope === '' ? {} : { scope }) },
      { TenantId: String(id) },
    );

  test('give a token to an app with a service account, and no refresh token', async () => {
    const own = simulator.tenants.add({});
    assert.equal((await asService(own.id)).status, 400);
    await code({ company: String(own.id), account_type: 'service' });
    const reply = await asService(own.id);
    assert.equal(reply.status, 200);
    assert.equal('refresh_token' in reply.body, false);
    assert.ok(await works(textOf(reply.body, 'access_token')));
  });

  test('can ask for less, and not for more', async () => {
    const own = simulator.tenants.add({});
    own.grant({ scopes: ['invoice', 'customer'], isService: true });
    assert.equal((await asService(own.id, 'invoice')).body['scope'], 'invoice');
    assert.equal((await asService(own.id, 'bookkeeping')).status, 400);
    assert.equal((await asService(own.id, 'nonsense')).body['error'], 'invalid_scope');
  });

  test('end with the consent', async () => {
    const own = simulator.tenants.add({});
    own.grant({ isService: true });
    const reply = await asService(own.id);
    own.withdrawConsent();
    assert.equal((await asService(own.id)).status, 400);
    assert.equal(await works(textOf(reply.body, 'access_token')), false);
  });
});
