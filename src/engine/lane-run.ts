import type { LaneFlow } from '../ports/lane-flow.ts';
import { UNKNOWN_BOOKS, type Books } from '../domain/books.ts';
import type { LocalDate, Period } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { PurchaseLedger } from '../domain/purchase-ledger.ts';
import { assert, present } from '../lib/assert.ts';
import type { Clock } from '../ports/clock.ts';
import type { Unready } from '../ports/connection-reason.ts';
import type { Log } from '../ports/log.ts';
import type { LaneHold, LaneStore, Settlement, StoredBooks, StoredStep } from '../ports/store.ts';
import type { Recipient, Remote, Target, WriteContext } from '../ports/target.ts';
import { readFlowChoices } from './flow-choices.ts';
import type { CallGate } from './calls.ts';
import { changesPurchases } from './purchases.ts';
import type { Timing } from './timing.ts';

/** What a lane is worked with. Time, network and database come in here. */
export type LaneTools = {
  readonly store: LaneStore;
  readonly target: Recipient;
  /** The same, where it keeps books; null: there are none to know. */
  readonly ledger: Target | null;
  readonly gate: Pick<CallGate, 'notLater'>;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly log: Log;
  readonly survey: Survey;
  readonly stop: AbortSignal;
};

/** What this process has learnt of a lane's ledger. It outlives the lane's turns. */
export type Survey = {
  /** The hub's own keys that stood there when this process first came to it. */
  readonly keys: Set<string>;
  /** Those of them that were looked for since. */
  readonly looked: Set<string>;
  /** The days that were looked at for keys. */
  period: Period | null;
  /** As they were read last. */
  books: StoredBooks | null;
};

/** Nothing learnt yet. */
export function newSurvey(): Survey {
  return { keys: new Set(), looked: new Set(), period: null, books: null };
}

/** Why a lane's turn ends before its work does. */
export type Rest =
  /** Another worker has taken the lane. */
  | { readonly kind: 'lost' }
  /** The target cannot be worked now. */
  | { readonly kind: 'unavailable'; readonly waitMs: number; readonly says: string }
  /** A person has to mend the connection first. */
  | {
      readonly kind: 'needs-person';
      readonly state: Unready;
      readonly says: string;
    };

/** A flow with its choices read. */
export type OpenFlow = {
  readonly timeZone: string;
  readonly choices: FlowChoices;
  readonly startDate: LocalDate | null;
  readonly gathers: boolean;
};

/** Choices are checked before they are stored: what cannot be read here is our own error. */
function openFlow(flow: LaneFlow): OpenFlow {
  const read = readFlowChoices(flow.choices, flow);
  assert('choices' in read, `the choices of flow ${flow.id} can be read`);
  const { timeZone, startDate, gathers } = flow;
  return { timeZone, choices: read.choices, startDate, gathers };
}

/** A lane in the hands of this worker. */
export class LaneRun {
  readonly hold: LaneHold;
  readonly tools: LaneTools;
  readonly flows: ReadonlyMap<string, OpenFlow>;
  books: Books = UNKNOWN_BOOKS;
  /** Set when the lane's turn must end. */
  rest: Rest | null = null;
  /** What is open in the ledger of suppliers, until something of ours may have changed it. */
  purchases: PurchaseLedger | null = null;
  /** What this turn has made that is known by a link from then on. */
  readonly linked = new Map<string, Remote>();
  /** The delivery whose calls are on the wire. */
  #sending: Promise<void> = Promise.resolve();
  readonly #pending = new Set<Promise<void>>();
  /** The latest note of each delivery that is not on disk yet. */
  readonly #latest = new Map<string, Promise<void>>();
  /** Deliveries of which something happened that could not be written down. */
  readonly #untold = new Set<string>();
  #failure: { readonly error: unknown } | null = null;

