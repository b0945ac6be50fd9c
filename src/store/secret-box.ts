import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Secrets } from '../ports/connector.ts';
import { OperatorError } from '../ports/errors.ts';

/** Seals and opens the secrets of connections. */
export type SecretBox = {
  seal(place: SecretPlace, secrets: Secrets): Buffer;
  /** @throws Error when it was sealed with another master key, for another place, or changed */
  open(place: SecretPlace, sealed: Uint8Array): Secrets;
};

/** Whose secret it is: bound into the seal, so that a row cannot be moved to another company. */
export type SecretPlace =
  | ConnectionPlace
  /** The login of a pick-up. `companyId` is null for one of the whole hub. */
  | { readonly companyId: string | null; readonly pickupId: string }
  /** What messages of a webhook are signed with. */
  | { readonly companyId: string; readonly webhookId: string };

/** The login of a connection. */
export type ConnectionPlace = { readonly companyId: string; readonly connectionId: string };

const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with a key per company, derived from the master key. A leaked database without the
 * master key gives no secret away.
 */
export function secretBox(masterKey: Uint8Array): SecretBox {
  if (masterKey.byteLength !== KEY_BYTES) {
    throw new OperatorError(
      `The master key (BOKBRO_MASTER_KEY, or the file master.key) must be ${KEY_BYTES} bytes in ` +
        'base64. Make one: openssl rand -base64 32',
    );
  }
  const keyOf = (place: SecretPlace): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey, '', `bokbro ${ownerOf(place)}`, KEY_BYTES));
  const boundTo = (place: SecretPlace): Buffer => Buffer.from(`${ownerOf(place)} ${whatOf(place)}`);
  return {
    seal: (place, secrets) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(place), nonce);
      cipher.setAAD(boundTo(place));
      const text = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]);
    },
    open: (place, sealed) => {
      if (sealed[0] !== VERSION) throw new Error('the secret was sealed by another version');
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(place), nonce);
      decipher.setAAD(boundTo(place));
      decipher.setAuthTag(tag);
      const text = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
      const opened = Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      return JSON.parse(opened) as Secrets; // Written by `seal`.
    },
  };
}

function whatOf(place: SecretPlace): string {
  if ('pickupId' in place) return `pickup ${place.pickupId}`;
  return 'webhookId' in place ? `webhook ${place.webhookId}` : `connection ${place.connectionId}`;
}

function ownerOf({ companyId }: SecretPlace): string {
  return companyId === null ? 'hub' : `company ${companyId}`;
}

/**
 * The master key: given in base64, or kept in a file that only the hub's user can read. Losing it
 * means connecting every outside system again.
 */
export function masterKey(from: {
  readonly given: string | undefined;
  readonly file: string;
}): Uint8Array {
  if (from.given !== undefined) return Buffer.from(from.given, 'base64');
  if (!existsSync(from.file)) {
    mkdirSync(dirname(from.file), { recursive: true });
    try {
      writeFileSync(from.file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
        mode: 0o600,
        flag: 'wx',
      });
    } catch (error) {
      // Two processes of a new hub may both want to make it: the first one's counts.
      if (!existsSync(from.file)) throw error;
    }
  }
  return Buffer.from(readFileSync(from.file, 'utf8').trim(), 'base64');
}

/** Compares without telling by its duration how much is equal. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}
