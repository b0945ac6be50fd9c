import { unreachable } from '../lib/assert.ts';
import type { Failure } from '../ports/errors.ts';
import type { Rest } from './lane-run.ts';
import { retryWaitMs, type Timing } from './timing.ts';

/** What a failed call means for the lane as a whole: the next call would fail the same way. */
export function restFor(
  failure: Failure,
  says: string,
  at: { readonly timing: Timing; readonly attempt: number },
): Rest {
  const waitMs = retryWaitMs(at.timing, at.attempt);
  switch (failure.kind) {
    case 'busy':
      return { kind: 'unavailable', waitMs: failure.waitMs, says };
    case 'unreachable':
    case 'unanswered':
    case 'bug':
      return { kind: 'unavailable', waitMs, says };
    case 'reconnect':
    case 'setup':
      return { kind: 'needs-person', state: failure.kind, says };
    default:
      return unreachable(failure);
  }
}
