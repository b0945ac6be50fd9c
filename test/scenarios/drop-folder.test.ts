import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { setDropFolder, watchFolders } from '../../src/hub/drop-folders.ts';
import type { KeptUp } from '../../src/hub/keep-doing.ts';
import { listFiles, type FileView } from '../../src/store/files.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { command } from './command.ts';
import { addPlayer, ledgerOf, startStage, until, untilQuiet, type Player } from './stage.ts';
import type { Stage } from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const BOOKED = [[`K 1 · ${DAY} · Dagsrapport ${DAY} butik 1234 kassa 1 Z-1`, ...SMALL_DAY_ROWS]];

let stage: Stage;
let watch: KeptUp;
let home: string;
before(async () => {
  stage = await startStage();
  home = newFolder();
  watch = watchFolders(stage.hub);
});
after(async () => {
  await watch.stop();
  await stage.stop();
  removeFolder(home);
});

type Dropping = { readonly player: Player; readonly folder: string };

async function withFolder(name: string): Promise<Dropping> {
  const player = await addPlayer(stage, { name });
  const folder = join(home, name);
  await setDropFolder(stage.hub, player.source.id, folder);
  return { player, folder };
}

function filesOf({ player }: Dropping): Promise<readonly FileView[]> {
  return listFiles(stage.hub.database.db, [player.source.id]);
}

/** Files in a folder, without the numbers that were put before their names. */
function namesIn(...path: readonly string[]): readonly string[] {
  return readdirSync(join(...path), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name.replace(/^\d+-/, ''));
}

async function untilEmpty({ folder }: Dropping): Promise<void> {
  await until(() => namesIn(folder).length === 0);
}

describe('a drop folder', () => {
  it('gives its files to the hub, which books them and moves them aside unchanged', async () => {
    const dropping = await withFolder('Släpper AB');
    const { folder, player } = dropping;
    const content = tillFile(smallDay({ day: DAY }));
    writeFileSync(join(folder, 'dag 1.csv'), content);
    await untilEmpty(dropping);
    await untilQuiet(player);
    assert.deepEqual(ledgerOf(player), BOOKED);
    assert.deepEqual(namesIn(folder, 'taken'), ['dag 1.csv']);
    const [taken = ''] = readdirSync(join(folder, 'taken'));
    assert.equal(readFileSync(join(folder, 'taken', taken), 'utf8'), content);
  });

  it('keeps a file that cannot be read, and the doctor names it', async () => {
    const name = 'Skräp AB';
    const dropping = await withFolder(name);
    const { folder } = dropping;
    writeFileSync(join(folder, 'bild.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    await untilEmpty(dropping);
    assert.deepEqual(namesIn(folder, 'rejected'), ['bild.png']);
    assert.deepEqual(
      (await filesOf(dropping)).map((file) => file.state),
      ['rejected'],
    );
    const doctor = await command(stage, 'doctor', '--company', name);
    assert.equal(doctor.code, 1);
    assert.match(doctor.out, /✗ Filer: bild\.png gick inte att ta emot: bokbro files\n/);
  });

  it('does not take a file half-way while it is being written', async () => {
    const dropping = await withFolder('Skriver långsamt AB');
    const { folder, player } = dropping;
    const content = tillFile(smallDay({ day: DAY }));
    const pieces = Array.from({ length: 12 }, (_, i) => {
      const at = (part: number): number => Math.floor((content.length * part) / 12);
      return content.slice(at(i), at(i + 1));
    });
    for (const piece of pieces) {
      appendFileSync(join(folder, 'växer.csv'), piece);
      // Much shorter than the hub waits between two looks.
      await sleep(200);
    }
    await untilEmpty(dropping);
    await untilQuiet(player);
    const files = await filesOf(dropping);
    assert.deepEqual(
      files.map(({ state, size }) => [state, size]),
      [['read', Buffer.byteLength(content)]],
    );
    assert.deepEqual(ledgerOf(player), BOOKED);
  });

  it('takes the same name again, and leaves hidden files and folders alone', async () => {
    const dropping = await withFolder('Samma namn AB');
    const { folder, player } = dropping;
    writeFileSync(join(folder, '.z.csv.part'), 'not yet');
    mkdirSync(join(folder, 'gamla'));
    for (const number of ['Z-1', 'Z-2']) {
      const day = number === 'Z-1' ? DAY : '2026-10-06';
      writeFileSync(join(folder, 'z.csv'), tillFile(smallDay({ day, number })));
      await until(() => !namesIn(folder).includes('z.csv'));
    }
    await untilQuiet(player);
    assert.equal(ledgerOf(player).length, 2);
    assert.deepEqual(namesIn(folder, 'taken'), ['z.csv', 'z.csv']);
    assert.deepEqual(namesIn(folder), ['.z.csv.part']);
  });

  it('goes on with the others when one of them is gone', async () => {
    const gone = await withFolder('Borta AB');
    removeFolder(gone.folder);
    const dropping = await withFolder('Kvar AB');
    writeFileSync(join(dropping.folder, 'z.csv'), tillFile(smallDay({ day: DAY })));
    await untilEmpty(dropping);
    await untilQuiet(dropping.player);
    assert.deepEqual(ledgerOf(dropping.player), BOOKED);
  });

  it('does not take a file over and over that cannot be moved aside', async () => {
    const dropping = await withFolder('Sitter fast AB');
    const { folder } = dropping;
    symlinkSync(join(home, 'nowhere'), join(folder, 'taken')); // No folder can be made there.
    writeFileSync(join(folder, 'z.csv'), tillFile(smallDay({ day: DAY })));
    await until(async () => (await filesOf(dropping)).some(({ name }) => name === 'z.csv'));
    // A file that is dropped afterwards and taken shows that the hub has looked several times.
    const other = await withFolder('Efteråt AB');
    writeFileSync(join(other.folder, 'z.csv'), tillFile(smallDay({ day: DAY })));
    await untilEmpty(other);
    const taken = (await filesOf(dropping)).filter(({ name }) => name === 'z.csv');
    assert.equal(taken.length, 1);
    assert.ok(namesIn(folder).includes('z.csv'));
  });
});
