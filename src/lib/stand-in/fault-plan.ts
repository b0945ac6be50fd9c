import { RulePlan, type PlannedRule, type RuleTimes } from './rule-plan.ts';

/** Which requests a fault falls on. Every condition that is given must hold. */
export type RequestRule<Fault> = RuleTimes & {
  readonly fault: Fault;
  readonly method?: string;
  /** A path with `*` for any text: `/3/vouchers*`. */
  readonly path?: string;
};

type Asked = { readonly method: string; readonly path: string };

/** The faults that are to come over a stand-in's requests. */
export class FaultPlan<
  Rule extends RequestRule<unknown>,
  Moment extends string,
  Request extends Asked,
> {
  readonly #plan: RulePlan<Rule>;
  readonly #momentOf: (fault: Rule['fault']) => Moment;
  readonly #isFor: (rule: Rule, request: Request) => boolean;
  readonly #patterns = new Map<string, RegExp>();

  /**
   * @param of - `momentOf`: when a fault falls. `isFor`: whether a rule is about whom the request
   *   is of, beside its method and path.
   */
  constructor(of: {
    readonly seed: number;
    readonly momentOf: (fault: Rule['fault']) => Moment;
    readonly isFor?: (rule: Rule, request: Request) => boolean;
  }) {
    this.#plan = new RulePlan(of.seed);
    this.#momentOf = of.momentOf;
    this.#isFor = of.isFor ?? (() => true);
  }

  add(rule: Rule): number {
    return this.#plan.add(rule);
  }

  remove(id: number): void {
    this.#plan.remove(id);
  }

  clear(): void {
    this.#plan.clear();
  }

  list(): readonly PlannedRule<Rule>[] {
    return this.#plan.list();
  }

  /** The fault that falls on a request at a moment, if any. */
  take(moment: Moment, request: Request): Rule['fault'] | null {
    const rule = this.#plan.take(
      (one) =>
        this.#momentOf(one.fault) === moment &&
        (one.method === undefined || one.method === request.method) &&
        (one.path === undefined || this.#pattern(one.path).test(request.path)) &&
        this.#isFor(one, request),
    );
    return rule?.fault ?? null;
  }

  #pattern(path: string): RegExp {
    const pattern = this.#patterns.get(path) ?? patternOf(path);
    this.#patterns.set(path, pattern);
    return pattern;
  }
}

/** A path with `*` for any text, as a regular expression. */
function patternOf(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
