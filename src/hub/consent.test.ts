import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addRigCompany, startRig, type Rig, type RigCompany } from '../app/demo/rig.ts';
import { ConnectorError } from '../ports/errors.ts';
import { connectionCredentials, writeSecrets } from '../store/credentials.ts';
import { getConnection } from '../store/registry.ts';
import { secretBox } from '../store/secret-box.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { addSecrets, beginConsent, endConsent, redirectUri } from './consent.ts';

let server: TestServer;
let rig: Rig;
let company: RigCompany;
before(async () => {
  server = await startTestServer();
  rig = await startRig({ databaseUrl: await server.newUrl() });
  company = await addRigCompany(rig, { name: 'Ängens Livs AB' });
});
after(async () => {
  await rig.stop();
  await server.stop();
});

/** Sends the person to the page. @returns where the page sends them back to */
async function consentAt(page: string): Promise<URL> {
  const response = await fetch(page, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
}

function answerOf(back: URL): { readonly state: string; readonly code: string } {
  const { searchParams: said } = back;
  return { state: said.get('state') ?? '', code: said.get('code') ?? '' };
}

async function secretsOf(connectionId: string): Promise<Readonly<Record<string, string>>> {
  const place = { companyId: company.company.id, connectionId };
  return connectionCredentials(rig.hub.database, rig.hub.box, place).current();
}

describe('a consent', () => {
  test('becomes the login of the connection, and its state counts once', async () => {
    const { id } = company.target;
    await rig.hub.lanes.markConnection(id, 'reconnect', {
      code: 'login-ended',
      facts: { why: 'the consent is gone' },
    });
    const back = await consentAt(await beginConsent(rig.hub, id));
    assert.equal(`${back.origin}${back.pathname}`, redirectUri(rig.hub));
    const answer = answerOf(back);
    assert.equal(await endConsent(rig.hub, answer), id);
    const { accessToken, clientSecret } = await secretsOf(id);
    assert.ok(accessToken !== undefined && accessToken.length > 0);
    assert.equal(clientSecret, 'bokbro-secret');
    assert.equal((await getConnection(rig.hub.database.db, id)).state, 'ready');
    assert.equal(await endConsent(rig.hub, answer), null);
  });

  test('wakes the lane that has waited for it', async () => {
    const { id } = company.target;
    await rig.hub.jobs.finish(await rig.hub.jobs.take(5));
    await endConsent(rig.hub, answerOf(await consentAt(await beginConsent(rig.hub, id))));
    const jobs = await rig.hub.jobs.take(5);
    assert.deepEqual(
      jobs.map((job) => job.laneId),
      [id],
    );
    await rig.hub.jobs.finish(jobs);
  });

  test('is no login when its state is not one of ours', async () => {
    assert.equal(await endConsent(rig.hub, { state: 'guessed', code: 'c' }), null);
  });

  test('is no login when it took longer than fifteen minutes', async () => {
    const { id } = company.target;
    const answer = answerOf(await consentAt(await beginConsent(rig.hub, id)));
    const nowMs = rig.hub.clock.nowMs();
    const later = { ...rig.hub.clock, nowMs: () => nowMs + 15 * 60_000 + 60_000 };
    assert.equal(await endConsent({ ...rig.hub, clock: later }, answer), null);
  });

  test('changes nothing when the outside system does not accept its code', async () => {
    const { id } = company.target;
    const before = await secretsOf(id);
    const { state } = answerOf(await consentAt(await beginConsent(rig.hub, id)));
    await assert.rejects(endConsent(rig.hub, { state, code: 'forged' }), ConnectorError);
    assert.deepEqual(await secretsOf(id), before);
    assert.equal(await endConsent(rig.hub, { state, code: 'forged' }), null);
  });
});

describe('addSecrets', () => {
  test('takes the place of secrets that cannot be opened any more', async () => {
    const box = secretBox(new Uint8Array(32).fill(9));
    const hub = { ...rig.hub, box };
    await addSecrets(hub, company.target.id, { clientSecret: 'typed in again' });
    const place = { companyId: company.company.id, connectionId: company.target.id };
    const now = await connectionCredentials(hub.database, box, place).current();
    assert.deepEqual(now, { clientSecret: 'typed in again' });
    await writeSecrets(hub.database.db, { box: rig.hub.box, place }, {});
  });

  test('keeps the secrets that are there', async () => {
    const { id } = company.target;
    const before = await secretsOf(id);
    await addSecrets(rig.hub, id, { extra: 'one more' });
    assert.deepEqual(await secretsOf(id), { ...before, extra: 'one more' });
  });
});
