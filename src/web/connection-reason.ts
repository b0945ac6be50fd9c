import type { Language } from '../domain/posting/words.ts';
import type { Connection } from '../store/registry.ts';
import { describeConnectionReason } from '../text/connection-reasons.ts';

/** Why a connection waits for a person, in their language. @returns null when it does not say */
export function reasonOf(
  { stateReason }: Pick<Connection, 'stateReason'>,
  language: Language,
): string | null {
  return stateReason === null ? null : describeConnectionReason(stateReason, language);
}
