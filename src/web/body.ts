import type { Context } from 'hono';
import { problem } from './problem.ts';

const NAME_MAX = 200;

/**
 * Takes the file that a request brings.
 *
 * @param keep - answers when the file is on disk; its bytes throw when there are too many of them
 */
export async function takeBody(
  c: Context,
  bytesMax: number,
  keep: (file: {
    readonly name: string;
    readonly bytes: AsyncIterable<Uint8Array>;
  }) => Promise<Response>,
): Promise<Response> {
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > bytesMax) return tooLarge(c);
  const body = c.req.raw.body;
  if (body === null) return problem(c, 400, 'the request has no body');
  const name = (c.req.query('name') ?? 'upload').slice(0, NAME_MAX);
  try {
    return await keep({ name, bytes: atMostBytes(body, bytesMax) });
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(c);
    throw error;
  }
}

/** All that a request brings. @returns null when it is too large */
export async function wholeBody(c: Context, bytesMax: number): Promise<Uint8Array | null> {
  const stream = c.req.raw.body;
  if (Number(c.req.header('content-length') ?? 0) > bytesMax) return null;
  if (stream === null) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.byteLength;
    if (size > bytesMax) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooLarge(c: Context): Response {
  return problem(c, 413, 'the file is too large to upload: use a folder or the command');
}

/** A body without a stated length is larger than we take. */
class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

async function* atMostBytes(
  body: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > bytesMax) throw new TooLarge('the body is too large');
    yield piece;
  }
}
