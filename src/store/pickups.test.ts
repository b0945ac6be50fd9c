import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PickupError } from '../ports/pickup.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import type { Db } from './db.ts';
import {
  endPickup,
  findPickup,
  keepHold,
  noteLook,
  pickupSecrets,
  savePickup,
  takeDue,
  takePickup,
} from './pickups.ts';
import { secretBox } from './secret-box.ts';

const BOX = secretBox(Buffer.alloc(32, 1));
const SEED = {
  kind: 'sftp',
  owner: null,
  everySeconds: 60,
  settings: { host: 'sftp.example.com' },
  secrets: { password: 'hemligt' },
} as const;
const NOW_MS = Date.UTC(2026, 9, 5);

describe('pick-ups', () => {
  let server: TestServer;
  let db: Db;
  before(async () => {
    server = await startTestServer();
    ({ db } = await server.newDatabase());
  });
  after(() => server.stop());

  const due = async (holder: string, nowMs = NOW_MS): Promise<readonly string[]> => {
    const taken = await takeDue(db, { holder, nowMs, untilMs: nowMs + 1_000, limit: 10 });
    return taken.map(({ name }) => name);
  };
  const went = { failures: 0, trouble: null, note: null };

  it('are held by one process at a time, until it lets go or dies', async () => {
    const { id } = await savePickup(db, BOX, { ...SEED, name: 'a' });
    const both = await Promise.all([due('one'), due('two')]);
    assert.deepEqual(both.flat(), ['a']);
    const [holder, other] = both[0].length === 1 ? ['one', 'two'] : ['two', 'one'];
    const hold = { nowMs: NOW_MS + 999, untilMs: NOW_MS + 2_000 };
    assert.equal(await takePickup(db, id, { holder: other, ...hold }), false);
    await keepHold(db, id, { holder, untilMs: NOW_MS + 5_000 });
    assert.deepEqual(await due(other, NOW_MS + 4_999), []);
    assert.deepEqual(await due(other, NOW_MS + 5_000), ['a'], 'the holder has died');
    const late = { holder, nudgedDueMs: NOW_MS, atMs: NOW_MS, dueMs: NOW_MS + 90_000, ...went };
    await noteLook(db, id, late);
    assert.equal((await findPickup(db, 'a'))?.lookedAtMs, null, 'it had lost its hold');
    await noteLook(db, id, { ...late, holder: other, atMs: NOW_MS + 6_000 });
    assert.equal((await findPickup(db, 'a'))?.lookedAtMs, NOW_MS + 6_000);
    assert.deepEqual(await due(holder, NOW_MS + 89_999), []);
    assert.deepEqual(await due(holder, NOW_MS + 90_000), ['a']);
    await endPickup(db, id, NOW_MS);
  });

  it('that a person changes while they are looked into begin anew', async () => {
    const { id } = await savePickup(db, BOX, { ...SEED, name: 'b' });
    assert.deepEqual(await due('one'), ['b']);
    await savePickup(db, BOX, { ...SEED, name: 'b', everySeconds: 5 });
    const trouble = { code: 'login-refused', facts: {} } as const;
    const at = { atMs: NOW_MS, dueMs: NOW_MS + 60_000, nudgedDueMs: NOW_MS };
    const look = { holder: 'one', ...at, failures: 1, note: null };
    await noteLook(db, id, { ...look, trouble });
    const now = await findPickup(db, 'b');
    assert.deepEqual([now?.trouble, now?.everySeconds], [null, 5]);
    assert.deepEqual(await due('two'), ['b']);
    await endPickup(db, id, NOW_MS);
  });

  it('keep their login sealed, each its own, and forget it when they end', async () => {
    const one = await savePickup(db, BOX, { ...SEED, name: 'c' });
    const other = await savePickup(db, BOX, { ...SEED, name: 'd' });
    assert.deepEqual(await pickupSecrets(db, BOX, one), { password: 'hemligt' });
    const rows = await db.selectFrom('pickup').select(['name', 'secrets']).execute();
    const sealed = rows.find(({ name }) => name === 'c')?.secrets ?? Buffer.alloc(0);
    assert.ok(!sealed.includes('hemligt'));
    await db.updateTable('pickup').set({ secrets: sealed }).where('id', '=', other.id).execute();
    await assert.rejects(pickupSecrets(db, BOX, other), PickupError, 'sealed for another');
    const wrong = secretBox(Buffer.alloc(32, 2));
    await assert.rejects(pickupSecrets(db, wrong, one), PickupError);
    await endPickup(db, one.id, NOW_MS);
    assert.equal(await findPickup(db, 'c'), null);
    const again = await savePickup(db, BOX, { ...SEED, name: 'c' });
    assert.notEqual(again.id, one.id, 'the name is free');
  });
});
