import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { watchFolders } from '../../src/hub/drop-folders.ts';
import type { KeptUp } from '../../src/hub/keep-doing.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { whoseFile } from '../../src/hub/owner-of-file.ts';
import { listFiles } from '../../src/store/files.ts';
import {
  addCompany,
  addConnection,
  changeSettings,
  claimAccounts,
} from '../../src/store/registry.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { command } from './command.ts';
import { addPlayer, ledgerOf, startStage, take, until, untilQuiet, type Stage } from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';

let stage: Stage;
let home: string;
let watch: KeptUp | undefined;
before(async () => {
  stage = await startStage();
  home = newFolder();
});
after(async () => {
  await watch?.stop();
  await stage.stop();
  removeFolder(home);
});

/** An export of a layout of its own: the day of `smallDay`. */
function wide(store: string, number = 'Z-1'): string {
  return [
    'Butik;Datum;Z-nr;Förs 25%;Moms 25%;Kort',
    `${store};${DAY};${number};1000,00;200,00;1000,00`,
    '',
  ].join('\n');
}

/** A profile for it; `store` is the one that it says itself, whatever stands in the file. */
function profile(store?: string): object {
  return {
    profile: 'test.wide',
    version: 1,
    document: 'pos_day_report',
    input: { format: 'csv', delimiter: ';', decimal: ',', date: 'yyyy-MM-dd' },
    identity: ['store_no', 'business_date', 'register', 'report_no'],
    columns: {
      store_no: store === undefined ? { header: ['Butik'] } : { const: store },
      business_date: { header: ['Datum'] },
      register: { const: '1' },
      report_no: { header: ['Z-nr'] },
    },
    lines: [
      { header: 'Förs 25%', kind: 'sale', vat_rate: 25, vat_header: 'Moms 25%' },
      { header: 'Kort', kind: 'tender', code: 'KORT' },
    ],
  };
}

function profileFile(name: string, store?: string): string {
  const path = join(home, name);
  writeFileSync(path, JSON.stringify(profile(store)));
  return path;
}

function booked(store = '1234', number = 'Z-1'): readonly string[] {
  const title = `Dagsrapport ${DAY} butik ${store} kassa 1 ${number}`;
  return [`K 1 · ${DAY} · ${title}`, ...SMALL_DAY_ROWS];
}

describe('a file that its connection does not know', () => {
  it('waits, and is booked when a profile comes that knows it', async () => {
    const name = 'Egen layout AB';
    const player = await addPlayer(stage, { name });
    const own = ['--company', name];
    assert.equal((await take(player, { name: 'x.csv', content: wide('1234') })).kind, 'rejected');
    const waits = await command(stage, 'files', ...own);
    assert.equal(waits.code, 1);
    assert.match(waits.out, /\d+ {2}x\.csv \(minbutik\): not read, 0 minutes old\n {6}Formatet är/);
    const argv = ['connect', 'minbutik', '--profile', profileFile('a.json'), ...own];
    const connected = await command(stage, ...argv);
    assert.match(connected.out, /✓ \d+ {2}x\.csv: 1 new documents\n/);
    await untilQuiet(player);
    assert.deepEqual(ledgerOf(player), [booked()]);
    const none = await command(stage, 'files', ...own);
    assert.deepEqual([none.code, none.out], [0, 'No file waits.\n']);
    assert.doesNotMatch((await command(stage, ...argv)).out, /x\.csv/);
  });

  it('is read by a hub that runs, when nobody asks it to', async () => {
    const player = await addPlayer(stage, { name: 'Av sig självt AB' });
    await take(player, { name: 'x.csv', content: wide('1234') });
    const settings = { stores: [], profiles: [profile()] };
    await changeSettings(stage.hub.database.db, player.source.id, settings);
    await stage.hub.finishFiles();
    await untilQuiet(player);
    assert.deepEqual(ledgerOf(player), [booked()]);
  });

  it('is as before when the profile is for something else, and told so', async () => {
    const name = 'Fel profil AB';
    const player = await addPlayer(stage, { name });
    const own = ['--company', name];
    await take(player, { name: 'x.csv', content: 'Helt;annat\n1;2\n' });
    const argv = ['connect', 'minbutik', '--profile', profileFile('b.json'), ...own];
    assert.match((await command(stage, ...argv)).out, /✗ \d+ {2}x\.csv: as before\. Formatet/);
    const again = await command(stage, 'files', 'retry', 'all', ...own);
    assert.equal(again.code, 1);
    const [file] = await listFiles(stage.hub.database.db, [player.source.id]);
    const aside = ['files', 'aside', file?.id ?? '', '--why', 'ingen rapport', ...own];
    assert.equal((await command(stage, ...aside)).out, '1 set aside.\n');
    assert.equal((await command(stage, ...aside)).out, '0 set aside.\n');
    assert.equal((await command(stage, 'files', ...own)).code, 0);
    assert.doesNotMatch((await command(stage, 'doctor', ...own)).out, /x\.csv/);
  });
});

