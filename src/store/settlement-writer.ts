import type pg from 'pg';
import { gather } from '../lib/gather.ts';
import { encodeJson } from '../lib/json.ts';
import type { LaneHold, NewStep, Settlement, StepChange } from '../ports/store.ts';

/** Most settlements in one transaction: what waits longer goes with the next. */
const BATCH_MAX = 500;

type Asked = { readonly hold: LaneHold; readonly settlement: Settlement };

/**
 * Writes what happened in the lanes of this process, many lanes to a transaction. Order is kept for
 * each delivery.
 *
 * @answers false when the fence or the expected state did not hold: nothing was written
 */
export function settlementWriter(
  pool: pg.Pool,
): (hold: LaneHold, settlement: Settlement) => Promise<boolean> {
  const settle = gather((batch: readonly Asked[]) => writeBatch(pool, batch), mergeable);
  return (hold, settlement) => settle({ hold, settlement });
}

async function writeBatch(pool: pg.Pool, batch: readonly Asked[]): Promise<readonly boolean[]> {
  const merged = merge(batch);
  const values = [
    encodeJson(merged.map(deliveryRow)),
    encodeJson(merged.flatMap(stepRows)),
    encodeJson(merged.flatMap(changeRows)),
    encodeJson(merged.flatMap(eventRows)),
  ];
  const wakes = merged.flatMap(({ hold, settlement }) =>
    settlement.wakes === undefined ? [] : [{ lane: hold.laneId, reason: wantedReason(settlement) }],
  );
  const links = merged.flatMap(({ hold, settlement }) =>
    (settlement.links ?? []).map((link) => ({ lane: hold.laneId, ...link })),
  );
  if (links.length > 0) await pool.query('select keep_links($1)', [encodeJson(links)]);
  // One transaction: what a settlement wakes is awake when the settlement stands.
  const query =
    wakes.length === 0
      ? { name: 'settle', text: 'select settle($1, $2, $3, $4) as refused', values }
      : {
          name: 'settle-and-wake',
          text: 'select settle($1, $2, $3, $4) as refused, wake_held($5, $6) as woken',
          values: [...values, wakes.map(({ lane }) => lane), wakes.map(({ reason }) => reason)],
        };
  const { rows } = await pool.query<{ refused: string[] }>(query);
  const refused = new Set(rows[0]?.refused.map(String));
  return batch.map(({ settlement }) => !refused.has(settlement.deliveryId));
}

/**
 * As many as fit, ending before one that may not be merged with an earlier one of the same
 * delivery: one that expects a state, and so must see what the earlier one leads to, or one under
 * another fence.
 */
function mergeable(waiting: readonly Asked[]): number {
  const fences = new Map<string, string>();
  for (const [index, { hold, settlement }] of waiting.entries()) {
    const before = fences.get(settlement.deliveryId);
    const isApart =
      before !== undefined && (before !== hold.fence || settlement.expect !== undefined);
    if (isApart || index === BATCH_MAX) return index;
    fences.set(settlement.deliveryId, hold.fence);
  }
  return waiting.length;
}

function merge(batch: readonly Asked[]): Asked[] {
  const merged = new Map<string, Asked>();
  for (const { hold, settlement } of batch) {
    const before = merged.get(settlement.deliveryId);
    merged.set(settlement.deliveryId, {
      hold,
      settlement: before === undefined ? settlement : mergeTwo(before.settlement, settlement),
    });
  }
  return [...merged.values()];
}

function mergeTwo(first: Settlement, second: Settlement): Settlement {
  return {
    ...first,
    ...second,
    ...(first.expect === undefined ? {} : { expect: first.expect }),
    begin: [...(first.begin ?? []), ...(second.begin ?? [])],
    changes: [...(first.changes ?? []), ...(second.changes ?? [])],
    events: [...(first.events ?? []), ...(second.events ?? [])],
    links: [...(first.links ?? []), ...(second.links ?? [])],
  };
}

function deliveryRow({ hold, settlement: s }: Asked): unknown {
  return {
    id: s.deliveryId,
    lane: hold.laneId,
    fence: hold.fence,
    expect: s.expect,
    state: s.state,
    due_ms: s.dueAtMs,
    attempts: s.isAttempt === true ? 1 : undefined,
    refusals: s.refusals,
    draft: s.draft,
    notices: s.notices,
    vouchers: s.vouchers,
    label: s.label,
    reason: s.reason,
  };
}

/** A part of the reason by which what is to be woken is held. */
function wantedReason({ wakes: code, wakesFor: key }: Settlement): string {
  return encodeJson(key === undefined ? { code } : { code, key });
}

function stepRows({ hold, settlement }: Asked): unknown[] {
  const changes = changesBySeq(settlement);
  return (settlement.begin ?? []).map((step: NewStep) => {
    const change = changes.get(step.seq);
    return {
      delivery: settlement.deliveryId,
      seq: step.seq,
      write_id: step.write.id,
      key: step.key,
      call: step.write.call,
      input: step.write.input,
      state: change?.state ?? 'sending',
      attempt: change?.attempt ?? step.attempt,
      fence: hold.fence,
      deadline_ms: Math.ceil(change?.deadlineMs ?? step.deadlineMs),
      remote: change?.remote,
    };
  });
}

function changeRows({ hold, settlement }: Asked): unknown[] {
  const begun = new Set(settlement.begin?.map((step) => step.seq));
  return [...changesBySeq(settlement).values()]
    .filter((change) => !begun.has(change.seq))
    .map((change) => ({
      delivery: settlement.deliveryId,
      seq: change.seq,
      state: change.state,
      attempt: change.attempt,
      fence: hold.fence,
      deadline_ms: change.deadlineMs === undefined ? undefined : Math.ceil(change.deadlineMs),
      looks: change.looks,
      remote: change.remote,
    }));
}

function changesBySeq(settlement: Settlement): Map<number, StepChange> {
  const bySeq = new Map<number, StepChange>();
  for (const change of settlement.changes ?? []) {
    bySeq.set(change.seq, { ...bySeq.get(change.seq), ...change });
  }
  return bySeq;
}

function eventRows({ hold, settlement }: Asked): unknown[] {
  return (settlement.events ?? []).map((event) => ({
    delivery: settlement.deliveryId,
    fence: hold.fence,
    ...event,
  }));
}
