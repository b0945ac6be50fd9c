import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { FORTNOX_RATE } from '../../src/connectors/fortnox/simulator/rate.ts';
import { TIMING } from '../../src/engine/timing.ts';
import { addPlayer, ledgerOf, startStage, take, untilQuiet, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

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

describe('the limit of 25 calls in 5 seconds', () => {
  it('is used to 95 % and more while there is work, and never overrun', async () => {
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
    // From the first call of one window to that of the third after it, the simulator could have
    // taken 75 calls in 15 s. At 95 % it takes 15 000 ÷ 0.95 = 15 789 ms.
    const windows = acceptedAtMs.slice(75).map((atMs, i) => atMs - (acceptedAtMs[i] ?? 0));
    assert.ok(windows.length > 0, `${acceptedAtMs.length} calls are too few to tell`);
    const least = Math.min(...windows);
    assert.ok(least >= 15_000 && least <= 15_789, `75 calls took ${least} ms`);
  });
});
