import { contentHash } from '../../domain/document/content-hash.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import type { FileSource, IncomingFile, Problem, Reading } from '../../ports/source.ts';
import { isZip, surveyFile, type Survey } from './bytes/survey.ts';
import { attachmentsOf } from './invoice/attachments.ts';
import { invoiceOf } from './invoice/read.ts';
import { boundProblems, problemAt, problemsIn, rejected } from '../../ports/problem.ts';
import type { PeppolSettings } from './settings.ts';
import { EXPECTED } from './ubl/names.ts';
import type { UblDocument } from './ubl/parser.ts';
import { readUbl } from './ubl/read.ts';
import { readZip } from './zip/read.ts';

/**
 * Files with invoices: one UBL document, alone or in its envelope, or a zip of any number of them.
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function peppolFiles(settings: PeppolSettings): FileSource {
  return {
    async *read(file) {
      const survey = await surveyFile(file.open());
      if (survey.head.length === 0) yield rejected(problemAt('file-empty', null));
      else if (isZip(survey.head)) yield* readArchive(file, survey, settings);
      else yield* readSingle(file, settings);
    },
  };
}

async function* readSingle(file: IncomingFile, settings: PeppolSettings): AsyncGenerator<Reading> {
  const outcome = await readUbl(file.open());
  if (outcome.kind !== 'document') {
    yield rejected(outcome.problem);
    return;
  }
  const { name, isInEnvelope } = outcome.document;
  const facts = isInEnvelope ? { envelope: 'SBDH' } : {};
  yield { kind: 'guess', facts: { format: `UBL ${name}`, ...facts } };
  yield readingOf(outcome.document, settings);
}

function readingOf(document: UblDocument, settings: PeppolSettings): Settled {
  const outcome = invoiceOf(document, settings);
  if (outcome.kind === 'unreadable') {
    const problems = boundProblems(outcome.problems);
    return { kind: 'unreadable', id: refKey(outcome.ref), problems };
  }
  return {
    kind: 'document',
    document: outcome.invoice,
    doubts: [],
    extract: document.extract,
    attachments: attachmentsOf(document),
    mediaType: 'application/xml',
  };
}

/** What an entry is read as. */
type Settled = Extract<Reading, { readonly kind: 'document' | 'unreadable' }>;

/** What an entry is read as, or why it is no document. */
type EntryReading = Settled | { readonly kind: 'unknown' | 'broken'; readonly problem: Problem };

/** One broken entry does not stop the others; a zip that contradicts itself is no zip. */
async function* readArchive(
  file: IncomingFile,
  survey: Survey,
  settings: PeppolSettings,
): AsyncGenerator<Reading> {
  const archive = new ArchiveReadings();
  const read = async (bytes: AsyncIterable<Uint8Array>): Promise<EntryReading> => {
    const outcome = await readUbl(bytes);
    return outcome.kind === 'document' ? readingOf(outcome.document, settings) : outcome;
  };
  for await (const item of readZip({ survey, open: () => file.open() }, read)) {
    if (item.kind === 'broken') {
      yield rejected(item.problem);
      return;
    }
    const { name } = item;
    yield* archive.take(name, item.kind === 'entry' ? item.read : { ...item, kind: 'broken' });
  }
  yield* archive.end();
}

/** Readings of a zip, each document once. */
class ArchiveReadings {
  /** Where each document was read first, and what it said. */
  readonly #seen = new Map<string, { readonly name: string; readonly hash: string }>();
  /** Entries that are no UBL, told at the end: a zip that holds nothing else is rejected. */
  readonly #unknown: { readonly name: string; readonly problem: Problem }[] = [];
  #isOurs = false;

  take(name: string, read: EntryReading): readonly Reading[] {
    switch (read.kind) {
      case 'unknown':
        this.#unknown.push({ name, problem: read.problem });
        return [];
      case 'broken':
        return this.#ours(unreadable(name, read.problem));
      case 'unreadable':
        return this.#ours({ ...read, problems: problemsIn(name, read.problems) });
      case 'document':
        return this.#once(name, read);
    }
  }

  end(): readonly Reading[] {
    if (this.#isOurs) return this.#unknown.map(({ name, problem }) => unreadable(name, problem));
    if (this.#unknown.length === 0) return [rejected(problemAt('file-empty', null))];
    const problems = this.#unknown.flatMap(({ name, problem }) => problemsIn(name, [problem]));
    return [rejected(problemAt('format-unknown', null, { expected: EXPECTED }), ...problems)];
  }

  #ours(reading: Reading): readonly Reading[] {
    const guess = { kind: 'guess', facts: { format: 'zip of UBL' } } as const;
    const readings = this.#isOurs ? [reading] : [guess, reading];
    this.#isOurs = true;
    return readings;
  }

  /** The same document again is left alone; one that says otherwise takes both back. */
  #once(
    name: string,
    reading: Extract<Settled, { readonly kind: 'document' }>,
  ): readonly Reading[] {
    const id = refKey(reading.document.ref);
    const hash = contentHash(reading.document, reading.doubts);
    const before = this.#seen.get(id);
    if (before === undefined) {
      this.#seen.set(id, { name, hash });
      return this.#ours(reading);
    }
    if (before.hash === hash) return [];
    const facts = { field: id, found: name, expected: before.name };
    return [{ kind: 'unreadable', id, problems: [problemAt('identity-differs', null, facts)] }];
  }
}

/** An entry of which not even the invoice number can be trusted. */
function unreadable(name: string, problem: Problem): Settled {
  return {
    kind: 'unreadable',
    id: `peppol/unknown/${name}`,
    problems: problemsIn(name, [problem]),
  };
}
