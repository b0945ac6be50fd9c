import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { watchFolders } from '../../src/hub/drop-folders.ts';
import type { Hub } from '../../src/hub/hub.ts';
import type { KeptUp } from '../../src/hub/keep-doing.ts';
import { claimAccounts } from '../../src/store/registry.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { command } from './command.ts';
import { addPlayer, ledgerOf, startStage, until, untilQuiet, type Stage } from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const BYTES_MAX = 50_000;

let stage: Stage;
let inbox: string;
let server: HubServer;
let watch: KeptUp | undefined;
let key: string;
before(async () => {
  stage = await startStage();
  inbox = newFolder();
  const hub: Hub = { ...stage.hub, config: { ...stage.hub.config, inbox } };
  server = await openServer({ host: '127.0.0.1', port: 0, uploadBytesMax: BYTES_MAX });
  server.ready(hub);
  key = (await command(stage, 'key', 'byrån', '--for', 'inbox')).out.trim();
});
after(async () => {
  await watch?.stop();
  await server.close();
  await stage.stop();
  removeFolder(inbox);
});

function upload(body: RequestInit['body'], name = 'dag.csv', by = key): Promise<Response> {
  const url = `${server.url}/v1/inbox?name=${encodeURIComponent(name)}`;
  const headers = { authorization: `Bearer ${by}` };
  return fetch(url, { method: 'POST', headers, body: body ?? null });
}

describe('an upload into the inbox of an accounting firm', () => {
  it('lies there whole under its name, beside another of the same', async () => {
    const names: string[] = [];
    for (const content of ['one', 'two']) {
      const answer = await upload(content, '../../odd name.csv');
      assert.equal(answer.status, 202);
      names.push(((await answer.json()) as { name: string }).name);
    }
    assert.equal(names[0], '__.._odd name.csv');
    assert.match(names[1] ?? '', /^[0-9a-f-]{36}-__\.\._odd name\.csv$/);
    const texts = names.map((name) => readFileSync(join(inbox, name), 'utf8'));
    assert.deepEqual(texts, ['one', 'two']);
    assert.deepEqual(new Set(readdirSync(inbox)), new Set(names), 'and nothing half-written');
  });

  it('is refused when it is too large or the key is for something else', async () => {
    const before = readdirSync(inbox).length;
    const large = new ReadableStream({
      pull: (to) => to.enqueue(Buffer.alloc(BYTES_MAX / 2 + 1)),
    });
    const url = `${server.url}/v1/inbox`;
    const headers = { authorization: `Bearer ${key}` };
    const init = { method: 'POST', headers, body: large, duplex: 'half' } as RequestInit;
    assert.equal((await fetch(url, init)).status, 413);
    await addPlayer(stage, { name: 'Eget AB' });
    const own = (await command(stage, 'key', 'kassan', '--company', 'Eget AB')).out.trim();
    assert.equal((await upload('x', 'x', own)).status, 403);
    assert.equal((await upload('x', 'x', 'bokbro_wrong')).status, 401);
    assert.equal(
      (await fetch(`${server.url}/v1/files/minbutik`, { ...init, body: 'x' })).status,
      403,
    );
    assert.equal((await fetch(`${server.url}/v1/files/1`, { headers })).status, 403);
    assert.equal((await fetch(`${server.url}/v1/balances/minbutik`, { headers })).status, 403);
    assert.equal(readdirSync(inbox).length, before);
    const mixed = await command(stage, 'key', 'x', '--for', 'inbox', 'files');
    assert.deepEqual([mixed.code, mixed.out], [2, '']);
  });

  it('is booked for the company whose store it is of', async () => {
    const player = await addPlayer(stage, { name: 'Inkorg AB', stores: ['4242'] });
    await claimAccounts(stage.hub.database.db, player.source, ['4242']);
    const hub: Hub = { ...stage.hub, config: { ...stage.hub.config, inbox } };
    watch = watchFolders(hub);
    const answer = await upload(tillFile(smallDay({ day: DAY, store: '4242' })));
    assert.equal(answer.status, 202);
    await until(async () => {
      await untilQuiet(player);
      return ledgerOf(player).length > 0;
    });
    const title = `Dagsrapport ${DAY} butik 4242 kassa 1 Z-1`;
    assert.deepEqual(ledgerOf(player), [[`K 1 · ${DAY} · ${title}`, ...SMALL_DAY_ROWS]]);
  });
});
