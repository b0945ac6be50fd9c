import type { Context } from 'hono';
import type { Hub } from '../hub/hub.ts';
import { refuseKeys, takeKeys } from '../hub/key-page.ts';
import { storableText } from '../lib/json.ts';
import { wholeBody } from './body.ts';
import { pageToGoBackTo } from './consent-callback.ts';
import { problem } from './problem.ts';

/** A pair of keys is some hundred bytes. */
const KEYS_BYTES_MAX = 10_000;

/**
 * Keys that a shop sends. It takes them back unless it is answered 200; it is not asked anything
 * before that, for many a shop does one thing at a time.
 */
export async function keys(c: Context, hub: Hub): Promise<Response> {
  const body = await wholeBody(c, KEYS_BYTES_MAX);
  if (body === null) return problem(c, 413, 'no keys are as large as this');
  const connector = c.req.param('connector') ?? '';
  const isTaken = await takeKeys(hub, { connector, body });
  return isTaken ? c.body(null, 200) : problem(c, 400, 'nobody waits for these keys');
}

/** The person is back from the shop's page. */
export async function keysGiven(c: Context, hub: Hub): Promise<Response> {
  const { success, user_id: state = '', to } = c.req.query();
  const from = pageToGoBackTo(to);
  if (success !== '1') await refuseKeys(hub, storableText(state));
  if (from !== null) return c.redirect(`${from}?consent=${success === '1' ? 'given' : 'refused'}`);
  if (success === '1') return c.text('Connected. You can close this page.');
  return c.text('No keys were given. Begin again with the same command.', 400);
}
