import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Hub } from '../../hub/hub.ts';
import { beginAct, endAct, forgetAct } from '../../store/api-answers.ts';
import { refused } from '../problem.ts';
import type { ApiEnv } from './route.ts';

const HEADER = 'idempotency-key';
const KEY_LENGTH_MAX = 255;
/** Answers with a secret are shown once, and kept nowhere. */
const SECRET = /\/(keys|invitations|webhooks|secret)$/;

/**
 * Acts with an `idempotency-key` are done once: the same again gets the answer that the first one
 * got. Without one each is an act of its own, as it is for the pages.
 */
export function once(hub: Hub): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = c.req.header(HEADER);
    const person = c.get('person');
    if (key === undefined || person === null || c.req.method === 'GET') return next();
    if (key.length === 0 || key.length > KEY_LENGTH_MAX) {
      return refused(c, 400, { code: 'key-length', header: HEADER, max: KEY_LENGTH_MAX });
    }
    const { db } = hub.database;
    const companyId = c.get('key')?.companyId ?? null;
    const act = { caller: person.id, key, companyId, requestHash: await hashOf(c) };
    const begun = await beginAct(db, act);
    if (begun.kind === 'other') return refused(c, 409, { code: 'key-of-another', header: HEADER });
    if (begun.kind === 'running') {
      return refused(c, 409, { code: 'done-or-cut' });
    }
    if (begun.kind === 'done') return replay(c, begun);
    await next();
    const { status } = c.res;
    if (status >= 500) await forgetAct(db, act);
    else {
      const body = SECRET.test(c.req.path) && c.res.ok ? null : await c.res.clone().text();
      await endAct(db, act, { status, body });
    }
    return undefined;
  };
}

function replay(
  c: Context,
  { status, body }: { readonly status: number; readonly body: string | null },
): Response {
  c.header('idempotency-replayed', 'true');
  if (body === null) return refused(c, 409, { code: 'secret-shown' });
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return c.newResponse(body, status as 200, { 'content-type': type });
}

/** Of address and body; files are told apart by their length, and by the hub by their bytes. */
async function hashOf(c: Context): Promise<string> {
  const isJson = /json/.test(c.req.header('content-type') ?? '');
  const body = isJson ? await c.req.text() : (c.req.header('content-length') ?? '');
  return createHash('sha256').update(`${c.req.method} ${c.req.url}\n${body}`).digest('hex');
}
