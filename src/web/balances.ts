import type { Context } from 'hono';
import type { Hub } from '../hub/hub.ts';
import { sha256, storableText } from '../lib/json.ts';
import { findSnapshots, type KeptSnapshot } from '../store/balance-snapshots.ts';
import { forbidden, keyOf, problem, unauthorized } from './problem.ts';
import type { RequestLimit } from './request-limit.ts';

/** A snapshot that is not made yet is made within one look of the hub. */
const RETRY_AFTER_SECONDS = '30';

/**
 * What customers owe, as made last, in the till's own columns and encoding. Asking costs no call of
 * the ledger; a till that has the newest is told so.
 */
export async function balances(c: Context, hub: Hub, limit: RequestLimit): Promise<Response> {
  const key = keyOf(c);
  const name = storableText(c.req.param('connection') ?? '');
  const place = key === null ? null : await hub.uploadPlace({ key, connection: name });
  if (key === null || place === null) return unauthorized(c);
  if (!place.scopes.includes('balances')) return forbidden(c, 'balances');
  const waitMs = limit.take(sha256(key), hub.clock.nowMs());
  if (waitMs > 0) {
    c.header('retry-after', String(Math.ceil(waitMs / 1_000)));
    return problem(c, 429, 'asked too often: what customers owe changes every few minutes at most');
  }
  if (place.connection === null) return problem(c, 404, 'the company has no such connection');
  const wanted = c.req.query('target');
  const found = (await findSnapshots(hub.database.db, place.connection.id)).filter(
    ({ target }) => wanted === undefined || target === wanted,
  );
  const [only, ...others] = found;
  if (only === undefined) return problem(c, 404, 'it is not served: bokbro balances --serve');
  if (others.length > 0) {
    const names = found.map(({ target }) => target).join(', ');
    return problem(c, 400, `say of which ledger with ?target=: ${names}`);
  }
  if (only.snapshot !== null) return answer(c, only.snapshot, hub.clock.nowMs());
  c.header('retry-after', RETRY_AFTER_SECONDS);
  return problem(c, 503, 'what customers owe has not been made yet: come back soon');
}

function answer(c: Context, snapshot: KeptSnapshot, nowMs: number): Response {
  const { bytes, madeAtMs, asOf, name, mediaType } = snapshot;
  const etag = `"${sha256(bytes).slice(0, 32)}"`;
  c.header('etag', etag);
  c.header('last-modified', new Date(madeAtMs).toUTCString());
  c.header('age', String(Math.max(0, Math.floor((nowMs - madeAtMs) / 1_000))));
  c.header('bokbro-as-of', asOf);
  // What customers owe is nobody else's: no cache between us and the till keeps it.
  c.header('cache-control', 'private, no-cache');
  c.header('vary', 'authorization');
  if (isKnown(c, etag, madeAtMs)) return c.body(null, 304);
  c.header('content-type', mediaType);
  c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  return c.body(Uint8Array.from(bytes));
}

/** Whether the till says that it has this one: the tag counts before the time (RFC 9110 §13.2). */
function isKnown(c: Context, etag: string, madeAtMs: number): boolean {
  const tags = c.req.header('if-none-match');
  if (tags !== undefined) {
    const known = new Set(tags.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
    return known.has('*') || known.has(etag);
  }
  // Times of HTTP are whole seconds. What is no time is NaN, and never later.
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  return Math.floor(madeAtMs / 1_000) * 1_000 <= since;
}
