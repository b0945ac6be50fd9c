import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { present } from '../../lib/assert.ts';
import type { Credentials } from '../../ports/connector.ts';
import { connectionCredentials, writeSecrets } from '../../store/credentials.ts';
import { addCompany, addConnection } from '../../store/registry.ts';
import { secretBox } from '../../store/secret-box.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { bothYears, failureOf } from '../../testing/target-contract/delivery.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { consentPage, exchangeCode } from './auth.ts';
import { withFortnox } from './bench-for-test.ts';
import { connector } from './connector.ts';
import { FORTNOX_SETTINGS, type FortnoxSettings } from './settings.ts';

const REDIRECT = 'https://hub.example/oauth/callback';

function settingsOf(bench: Bench, changes: Partial<FortnoxSettings> = {}): FortnoxSettings {
  return { ...FORTNOX_SETTINGS.parse(bench.run.settings), ...changes };
}

type Consented = { readonly code: string; readonly verifier: string; readonly redirectUri: string };

/** A person has said yes on the page that these settings lead to. */
async function consented(bench: Bench, settings: FortnoxSettings): Promise<Consented> {
  const page = consentPage(settings, REDIRECT);
  const answer = await present(bench.run.consent, 'a person')(page.url);
  assert.equal(answer.state, page.state);
  return { code: answer.code, verifier: page.verifier, redirectUri: REDIRECT };
}

function exchange(bench: Bench, settings: FortnoxSettings, consent: Consented) {
  const tools = { http: bench.http(bench.run.settings), clock: bench.run.clock, settings };
  const { clientSecret = '' } = bench.run.secrets;
  return exchangeCode(tools, { clientSecret }, consent);
}

/** The forms that were sent to the token endpoint, with the company they were for. */
function tokenRequests(bench: Bench): readonly Readonly<Record<string, string>>[] {
  return bench.sent
    .filter(({ request }) => request.url.endsWith('/oauth-v1/token'))
    .map(({ request }) => ({
      ...Object.fromEntries(new URLSearchParams(String(request.body))),
      tenant: request.headers?.['TenantId'] ?? '',
    }));
}

describe('consentPage', () => {
  test('asks for what vouchers need, offline, and for a service account only to use one', () => {
    const settings = FORTNOX_SETTINGS.parse({ clientId: 'app-1' });
    const { searchParams } = new URL(consentPage(settings, REDIRECT).url);
    const asked = Object.fromEntries(searchParams);
    assert.equal(asked['client_id'], 'app-1');
    assert.equal(asked['redirect_uri'], REDIRECT);
    assert.equal(
      asked['scope'],
      'bookkeeping companyinformation settings inbox connectfile costcenter project',
    );
    assert.equal(asked['access_type'], 'offline');
    assert.equal(asked['response_type'], 'code');
    assert.equal(asked['account_type'], 'service');
    const rotating = { ...settings, login: 'authorization-code' } as const;
    assert.ok(!new URL(consentPage(rotating, REDIRECT).url).searchParams.has('account_type'));
  });
});

describe('exchangeCode', () => {
  test('learns from the token which company it is', () =>
    withFortnox(async (bench) => {
      const settings = settingsOf(bench, { tenantId: '' });
      const login = await exchange(bench, settings, await consented(bench, settings));
      assert.equal(login.settings.tenantId, settingsOf(bench).tenantId);
    }));

  test('refuses the consent of another company than the connection is of', () =>
    withFortnox(async (bench) => {
      const settings = settingsOf(bench, { tenantId: '999' });
      const given = exchange(bench, settings, await consented(bench, settings));
      await assert.rejects(given, /for company \d+; this connection is of 999\./);
      assert.equal((await failureOf(bench, given)).kind, 'setup');
    }));

  test('gets nothing for a code without the verifier of its own page', () =>
    withFortnox(async (bench) => {
      const settings = settingsOf(bench);
      const { verifier } = consentPage(settings, REDIRECT);
      const stolen = { ...(await consented(bench, settings)), verifier };
      assert.equal((await failureOf(bench, exchange(bench, settings, stolen))).kind, 'reconnect');
    }));

  test('gets nothing for a code that was sent to another address', () =>
    withFortnox(async (bench) => {
      const settings = settingsOf(bench);
      const redirectUri = 'https://other.example/callback';
      const moved = { ...(await consented(bench, settings)), redirectUri };
      assert.equal((await failureOf(bench, exchange(bench, settings, moved))).kind, 'reconnect');
    }));

  test('asks to mend the client secret when Fortnox does not know it', () =>
    withFortnox(async (bench) => {
      const settings = settingsOf(bench);
      const consent = await consented(bench, settings);
      const tools = { http: bench.http(bench.run.settings), clock: bench.run.clock, settings };
      const given = exchangeCode(tools, { clientSecret: 'another secret' }, consent);
      assert.equal((await failureOf(bench, given)).kind, 'setup');
    }));
});

