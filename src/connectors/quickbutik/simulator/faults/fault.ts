import { FaultPlan, type RequestRule } from '../../../../lib/stand-in/fault-plan.ts';

/**
 * What can go wrong with one request. `commits` says whether the request has taken effect by the
 * time it goes wrong.
 */
export type Fault =
  /** The connection is reset before the request is read. */
  | { readonly kind: 'reset' }
  /** 429, whatever the rate, with `Retry-After` when `waitS` is given. */
  | { readonly kind: 'too-many-requests'; readonly waitS?: number }
  /** The key is not taken, this once. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'server-error'; readonly status?: number; readonly commits: boolean }
  /** No answer for as long as the client waits. */
  | { readonly kind: 'hang'; readonly commits: boolean }
  /** It takes effect; the connection is reset instead of an answer. */
  | { readonly kind: 'lose-answer' }
  /** It takes effect; half of the answer comes. */
  | { readonly kind: 'cut-answer' }
  /** It takes effect at once; the answer comes late. */
  | { readonly kind: 'delay-answer'; readonly ms: number }
  /** 200 with a body that is not what was asked for. */
  | { readonly kind: 'wrong-body'; readonly body: 'html' | 'empty' | 'error' };

/** Which requests a fault falls on. Every condition that is given must hold. */
export type FaultRule = RequestRule<Fault> & {
  readonly shop?: number;
};

export type FaultRequest = {
  readonly shopId: number | null;
  readonly method: string;
  readonly path: string;
};

/** Before the request is read, instead of its effect, or once it has taken effect. */
export type FaultMoment = 'arrival' | 'instead' | 'after';

/** The faults that are to come. */
export type Faults = FaultPlan<FaultRule, FaultMoment, FaultRequest>;

/** No faults yet. What falls by chance is the same for the same seed. */
export function noFaults(seed: number): Faults {
  return new FaultPlan({
    seed,
    momentOf,
    isFor: (rule, request) => rule.shop === undefined || rule.shop === request.shopId,
  });
}

function momentOf(fault: Fault): FaultMoment {
  switch (fault.kind) {
    case 'reset':
      return 'arrival';
    case 'too-many-requests':
    case 'unauthorized':
    case 'wrong-body':
      return 'instead';
    case 'lose-answer':
    case 'cut-answer':
    case 'delay-answer':
      return 'after';
    case 'server-error':
    case 'hang':
      return fault.commits ? 'after' : 'instead';
  }
}
