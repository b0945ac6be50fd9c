import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import type { Db } from './db.ts';
import {
  addHook,
  countHeard,
  endHook,
  findHook,
  hookOfToken,
  hookSecrets,
  nudgeFeed,
  nudgesOf,
  takeNudges,
} from './hooks.ts';
import { noteLook, savePickup, takeDue } from './pickups.ts';
import { addCompany, addConnection } from './registry.ts';
import { secretBox } from './secret-box.ts';

const BOX = secretBox(new Uint8Array(32));
const NOW_MS = Date.UTC(2026, 10, 20, 12);

let server: TestServer;
let db: Db;
let connectionId: string;
let companyId: string;
let pickupId: string;
before(async () => {
  server = await startTestServer();
  ({ db } = await server.newDatabase());
  ({ id: companyId } = await addCompany(db, { name: 'A AB', country: 'SE', language: 'sv' }));
  const of = { companyId, connector: 'woocommerce', name: 'butik', settings: {} };
  ({ id: connectionId } = await addConnection(db, of));
  const owner = { companyId, connectionId };
  const feed = { name: 'butik', kind: 'feed', owner, everySeconds: 3_600 } as const;
  ({ id: pickupId } = await savePickup(db, BOX, { ...feed, settings: {}, secrets: {} }));
});
after(() => server.stop());

const nudge = (object: string | null, atMs = NOW_MS): Promise<void> =>
  nudgeFeed(db, connectionId, { object, nowMs: atMs, afterLookMs: 5_000 });
const due = async (atMs: number): Promise<number> => {
  const hold = { holder: 'one', untilMs: atMs + 60_000, nowMs: atMs, limit: 9 };
  return (await takeDue(db, hold)).length;
};
const looked = (atMs: number, trouble: 'busy' | null = null): Promise<void> =>
  noteLook(db, pickupId, {
    ...{ holder: 'one', atMs, dueMs: atMs + 3_600_000, nudgedDueMs: atMs + 5_000 },
    ...{ failures: 0, note: null },
    trouble: trouble === null ? null : { code: trouble, facts: {} },
  });

describe('a message of a connection', () => {
  it('comes to an address that nobody can guess, whose secrets are sealed', async () => {
    const place = { companyId, connectionId };
    await addHook(db, BOX, { place, secrets: { token: 'abc', secret: 'xyz' } });
    // A second address would leave the system with the first one.
    await addHook(db, BOX, { place, secrets: { token: 'other', secret: 'other' } });
    const hook = await hookOfToken(db, 'abc');
    assert.ok(hook);
    assert.deepEqual(await hookSecrets(db, BOX, hook), { token: 'abc', secret: 'xyz' });
    assert.equal(await hookOfToken(db, 'other'), null);
    await countHeard(db, connectionId, { isForged: false, atMs: NOW_MS });
    await countHeard(db, connectionId, { isForged: true, atMs: NOW_MS });
    const counted = await findHook(db, connectionId);
    assert.deepEqual([counted?.heard, counted?.forged, counted?.isSecretWrong], [1, 1, true]);
    await endHook(db, connectionId);
    assert.equal(await hookOfToken(db, 'abc'), null);
  });

  it('has the system looked at at once, and five seconds after a look', async () => {
    assert.equal(await due(NOW_MS), 1, 'a new feed is looked at');
    await looked(NOW_MS);
    assert.equal(await due(NOW_MS + 60_000), 0);
    await nudge('7', NOW_MS + 60_000);
    assert.equal(await due(NOW_MS + 60_000), 1);
    await looked(NOW_MS + 61_000);
    await nudge('7', NOW_MS + 62_000);
    assert.equal(await due(NOW_MS + 65_999), 0);
    assert.equal(await due(NOW_MS + 66_000), 1);
    await looked(NOW_MS + 67_000);
    await takeNudges(db, pickupId, await nudgesOf(db, pickupId));
  });

  it('that comes while a look is under way is followed by one more look only', async () => {
    const beginMs = NOW_MS + 10_000_000;
    await due(beginMs);
    for (let i = 0; i < 50; i += 1) await nudge(String(i % 3), beginMs + 1_000);
    await looked(beginMs + 2_000);
    assert.equal(await due(beginMs + 6_999), 0);
    assert.equal(await due(beginMs + 7_000), 1);
    await looked(beginMs + 8_000);
    assert.equal(await due(beginMs + 60_000), 0);
    assert.equal((await nudgesOf(db, pickupId)).length, 3);
  });

  it('of an object that is being looked at leaves it named', async () => {
    const seen = await nudgesOf(db, pickupId);
    await nudge('1');
    await takeNudges(db, pickupId, seen);
    const left = (await nudgesOf(db, pickupId)).map(({ object }) => object);
    assert.deepEqual(left, ['1']);
  });

  it('does not have a system asked that asks us to wait, or that is away', async () => {
    const beginMs = NOW_MS + 30_000_000;
    await due(beginMs);
    await looked(beginMs, 'busy');
    await nudge('9', beginMs + 1_000);
    assert.equal(await due(beginMs + 3_599_000), 0);
    assert.equal(await due(beginMs + 3_600_000), 1);
  });

  it('names so many objects and no more: a sweep finds the others', async () => {
    const of = { nowMs: NOW_MS, afterLookMs: 0 };
    const named = Array.from({ length: 1_005 }, (_, i) => String(10_000 + i));
    for (const object of named) await nudgeFeed(db, connectionId, { object, ...of });
    assert.equal((await nudgesOf(db, pickupId)).length, 1_000);
  });
});
