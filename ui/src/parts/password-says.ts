import type { TFunction } from 'i18next';
import { ApiError } from '../api.ts';

const FAULTS = ['too-short', 'too-long', 'too-common', 'own-name'] as const;

/** Why a password is not taken, in words; null: the error is about something else. */
export function passwordSays(t: TFunction, error: Error | null): string | null {
  const code = error instanceof ApiError ? error.code : null;
  const fault = FAULTS.find((one) => code === `password-${one}`);
  return fault === undefined ? null : t(`sign.${fault}`);
}
