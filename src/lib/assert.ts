/** A bug in our own code. Never caught, never retried: the lane stops and a person looks. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * States what must be true if our own code is right.
 *
 * For what the outside world may get wrong, return a refusal or throw a `ConnectorError`.
 *
 * @throws InvariantError when `condition` is false.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/**
 * The value of something that our own code has made sure is there.
 *
 * @throws InvariantError when it is not.
 */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is there`);
  return value;
}

/** Ends an exhaustive `switch`: the compiler refuses the call while a case is missing. */
export function unreachable(value: never): never {
  throw new InvariantError(`no case for ${JSON.stringify(value)}`);
}
