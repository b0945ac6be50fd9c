import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { watchFolders } from '../../src/hub/drop-folders.ts';
import type { Hub } from '../../src/hub/hub.ts';
import type { KeptUp } from '../../src/hub/keep-doing.ts';
import { addCompany, addConnection, claimAccounts } from '../../src/store/registry.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { startStage, until, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const COMPANIES = 200;

describe('the inbox of an accounting firm', () => {
  let stage: Stage;
  let folder: string;
  let watch: KeptUp;
  before(async () => {
    stage = await startStage({ hasWorker: false });
    folder = newFolder();
  });
  after(async () => {
    await watch.stop();
    await stage.stop();
    removeFolder(folder);
  });

  async function addStore(store: string): Promise<void> {
    const { db } = stage.hub.database;
    const seed = { name: `Butik ${store} AB`, country: 'SE', language: 'sv' } as const;
    const { id: companyId } = await addCompany(db, seed);
    const about = { companyId, connector: 'minbutik', name: 'minbutik' };
    const connection = await addConnection(db, { ...about, settings: { stores: [store] } });
    assert.deepEqual(await claimAccounts(db, connection, [store]), []);
  }

  function drop(name: string, ...stores: readonly string[]): void {
    const days = stores.map((store) => tillFile(smallDay({ day: DAY, store })));
    const [first = '', ...others] = days;
    const more = others.map((text) => text.slice(text.indexOf('\n') + 1));
    writeFileSync(join(folder, name), [first, ...more].join(''));
  }

  /** `company store` of every document there is. */
  async function documents(): Promise<readonly string[]> {
    const rows = await stage.hub.database.db
      .selectFrom('document as d')
      .innerJoin('company as c', 'c.id', 'd.company_id')
      .select(['c.name', 'd.key'])
      .execute();
    return rows.map(({ name, key }) => `${name} ${key.split('/')[1]}`);
  }

  it('gives each of two hundred stores its own, and keeps what is nobody’s', async () => {
    const stores = Array.from({ length: COMPANIES }, (_, i) => String(1_000 + i));
    for (const store of stores) await addStore(store);
    for (const store of stores) drop(`${store}.csv`, store);
    drop('two.csv', '1000', '1001');
    drop('stranger.csv', '77');
    writeFileSync(join(folder, 'picture.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
    const hub: Hub = { ...stage.hub, config: { ...stage.hub.config, inbox: folder } };
    watch = watchFolders(hub);
    const taken = join(folder, 'taken');
    await until(() => existsSync(taken) && readdirSync(taken).length === COMPANIES);
    assert.deepEqual(
      new Set(await documents()),
      new Set(stores.map((store) => `Butik ${store} AB ${store}`)),
    );
    const left = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
    assert.deepEqual(
      new Set(left.map((one) => one.name)),
      new Set(['two.csv', 'stranger.csv', 'picture.png']),
    );
  });

  it('takes what has waited when its store is connected', async () => {
    await watch.stop();
    await addStore('77');
    const hub: Hub = { ...stage.hub, config: { ...stage.hub.config, inbox: folder } };
    watch = watchFolders(hub);
    await until(async () => (await documents()).includes('Butik 77 AB 77'));
  });
});
