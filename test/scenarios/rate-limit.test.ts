import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { FORTNOX_RATE } from '../../src/connectors/fortnox/simulator/rate.ts';
import { TIMING } from '../../src/engine/timing.ts';
import { addPlayer, ledgerOf, startStage, take, untilQuiet, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

/**
 * Both ends run on the real clock: a process that others keep from running sends a call later than
 * it was allowed to, and the next window then begins too early for the simulator.
 */
const BUSY =
  (loadavg()[0] ?? 0) > availableParallelism()
    ? 'skipped: the machine has more to do than it has processors'
    : false;

describe('the limit of 25 calls in 5 seconds', { skip: BUSY }, () => {
  let stage: Stage;
  before(async () => {
    // The limit as Fortnox has it, at both ends, and the hub with its own waits.
    stage = await startStage({
      simulator: { rate: FORTNOX_RATE },
      connectors: CONNECTORS,
      timing: TIMING,
    });
  });
  after(() => stage.stop());

  it('is waited for no longer than 95 % of it allow, and never overrun', async () => {
    const player = await addPlayer(stage, {
      name: 'Fullt upp AB',
      choices: { attachFile: true },
    });
    // Three calls a report: the voucher, its file, and the two put together.
    const days = Array.from({ length: 30 }, (_, i) => `2026-09-${String(i + 1).padStart(2, '0')}`);
    const reports = days.map((day, i) => smallDay({ day, number: `Z-${i + 1}` }));
    await take(player, { name: 'month.csv', content: tillFile(...reports) });
    await untilQuiet(player);
    assert.equal(ledgerOf(player).length, 30);

    const tenant = stage.simulator.tenants.get(player.tenantId);
    assert.equal(tenant.tally().limited, 0);
    const { acceptedAtMs, peak } = tenant.usage();
    assert.equal(peak, 25);
    // A call waits for the one 25 before it to be 5 s old, and then no longer than 95 % allow:
    // 5 000 ÷ 0.95 = 5 263 ms. On a busy machine most come later for want of a processor, so the
    // call that came soonest is what tells how long the hub itself holds calls back.
    const waits = acceptedAtMs.slice(25).map((atMs, i) => atMs - (acceptedAtMs[i] ?? 0));
    assert.ok(waits.length >= 50, `${acceptedAtMs.length} calls are too few to tell`);
    const least = Math.min(...waits);
    assert.ok(least >= 5_000 && least <= 5_263, `25 calls took ${least} ms`);
  });
});
