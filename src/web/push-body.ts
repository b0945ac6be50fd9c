import type { Context } from 'hono';
import { PUSH_KEY_CHARS_MAX, type PushedItem } from '../hub/push/take-push.ts';
import { jsonIn, storableText, type Json } from '../lib/json.ts';
import { readJsonValues } from '../lib/json-values.ts';

/** A batch with the files inside it. Larger ones come as files. */
const BODY_BYTES_MAX = 32 * 1024 * 1024;
const ITEMS_MAX = 500;
const DEPTH_MAX = 32;

/** The bytes of a request; null when there are more than is taken. */
export async function bodyOf(c: Context): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of c.req.raw.body ?? []) {
    size += piece.byteLength;
    if (size > BODY_BYTES_MAX) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The objects in a body, each as it stands there; or what is wrong with it. */
export type SentValues =
  | {
      readonly values: readonly { readonly text: string; readonly fields: SentFields }[];
      readonly isMany: boolean;
    }
  | { readonly says: string };

type SentFields = Readonly<Record<string, Json>>;

/** One object, or a list of them. */
export async function valuesIn(body: Buffer): Promise<SentValues> {
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
  const values: { readonly text: string; readonly fields: SentFields }[] = [];
  for (const [i, text] of texts.entries()) {
    const fields = jsonIn(text) as SentFields | null;
    if (fields === null) return { says: `${isMany ? `[${i}] ` : 'the body '}is not JSON` };
    values.push({ text, fields });
  }
  return { values, isMany };
}

type Sent =
  | { readonly items: readonly PushedItem[]; readonly isMany: boolean }
  | { readonly says: string };

/** The things in a body, each as it stands there, with what the sender calls it and its key. */
export async function itemsIn(body: Buffer, header: string | null): Promise<Sent> {
  const sent = await valuesIn(body);
  if (!('values' in sent)) return sent;
  const { values, isMany } = sent;
  const items: PushedItem[] = [];
  for (const [i, { text, fields }] of values.entries()) {
    const at = isMany ? `[${i}].` : '';
    const externalId = textIn(fields['external_id']);
    const key = textIn(fields['idempotency_key']) || (isMany ? '' : (header ?? ''));
    if (externalId === '') return { says: `${at}external_id is missing` };
    if (key === '')
      return { says: `${at}idempotency_key is missing: a repeat must be known as one` };
    if (key.length > PUSH_KEY_CHARS_MAX)
      return { says: `${at}idempotency_key is longer than ${PUSH_KEY_CHARS_MAX} characters` };
    items.push({ externalId, key, text });
  }
  const isTwice = new Set(items.map(({ key }) => key)).size < items.length;
  return isTwice ? { says: 'the same idempotency_key stands twice' } : { items, isMany };
}

export function textIn(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? storableText(String(value)) : '';
}
