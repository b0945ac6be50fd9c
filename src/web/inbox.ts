import type { Context } from 'hono';
import type { Hub } from '../hub/hub.ts';
import { keepInInbox } from '../hub/inbox.ts';
import { holderOfKey } from '../store/upload-keys.ts';
import { takeBody } from './body.ts';
import { forbidden, keyOf, problem, unauthorized } from './problem.ts';

/**
 * Puts a file of any company into the inbox of the whole hub, and answers once it is on disk: whose
 * it is, is found out by what stands in it.
 */
export async function uploadToInbox(c: Context, hub: Hub, bytesMax: number): Promise<Response> {
  const key = keyOf(c);
  const holder = key === null ? null : await holderOfKey(hub.database.db, key);
  if (holder === null) return unauthorized(c);
  if (!holder.scopes.includes('inbox')) return forbidden(c, 'inbox');
  const { inbox } = hub.config;
  if (inbox === undefined) return problem(c, 404, 'this hub has no inbox: BOKBRO_INBOX');
  return takeBody(c, bytesMax, async (file) => {
    return c.json({ name: await keepInInbox(inbox, file) }, 202);
  });
}