describe('a file of which a part cannot be read', () => {
  it('is read in full when the store of that part is said to be the company’s', async () => {
    const name = 'Två butiker AB';
    const player = await addPlayer(stage, { name, stores: ['1234'] });
    const own = ['--company', name];
    const one = tillFile(
      smallDay({ day: DAY }),
      smallDay({ day: DAY, store: '1235', number: 'Z-9' }),
    );
    await take(player, { name: 'two.csv', content: one });
    await untilQuiet(player);
    assert.deepEqual(ledgerOf(player), [booked()]);
    const waits = await command(stage, 'files', '--json', ...own);
    const { files } = JSON.parse(waits.out) as { files: { state: string; unreadable: number }[] };
    assert.deepEqual(
      files.map(({ state, unreadable }) => [state, unreadable]),
      [['unreadable', 1]],
    );
    const still = await command(stage, 'files', 'retry', 'all', ...own);
    assert.match(still.out, /✗ \d+ {2}two\.csv: as before/);
    const added = ['connect', 'minbutik', '--store', '1234', '--store', '1235', ...own];
    assert.match((await command(stage, ...added)).out, /✓ \d+ {2}two\.csv: 1 new documents\n/);
    await untilQuiet(player);
    assert.equal(ledgerOf(player).length, 2);
    assert.equal((await command(stage, 'files', ...own)).code, 0);
  });

  it('waits no more when the part has come in another file', async () => {
    const name = 'Rättad fil AB';
    const player = await addPlayer(stage, { name });
    const whole = tillFile(smallDay({ day: DAY }));
    await take(player, {
      name: 'bad.csv',
      content: whole.replace('1000,00;200,00', 'tusen;200,00'),
    });
    assert.equal((await command(stage, 'files', '--company', name)).code, 1);
    await take(player, { name: 'good.csv', content: whole });
    assert.equal((await command(stage, 'files', '--company', name)).code, 0);
  });
});

describe('a file of a layout of its own in the inbox', () => {
  const FIRM = 200;

  async function addStore(store: string, profiles: readonly object[]): Promise<string> {
    const { db } = stage.hub.database;
    const seed = { name: `Inkorg ${store} AB`, country: 'SE', language: 'sv' } as const;
    const { id: companyId } = await addCompany(db, seed);
    const about = { companyId, connector: 'minbutik', name: 'minbutik' };
    const settings = { stores: [store], profiles };
    const connection = await addConnection(db, { ...about, settings });
    await claimAccounts(db, connection, [store]);
    return connection.id;
  }

  /** Counts how often a file is opened while it is found out whose it is. */
  async function whose(content: string) {
    let opened = 0;
    const open = async function* () {
      opened += 1;
      yield Buffer.from(content);
    };
    const found = await whoseFile(stage.hub, { name: 'x.csv', open });
    return { found, opened };
  }

  it('goes to its store, and is read once for two hundred with the same profile', async () => {
    const { opened: before } = await whose(wide('5007'));
    const ids = new Map<string, string>();
    for (let i = 0; i < FIRM; i += 1) {
      const store = String(5_000 + i);
      ids.set(store, await addStore(store, [profile()]));
    }
    const { found, opened } = await whose(wide('5007'));
    assert.deepEqual(found, { kind: 'owned', connectionId: ids.get('5007') });
    assert.ok(opened <= before + 2, `opened ${opened} times, ${before} without profiles`);
    const nobodys = await whose(wide('6000'));
    assert.deepEqual(nobodys.found, {
      kind: 'nobodys',
      why: { kind: 'unclaimed', accounts: ['6000'] },
    });
  });

  it('goes to nobody by a profile that says itself which store it is', async () => {
    // Any other shop's file of that layout would be theirs.
    await addStore('7001', [profile('7001')]);
    const lenient = profile() as { columns: { store_no: object } };
    lenient.columns.store_no = { header: ['Butik'], default: '7002' };
    await addStore('7002', [lenient]);
    for (const store of ['', '9998']) {
      assert.equal((await whose(wide(store))).found.kind, 'nobodys');
    }
  });

  it('goes to nobody who has not the profile by which it is theirs', async () => {
    // What 7003 takes for the store's number is the number of the report.
    const other = profile() as { columns: { store_no: object } };
    other.columns.store_no = { header: ['Z-nr'] };
    await addStore('7003', [other]);
    const { found } = await whose(wide('9999', '5001'));
    assert.deepEqual(found, {
      kind: 'nobodys',
      why: { kind: 'unclaimed', accounts: ['5001', '9999'] },
    });
    assert.equal((await whose(wide('5002', '5001'))).found.kind, 'owned');
    // It is 5002's and, by the other profile, 7003's: nobody can tell.
    const { found: both } = await whose(wide('5002', '7003'));
    assert.deepEqual(both, {
      kind: 'nobodys',
      why: { kind: 'several', accounts: ['5002', '7003'] },
    });
  });

  it('waits with its reason, and is taken when the profile comes', async () => {
    const folder = join(home, 'inbox');
    mkdirSync(folder);
    const odd = wide('8001').replace('Datum;', 'Dag;');
    writeFileSync(join(folder, 'odd.csv'), odd);
    const hub: Hub = { ...stage.hub, config: { ...stage.hub.config, inbox: folder } };
    const here = { ...stage, hub };
    const id = await addStore('8001', []);
    watch = watchFolders(hub);
    const { out, code } = await command(here, 'files', '--all');
    assert.equal(code, 1);
    assert.match(out, /In the inbox\n {2}odd\.csv: 0 minutes old\n {6}Inget system och ingen/);
    const mended = profile() as { columns: { business_date: object } };
    mended.columns.business_date = { header: ['Dag'] };
    await changeSettings(hub.database.db, id, { stores: ['8001'], profiles: [mended] });
    await until(() => existsSync(join(folder, 'taken')));
    assert.equal(readdirSync(join(folder, 'taken')).length, 1);
    assert.doesNotMatch((await command(here, 'files', '--all')).out, /odd\.csv/);
  });
});
