import assert from 'node:assert/strict';
import type { ConnectorError } from '../../ports/errors.ts';
import type { Bench } from './bench.ts';

/** A message is a sentence or two. */
const MESSAGE_CHARS_MAX = 300;
const CAUSES_MAX = 10;
/** So much of a body's beginning tells it from words. */
const BODY_PART_CHARS = 24;

/** What a message says is for a person: words, no secret, nothing of a body. */
export function checkSecrecy(bench: Bench, error: ConnectorError): void {
  const { message } = error;
  assert.ok(message.length > 0 && message.length <= MESSAGE_CHARS_MAX, `too long: ${message}`);
  assert.doesNotMatch(message, /[<>{}]|undefined|\[object/, 'it is made of words');
  const texts = messagesOf(error);
  for (const text of texts) {
    for (const secret of bench.shelf.seen) {
      assert.ok(!text.includes(secret), 'no secret stands in a message');
    }
    for (const part of bodyParts(bench)) {
      assert.ok(!text.includes(part), `nothing of a body stands in a message: ${part}`);
    }
  }
}

/** The message of an error, of what caused it, and of what caused that. */
function messagesOf(error: unknown): readonly string[] {
  const texts: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < CAUSES_MAX && at instanceof Error; depth += 1) {
    texts.push(at.message, String(at), at.stack ?? '');
    at = at.cause;
  }
  return texts;
}

/** How the bodies that were sent and received begin: a message with that repeats a body. */
function bodyParts(bench: Bench): readonly string[] {
  return bench.sent.flatMap(({ request, response }) =>
    [request.body, response?.body].flatMap((body) => {
      const text = typeof body === 'string' ? body : Buffer.from(body ?? []).toString('latin1');
      return text === '' ? [] : [text.slice(0, BODY_PART_CHARS)];
    }),
  );
}
