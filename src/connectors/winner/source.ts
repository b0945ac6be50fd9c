import { SeenDocuments } from '../../domain/document/seen-documents.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import { readJsonValues, type JsonValue } from '../../lib/json-values.ts';
import { jsonProblem, unknownJson } from '../../ports/json-problem.ts';
import { boundProblems, problemAt, rejected } from '../../ports/problem.ts';
import type { FileSource, Reading } from '../../ports/source.ts';
import { DEPTH_MAX, QUOTE_BYTES_MAX } from './limits.ts';
import { readQuote, SYSTEM } from './quote.ts';
import type { WinnerSettings } from './settings.ts';
import { quoteSchema } from './wire.ts';

/** What a file is expected to be. */
const EXPECTED = 'Winner: hub.quote.v1';

/**
 * Accepted quotes, as they are pushed: one, or an array of them.
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function winnerFiles(settings: WinnerSettings): FileSource {
  return {
    async *read(file) {
      const seen = new SeenDocuments();
      const limits = { bytesMax: QUOTE_BYTES_MAX, depthMax: DEPTH_MAX };
      let isOurs = false;
      for await (const item of readJsonValues(file.open(), limits)) {
        const problem = jsonProblem(item, EXPECTED);
        if (problem !== null) return yield rejected(problem);
        if (item.kind !== 'value') continue;
        const raw = parsed(item.value.text);
        if (!isOurs && !isQuote(raw)) return yield rejected(unknownJson('', EXPECTED));
        if (!isOurs) yield { kind: 'guess', facts: { format: 'hub.quote.v1' } };
        isOurs = true;
        yield* readings(item.value, raw, { settings, seen });
      }
      if (!isOurs) yield rejected(unknownJson('[]', EXPECTED));
    },
  };
}

function* readings(
  value: JsonValue,
  raw: unknown,
  with_: { readonly settings: WinnerSettings; readonly seen: SeenDocuments },
): Generator<Reading> {
  const place = { line: value.line, column: value.column };
  const wire = quoteSchema.safeParse(raw);
  if (!wire.success) {
    const field = wire.error.issues[0]?.path.join('.') || 'JSON';
    const problems = [problemAt('unknown-value', place, { field, found: '', expected: EXPECTED })];
    yield { kind: 'unreadable', id: `${SYSTEM}/unknown/${place.line}:${place.column}`, problems };
    return;
  }
  const { settings, seen } = with_;
  const id = `${SYSTEM}/${settings.dealer}/${wire.data.external_id}`;
  const outcome = readQuote(wire.data, { settings, place });
  if (outcome.kind === 'unreadable') {
    yield { kind: 'unreadable', id, problems: boundProblems(outcome.problems) };
    return;
  }
  const { quote, doubts } = outcome;
  const news = seen.see(quote, doubts);
  if (news === 'same') return;
  if (news === 'new') {
    const extract = Buffer.from(value.text);
    yield { kind: 'document', document: quote, doubts, extract, mediaType: 'application/json' };
    return;
  }
  const facts = { field: 'external_id', found: quote.ref.id, expected: quote.ref.id };
  const problems = [problemAt('identity-differs', place, facts)];
  yield { kind: 'unreadable', id: refKey(quote.ref), problems };
}

function isQuote(raw: unknown): boolean {
  return (
    typeof raw === 'object' && raw !== null && 'schema' in raw && raw.schema === 'hub.quote.v1'
  );
}

/** @returns null when it is no JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
