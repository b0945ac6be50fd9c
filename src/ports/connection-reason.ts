/**
 * Why a connection waits for a person. Stable: stored. `src/text/connection-reasons.ts` words it.
 *
 * - `login-ended`: the system does not take our login any more
 * - `mend-there`: the system lacks a licence, a right or a setting
 * - `disconnected`: a person has taken the login away
 * - `said`: what was kept as a sentence
 */
export type ConnectionReasonCode = 'login-ended' | 'mend-there' | 'disconnected' | 'said';

/** A reason with its figures; `why` is what the system said of it. Never a secret. */
export type ConnectionReason = {
  readonly code: ConnectionReasonCode;
  readonly facts: Readonly<Record<string, string>>;
};

/** What a connection that waits for a person waits for: a new login, or a setting over there. */
export type Unready = 'reconnect' | 'setup';
