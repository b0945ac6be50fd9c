import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { WriteOutcome } from '../ports/target.ts';
import { listDeliveries } from '../store/deliveries.ts';
import { dayReport } from '../testing/day-reports.ts';
import { laneBench, type LaneBench } from '../testing/lane-bench.ts';
import { fails } from '../testing/scripted-target.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let bench: LaneBench;
before(async () => {
  server = await startTestServer();
});
afterEach(() => bench.rows.stop());
after(() => server.stop());

const PLANNED: Notice = { code: 'text-shortened', from: 'A long text', to: 'A long' };
const FIRST: Notice = { code: 'invoice-not-sent', invoice: '1', said: 'No address' };
const SECOND: Notice = { code: 'invoice-not-sent', invoice: '2', said: 'No address' };
const DIFFERS: Refusal = {
  ...{ code: 'read-back-differs', what: '3001', id: 'K 1' },
  ...{ sent: '8', booked: '9' },
};

/** A report of two steps, the voucher and its file, whose route tells something by itself. */
async function lane(): Promise<LaneBench> {
  bench = await laneBench(server, [dayReport()], {});
  const { target } = bench;
  const route = target.route.bind(target);
  target.route = (...of) => {
    const found = route(...of);
    return found.kind === 'route' ? { ...found, notices: [PLANNED] } : found;
  };
  return bench;
}

function tells(notice: Notice, differences: readonly Refusal[] = []): () => WriteOutcome {
  const remote = { id: '1', label: 'K 1' };
  return () => ({ kind: 'done', remote, differences, notices: [notice] });
}

async function notices(): Promise<readonly Notice[]> {
  const { rows } = bench;
  const [view] = await listDeliveries(rows.database.db, { companyId: rows.company.id });
  return view?.notices ?? [];
}

describe('what a delivery tells', () => {
  test('is kept when the rest of it is made by a later turn', async () => {
    const { turn, target, clock, states } = await lane();
    target.writes.push(tells(FIRST), fails({ kind: 'unreachable' }), tells(SECOND));
    await turn();
    assert.deepEqual(await states(), ['waiting']);
    assert.deepEqual(await notices(), [PLANNED, FIRST]);
    clock.goOn(10_000);
    await turn();
    assert.deepEqual(await states(), ['done K 1']);
    assert.deepEqual(await notices(), [PLANNED, FIRST, SECOND]);
  });

  test('is kept, and told by what is found again, when an answer was lost', async () => {
    const { turn, target, clock, states } = await lane();
    target.writes.push(tells(FIRST), fails({ kind: 'unanswered' }));
    await turn();
    assert.deepEqual(await states(), ['in doubt']);
    const remote = { id: '2', label: '' };
    target.finds.push(() => [{ remote, differences: [], notices: [SECOND] }]);
    clock.goOn(200);
    await turn();
    assert.deepEqual(await states(), ['done K 1']);
    assert.deepEqual(await notices(), [PLANNED, FIRST, SECOND]);
  });

  test('is kept when a step that was found tells, and the next one is sent again', async () => {
    const { turn, target, clock, states } = await lane();
    target.writes.push(fails({ kind: 'unanswered' }), tells(SECOND));
    await turn();
    const remote = { id: '1', label: 'K 1' };
    target.finds.push(() => [{ remote, differences: [], notices: [FIRST] }]);
    clock.goOn(200);
    await turn();
    await turn();
    assert.deepEqual(await states(), ['done K 1']);
    assert.deepEqual(await notices(), [PLANNED, FIRST, SECOND]);
  });

  test('is kept when a person is asked about what was made otherwise', async () => {
    const { turn, target, states } = await lane();
    target.writes.push(tells(FIRST, [DIFFERS]));
    await turn();
    assert.deepEqual(await states(), ['held']);
    assert.deepEqual(await notices(), [PLANNED, FIRST]);
  });
});
