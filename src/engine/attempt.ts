import { ConnectorError, mayHaveTakenEffect, type Failure } from '../ports/errors.ts';
import type { Found, Recipient, Write, WriteContext, WriteOutcome } from '../ports/target.ts';

/** What is known after one attempt at a call. */
export type Attempt<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** It never took effect, for certain. */
  | { readonly kind: 'nothing'; readonly failure: Failure; readonly says: string }
  /** It may have taken effect. */
  | { readonly kind: 'unknown'; readonly says: string };

/** What is known after one attempt at a write. */
export type WriteAttempt = Attempt<WriteOutcome>;

/** Makes a write once. The only place, with `attemptRead`, where a `ConnectorError` is caught. */
export async function attemptWrite(
  target: Recipient,
  write: Write,
  context: WriteContext,
): Promise<WriteAttempt> {
  return attempt(() => target.write(write, context));
}

/** Looks for what a write has left. A look changes nothing: whatever fails, nothing happened. */
export async function attemptFind(
  target: Recipient,
  write: Write,
  context: WriteContext,
): Promise<Attempt<readonly Found[]>> {
  return attemptRead(() => target.find(write, context));
}

/** Makes a call that changes nothing in the outside system. */
export async function attemptRead<T>(call: () => Promise<T>): Promise<Attempt<T>> {
  const attempted = await attempt(call);
  if (attempted.kind !== 'unknown') return attempted;
  return { kind: 'nothing', failure: { kind: 'unreachable' }, says: attempted.says };
}

async function attempt<T>(call: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: 'answered', value: await call() };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const { failure, message } = error;
    if (mayHaveTakenEffect(failure)) return { kind: 'unknown', says: message };
    return { kind: 'nothing', failure, says: message };
  }
}
