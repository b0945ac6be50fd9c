import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { FORTNOX_RATE } from '../../src/connectors/fortnox/simulator/rate.ts';
import { TIMING } from '../../src/engine/timing.ts';
import { addPlayer, ledgerOf, startStage, take, untilQuiet, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

describe('the limit of 25 calls in 5 seconds', () => {
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

  it('is used to the full and never overrun', async () => {
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
    // Each window that a call ends holds 25 calls at most, and one at least is full.
    assert.equal(tenant.usage().peak, 25);
  });
});
