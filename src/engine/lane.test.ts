import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { DayReport } from '../domain/document/day-report.ts';
import { ConnectorError } from '../ports/errors.ts';
import type { LaneStore } from '../ports/store.ts';
import type { Route } from '../ports/target.ts';
import { dayReport, sale, tender } from '../testing/day-reports.ts';
import { laneBench, TEST_TIMING, type LaneBench } from '../testing/lane-bench.ts';
import { fails, losesAnswer } from '../testing/scripted-target.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let bench: LaneBench;
before(async () => {
  server = await startTestServer();
});
afterEach(() => bench.rows.stop());
after(() => server.stop());

async function lane(documents: readonly DayReport[], choices?: unknown): Promise<LaneBench> {
  bench = await laneBench(server, documents, choices);
  return bench;
}

function numbered(number: number): DayReport {
  const id = `Z-00000${number}`;
  return dayReport({ ref: { system: 'minbutik', account: '1234', id }, reportNumber: id });
}

const [ONE, TWO] = [numbered(1), numbered(2)];
const REFUSAL = { code: 'series-unknown', series: 'K' } as const;

describe('a turn of a lane', () => {
  test('makes the calls of all that is due, oldest first, each once', async () => {
    const { turn, target, states, steps } = await lane([ONE, TWO]);
    assert.deepEqual(await turn(), { kind: 'worked', nextMs: null });
    assert.deepEqual(target.calls, ['write voucher-1', 'write voucher-1']);
    assert.deepEqual(await states(), ['done K 1', 'done K 2']);
    assert.deepEqual(await steps(), ['done 1 0', 'done 1 0']);
    assert.notEqual(target.contexts[0]?.key, target.contexts[1]?.key);
  });

  test('writes its intent down before a call is made', async () => {
    const { turn, target, rows, steps } = await lane([ONE]);
    const seen: unknown[] = [];
    target.writes.push(async () => {
      seen.push(await steps(), (await rows.store.readDue(rows.target.id, dueAll())).length);
      return { kind: 'done', remote: { id: '1', label: 'K 1' }, differences: [] };
    });
    await turn();
    assert.deepEqual(seen, [['sending 1 0'], 0]);
  });

  test('gives later calls what earlier ones have made', async () => {
    const { turn, target, states } = await lane([ONE], { attachFile: true });
    await turn();
    assert.deepEqual(target.calls, ['write voucher-1', 'write file-1']);
    assert.deepEqual(
      [...(target.contexts[1]?.earlier ?? [])],
      [['voucher-1', { id: '1', label: 'K 1' }]],
    );
    const file = await target.contexts[1]?.file();
    assert.equal(Buffer.from(file?.bytes ?? []).toString(), 'minbutik/1234/Z-000001');
    assert.deepEqual(await states(), ['done K 1, K 2']);
  });

  test('holds what the ledger refuses, and goes on with the next', async () => {
    const { turn, target, states, codes, steps } = await lane([ONE, TWO]);
    target.writes.push(() => ({ kind: 'refused', refusals: [REFUSAL] }));
    await turn();
    assert.deepEqual(await states(), ['held', 'done K 1']);
    assert.deepEqual(await codes(), [['series-unknown'], []]);
    assert.deepEqual(await steps(), ['waiting 1 0', 'done 1 0']);
  });

  test('holds what cannot be planned, without a call', async () => {
    const { turn, target, states, codes } = await lane([dayReport({ lines: [] }), TWO]);
    await turn();
    assert.deepEqual(await states(), ['held', 'done K 1']);
    assert.deepEqual(await codes(), [['empty-document'], []]);
    assert.deepEqual(target.calls, ['write voucher-1']);
  });

  test('holds what the target cannot take, without a call', async () => {
    const { turn, target, codes } = await lane([ONE]);
    const refusals = [{ code: 'target-cannot', system: 'Boken', what: 'x' }] as const;
    await turn({ target: { ...target, route: () => ({ kind: 'cannot', refusals }) } });
    assert.deepEqual(await codes(), [['target-cannot']]);
    assert.deepEqual(target.calls, []);
  });

  const refusals = [{ code: 'target-cannot', system: 'Boken', what: 'x' }] as const;
  const cannot = (): Route => ({ kind: 'cannot', refusals });
  for (const [planned, document, change] of [
    ['sent', ONE, {}],
    ['refused by the target', ONE, { route: cannot }],
    ['held', dayReport({ lines: [] }), {}],
  ] as const) {
    test(`leaves alone what is taken back while planned, and would be ${planned}`, async () => {
      const { turn, target, rows, states, codes } = await lane([document]);
      const settle: LaneStore['settle'] = async (hold, settlement) => {
        await rows.database.db.updateTable('delivery').set({ state: 'review' }).execute();
        return rows.store.settle(hold, settlement);
      };
      await turn({ store: { ...rows.store, settle }, target: { ...target, ...change } });
      assert.deepEqual(await states(), ['review']);
      assert.deepEqual(await codes(), [[]]);
      assert.deepEqual(target.calls, []);
    });
  }

  test('holds as an error of ours what the ledger calls malformed', async () => {
    const { turn, target, codes } = await lane([ONE]);
    target.writes.push(fails({ kind: 'bug' }));
    await turn();
    assert.deepEqual(await codes(), [['our-error']]);
  });

  test('holds what was made otherwise than it was sent, and keeps what was made', async () => {
    const { turn, target, codes, steps } = await lane([ONE], { attachFile: true });
    const differences = [
      { code: 'read-back-differs', what: '3001', id: 'K 1', sent: '8', booked: '9' },
    ] as const;
    const remote = { id: '1', label: 'K 1' };
    target.writes.push(() => ({ kind: 'done', remote, differences }));
    await turn();
    assert.deepEqual(await codes(), [['read-back-differs']]);
    assert.deepEqual(await steps(), ['done 1 0', 'waiting 1 0']);
    assert.deepEqual(target.calls, ['write voucher-1']);
  });

  test('ends when the ledger asks to wait, and says when the next is wanted', async () => {
    const { turn, target, clock, states, steps } = await lane([ONE, TWO]);
    target.writes.push(fails({ kind: 'busy', waitMs: 750 }));
    assert.deepEqual(await turn(), { kind: 'worked', nextMs: clock.nowMs() + 750 });
    assert.deepEqual(target.calls, ['write voucher-1']);
    assert.deepEqual(await states(), ['waiting', 'waiting']);
    assert.deepEqual(await steps(), ['waiting 1 0', 'waiting 1 0']);
    clock.goOn(750);
    await turn();
    assert.deepEqual(await states(), ['done K 1', 'done K 2']);
  });

  test('waits longer each time the ledger cannot be reached', async () => {
    const { turn, target, clock } = await lane([ONE]);
    const waits: number[] = [];
    // 100 doubled each time, 800 at most.
    for (let times = 0; times < 5; times += 1) {
      target.writes.push(fails({ kind: 'unreachable' }));
      const end = await turn();
      assert.equal(end.kind, 'worked');
      waits.push((end.nextMs ?? 0) - clock.nowMs());
      clock.goOn(800);
    }
    assert.deepEqual(waits, [100, 200, 400, 800, 800]);
  });

  test('marks the connection when a person must mend it, and sends nothing more', async () => {
    const { turn, target, rows, states } = await lane([ONE, TWO]);
    target.writes.push(fails({ kind: 'reconnect' }));
    assert.deepEqual(await turn(), { kind: 'ended' });
    assert.deepEqual(target.calls, ['write voucher-1']);
    assert.deepEqual(await states(), ['waiting', 'waiting']);
    const connection = await rows.database.db
      .selectFrom('connection')
      .select(['state', 'state_reason'])
      .where('id', '=', rows.target.id)
      .execute();
    assert.deepEqual(connection, [
      {
        state: 'reconnect',
        state_reason: { code: 'login-ended', facts: { why: 'It said: reconnect.' } },
      },
    ]);
  });

  test('sends the rest of a delivery whose later call did not get through', async () => {
    const { turn, target, clock, states } = await lane([ONE], { attachFile: true });
    target.writes.push(
      () => ({ kind: 'done', remote: { id: '1', label: 'K 1' }, differences: [] }),
      fails({ kind: 'unreachable' }),
    );
    await turn();
    clock.goOn(1_000);
    await turn();
    assert.deepEqual(target.calls, ['write voucher-1', 'write file-1', 'write file-1']);
    assert.deepEqual(await states(), ['done K 1']);
    assert.equal(target.contexts[1]?.key, target.contexts[2]?.key);
  });

  test('sends nothing when another worker took the lane before its intent', async () => {
    const { turn, target, rows, states } = await lane([ONE]);
    const { onBooks } = target;
    target.onBooks = async () => {
      await rows.store.takeLane(rows.target.id, { workerId: 'worker 2', lookAfterMs: 0 });
      return onBooks();
    };
    await turn();
    assert.deepEqual(target.calls, []);
    assert.deepEqual(await states(), ['waiting']);
  });

  test('gives back what it had prepared when it is told to stop', async () => {
    const { turn, target, stop, states, steps } = await lane([ONE, TWO]);
    target.writes.push(() => {
      stop.abort();
      return { kind: 'done', remote: { id: '1', label: 'K 1' }, differences: [] };
    });
    await turn();
    assert.deepEqual(target.calls, ['write voucher-1']);
    assert.deepEqual(await states(), ['done K 1', 'waiting']);
    assert.ok(!(await steps()).some((step) => step.startsWith('sending')));
  });

  test('leaves the rest to its next turn when its time is over', async () => {
    const { turn, target, clock, states } = await lane([ONE, TWO]);
    target.writes.push(() => {
      clock.goOn(TEST_TIMING.sliceMs);
      return { kind: 'done', remote: { id: '1', label: 'K 1' }, differences: [] };
    });
    const end = await turn();
    assert.deepEqual(await states(), ['done K 1', 'waiting']);
    assert.ok(end.kind === 'worked' && end.nextMs !== null && end.nextMs <= clock.nowMs());
  });

  test('renews an intent that is too old for a call to be answered in time', async () => {
    const { turn, target, clock, rows } = await lane([ONE], { attachFile: true });
    const deadlines: number[] = [];
    target.writes.push(
      () => {
        // 5 000 less 1 000 for the call: after 4 001 the file may not leave under this intent.
        clock.goOn(4_001);
        return { kind: 'done', remote: { id: '1', label: 'K 1' }, differences: [] };
      },
      async () => {
        const found = await rows.database.db
          .selectFrom('step')
          .select('deadline')
          .where('seq', '=', 1)
          .executeTakeFirstOrThrow();
        deadlines.push(found.deadline.getTime() - clock.nowMs());
        return { kind: 'done', remote: { id: '2', label: '' }, differences: [] };
      },
    );
    await turn();
    assert.deepEqual(deadlines, [5_000]);
  });

  test('lets a new version wait for the one before it that is in doubt', async () => {
    const { turn, target, rows, states, clock } = await lane([ONE]);
    target.writes.push(losesAnswer(target));
    await turn();
    const lines = [sale('1 250', '250', 2500), tender('card', '1 250')];
    await rows.takeIn([{ ...ONE, lines }]);
    await turn();
    assert.deepEqual(await states(), ['in doubt', 'waiting']);
    clock.goOn(TEST_TIMING.firstLookMs);
    await turn();
    clock.goOn(TEST_TIMING.retryMs.longest);
    await turn();
    assert.deepEqual(await states(), ['done K 1', 'held']);
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1']);
  });

  test('rests when the books cannot be read, and calls nothing', async () => {
    const { turn, target, clock, states } = await lane([ONE]);
    target.onBooks = () => Promise.reject(new ConnectorError('away', { kind: 'unreachable' }));
    assert.deepEqual(await turn(), { kind: 'worked', nextMs: clock.nowMs() + 100 });
    assert.deepEqual(target.calls, []);
    assert.deepEqual(await states(), ['waiting']);
  });

  test('stops with an error that no connector should throw, and keeps the intent', async () => {
    const { turn, target, states } = await lane([ONE]);
    target.writes.push(() => {
      throw new TypeError('ours');
    });
    await assert.rejects(turn(), /ours/);
    assert.deepEqual(await states(), ['sending']);
  });
});

