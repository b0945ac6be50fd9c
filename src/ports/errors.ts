/**
 * What the failure of a call means for what to do next.
 *
 * - `busy`: the system asks us to wait; nothing took effect.
 * - `unreachable`: no connection was made; nothing was sent.
 * - `unanswered`: the call may or may not have taken effect. A write is in doubt.
 * - `reconnect`: the login or consent is gone; a person connects again.
 * - `setup`: the outside system lacks a licence, right or setting; a person mends it there.
 * - `bug`: they say that our request is malformed; a developer looks.
 */
export type Failure =
  | { readonly kind: 'busy'; readonly waitMs: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'setup' }
  | { readonly kind: 'bug' };

/** The outside world failed us. Thrown by connectors, caught in the engine's `attempt.ts` alone. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly failure: Failure;

  /** @param message - For the user: what happened and what to do. Never a secret, never a body. */
  constructor(message: string, failure: Failure, options?: { cause?: unknown }) {
    super(message, options);
    this.failure = failure;
  }
}

/**
 * The hub cannot run as it is set up: a port is taken, a key is wrong, the database is away. The
 * message says to the operator what to mend; commands print it and end with 2.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** Whether a failed write may still have taken effect at the other side. */
export function mayHaveTakenEffect(failure: Failure): boolean {
  return failure.kind === 'unanswered';
}

/**
 * What a read throws that follows a call which has taken effect: whatever kept us from reading,
 * the call may not be made again before its effect has been looked for.
 */
export function uncertain(error: unknown): never {
  if (!(error instanceof ConnectorError)) throw error;
  throw new ConnectorError(error.message, { kind: 'unanswered' }, { cause: error });
}
