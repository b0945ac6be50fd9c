import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LaneStore, Settlement } from '../ports/store.ts';
import { dayReport } from '../testing/day-reports.ts';
import { laneBench } from '../testing/lane-bench.ts';
import { startTestServer } from '../testing/test-server.ts';

/** Long enough for all that a turn does besides. */
const LATE_MS = 100;

describe('LaneRun.note', async () => {
  const server = await startTestServer();
  after(() => server.stop());

  test('has a delivery done only when all that its steps made is on disk', async () => {
    const bench = await laneBench(server, [dayReport()], { attachFile: true });
    const { rows, clock } = bench;
    let lost = 0;
    const isNoteOfStep = ({ state, changes = [] }: Settlement): boolean =>
      state === undefined && changes.some((change) => change.remote !== undefined);
    // The database is away for the note of the first answer, which fails late.
    const store: LaneStore = {
      ...rows.store,
      settle: async (hold, settlement) => {
        if (lost > 0 || !isNoteOfStep(settlement)) return rows.store.settle(hold, settlement);
        lost += 1;
        await sleep(LATE_MS);
        throw new Error('Connection terminated unexpectedly');
      },
    };
    await bench.turn({ store }).catch(() => undefined);
    assert.equal(lost, 1);
    assert.deepEqual(await bench.states(), ['sending']);
    for (let turn = 0; turn < 4; turn += 1) {
      clock.goOn(10_000);
      await bench.turn();
    }
    assert.match((await bench.states()).join(), /^done K 1/);
    const made = await rows.database.db.selectFrom('step').select(['state', 'remote']).execute();
    assert.ok(made.length > 1);
    for (const { state, remote } of made) {
      assert.equal(state, 'done');
      assert.notEqual(remote, null);
    }
    await rows.stop();
  });
});
