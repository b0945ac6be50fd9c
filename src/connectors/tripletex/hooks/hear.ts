import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Heard, HookMessage } from '../../../ports/hooks.ts';

/** An invoice has been made; an invoice and a payment have met: “paid”, or a part of it. */
export const EVENTS: readonly string[] = ['invoice.charged', 'closeGroup.create'];

/**
 * What an event of Tripletex is worth: a reason to look how invoices stand. What is signed is the
 * idempotency key, `&`, and the body as it came.
 *
 * Nothing else of it is believed: versions may be skipped, and the object in it is of some moment.
 * An event that comes again has the same key, and is one more reason to look, which is taken once.
 */
export function hearEvent({ method, headers, body }: HookMessage, secret: string): Heard {
  if (method !== 'POST') return { kind: 'nothing' };
  const key = headers['idempotency-key'] ?? '';
  const signature = headers['x-request-signature'] ?? '';
  if (!isSigned(Buffer.concat([Buffer.from(`${key}&`), body]), signature, secret)) {
    return { kind: 'forged' };
  }
  return EVENTS.includes(eventIn(body)) ? { kind: 'look', object: null } : { kind: 'nothing' };
}

function isSigned(bytes: Uint8Array, signature: string, secret: string): boolean {
  const expected = createHmac('sha512', secret).update(bytes).digest();
  const given = Buffer.from(signature, 'base64');
  return secret !== '' && given.length === expected.length && timingSafeEqual(given, expected);
}

/** @returns an empty text for what names no event */
function eventIn(body: Uint8Array): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof value !== 'object' || value === null || !('event' in value)) return '';
    return String(value.event);
  } catch {
    return ''; // No JSON: signed by Tripletex, and of nothing that we know.
  }
}
