import type pg from 'pg';
import { encodeJson } from '../lib/json.ts';
import type { LaneHold, NewStep, Settlement, StepChange } from '../ports/store.ts';

/** Most settlements in one transaction: what waits longer goes with the next. */
const BATCH_MAX = 500;

type Waiting = {
  readonly hold: LaneHold;
  readonly settlement: Settlement;
  readonly resolve: (accepted: boolean) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Writes what happened in the lanes of this process, many lanes to a transaction.
 *
 * While one transaction is on its way to disk, the next gathers: under load the cost of a commit
 * is shared, and alone a settlement waits for nobody. Order is kept for each delivery.
 */
export class SettlementWriter {
  /** Transactions made and settlements written: how well commits are shared. */
  readonly counts = { transactions: 0, settlements: 0 };
  readonly #pool: pg.Pool;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** @returns false when the fence or the expected state did not hold: nothing was written */
  settle(hold: LaneHold, settlement: Settlement): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ hold, settlement, resolve, reject });
      if (!this.#isWriting) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = takeBatch(this.#waiting);
      this.#waiting = this.#waiting.slice(batch.length);
      try {
        const refused = await this.#writeBatch(batch);
        for (const one of batch) one.resolve(!refused.has(one.settlement.deliveryId));
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    this.#isWriting = false;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<ReadonlySet<string>> {
    this.counts.transactions += 1;
    this.counts.settlements += batch.length;
    const merged = merge(batch);
    const { rows } = await this.#pool.query<{ refused: string[] }>({
      name: 'settle',
      text: 'select settle($1, $2, $3, $4) as refused',
      values: [
        encodeJson(merged.map(deliveryRow)),
        encodeJson(merged.flatMap(stepRows)),
        encodeJson(merged.flatMap(changeRows)),
        encodeJson(merged.flatMap(eventRows)),
      ],
    });
    return new Set(rows[0]?.refused.map(String));
  }
}

/**
 * As many as fit, ending before one that may not be merged with an earlier one of the same
 * delivery: one that expects a state, and so must see what the earlier one leads to.
 */
function takeBatch(waiting: readonly Waiting[]): readonly Waiting[] {
  const seen = new Set<string>();
  for (const [index, { settlement }] of waiting.entries()) {
    const again = seen.has(settlement.deliveryId) && settlement.expect !== undefined;
    if (again || index === BATCH_MAX) return waiting.slice(0, index);
    seen.add(settlement.deliveryId);
  }
  return waiting;
}

type Merged = { readonly hold: LaneHold; readonly settlement: Settlement };

function merge(batch: readonly Waiting[]): Merged[] {
  const merged = new Map<string, Merged>();
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
  };
}

function deliveryRow({ hold, settlement: s }: Merged): unknown {
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

function stepRows({ hold, settlement }: Merged): unknown[] {
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

function changeRows({ hold, settlement }: Merged): unknown[] {
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

function eventRows({ hold, settlement }: Merged): unknown[] {
  return (settlement.events ?? []).map((event) => ({
    delivery: settlement.deliveryId,
    fence: hold.fence,
    ...event,
  }));
}
