import type { Heard, HookMessage } from '../../../ports/hooks.ts';

/** Orders are numbered. */
const ID = /^\d{1,18}$/;
/** A few words long. */
const BODY_BYTES_MAX = 10_000;

/**
 * What a hook of Quickbutik is worth: `order.new`, `order.done` or `order.cancelled` with a number,
 * as the query of a GET or the form of a POST, for both are documented.
 *
 * Nothing signs it. That it came to an address that nobody can guess is all there is, and a person
 * may have told somebody that address: it says which order to look at and nothing else.
 */
export function hearHook({ method, query, body }: HookMessage): Heard {
  const said = method === 'GET' || body.byteLength > BODY_BYTES_MAX ? query : formIn(body, query);
  const { event_type: event = '', order_id: id = '' } = said;
  if (!event.startsWith('order.')) return { kind: 'nothing' };
  return { kind: 'look', object: ID.test(id) ? id : null };
}

function formIn(body: Uint8Array, query: HookMessage['query']): HookMessage['query'] {
  const text = Buffer.from(body).toString('utf8');
  return { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
}
