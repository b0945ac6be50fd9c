import { createHash } from 'node:crypto';
import type { SftpSettings } from './settings.ts';

/** The key of a server that is known, or was found. */
export type HostKey = SftpSettings['hostKey'];

/** The key that a server shows: its type stands first in it, with its length before (RFC 4253). */
export function readHostKey(blob: Buffer): HostKey {
  const length = blob.byteLength >= 4 ? blob.readUInt32BE(0) : 0;
  const type = blob.subarray(4, 4 + length).toString('latin1');
  const digest = createHash('sha256').update(blob).digest('base64').replaceAll('=', '');
  return { type, fingerprint: `SHA256:${digest}` };
}

/** The signatures that go with each type of key, as they are asked for. */
const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/** The types of keys that a server may have, the best first. */
export const KEY_TYPES: readonly string[] = Object.keys(SIGNATURES);

/**
 * What to ask a server to prove itself with: the known type first, so that a server with several
 * keys shows the known one; the others after, so that a changed one can be told.
 */
export function signaturesFor(type: string): string[] {
  const known = SIGNATURES[type] ?? [];
  const all = Object.values(SIGNATURES).flat();
  return [...known, ...all.filter((one) => !known.includes(one))];
}
