import { PickupError } from '../../ports/pickup.ts';
import type { MailSettings } from './settings.ts';
import { isClosedNetwork, isUnreachable } from './unreachable.ts';

/** Failures by which Node tells that a server's certificate is not to be trusted. */
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;

/** Says what a failure of the library means to whoever has to mend it. */
export function mailTrouble(cause: unknown, settings: MailSettings): PickupError {
  if (cause instanceof PickupError) return cause;
  const { host, user, folder } = settings;
  const as = (code: PickupError['trouble']['code'], facts: Record<string, string>): PickupError =>
    new PickupError({ code, facts: { host, ...facts } }, { cause });
  const fields: Partial<Record<string, unknown>> =
    cause instanceof Error ? { ...cause, code: 'code' in cause ? cause.code : undefined } : {};
  const code = typeof fields['code'] === 'string' ? fields['code'] : '';
  if (CERTIFICATE.test(code)) return as('certificate', { why: code });
  if (isClosedNetwork(code)) return as('closed-network', {});
  if (isUnreachable(code)) return as('unreachable', { port: String(settings.port), why: code });
  if (fields['authenticationFailed'] === true) return as('login-refused', { user });
  if (fields['mailboxMissing'] === true) return as('folder-missing', { folder });
  if (fields['tlsFailed'] === true) return as('certificate', { why: code });
  // The server's own words: an answer to our command, without its content.
  const said = fields['responseText'];
  if (typeof said === 'string') return as('failed', { folder, why: said.slice(0, 200) });
  return as('no-answer', {});
}
