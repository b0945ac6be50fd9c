import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command } from './command.ts';
import {
  addPlayer,
  ledgerOf,
  startStage,
  statesOf,
  until,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const CONTENT = tillFile(smallDay({ day: DAY }));
const BYTES_MAX = 100_000;

let stage: Stage;
let server: HubServer;
before(async () => {
  stage = await startStage();
  server = await openServer({ host: '127.0.0.1', port: 0, uploadBytesMax: BYTES_MAX });
  server.ready(stage.hub);
});
after(async () => {
  await server.close();
  await stage.stop();
});

/** A company, and a key of its own. */
async function withKey(name: string): Promise<{ readonly player: Player; readonly key: string }> {
  const player = await addPlayer(stage, { name });
  const made = await command(stage, 'key', 'kassan', '--company', name);
  return { player, key: made.out.trim() };
}

function upload(key: string | null, body: string, connection = 'minbutik'): Promise<Response> {
  return fetch(`${server.url}/v1/files/${connection}?name=z.csv`, {
    method: 'POST',
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    body,
  });
}

async function filesOf({ company }: Player): Promise<number> {
  const { db } = stage.hub.database;
  const own = db.selectFrom('received_file').where('company_id', '=', company.id);
  return (await own.select('id').execute()).length;
}

describe('an upload', () => {
  it('is acknowledged when it is kept, and booked', async () => {
    const { player, key } = await withKey('Laddar upp AB');
    const answer = await upload(key, CONTENT);
    assert.equal(answer.status, 202);
    const { fileId, sameAs } = (await answer.json()) as { fileId: string; sameAs: null };
    assert.deepEqual([answer.headers.get('location'), sameAs], [`/v1/files/${fileId}`, null]);
    const look = async (): Promise<unknown> => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${server.url}/v1/files/${fileId}`, { headers })).json();
    };
    await until(async () => ((await look()) as { state: string }).state === 'read');
    await untilQuiet(player);
    const title = `Dagsrapport ${DAY} butik 1234 kassa 1 Z-1`;
    assert.deepEqual(ledgerOf(player), [[`K 1 · ${DAY} · ${title}`, ...SMALL_DAY_ROWS]]);
  });

  it('is refused without a key, and with one that has ended', async () => {
    const { player, key } = await withKey('Utan nyckel AB');
    await command(stage, 'key', 'kassan', '--company', 'Utan nyckel AB');
    for (const wrong of [null, 'bokbro_wrong', '', key]) {
      const answer = await upload(wrong, CONTENT);
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    }
    assert.equal(await filesOf(player), 0);
  });

  it('is refused when it says that it is too large, before its body has come', async () => {
    const { player, key } = await withKey('Säger för stor AB');
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${server.url}/v1/files/minbutik`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-length': BYTES_MAX + 1 },
      });
      asked.on('error', reject);
      asked.on('response', (answer) => {
        resolve(answer.statusCode);
        asked.destroy();
      });
      asked.flushHeaders();
    });
    assert.equal(status, 413);
    assert.equal(await filesOf(player), 0);
  });

  it('is refused when it turns out to be too large, and nothing of it is kept', async () => {
    const { player, key } = await withKey('Är för stor AB');
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        for (let sent = 0; sent <= BYTES_MAX; sent += 10_000) stream.enqueue(Buffer.alloc(10_000));
        stream.close();
      },
    });
    const init = { method: 'POST', headers: { authorization: `Bearer ${key}` }, body };
    const url = `${server.url}/v1/files/minbutik`;
    const answer = await fetch(url, { ...init, duplex: 'half' });
    assert.equal(answer.status, 413);
    assert.equal(await filesOf(player), 0);
  });

  it('is asked to come again while the hub is starting', async () => {
    const starting = await openServer({ host: '127.0.0.1', port: 0 });
    try {
      const { player, key } = await withKey('Startar AB');
      const url = `${starting.url}/v1/files/minbutik`;
      const init = { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: CONTENT };
      const early = await fetch(url, init);
      assert.deepEqual([early.status, early.headers.get('retry-after')], [503, '2']);
      assert.equal(await filesOf(player), 0);
      starting.ready(stage.hub);
      assert.equal((await fetch(url, init)).status, 202);
      await until(async () => (await statesOf(player)).join() === 'done');
    } finally {
      await starting.close();
    }
  });
});

describe('the key of a company', () => {
  it('shows and takes nothing of another company', async () => {
    const a = await withKey('Bolag A AB');
    const b = await withKey('Bolag B AB');
    const { fileId } = (await (await upload(b.key, CONTENT)).json()) as { fileId: string };
    const headers = { authorization: `Bearer ${a.key}` };
    const strange = await fetch(`${server.url}/v1/files/${fileId}`, { headers });
    const none = await fetch(`${server.url}/v1/files/999999`, { headers });
    // Not even that there is such a file.
    assert.deepEqual([strange.status, none.status], [404, 404]);
    assert.equal(await strange.text(), await none.text());

    const { db } = stage.hub.database;
    await db
      .updateTable('connection')
      .set({ name: 'bara b' })
      .where('id', '=', b.player.source.id)
      .execute();
    assert.equal((await upload(a.key, CONTENT, 'bara b')).status, 404);
    assert.equal((await upload(a.key, CONTENT, b.player.source.id)).status, 404);
    assert.deepEqual([await filesOf(a.player), await filesOf(b.player)], [0, 1]);
    await until(async () => (await statesOf(b.player)).join() === 'done');
    assert.deepEqual(ledgerOf(a.player), []);
  });

  it('books its own report though another company has a store of the same number', async () => {
    const a = await withKey('Samma nummer A AB');
    const b = await withKey('Samma nummer B AB');
    await upload(a.key, CONTENT);
    await upload(b.key, CONTENT);
    for (const { player } of [a, b]) {
      await until(async () => (await statesOf(player)).join() === 'done');
      assert.equal(ledgerOf(player).length, 1);
    }
  });
});
