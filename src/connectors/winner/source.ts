import { SeenDocuments } from '../../domain/document/seen-documents.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import { readMarked, type MarkedThing } from '../../ports/marked-json.ts';
import { decodeFile } from '../../ports/decode-file.ts';
import { boundProblems, problemAt, rejected } from '../../ports/problem.ts';
import type { FileSource, IncomingFile, Reading } from '../../ports/source.ts';
import { readJournal } from './journal/read-journal.ts';
import { DEPTH_MAX, JOURNAL_BYTES_MAX, QUOTE_BYTES_MAX } from './limits.ts';
import { readQuote, SYSTEM } from './quote.ts';
import type { WinnerSettings } from './settings.ts';
import { quoteSchema } from './wire.ts';

/** What a file is expected to be. */
const EXPECTED = 'Winner: hub.quote.v1';

/** How quotes are pushed. */
const PUSHED = {
  schema: 'hub.quote.v1',
  expected: EXPECTED,
  limits: { bytesMax: QUOTE_BYTES_MAX, depthMax: DEPTH_MAX },
};

/**
 * Accepted quotes, as they are pushed: one, or an array of them; or a file of the invoice journal.
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function winnerFiles(settings: WinnerSettings): FileSource {
  return {
    async *read(file) {
      const seen = new SeenDocuments();
      const take = (json: unknown, at: MarkedThing): Iterable<Reading> =>
        readings(json, { ...at, settings, seen });
      if (await isJson(file)) return yield* readMarked(file, { ...PUSHED, take });
      const decoded = await decodeFile(file.open(), JOURNAL_BYTES_MAX);
      if ('problem' in decoded) yield rejected(decoded.problem);
      else yield* readJournal(decoded.text, settings);
    },
  };
}

/** Whether a file begins as JSON does; one of blanks alone is left to its reader. */
async function isJson(file: IncomingFile): Promise<boolean> {
  for await (const chunk of file.open()) {
    const [first] = Buffer.from(chunk).toString('latin1').trimStart();
    if (first !== undefined) return first === '{' || first === '[';
  }
  return true;
}

function* readings(
  raw: unknown,
  of: MarkedThing & { readonly settings: WinnerSettings; readonly seen: SeenDocuments },
): Generator<Reading> {
  const { settings, seen, place, extract } = of;
  const wire = quoteSchema.safeParse(raw);
  if (!wire.success) {
    const field = wire.error.issues[0]?.path.join('.') || 'JSON';
    const problems = [problemAt('unknown-value', place, { field, found: '', expected: EXPECTED })];
    yield { kind: 'unreadable', id: `${SYSTEM}/unknown/${place.line}:${place.column}`, problems };
    return;
  }
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
    yield { kind: 'document', document: quote, doubts, extract, mediaType: 'application/json' };
    return;
  }
  const facts = { field: 'external_id', found: quote.ref.id, expected: quote.ref.id };
  const problems = [problemAt('identity-differs', place, facts)];
  yield { kind: 'unreadable', id: refKey(quote.ref), problems };
}