describe('renewToken', () => {
  test('names the company and uses nothing up with client credentials', () =>
    withFortnox(async (bench) => {
      for (let time = 0; time < 2; time += 1) {
        await bench.run.arrange({ kind: 'token-ended' });
        await bench.target.readBooks(bothYears(bench));
      }
      const { tenantId } = settingsOf(bench);
      const asked = { grant_type: 'client_credentials', tenant: tenantId };
      assert.deepEqual(tokenRequests(bench), [asked, asked]);
    }));

  test('uses each refresh token once, and the newest next', () =>
    withFortnox(async (bench) => {
      const tokens = [bench.shelf.stored['refreshToken']];
      for (let time = 0; time < 3; time += 1) {
        await bench.run.arrange({ kind: 'token-ended' });
        await bench.target.readBooks(bothYears(bench));
        tokens.push(bench.shelf.stored['refreshToken']);
      }
      assert.equal(new Set(tokens).size, 4);
      assert.deepEqual(
        tokenRequests(bench).map((form) => form['refresh_token']),
        tokens.slice(0, 3),
      );
    }, 'rotating'));
});

describe('two processes on one database', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  for (const login of ['lasting', 'rotating'] as const) {
    test(`renew an ended ${login} login once when they meet it together`, () =>
      withFortnox(async (bench) => {
        const logins = await loginsOf(bench, server);
        await bench.run.arrange({ kind: 'token-ended' });
        // The simulator takes every token of a company back when a refresh token comes twice.
        const reads = logins.flatMap((credentials) =>
          [1, 2, 3].map(() => openWith(bench, credentials).readBooks(bothYears(bench))),
        );
        await Promise.all(reads);
        assert.equal(tokenRequests(bench).length, 1);
        const [a, b] = await Promise.all(logins.map((credentials) => credentials.current()));
        assert.deepEqual(a, b);
        await bench.run.arrange({ kind: 'token-ended' });
        await openWith(bench, present(logins[1], 'a login')).readBooks(bothYears(bench));
        assert.equal(tokenRequests(bench).length, 2);
      }, login));
  }
});

/** The login of one connection as each of two processes reaches it: by a pool of its own. */
async function loginsOf(bench: Bench, server: TestServer): Promise<readonly Credentials[]> {
  const database = await server.newDatabase();
  const { db } = database;
  const company = await addCompany(db, { name: 'Provbolaget', country: 'SE', language: 'sv' });
  const connection = await addConnection(db, {
    companyId: company.id,
    connector: connector.id,
    name: connector.id,
    settings: bench.run.settings,
  });
  const box = secretBox(randomBytes(32));
  const place = { companyId: company.id, connectionId: connection.id };
  await writeSecrets(db, { box, place }, bench.run.secrets);
  const logins = [database, server.openAgain(database)].map((one) =>
    connectionCredentials(one, box, place),
  );
  for (const credentials of logins) await credentials.current();
  return logins;
}

function openWith(bench: Bench, credentials: Credentials) {
  const { clock, settings: written } = bench.run;
  const settings = connector.settings.parse(written);
  const opened = connector.open({ settings, http: bench.http(written), clock, credentials });
  return present(opened.target, 'a target');
}
