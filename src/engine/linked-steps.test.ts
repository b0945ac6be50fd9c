import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Route, Target, Write } from '../ports/target.ts';
import { dayReport } from '../testing/day-reports.ts';
import { laneBench, type LaneBench } from '../testing/lane-bench.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let bench: LaneBench;
before(async () => {
  server = await startTestServer();
});
afterEach(() => bench.rows.stop());
after(() => server.stop());

const ONE = dayReport({ ref: { system: 'minbutik', account: '1234', id: 'Z-000001' } });
const TWO = dayReport({ ref: { system: 'minbutik', account: '1234', id: 'Z-000002' } });
const REFUSAL = { code: 'series-unknown', series: 'K' } as const;

/** The customer twice, as two orders of one quote name them, and what is built on them. */
const WRITES: readonly Write[] = ['first-who', 'second-who', 'voucher-1'].map((id) => {
  return { id, call: `POST /${id}`, input: {} };
});

/** A ledger that is asked for the same customer by each delivery, twice. */
async function linked(documents: readonly (typeof ONE)[]) {
  bench = await laneBench(server, documents);
  const { target, turn } = bench;
  const route = (): Route => ({ kind: 'route', writes: WRITES, notices: [] });
  const linkOf: Target['linkOf'] = ({ id }) => (id.endsWith('who') ? 'customer 7' : null);
  return { ...bench, turn: () => turn({ target: { ...target, route, linkOf } }) };
}

describe('what a target is known to hold', () => {
  test('is made once by a delivery that names it twice', async () => {
    const { turn, target, states, steps } = await linked([ONE]);
    await turn();
    assert.deepEqual(target.calls, ['write first-who', 'write voucher-1']);
    const made = { id: '1', label: 'K 1' };
    assert.deepEqual(
      [...(target.contexts[1]?.earlier ?? [])],
      [
        ['first-who', made],
        ['second-who', made],
      ],
    );
    assert.deepEqual(await states(), ['done K 1, K 2']);
    assert.deepEqual(await steps(), ['done 1 0', 'done 1 0', 'done 1 0']);
  });

  test('is not made again by the next delivery', async () => {
    const { turn, target } = await linked([ONE, TWO]);
    await turn();
    assert.deepEqual(target.calls, ['write first-who', 'write voucher-1', 'write voucher-1']);
  });

  test('is made anew when what was built on it is refused', async () => {
    const { turn, target, states, rows } = await linked([ONE, TWO]);
    target.writes.push(
      () => ({ kind: 'done', remote: { id: '7', label: '' }, differences: [] }),
      () => ({ kind: 'done', remote: { id: '8', label: 'K 1' }, differences: [] }),
      // The customer was deleted meanwhile.
      () => ({ kind: 'refused', refusals: [REFUSAL] }),
    );
    await turn();
    assert.deepEqual(await states(), ['done K 1', 'held']);
    target.calls.length = 0;
    await rows.database.db
      .updateTable('delivery')
      .set({ state: 'waiting' })
      .where('state', '=', 'held')
      .execute();
    await turn();
    assert.deepEqual(target.calls, ['write first-who', 'write voucher-1']);
  });
});
