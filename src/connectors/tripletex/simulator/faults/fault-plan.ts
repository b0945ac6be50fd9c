import { seededChance, type Chance } from '../chance.ts';
import {
  momentOf,
  type Fault,
  type FaultMoment,
  type FaultRequest,
  type FaultRule,
} from './fault.ts';

/** A rule with how often it has fallen. */
export type PlannedFault = {
  readonly id: number;
  readonly rule: FaultRule;
  readonly fallen: number;
};

type Planned = {
  readonly id: number;
  readonly rule: FaultRule;
  readonly path: RegExp | null;
  readonly chance: Chance;
  readonly moment: FaultMoment;
  seen: number;
  fallen: number;
};

/**
 * The faults that are to come. Rules are asked in the order they were added, and the first that
 * matches falls. Each has its own seeded chance: what falls on a request does not depend on the
 * other rules.
 */
export class FaultPlan {
  readonly #seed: number;
  #rules: Planned[] = [];
  #added = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  add(rule: FaultRule): number {
    this.#added += 1;
    const id = this.#added;
    this.#rules.push({
      id,
      rule,
      path: rule.path === undefined ? null : patternOf(rule.path),
      chance: seededChance(this.#seed * 7919 + id),
      moment: momentOf(rule.fault),
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

  list(): PlannedFault[] {
    return this.#rules.map(({ id, rule, fallen }) => ({ id, rule, fallen }));
  }

  /** The fault that falls on a request at a moment, if any. */
  take(moment: FaultMoment, request: FaultRequest): Fault | null {
    for (const planned of this.#rules) {
      if (planned.moment === moment && falls(planned, request)) return planned.rule.fault;
    }
    return null;
  }
}

function falls(planned: Planned, request: FaultRequest): boolean {
  const { rule } = planned;
  if (!matches(planned, request) || isUsedUp(planned)) return false;
  planned.seen += 1;
  if (planned.seen <= (rule.skip ?? 0)) return false;
  if (rule.chance !== undefined && planned.chance.next() >= rule.chance) return false;
  planned.fallen += 1;
  return true;
}

function matches({ rule, path }: Planned, request: FaultRequest): boolean {
  return (
    (rule.company === undefined || rule.company === request.companyId) &&
    (rule.method === undefined || rule.method === request.method) &&
    (path === null || path.test(request.path))
  );
}

function isUsedUp({ rule, fallen }: Planned): boolean {
  const times = rule.times ?? 1;
  return times !== 'always' && fallen >= times;
}

function patternOf(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
