/** Failures that come before a connection is made. */
const UNREACHABLE = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
]);

/** Whether a failure means that no connection was made. */
export function isUnreachable(code: unknown): boolean {
  return UNREACHABLE.has(code);
}

/** Whether the hub itself would not make a connection: see `hub/reach`. */
export function isClosedNetwork(code: unknown): boolean {
  return code === 'ECLOSEDNETWORK';
}
