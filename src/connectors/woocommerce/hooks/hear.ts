import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Heard, HookMessage } from '../../../ports/hooks.ts';

/** Ids of orders are whole numbers. */
const ID = /^\d{1,18}$/;

/**
 * What a webhook of WooCommerce is worth. Its body is signed as it came; the ping that greets a new
 * address is a form without a signature.
 *
 * Nothing else of it is believed. Delivery ids repeat, bodies are older or newer than what they
 * tell of, and a refusal of the shop's own API comes signed as well as an order.
 */
export function hearWebhook({ method, headers, body }: HookMessage, secret: string): Heard {
  if (method !== 'POST') return { kind: 'nothing' };
  const signature = headers['x-wc-webhook-signature'];
  const topic = headers['x-wc-webhook-topic'];
  if (signature === undefined && topic === undefined) return { kind: 'nothing' };
  if (!isSigned(body, signature ?? '', secret)) return { kind: 'forged' };
  if (headers['x-wc-webhook-resource'] !== 'order') return { kind: 'nothing' };
  return { kind: 'look', object: idIn(body) };
}

function isSigned(body: Uint8Array, signature: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return secret !== '' && given.length === expected.length && timingSafeEqual(given, expected);
}

/** @returns null for what is no object of the shop's, such as a refusal */
function idIn(body: Uint8Array): string | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof value !== 'object' || value === null || !('id' in value)) return null;
    const id = String(value.id);
    return ID.test(id) ? id : null;
  } catch {
    return null; // No JSON: the shop is looked at all the same, as the message was signed by it.
  }
}