describe('a delivery in doubt', () => {
  test('is found by its key at the first look, and not sent again', async () => {
    const { turn, target, clock, states, events } = await lane([ONE]);
    target.writes.push(losesAnswer(target));
    assert.deepEqual(await turn(), { kind: 'worked', nextMs: clock.nowMs() + 200 });
    assert.deepEqual(await states(), ['in doubt']);
    clock.goOn(200);
    await turn();
    assert.deepEqual(await states(), ['done K 1']);
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1']);
    assert.deepEqual(await events(), ['intent', 'doubt', 'found', 'done']);
  });

  test('is sent again after two looks, the last one later than the second look', async () => {
    const { turn, target, clock, states, steps } = await lane([ONE]);
    target.writes.push(fails({ kind: 'unanswered' }));
    await turn();
    // Given up now: the last look may come 2 000 after it, not before.
    clock.goOn(200);
    const lastLookMs = clock.nowMs() - 200 + 2_000;
    assert.deepEqual(await turn(), { kind: 'worked', nextMs: lastLookMs + 1 });
    assert.deepEqual(await steps(), ['in doubt 1 1']);
    clock.goOn(1_800);
    await turn();
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1']);
    clock.goOn(1);
    await turn();
    assert.deepEqual(target.calls, [
      'write voucher-1',
      'find voucher-1',
      'find voucher-1',
      'write voucher-1',
    ]);
    assert.deepEqual(await states(), ['done K 1']);
    assert.deepEqual(await steps(), ['done 2 0']);
    assert.equal(target.contexts[0]?.key, target.contexts[1]?.key);
  });

  test('is looked for twice although the first look comes late', async () => {
    const { turn, target, clock } = await lane([ONE]);
    target.writes.push(fails({ kind: 'unanswered' }));
    await turn();
    clock.goOn(3_600_000);
    await turn();
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1']);
    clock.goOn(200);
    await turn();
    assert.deepEqual(target.calls.slice(2), ['find voucher-1', 'write voucher-1']);
  });

  test('is not sent again before the deadline of a worker that died', async () => {
    const { turn, target, clock, states } = await lane([ONE]);
    target.writes.push(() => {
      throw new TypeError('killed');
    });
    await assert.rejects(turn(), /killed/);
    // Its intent was good for 5 000, and 2 000 more until all it can have made is seen.
    const startedMs = clock.nowMs();
    const sentAgainMs: number[] = [];
    while (sentAgainMs.length === 0 && clock.nowMs() < startedMs + 20_000) {
      await turn();
      if (target.calls.filter((call) => call.startsWith('write')).length > 1) {
        sentAgainMs.push(clock.nowMs() - startedMs);
      }
      clock.goOn(100);
    }
    assert.deepEqual(sentAgainMs, [7_100]);
    assert.deepEqual(await states(), ['done K 1']);
  });

  test('waits for a person when it stands twice in the ledger', async () => {
    const { turn, target, clock, codes } = await lane([ONE]);
    target.writes.push(fails({ kind: 'unanswered' }));
    target.finds.push(() => [
      { remote: { id: '1', label: 'K 1' }, differences: [] },
      { remote: { id: '2', label: 'K 2' }, differences: [] },
    ]);
    await turn();
    clock.goOn(200);
    await turn();
    assert.deepEqual(await codes(), [['found-twice']]);
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1']);
  });

  test('waits for a person when what is found is not what was sent', async () => {
    const { turn, target, clock, codes } = await lane([ONE]);
    const differences = [
      { code: 'read-back-differs', what: '3001', id: 'K 1', sent: '8', booked: '9' },
    ] as const;
    target.writes.push(fails({ kind: 'unanswered' }));
    target.finds.push(() => [{ remote: { id: '1', label: 'K 1' }, differences }]);
    await turn();
    clock.goOn(200);
    await turn();
    assert.deepEqual(await codes(), [['read-back-differs']]);
  });

  test('stays in doubt while the ledger cannot be searched', async () => {
    const { turn, target, clock, states, steps } = await lane([ONE]);
    target.writes.push(fails({ kind: 'unanswered' }));
    target.finds.push(fails({ kind: 'unreachable' }), fails({ kind: 'unanswered' }));
    for (let times = 0; times < 3; times += 1) {
      await turn();
      clock.goOn(60_000);
    }
    assert.deepEqual(await states(), ['in doubt']);
    // A look that failed is no look.
    assert.deepEqual(await steps(), ['in doubt 1 0']);
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1', 'find voucher-1']);
  });

  test('sends only what comes after the step that was found', async () => {
    const { turn, target, clock, states } = await lane([ONE], { attachFile: true });
    target.writes.push(losesAnswer(target));
    await turn();
    clock.goOn(200);
    await turn();
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1', 'write file-1']);
    assert.deepEqual(await states(), ['done K 1, K 2']);
    assert.deepEqual(target.contexts[1]?.earlier.get('voucher-1'), { id: '1', label: 'K 1' });
  });

  test('waits for a person when it was sent as often as it may be', async () => {
    const { turn, target, clock, codes, rows } = await lane([ONE]);
    target.writes.push(fails({ kind: 'unanswered' }));
    await turn();
    await rows.database.db.updateTable('step').set({ attempt: 20 }).execute();
    clock.goOn(2_100);
    await turn();
    clock.goOn(200);
    await turn();
    assert.deepEqual(await codes(), [['attempts-exhausted']]);
    assert.deepEqual(target.calls, ['write voucher-1', 'find voucher-1', 'find voucher-1']);
  });
});

describe('a ledger that holds our vouchers already', () => {
  test('is looked into before anything is sent that stands there', async () => {
    const first = await lane([ONE]);
    await first.turn();
    const [[key, remote] = ['', { id: '', label: '' }]] = [...first.target.made];
    await first.rows.stop();
    // The hub was set up anew: its database knows of nothing.
    const { turn, target, states } = await lane([ONE, TWO]);
    target.made.set(key, remote);
    target.surveyed.push(key);
    await turn();
    await turn();
    assert.deepEqual([...(await states())].sort(), ['done K 1', 'done K 2']);
    assert.deepEqual(target.calls.sort(), ['find voucher-1', 'write voucher-1']);
  });
});

function dueAll(): { nowMs: number; after: string; limit: number } {
  return { nowMs: bench.clock.nowMs(), after: '0', limit: 50 };
}
