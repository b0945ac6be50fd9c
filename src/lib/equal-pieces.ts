/** Bytes read at a time, however large the pieces are that a file arrives in. */
export const PIECE_BYTES = 16_384;

/** Equal pieces, so that every limit is met at the same place however the bytes arrived. */
export async function* inEqualPieces(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (heldBytes + rest.length >= PIECE_BYTES) {
      const cut = PIECE_BYTES - heldBytes;
      yield Buffer.concat([...held, rest.subarray(0, cut)]);
      held = [];
      heldBytes = 0;
      rest = rest.subarray(cut);
    }
    if (rest.length > 0) held.push(rest);
    heldBytes += rest.length;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
