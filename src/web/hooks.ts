import type { Context } from 'hono';
import { hearHook } from '../hub/hooks/hear-hook.ts';
import type { Hub } from '../hub/hub.ts';
import { storableText } from '../lib/json.ts';
import { wholeBody } from './body.ts';
import { problem } from './problem.ts';

/** An order of a thousand lines is two megabytes; all of it is signed, so all of it is read. */
const HOOK_BYTES_MAX = 8_000_000;

/**
 * A message of an outside system. It is answered as soon as it is noted; what it is about is looked
 * at afterwards, by whoever fetches. A system switches off what is answered otherwise too often:
 * only what it cannot have sent gets anything but 200.
 */
export async function hook(c: Context, hub: Hub): Promise<Response> {
  const body = await wholeBody(c, HOOK_BYTES_MAX);
  if (body === null) return problem(c, 413, 'a message of no system is as large as this');
  const heard = await hearHook(hub, storableText(c.req.param('token') ?? ''), {
    method: c.req.method === 'GET' ? 'GET' : 'POST',
    query: c.req.query(),
    headers: c.req.header(),
    body,
  });
  if (heard === 'nobodys') return problem(c, 404, 'there is nothing here');
  if (heard === 'forged') return problem(c, 401, 'the message is not signed as it should be');
  return c.body(null, 200);
}
