import { PIECE_BYTES } from '../../../lib/equal-pieces.ts';
import iconv from 'iconv-lite';
import type { Encoding, Survey } from './survey.ts';

/**
 * The encoding to read a file in.
 *
 * What the file shows beats what a profile declares: a mark, or letters that only UTF-8 writes so.
 * Between the single-byte encodings, which no file shows for certain, the profile is believed.
 */
export function encodingOf(survey: Survey, declared: Encoding | null): Encoding {
  if (survey.marked !== null) return survey.marked;
  if (survey.showsUtf8) return 'utf-8';
  const isSingle = declared === 'windows-1252' || declared === 'cp850';
  return isSingle ? declared : survey.likely;
}

/** The text of a file in pieces, without its byte order mark. */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let isFirst = true;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const text = decoder.write(chunk.subarray(at, at + PIECE_BYTES));
      if (text === '') continue;
      yield isFirst ? withoutMark(text) : text;
      isFirst = false;
    }
  }
  const rest = decoder.end();
  if (rest !== '') yield isFirst ? withoutMark(rest) : rest;
}

/** The text of the first bytes of a file. A character cut at their end is left out. */
export function decodeHead(head: Uint8Array, encoding: Encoding): string {
  return withoutMark(decoderOf(encoding).write(head));
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

type Decoder = { write(bytes: Uint8Array): string; end(): string };

function decoderOf(encoding: Encoding): Decoder {
  if (encoding === 'windows-1252' || encoding === 'cp850') {
    const single = iconv.getDecoder(encoding);
    return { write: (bytes) => single.write(Buffer.from(bytes)), end: () => single.end() ?? '' };
  }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return {
    write: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}
