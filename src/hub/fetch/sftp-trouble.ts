import { PickupError } from '../../ports/pickup.ts';
import type { HostKey } from './host-key.ts';
import { isClosedNetwork, isUnreachable } from './unreachable.ts';

/** What was being done when it failed. */
type About = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly hostKey: HostKey | null;
  /** The key that the server showed; null when it came to none. */
  readonly shown: HostKey | null;
  readonly folder?: string;
};

/** Answers of a server that mean no such file, and no permission (SFTP version 3). */
const NO_SUCH_FILE = new Set<unknown>([2, 'ENOENT', 'ERR_BAD_PATH']);
const NO_PERMISSION = new Set<unknown>([3, 'EACCES', 'EPERM']);

/**
 * The status by which a server refused an act.
 *
 * @returns null when it did not answer at all
 */
export function statusOf(error: unknown): number | string | null {
  const code = codeOf(error);
  if (typeof code === 'number') return code;
  return NO_SUCH_FILE.has(code) || NO_PERMISSION.has(code) ? String(code) : null;
}

/** Says what a failure of the library means to whoever has to mend it. */
export function sftpTrouble(cause: unknown, about: About): PickupError {
  if (cause instanceof PickupError) return cause;
  const { host, user, hostKey, shown, folder = '' } = about;
  const port = String(about.port);
  const as = (code: PickupError['trouble']['code'], facts: Record<string, string>): PickupError =>
    new PickupError({ code, facts: { host, ...facts } }, { cause });
  if (shown !== null && shown.fingerprint !== hostKey?.fingerprint) {
    const { type, fingerprint: found } = shown;
    return as('host-key-changed', { pinned: hostKey?.fingerprint ?? '', found, type });
  }
  const code = codeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isClosedNetwork(code)) return as('closed-network', {});
  if (isUnreachable(code)) return as('unreachable', { port, why: String(code) });
  if (/authentication methods failed/i.test(message)) return as('login-refused', { user });
  if (/privateKey|passphrase/i.test(message)) return as('key-unusable', { user });
  if (NO_SUCH_FILE.has(code)) return as('folder-missing', { folder });
  if (NO_PERMISSION.has(code)) return as('folder-forbidden', { folder });
  if (typeof code === 'number') return as('failed', { folder, why: message });
  return as('no-answer', {});
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
