import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeDueSnapshots } from '../../src/hub/keep-snapshots.ts';
import { callsOf } from '../../src/store/registry.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command } from './command.ts';
import { addPlayer, startStage, take, untilQuiet, type Player, type Stage } from './stage.ts';

const FIXTURES = join(import.meta.dirname, '../../src/connectors/minbutik/fixtures');
const CREDIT = readFileSync(join(FIXTURES, 'kreditkop-1234-2026-05.csv'));
const HOUR_MS = 3_600_000;

let stage: Stage;
let server: HubServer;
before(async () => {
  stage = await startStage();
  server = await openServer({ host: '127.0.0.1', port: 0 });
  server.ready(stage.hub);
});
after(async () => {
  await server.close();
  await stage.stop();
});

/** A company whose till fetches its balances, and the key for it. */
async function served(name: string): Promise<{ readonly player: Player; readonly key: string }> {
  const player = await addPlayer(stage, { name });
  const own = ['--company', name];
  const ended = await command(stage, 'balances', '--serve', ...own);
  assert.equal(ended.code, 0, ended.err);
  assert.match(ended.out, /GET http\S+\/v1\/balances\/minbutik\n/);
  const made = await command(stage, 'key', 'kassan', '--for', 'balances', ...own);
  return { player, key: made.out.trim() };
}

function fetchBalances(
  key: string | null,
  headers: Record<string, string> = {},
  path = 'minbutik',
) {
  const authorization: Record<string, string> =
    key === null ? {} : { authorization: `Bearer ${key}` };
  return fetch(`${server.url}/v1/balances/${path}`, { headers: { ...authorization, ...headers } });
}

/** Makes what is due as if it were so long after now. */
async function later(ms: number): Promise<void> {
  const clock = { ...stage.hub.clock, nowMs: () => Date.now() + ms };
  await makeDueSnapshots({ ...stage.hub, clock });
}

describe('balances that a till fetches', () => {
  it('are everyone, in its own columns, with when they are from', async () => {
    const { player, key } = await served('Hämtar AB');
    await take(player, { name: 'kredit.csv', content: CREDIT });
    await untilQuiet(player);
    await later(6 * 60_000);
    const answer = await fetchBalances(key);
    assert.equal(answer.status, 200);
    const header = (name: string): string => answer.headers.get(name) ?? '';
    assert.equal(header('content-type'), 'text/csv');
    assert.match(header('content-disposition'), /^attachment; filename\*=UTF-8''kreditsaldon-alla/);
    assert.match(header('etag'), /^"[0-9a-f]{32}"$/);
    assert.match(header('bokbro-as-of'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:00$/);
    assert.ok(Number.isFinite(Date.parse(header('last-modified'))));
    assert.match(header('age'), /^\d+$/);
    assert.match(header('cache-control'), /private/);
    const [, ...lines] = (await answer.text()).trimEnd().split('\r\n');
    assert.deepEqual(
      lines.map((line) => line.split(';').slice(2, 5).join(' ')),
      ['10017 Exempelkommun Skola 1185,00', '10044 Åkeriet Öst AB 5030,00'],
    );
  });

  it('are not sent again to a till that has them, and cost no call of the ledger', async () => {
    const { player, key } = await served('Frågar ofta AB');
    const { db } = stage.hub.database;
    const before = await callsOf(db, player.target.id);
    const first = await fetchBalances(key);
    const etag = first.headers.get('etag') ?? '';
    const lastModified = first.headers.get('last-modified') ?? '';
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': lastModified },
    ] as Record<string, string>[]) {
      const again = await fetchBalances(key, headers);
      assert.deepEqual([again.status, await again.text()], [304, '']);
      assert.equal(again.headers.get('etag'), etag);
    }
    for (const headers of [
      { 'if-none-match': '"other"', 'if-modified-since': lastModified },
      { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      { 'if-modified-since': 'yesterday' },
    ] as Record<string, string>[]) {
      assert.equal((await fetchBalances(key, headers)).status, 200);
    }
    assert.deepEqual(await callsOf(db, player.target.id), before);
  });

  it('are made anew when a time has come, and kept as they were when that fails', async () => {
    const { player, key } = await served('Nytt dygn AB');
    const asOf = async () => (await fetchBalances(key)).headers.get('bokbro-as-of');
    const first = await asOf();
    await later(1_000);
    assert.equal(await asOf(), first, 'not before its time');
    const clock = { ...stage.hub.clock, nowMs: () => Date.now() + 25 * HOUR_MS };
    const openTarget = async (): Promise<never> => {
      throw new Error('the ledger is away');
    };
    await makeDueSnapshots({ ...stage.hub, clock, openTarget });
    assert.equal(await asOf(), first);
    await later(25 * HOUR_MS);
    assert.notEqual(await asOf(), first);
    assert.equal((await fetchBalances(key)).headers.get('age'), '0');
    await command(stage, 'balances', '--no-serve', '--company', player.company.name);
    assert.equal((await fetchBalances(key)).status, 404);
  });

  it('are for those alone who hold a key for them', async () => {
    const { key } = await served('Nycklar AB');
    const own = ['--company', 'Nycklar AB'];
    const till = (await command(stage, 'key', 'filer', ...own)).out.trim();
    const both = await command(stage, 'key', 'allt', '--for', 'files', 'balances', ...own);
    for (const wrong of [null, '', 'bokbro_wrong']) {
      const answer = await fetchBalances(wrong);
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    }
    assert.equal((await fetchBalances(till)).status, 403);
    assert.equal((await fetchBalances(both.out.trim())).status, 200);
    const headers = { authorization: `Bearer ${key}` };
    const upload = { method: 'POST', headers, body: 'x' };
    assert.equal((await fetch(`${server.url}/v1/files/minbutik`, upload)).status, 403);
    assert.equal((await fetch(`${server.url}/v1/files/1`, { headers })).status, 403);
    assert.equal((await fetchBalances(key, {}, 'nobody')).status, 404);
    assert.equal((await fetchBalances(key, {}, 'fortnox')).status, 404);
    assert.equal((await fetchBalances(key, {}, 'minbutik?target=other')).status, 404);
    const strange = await command(stage, 'key', 'x', '--for', 'dreams', ...own);
    assert.deepEqual([strange.code, strange.out], [2, '']);
  });

  it('that are not made yet are to be asked for again soon', async () => {
    const name = 'Väntar AB';
    const { key } = await served(name);
    await stage.hub.database.db
      .updateTable('balance_snapshot')
      .set({ made_at: null, bytes: null })
      .execute();
    const answer = await fetchBalances(key);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '30']);
    await later(0);
    assert.equal((await fetchBalances(key)).status, 200);
  });

  it('are not given to a till that runs wild', async () => {
    const { key } = await served('Skenar AB');
    const answers = await Promise.all(Array.from({ length: 150 }, () => fetchBalances(key)));
    const refused = answers.filter(({ status }) => status === 429);
    assert.ok(refused.length > 0);
    assert.ok(refused.every(({ headers }) => Number(headers.get('retry-after')) >= 1));
    const { key: other } = await served('Snäll AB');
    assert.equal((await fetchBalances(other)).status, 200);
  });
});
