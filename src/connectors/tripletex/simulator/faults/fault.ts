import { FaultPlan, type RequestRule } from '../../../../lib/stand-in/fault-plan.ts';
import type { RefusalKind } from '../wire/refusals.ts';

/**
 * What can go wrong with one request. `commits` says whether the request has taken effect by the
 * time it goes wrong.
 */
export type Fault =
  /** The connection is reset before the request is read. */
  | { readonly kind: 'reset' }
  /** 429, whatever the rate. */
  | { readonly kind: 'too-many-requests' }
  /** A session that is shown is not taken; with `forGood` it is dead, else it works again. */
  | { readonly kind: 'session-expired'; readonly forGood: boolean }
  /** 500 with code 1000, or another status of those in front of the API. */
  | { readonly kind: 'server-error'; readonly commits: boolean; readonly status?: 500 | 502 | 503 }
  /** An answer of the API itself, as in the state it is named after. */
  | { readonly kind: 'refuse'; readonly refusal: RefusalKind }
  /** No answer for as long as the client waits. */
  | { readonly kind: 'hang'; readonly commits: boolean }
  /** It takes effect; the connection is reset instead of an answer. */
  | { readonly kind: 'lose-answer' }
  /** It takes effect; half of the answer comes. */
  | { readonly kind: 'cut-answer' }
  /** It takes effect at once; the answer comes late. */
  | { readonly kind: 'delay-answer'; readonly ms: number }
  /** No answer; it takes effect so long after the client has given up. */
  | { readonly kind: 'late-commit'; readonly ms: number }
  /** It takes effect twice, as when somebody clicks twice; the client sees the first answer. */
  | { readonly kind: 'twice' }
  /** 200 with a body that is not what was asked for. */
  | {
      readonly kind: 'wrong-body';
      readonly body: 'html' | 'empty' | 'error';
      readonly commits: boolean;
    }
  /** Lists do not show what was made less than this long ago; a read by id does. */
  | { readonly kind: 'lag'; readonly ms: number };

/** Which requests a fault falls on: also those of sessions. */
export type FaultRule = RequestRule<Fault> & {
  readonly company?: number;
};

export type FaultRequest = {
  readonly companyId: number | null;
  readonly method: string;
  readonly path: string;
};

/**
 * When a fault falls: before the request is read, instead of its effect, once it has taken effect,
 * or while it reads.
 */
export type FaultMoment = 'arrival' | 'instead' | 'after' | 'reading';

/** The faults that are to come. */
export type Faults = FaultPlan<FaultRule, FaultMoment, FaultRequest>;

/** No faults yet. What falls by chance is the same for the same seed. */
export function noFaults(seed: number): Faults {
  return new FaultPlan({
    seed,
    momentOf,
    isFor: (rule, request) =>
      (rule.company === undefined || rule.company === request.companyId) &&
      (rule.fault.kind !== 'session-expired' || showsSession(request)),
  });
}

/** A call that asks for a session shows none: a 401 there says that the tokens open nothing. */
function showsSession({ path }: FaultRequest): boolean {
  return !path.startsWith('/v2/token/session/');
}

function momentOf(fault: Fault): FaultMoment {
  switch (fault.kind) {
    case 'reset':
      return 'arrival';
    case 'lag':
      return 'reading';
    case 'too-many-requests':
    case 'session-expired':
    case 'refuse':
    case 'late-commit':
      return 'instead';
    case 'lose-answer':
    case 'cut-answer':
    case 'delay-answer':
    case 'twice':
      return 'after';
    case 'server-error':
    case 'hang':
    case 'wrong-body':
      return fault.commits ? 'after' : 'instead';
  }
}
