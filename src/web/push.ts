import type { Context } from 'hono';
import type { Hub } from '../hub/hub.ts';
import { pushState, takePush, type PushResult } from '../hub/push/take-push.ts';
import { present } from '../lib/assert.ts';
import { storableText } from '../lib/json.ts';
import { getCompanies, type Company } from '../store/registry.ts';
import { pushAnswer, type PushAnswer } from './push-answer.ts';
import { bodyOf, itemsIn } from './push-body.ts';
import { forbidden, keyOf, problem, unauthorized } from './problem.ts';

/** How long an answer is waited for, unless the sender says (RFC 7240: `prefer: wait=10`). */
const [WAIT_SECONDS, WAIT_SECONDS_MAX] = [20, 55];
/** When to ask again for what is not done yet. */
const RETRY_AFTER_SECONDS = '5';

/** Where something is pushed to. */
export type PushPlace = {
  readonly connection: { readonly id: string; readonly connector: string };
  readonly company: Company;
  /** As the sender has written the connection's name. */
  readonly name: string;
};

/**
 * Takes what a system pushes, one thing or many, and answers with the ledger's numbers as soon as
 * it has them. Each has a key of the sender's: sent again it gets the same answer.
 */
export async function push(c: Context, hub: Hub): Promise<Response> {
  const place = await pushPlace(c, hub);
  if (place instanceof Response) return place;
  const body = await bodyOf(c);
  if (body === null) return problem(c, 413, 'more than is taken in one request: send fewer');
  const sent = await itemsIn(body, c.req.header('idempotency-key') ?? null);
  if (!('items' in sent)) return problem(c, 400, sent.says);
  const { items } = sent;
  const waitMs = waitSeconds(c, WAIT_SECONDS) * 1_000;
  const results = await takePush(hub, place.connection.id, { items, waitMs });
  const answers = results.map((one, i) => answerTo(place, one, items[i]?.key ?? ''));
  const isPending = answers.some(({ status }) => status === 'pending');
  if (isPending) c.header('retry-after', RETRY_AFTER_SECONDS);
  const [only] = answers;
  if (sent.isMany || only === undefined) {
    return c.json({ results: answers }, isPending ? 202 : 200);
  }
  if (only.status_url !== undefined) c.header('location', only.status_url);
  return c.json(only, statusOf(only));
}

/** What has become of what was pushed under a key. It may be waited for: `prefer: wait=10`. */
export async function pushStatus(c: Context, hub: Hub): Promise<Response> {
  const place = await pushPlace(c, hub);
  if (place instanceof Response) return place;
  const key = storableText(c.req.param('key') ?? '');
  const waitMs = waitSeconds(c, 0) * 1_000;
  const state = await pushState(hub, { connectionId: place.connection.id, key, waitMs });
  if (state === null) return problem(c, 404, 'nothing was pushed with this key');
  const answer = answerTo(place, state, key);
  if (answer.status === 'pending') c.header('retry-after', RETRY_AFTER_SECONDS);
  // The question is answered, whatever became of it: 202 says that there is more to come.
  return c.json(answer, answer.status === 'pending' ? 202 : 200);
}

/** The connection that a key may push to; else what is answered instead. */
export async function pushPlace(c: Context, hub: Hub): Promise<PushPlace | Response> {
  const key = keyOf(c);
  const name = storableText(c.req.param('connection') ?? '');
  const place = key === null ? null : await hub.uploadPlace({ key, connection: name });
  if (place === null) return unauthorized(c);
  if (!place.scopes.includes('files')) return forbidden(c, 'files');
  const { connection } = place;
  if (connection === null) return problem(c, 404, 'the company has no such connection');
  if (hub.connectors.get(connection.connector)?.gives.length === 0) {
    return problem(c, 400, 'the connection gives nothing: push to the one that does');
  }
  const [company] = await getCompanies(hub.database.db, [connection.companyId]);
  return { connection, company: present(company, 'the company of a connection'), name };
}

/** What is not done yet says where to ask for it. */
function answerTo({ company, name }: PushPlace, result: PushResult, key: string): PushAnswer {
  const answer = pushAnswer(result, company.language);
  if (answer.status !== 'pending') return answer;
  const path = ['v1', 'connections', name, 'pushes', key].map(encodeURIComponent).join('/');
  return { ...answer, status_url: `/${path}` };
}

function statusOf({ status }: PushAnswer): 200 | 202 | 409 | 422 {
  if (status === 'pending') return 202;
  if (status === 'conflict') return 409;
  return status === 'rejected' ? 422 : 200;
}

function waitSeconds(c: Context, otherwise: number): number {
  const asked = /\bwait=(\d{1,4})\b/.exec(c.req.header('prefer') ?? '')?.[1];
  return asked === undefined ? otherwise : Math.min(WAIT_SECONDS_MAX, Number(asked));
}
