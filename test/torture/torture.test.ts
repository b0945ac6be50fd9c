import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { torture } from './torture.ts';

/** A hundred faults and more. `npm run torture -- --seeds N` makes as many as one likes. */
const SEEDS = [1];
const FAULTS_MIN = 100;

describe('torture', () => {
  it('leaves the ledger as an undisturbed run does', async (t) => {
    const { faults, says, lost, doubled, halfDone, failedSeeds } = await torture({
      seeds: SEEDS,
      lanes: SEEDS.length,
    });
    t.diagnostic(`${faults} faults in ${SEEDS.length} runs`);
    assert.deepEqual(says, []);
    assert.deepEqual({ lost, doubled, halfDone }, { lost: 0, doubled: 0, halfDone: 0 });
    assert.deepEqual(failedSeeds, []);
    assert.ok(faults >= FAULTS_MIN, `${faults} faults`);
  });
});