  constructor(of: {
    readonly hold: LaneHold;
    readonly tools: LaneTools;
    readonly flows: readonly LaneFlow[];
  }) {
    this.hold = of.hold;
    this.tools = of.tools;
    this.flows = new Map(of.flows.map((flow) => [flow.id, openFlow(flow)]));
  }

  /**
   * Writes down what happened, after what was noted before it, and waits until it is on disk. The
   * intents of another delivery need not wait for the notes of this one.
   *
   * @returns false when the lane is not ours now, or the delivery is not as expected
   * @throws what a note about the same delivery failed with: what is on disk does not say how far
   * it has come, so nothing is built on it. It stays on its way, and the next turn looks for it.
   */
  async settle(settlement: Settlement): Promise<boolean> {
    if (settlement.begin === undefined) await Promise.all(this.#pending);
    if (this.#untold.has(settlement.deliveryId)) throw present(this.#failure, 'a failure').error;
    return this.#write(settlement);
  }

  async #write(settlement: Settlement): Promise<boolean> {
    const accepted = await this.tools.store.settle(this.hold, settlement);
    if (!accepted && settlement.expect === undefined) this.rest ??= { kind: 'lost' };
    return accepted;
  }

  /**
   * Writes down an answer without waiting: the next call may go out meanwhile, since its own intent
   * is on disk. If we die in between, the step is looked for and found.
   *
   * Notes of one delivery are written one after the other, and none after one that failed: a
   * delivery that is done has all that its steps made.
   */
  note(settlement: Settlement): void {
    const { deliveryId } = settlement;
    const done = this.#writeAfter(this.#latest.get(deliveryId), settlement).catch(
      (error: unknown) => {
        this.#untold.add(deliveryId);
        this.#failure ??= { error };
      },
    );
    this.#pending.add(done);
    this.#latest.set(deliveryId, done);
    void done.then(() => {
      this.#pending.delete(done);
      if (this.#latest.get(deliveryId) === done) this.#latest.delete(deliveryId);
    });
  }

  async #writeAfter(before: Promise<void> | undefined, settlement: Settlement): Promise<void> {
    if (before !== undefined) await before;
    if (!this.#untold.has(settlement.deliveryId)) await this.#write(settlement);
  }

  /** Says what is on the wire, for those that must not be planned before its end. */
  sends(document: Document, sending: Promise<void>): Promise<void> {
    this.#sending = sending;
    if (changesPurchases(document)) this.purchases = null;
    return sending;
  }

  /** Resolves when nothing is on the wire, however that ended: whoever sent it is told. */
  async untilSent(): Promise<void> {
    await Promise.allSettled([this.#sending]);
  }

  /** Waits for everything noted. @throws what a note failed with */
  async flush(): Promise<void> {
    await Promise.all(this.#pending);
    if (this.#failure !== null) throw this.#failure.error;
  }

  get mustEnd(): boolean {
    return this.rest !== null || this.#failure !== null || this.tools.stop.aborted;
  }

  /** What a connector is given to make or look for a write. */
  contextOf(
    delivery: { readonly documentId: string },
    key: string,
    earlier: ReadonlyMap<string, Remote>,
  ): WriteContext {
    const wasSeen = this.tools.survey.keys.has(key);
    const { store } = this.tools;
    const { documentId } = delivery;
    const file: WriteContext['file'] = (attachment) =>
      attachment === undefined
        ? store.readExtract(documentId)
        : store.readAttachment(documentId, attachment);
    return { key, wasSeen, earlier, file };
  }
}

/** The results of the steps that are done, by write id. */
export function resultsOf(steps: readonly StoredStep[]): Map<string, Remote> {
  return new Map(
    steps.flatMap((step) => (step.remote === null ? [] : [[step.write.id, step.remote] as const])),
  );
}

/** The key of one write of a delivery: what is written into the object and looked for. */
export function writeKey(deliveryKey: string, writeId: string): string {
  return `${deliveryKey}-${writeId.replaceAll('.', '-')}`;
}
