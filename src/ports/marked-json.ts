import { jsonIn } from '../lib/json.ts';
import { isRecord } from '../lib/json-object.ts';
import { readJsonValues, type JsonLimits } from '../lib/json-values.ts';
import { jsonProblem, unknownJson } from './json-problem.ts';
import { rejected, type Place } from './problem.ts';
import type { IncomingFile, Reading } from './source.ts';

/** A thing of a file: what it says, where it stands, and its bytes as they came. */
export type MarkedThing = { readonly place: Place; readonly extract: Uint8Array };

/**
 * Reads a file of JSON things that name their schema, such as `hub.invoice.v1`: one, or an array of
 * them. The first says whether the file is ours.
 *
 * What stands in the file never throws. What opening or reading it throws goes on to the caller.
 */
export async function* readMarked(
  file: IncomingFile,
  of: {
    readonly schema: string;
    /** What the file is expected to be, for people. */
    readonly expected: string;
    readonly limits: JsonLimits;
    readonly take: (json: unknown, at: MarkedThing) => Iterable<Reading>;
  },
): AsyncGenerator<Reading> {
  const { schema, expected, limits, take } = of;
  let isOurs = false;
  for await (const item of readJsonValues(file.open(), limits)) {
    const problem = jsonProblem(item, expected);
    if (problem !== null) return yield rejected(problem);
    if (item.kind !== 'value') continue;
    const { text, line, column } = item.value;
    const json = jsonIn(text);
    const isMarked = isRecord(json) && json['schema'] === schema;
    if (!isOurs && !isMarked) return yield rejected(unknownJson('', expected));
    if (!isOurs) yield { kind: 'guess', facts: { format: schema } };
    isOurs = true;
    yield* take(json, { place: { line, column }, extract: Buffer.from(text) });
  }
  if (!isOurs) yield rejected(unknownJson('[]', expected));
}
