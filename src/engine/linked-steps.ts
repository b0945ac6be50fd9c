import type { Settlement, StepChange, StoredStep } from '../ports/store.ts';
import type { Remote } from '../ports/target.ts';
import type { LaneRun } from './lane-run.ts';
import type { Prepared } from './prepare.ts';

/**
 * The steps of a delivery that make what the target is known to hold: they are not made again.
 *
 * A link is believed until the target refuses what was built on it: only then is the step marked
 * as done. When it refuses, the links are dropped, and what they stood for is looked for anew.
 */
export class LinkedSteps {
  readonly #run: LaneRun;
  readonly #keys: ReadonlyMap<number, string>;
  #known: ReadonlyMap<string, Remote> = new Map();
  /** Steps that were passed over and are not written down as done yet. */
  #believed: { readonly step: StoredStep; readonly remote: Remote }[] = [];
  readonly #used: string[] = [];

  constructor(run: LaneRun, { steps }: Prepared) {
    const { target } = run.tools;
    this.#run = run;
    const open = steps.filter(({ state }) => state !== 'done');
    const keyed = open.map(({ seq, write }) => [seq, target.linkOf?.(write) ?? null] as const);
    this.#keys = new Map(keyed.flatMap(([seq, key]) => (key === null ? [] : [[seq, key]])));
  }

  async read(): Promise<void> {
    if (this.#keys.size === 0) return;
    const { hold, tools } = this.#run;
    this.#known = await tools.store.readLinks(hold.laneId, [...new Set(this.#keys.values())]);
  }

  /** Whether a step need not be made; its result is put with the others. */
  stands(step: StoredStep, results: Map<string, Remote>): boolean {
    const key = this.#keys.get(step.seq);
    const remote = key === undefined ? undefined : this.#known.get(key);
    if (key === undefined || remote === undefined) return false;
    results.set(step.write.id, remote);
    this.#believed.push({ step, remote });
    this.#used.push(key);
    return true;
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
    return key === undefined ? {} : { links: [{ key, remote }] };
  }

  dropped(): Pick<Settlement, 'links'> {
    const links = this.#used.map((key) => ({ key, remote: null }));
    return links.length === 0 ? {} : { links };
  }
}
