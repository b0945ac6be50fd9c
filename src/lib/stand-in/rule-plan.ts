import { seededChance, type Chance } from './chance.ts';

/** How often something goes wrong, whatever it is. */
export type RuleTimes = {
  /** How often it falls before the rule is used up: once unless said otherwise. */
  readonly times?: number | 'always';
  /** Matching cases that are let through first. */
  readonly skip?: number;
  /** From 0 to 1: how likely it falls on a matching case. */
  readonly chance?: number;
};

/** A rule with how often it has fallen. */
export type PlannedRule<R> = { readonly id: number; readonly rule: R; readonly fallen: number };

type Planned<R> = {
  readonly id: number;
  readonly rule: R;
  readonly chance: Chance;
  seen: number;
  fallen: number;
};

/**
 * What is to go wrong. Rules are asked in the order they were added, and the first that matches
 * falls. Each has its own seeded chance: what falls does not depend on the other rules.
 */
export class RulePlan<R extends RuleTimes> {
  readonly #seed: number;
  #rules: Planned<R>[] = [];
  #added = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  add(rule: R): number {
    this.#added += 1;
    const id = this.#added;
    this.#rules.push({
      id,
      rule,
      chance: seededChance(this.#seed * 7919 + id),
      seen: 0,
      fallen: 0,
    });
    return id;
  }

  remove(id: number): void {
    this.#rules = this.#rules.filter((planned) => planned.id !== id);
  }

  clear(): void {
    this.#rules = [];
  }

  list(): PlannedRule<R>[] {
    return this.#rules.map(({ id, rule, fallen }) => ({ id, rule, fallen }));
  }

  /** The rule that falls on a case, if any. */
  take(matches: (rule: R) => boolean): R | null {
    for (const planned of this.#rules) {
      if (matches(planned.rule) && falls(planned)) return planned.rule;
    }
    return null;
  }
}

function falls<R extends RuleTimes>(planned: Planned<R>): boolean {
  const { times = 1, skip = 0, chance } = planned.rule;
  if (times !== 'always' && planned.fallen >= times) return false;
  planned.seen += 1;
  if (planned.seen <= skip) return false;
  if (chance !== undefined && planned.chance.next() >= chance) return false;
  planned.fallen += 1;
  return true;
}
