import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { returnDueBalances } from '../../src/hub/return-balances.ts';
import { setBalanceReturn } from '../../src/store/balance-returns.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { addPlayer, startStage, take, untilQuiet, type Player, type Stage } from './stage.ts';

const FIXTURES = join(import.meta.dirname, '../../src/connectors/minbutik/fixtures');
const CREDIT = readFileSync(join(FIXTURES, 'kreditkop-1234-2026-05.csv'));
const HOUR_MS = 3_600_000;

describe('balances that go back to the till', () => {
  let stage: Stage;
  let home: string;
  before(async () => {
    stage = await startStage();
    home = newFolder();
  });
  after(async () => {
    await stage.stop();
    removeFolder(home);
  });

  /** Looks what is due as if it were so long after now. */
  async function later(ms: number): Promise<void> {
    const clock = { ...stage.hub.clock, nowMs: () => Date.now() + ms };
    await returnDueBalances({ ...stage.hub, clock });
  }

  async function customer(name: string): Promise<{ player: Player; folder: string }> {
    const player = await addPlayer(stage, { name });
    const folder = join(home, name);
    const flowId = player.flow.id;
    await setBalanceReturn(stage.hub.database.db, { flowId, folder, times: ['04:00'] });
    return { player, folder };
  }

  function linesIn(folder: string): readonly string[] {
    const [file = ''] = readdirSync(folder);
    return readFileSync(join(folder, file), 'utf8').trimEnd().split('\r\n').slice(1);
  }

  it('are put there at once, on time, and once however many runs were missed', async () => {
    const { folder } = await customer('Schema AB');
    await later(0);
    assert.deepEqual(readdirSync(folder), ['kreditsaldon-alla.csv']);
    rmSync(folder, { recursive: true });
    await later(1_000);
    assert.ok(!existsSync(folder), 'not before its time');
    await later(73 * HOUR_MS);
    assert.ok(existsSync(folder), 'three runs were missed: one makes up for them');
    rmSync(folder, { recursive: true });
    await later(73 * HOUR_MS + 1_000);
    assert.ok(!existsSync(folder), 'once');
  });

  it('are put there anew when customers have bought', async () => {
    const { player, folder } = await customer('Ändrat AB');
    await later(0);
    assert.deepEqual(linesIn(folder), []);
    await take(player, { name: 'kredit.csv', content: CREDIT });
    await untilQuiet(player);
    await later(4 * 60_000);
    assert.deepEqual(linesIn(folder), [], 'purchases come in swarms: not for each');
    await later(6 * 60_000);
    assert.deepEqual(
      linesIn(folder).map((line) => line.split(';').slice(2, 5).join(' ')),
      ['10017 Exempelkommun Skola 1185,00', '10044 Åkeriet Öst AB 5030,00'],
    );
  });

  it('that cannot be put there keep nobody else’s away, and are due still', async () => {
    const { folder: blocked } = await customer('Hindrat AB');
    const { folder } = await customer('Ohindrat AB');
    writeFileSync(blocked, 'a file where the folder should be');
    await later(0);
    assert.ok(existsSync(folder));
    rmSync(blocked);
    await later(1_000);
    assert.ok(existsSync(blocked));
  });
});
