import type { Settlement, StepChange, StoredStep } from '../ports/store.ts';
import type { Remote } from '../ports/target.ts';
import type { LaneRun } from './lane-run.ts';

type Linked = {
  readonly steps: readonly StoredStep[];
  /** What was known when the delivery was prepared. */
  readonly links?: ReadonlyMap<string, Remote>;
};

/**
 * The steps of a delivery that make what the target is known to hold: they are not made again.
 *
 * A link is believed until the target refuses what was built on it: only then is the step marked
 * as done. When it refuses, the links are dropped, and what they stood for is looked for anew.
 */
export class LinkedSteps {
  readonly #run: LaneRun;
  readonly #steps: readonly StoredStep[];
  readonly #keys: ReadonlyMap<number, string>;
  #known: ReadonlyMap<string, Remote>;
  /** Steps that were passed over and are not written down as done yet. */
  #believed: { readonly step: StoredStep; readonly remote: Remote }[] = [];
  readonly #used: string[] = [];

  constructor(run: LaneRun, { steps, links }: Linked) {
    this.#run = run;
    this.#steps = steps;
    this.#keys = keysOf(run, steps);
    this.#known = links ?? new Map();
  }

  /** What was not known when the delivery was prepared the one before it may have made since. */
  async read(): Promise<void> {
    const keys = [...this.#keys.values()];
    const isKnown = this.#steps.every((step) => this.#keyless(step) || this.#says(step) !== null);
    if (!isKnown) this.#known = await readLinks(this.#run, keys);
  }

  /** Whether a step need not be made; its result is put with the others. */
  stands(step: StoredStep, results: Map<string, Remote>): boolean {
    const key = this.#keys.get(step.seq);
    const remote = this.#says(step);
    if (key === undefined || remote === null) return false;
    results.set(step.write.id, remote);
    this.#believed.push({ step, remote });
    this.#used.push(key);
    return true;
  }

  /** What is known under the link of a step that is to be made all the same. */
  before(step: StoredStep): { readonly before?: Remote } {
    const remote = this.#under(step);
    return remote === undefined ? {} : { before: remote };
  }

  #keyless({ seq }: StoredStep): boolean {
    return !this.#keys.has(seq);
  }

  /** What this turn has made, by this delivery or another, need not be on disk yet. */
  #under({ seq }: StoredStep): Remote | undefined {
    const key = this.#keys.get(seq) ?? '';
    return this.#run.linked.get(key) ?? this.#known.get(key);
  }

  /** What is known and says what the step is to make. */
  #says(step: StoredStep): Remote | null {
    const remote = this.#under(step);
    if (remote === undefined) return null;
    const { target } = this.#run.tools;
    return (target.stillSays?.(step.write, remote) ?? true) ? remote : null;
  }

  /** Something built on them was taken: they are done. */
  proven(): readonly StepChange[] {
    const changes = this.#believed.map(({ step, remote }): StepChange => {
      return { seq: step.seq, state: 'done', remote };
    });
    this.#believed = [];
    return changes;
  }

  /** The first step that is not written down as done, of those passed over and this one. */
  first(step: StoredStep): StoredStep {
    return this.#believed[0]?.step ?? step;
  }

  /** What a step has made is known from now on. */
  of({ seq }: StoredStep, remote: Remote): Pick<Settlement, 'links'> {
    const key = this.#keys.get(seq);
    if (key === undefined) return {};
    this.#run.linked.set(key, remote);
    return { links: [{ key, remote }] };
  }

  dropped(): Pick<Settlement, 'links'> {
    for (const key of this.#used) this.#run.linked.delete(key);
    const links = this.#used.map((key) => ({ key, remote: null }));
    return links.length === 0 ? {} : { links };
  }
}

/** What the target is known to hold of what steps make: read while others are on the wire. */
export async function linksOf(
  run: LaneRun,
  steps: readonly StoredStep[],
): Promise<ReadonlyMap<string, Remote>> {
  const keys = [...keysOf(run, steps).values()];
  return keys.length === 0 ? new Map() : readLinks(run, keys);
}

function readLinks({ hold, tools }: LaneRun, keys: readonly string[]) {
  return tools.store.readLinks(hold.laneId, [...new Set(keys)]);
}

/** The keys of steps that are not done, by their place. */
function keysOf({ tools }: LaneRun, steps: readonly StoredStep[]): ReadonlyMap<number, string> {
  const open = steps.filter(({ state }) => state !== 'done');
  const keyed = open.map(({ seq, write }) => [seq, tools.target.linkOf?.(write) ?? null] as const);
  return new Map(keyed.flatMap(([seq, key]) => (key === null ? [] : [[seq, key]])));
}
