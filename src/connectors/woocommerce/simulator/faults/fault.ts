import { FaultPlan, type RequestRule } from '../../../../lib/stand-in/fault-plan.ts';

/**
 * What can go wrong with one request, between a client and a shop. `commits` says whether the
 * request has taken effect by then.
 */
export type Fault =
  /** The connection is reset before the request is read. */
  | { readonly kind: 'reset' }
  /** No answer for as long as the client waits. */
  | { readonly kind: 'hang'; readonly commits: boolean }
  /** It takes effect; the connection is reset instead of an answer. */
  | { readonly kind: 'lose-answer' }
  /** It takes effect; half of the answer comes. */
  | { readonly kind: 'cut-answer' }
  /** It takes effect at once; the answer comes late. */
  | { readonly kind: 'delay-answer'; readonly ms: number }
  /** A page instead of an answer, of what stands before the shop or of WordPress itself. */
  | { readonly kind: 'page'; readonly page: PageName; readonly commits: boolean }
  /** The host has had enough for now. */
  | { readonly kind: 'too-many-requests'; readonly retryAfter?: string }
  /** PHP writes a notice, or a byte-order mark, before the JSON. */
  | { readonly kind: 'junk-before'; readonly junk: 'notice' | 'bom' }
  /** 200 and nothing: PHP ran out of memory, or the body was lost. */
  | { readonly kind: 'empty'; readonly commits: boolean }
  /** The shop has another address: with www, or over https. Keys and bodies do not follow. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: 301 | 302 | 307 | 308 }
  /** A cache answers as it did the last time it was asked the same; if ever. */
  | { readonly kind: 'cached' };

export type PageName =
  /** 500, by WordPress: as HTML. */
  | 'critical-error'
  /** The same said with 200. */
  | 'critical-error-200'
  /** The same as the JSON it gives to the API: 500. */
  | 'critical-error-json'
  /** 503 while plugins are updated. */
  | 'maintenance'
  /** 403 with a riddle for browsers. */
  | 'cloudflare-challenge'
  /** 429, 520 and 524 of the network before the shop. */
  | 'cloudflare-429'
  | 'cloudflare-520'
  | 'cloudflare-524'
  /** 403 of a plugin or a firewall. */
  | 'firewall'
  /** 502 of the web server whose PHP is gone. */
  | 'bad-gateway'
  /** 200: the shop's front page, as where permalinks do not lead to the API. */
  | 'front-page';

/** Which requests a fault falls on. Every condition that is given must hold. */
export type FaultRule = RequestRule<Fault>;

export type FaultRequest = { readonly method: string; readonly path: string };

/** When a fault falls: before the request is read, instead of its effect, or after it. */
export type FaultMoment = 'arrival' | 'instead' | 'after';

/** The faults that are to come. */
export type Faults = FaultPlan<FaultRule, FaultMoment, FaultRequest>;

/** No faults yet. What falls by chance is the same for the same seed. */
export function noFaults(seed: number): Faults {
  return new FaultPlan({ seed, momentOf });
}

function momentOf(fault: Fault): FaultMoment {
  switch (fault.kind) {
    case 'reset':
      return 'arrival';
    case 'too-many-requests':
    case 'redirect':
    case 'cached':
      return 'instead';
    case 'lose-answer':
    case 'cut-answer':
    case 'delay-answer':
    case 'junk-before':
      return 'after';
    case 'hang':
    case 'page':
    case 'empty':
      return fault.commits ? 'after' : 'instead';
  }
}
