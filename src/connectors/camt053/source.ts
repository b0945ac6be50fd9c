import { contentHash } from '../../domain/document/content-hash.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import type { FileSource, Problem, Reading } from '../../ports/source.ts';
import { problemAt, rejected } from '../../ports/problem.ts';
import type { CamtSettings } from './settings.ts';
import { NotificationReader } from './notification/notification.ts';
import { StatementReader, type StatementReading } from './statement/statement.ts';
import { decodeXml } from '../../lib/decode-xml.ts';
import { CamtParser, type StatementPart } from './xml/parser.ts';

/**
 * Files of account statements, each of any number of days, and of notifications of payments.
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function camtFiles(settings: CamtSettings): FileSource {
  return {
    async *read(file) {
      const parser = new CamtParser();
      const statements = new Statements(settings);
      let isEmpty = true;
      for await (const piece of decodeXml(file.open())) {
        isEmpty = false;
        if (piece.kind === 'text') parser.write(piece.text);
        else if (piece.kind === 'not-text') parser.breakOff('not-text', { found: piece.found });
        else parser.breakOff('file-truncated', { found: 'half a character' });
        if (parser.broken !== null) break;
        yield* statements.take(parser.take());
        if (statements.broken !== null) break;
      }
      if (isEmpty) parser.broken = problemAt('file-empty', null);
      if (parser.broken === null && statements.broken === null) parser.close();
      const broken = statements.broken ?? parser.broken;
      if (broken === null) {
        yield* statements.take(parser.take());
        yield* statements.end();
      } else yield rejected(broken);
    },
  };
}

/** The statements of a file, each day once. */
class Statements {
  readonly #settings: CamtSettings;
  readonly #seen = new Map<string, string>();
  #open: StatementReader | NotificationReader | null = null;
  #isTold = false;
  #format = '';
  /** Why the file cannot be read on. */
  broken: Problem | null = null;

  constructor(settings: CamtSettings) {
    this.#settings = settings;
  }

  take(parts: readonly StatementPart[]): readonly Reading[] {
    const readings: Reading[] = [];
    for (const part of parts) {
      if (part.kind === 'begin') this.#open = this.#begin(part);
      else if (part.kind === 'node') this.broken ??= this.#open?.take(part.node) ?? null;
      else {
        const read = this.#open?.end() ?? [];
        this.#open = null;
        for (const reading of read) readings.push(...this.#once(reading));
      }
    }
    return this.#told(readings);
  }

  end(): readonly Reading[] {
    if (this.#isTold) return [];
    return [rejected(problemAt('file-empty', null, { expected: 'Stmt, Ntfctn' }))];
  }

  #begin({ of, place }: Extract<StatementPart, { readonly kind: 'begin' }>) {
    this.#format = of === 'statement' ? 'camt.053' : 'camt.054';
    return of === 'statement'
      ? new StatementReader(this.#settings, place)
      : new NotificationReader(this.#settings, place);
  }

  /** What the file is, before the first reading of it. */
  #told(readings: readonly Reading[]): readonly Reading[] {
    if (readings.length === 0 || this.#isTold) return readings;
    this.#isTold = true;
    return [{ kind: 'guess', facts: { format: this.#format } }, ...readings];
  }

  /** The same day again is left alone; one that says otherwise takes both back. */
  #once(reading: StatementReading): readonly Reading[] {
    if (reading.kind !== 'document') return [reading];
    const id = refKey(reading.document.ref);
    const hash = contentHash(reading.document, reading.doubts);
    const before = this.#seen.get(id);
    this.#seen.set(id, before ?? hash);
    if (before === undefined) return [reading];
    if (before === hash) return [];
    const facts = { field: id, found: 'other entries', expected: 'those of the statement before' };
    return [{ kind: 'unreadable', id, problems: [problemAt('identity-differs', null, facts)] }];
  }
}
