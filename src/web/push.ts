import type { Context } from 'hono';
import type { Hub } from '../hub/hub.ts';
import { takePush, type PushedItem } from '../hub/push/take-push.ts';
import { present } from '../lib/assert.ts';
import { jsonIn, storableText, type Json } from '../lib/json.ts';
import { readJsonValues } from '../lib/json-values.ts';
import { getCompanies } from '../store/registry.ts';
import { pushAnswer, type PushAnswer } from './push-answer.ts';
import { forbidden, keyOf, problem, unauthorized } from './problem.ts';

/** A batch with the files inside it. Larger ones come as files. */
const BODY_BYTES_MAX = 32 * 1024 * 1024;
const ITEMS_MAX = 500;
const DEPTH_MAX = 32;
const KEY_CHARS_MAX = 200;
/** How long an answer is waited for, unless the sender says (RFC 7240: `prefer: wait=10`). */
const [WAIT_SECONDS, WAIT_SECONDS_MAX] = [20, 55];
/** When to ask again for what is not done yet. */
const RETRY_AFTER_SECONDS = '5';

/**
 * Takes what a system pushes, one thing or many, and answers with the ledger's numbers as soon as
 * it has them. Each has a key of the sender's: sent again it gets the same answer.
 */
export async function push(c: Context, hub: Hub): Promise<Response> {
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
  const body = await bodyOf(c);
  if (body === null) return problem(c, 413, 'more than is taken in one request: send fewer');
  const sent = await itemsIn(body, c.req.header('idempotency-key') ?? null);
  if (!('items' in sent)) return problem(c, 400, sent.says);
  const { items } = sent;
  const [company] = await getCompanies(hub.database.db, [connection.companyId]);
  const waitMs = waitSeconds(c) * 1_000;
  const results = await takePush(hub, connection.id, { items, waitMs });
  const answers = results.map((one) =>
    pushAnswer(one, present(company, 'the company of a connection').language),
  );
  const isPending = answers.some(({ status }) => status === 'pending');
  if (isPending) c.header('retry-after', RETRY_AFTER_SECONDS);
  const [only] = answers;
  if (!sent.isMany && only !== undefined) return c.json(only, statusOf(only));
  return c.json({ results: answers }, isPending ? 202 : 200);
}

function statusOf({ status }: PushAnswer): 200 | 202 | 409 | 422 {
  if (status === 'pending') return 202;
  if (status === 'conflict') return 409;
  return status === 'rejected' ? 422 : 200;
}

function waitSeconds(c: Context): number {
  const asked = /\bwait=(\d{1,4})\b/.exec(c.req.header('prefer') ?? '')?.[1];
  return asked === undefined ? WAIT_SECONDS : Math.min(WAIT_SECONDS_MAX, Number(asked));
}

async function bodyOf(c: Context): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of c.req.raw.body ?? []) {
    size += piece.byteLength;
    if (size > BODY_BYTES_MAX) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

type Sent =
  | { readonly items: readonly PushedItem[]; readonly isMany: boolean }
  | { readonly says: string };

/** The things in a body, each as it stands there, with what the sender calls it and its key. */
async function itemsIn(body: Buffer, header: string | null): Promise<Sent> {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield body;
  };
  const limits = { bytesMax: BODY_BYTES_MAX, depthMax: DEPTH_MAX };
  const texts: string[] = [];
  for await (const item of readJsonValues(open(), limits)) {
    if (item.kind !== 'value')
      return { says: 'the body is not JSON: an object, or a list of them' };
    texts.push(item.value.text);
  }
  const isMany = body.toString('utf8', 0, 1_000).trimStart().startsWith('[');
  if (texts.length === 0) return { says: 'there is nothing in the body' };
  if (texts.length > ITEMS_MAX) return { says: `more than ${ITEMS_MAX} at once: send fewer` };
  const items: PushedItem[] = [];
  for (const [i, text] of texts.entries()) {
    const at = isMany ? `[${i}].` : '';
    const fields = jsonIn(text) as Readonly<Record<string, Json>> | null;
    if (fields === null) return { says: `${at || 'the body '}is not JSON` };
    const externalId = textIn(fields['external_id']);
    const key = textIn(fields['idempotency_key']) || (isMany ? '' : (header ?? ''));
    if (externalId === '') return { says: `${at}external_id is missing` };
    if (key === '')
      return { says: `${at}idempotency_key is missing: a repeat must be known as one` };
    items.push({ externalId, key: key.slice(0, KEY_CHARS_MAX), text });
  }
  const isTwice = new Set(items.map(({ key }) => key)).size < items.length;
  return isTwice ? { says: 'the same idempotency_key stands twice' } : { items, isMany };
}

function textIn(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? storableText(String(value)) : '';
}
