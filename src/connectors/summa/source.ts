import { SeenDocuments } from '../../domain/document/seen-documents.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import { decodeXml } from '../../lib/decode-xml.ts';
import { decodeFile } from '../../ports/decode-file.ts';
import { readMarked, type MarkedThing } from '../../ports/marked-json.ts';
import { boundProblems, problemAt, rejected } from '../../ports/problem.ts';
import { readSieVouchers } from '../../ports/sie-file/read.ts';
import type { FileSource, IncomingFile, Reading } from '../../ports/source.ts';
import { attachmentsOf } from './invoice/attachments.ts';
import { readInvoice, SYSTEM } from './invoice/invoice.ts';
import { CSV_BYTES_MAX, DEPTH_MAX, INVOICE_BYTES_MAX } from './limits.ts';
import type { SummaSettings } from './settings.ts';
import { invoiceSchema } from './wire.ts';
import type { BatchInvoice } from './batch/batch-invoice.ts';
import { readCsvBatch } from './batch/csv.ts';
import { BatchParser } from './batch/xml.ts';

/** What a file of JSON is expected to be. */
const EXPECTED = 'Summa: hub.invoice.v1';
/** How invoices are pushed. */
const PUSHED = {
  schema: 'hub.invoice.v1',
  expected: EXPECTED,
  limits: { bytesMax: INVOICE_BYTES_MAX, depthMax: DEPTH_MAX },
};
/** A byte order mark and blanks: a file begins after them. */
const SPACE_OR_MARK = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * Invoices as they are pushed (JSON, one or an array of them), and as they are exported in a batch
 * (XML or CSV) or as vouchers (SIE 4I). Which it is, is seen by the first sign of the file.
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function summaFiles(settings: SummaSettings): FileSource {
  return {
    async *read(file) {
      const invoices = new Invoices(settings);
      switch (await firstSign(file)) {
        case '<':
          return yield* readBatch(file, invoices);
        case '{':
        case '[':
        case '':
          return yield* readMarked(file, {
            ...PUSHED,
            take: (json, at) => invoices.take(json, at),
          });
        case '#':
          return yield* readVouchers(file, settings);
        default: {
          const decoded = await decodeFile(file.open(), CSV_BYTES_MAX);
          if ('problem' in decoded) yield rejected(decoded.problem);
          else yield* readCsvBatch(decoded.text, (one) => invoices.takeOf(one));
        }
      }
    },
  };
}

/** The first sign of a file that is no blank; empty when there is none. */
async function firstSign(file: IncomingFile): Promise<string> {
  for await (const piece of file.open()) {
    const first = piece.find((byte) => !SPACE_OR_MARK.has(byte));
    if (first !== undefined) return String.fromCharCode(first);
  }
  return '';
}

async function* readBatch(file: IncomingFile, invoices: Invoices): AsyncGenerator<Reading> {
  const parser = new BatchParser();
  let isTold = false;
  const taken = function* (): Generator<Reading> {
    for (const one of parser.take()) {
      if (!isTold) yield { kind: 'guess', facts: { format: 'Summa fakturaexport' } };
      isTold = true;
      yield* invoices.takeOf(one);
    }
  };
  for await (const piece of decodeXml(file.open())) {
    if (piece.kind === 'text') parser.write(piece.text);
    else if (piece.kind === 'not-text') parser.breakOff('not-text', { found: piece.found });
    else parser.breakOff('file-truncated', { found: 'half a character' });
    if (parser.broken !== null) break;
    yield* taken();
  }
  parser.close();
  if (parser.broken !== null) return yield rejected(parser.broken);
  yield* taken();
}

/** Vouchers that are coded and numbered already (SIE 4I), of a house that exports them so. */
async function* readVouchers(
  file: IncomingFile,
  { house }: SummaSettings,
): AsyncGenerator<Reading> {
  yield { kind: 'guess', facts: { format: 'sie' } };
  yield* readSieVouchers(file.open(), { system: SYSTEM, account: house, currency: 'SEK' });
}

/** The invoices of one file, each once. */
class Invoices {
  readonly #settings: SummaSettings;
  readonly #seen = new SeenDocuments();

  constructor(settings: SummaSettings) {
    this.#settings = settings;
  }

  /** One of a batch: what is kept of it is what it says in the form in which it is pushed. */
  takeOf({ wire, place }: BatchInvoice): Generator<Reading> {
    return this.take(wire, { place, extract: Buffer.from(JSON.stringify(wire)) });
  }

  *take(raw: unknown, { place, extract }: MarkedThing): Generator<Reading> {
    const settings = this.#settings;
    const wire = invoiceSchema.safeParse(raw);
    if (!wire.success) {
      const field = wire.error.issues[0]?.path.join('.') || 'JSON';
      const facts = { field, found: '', expected: EXPECTED };
      const id = `${SYSTEM}/unknown/${place.line}:${place.column}`;
      yield { kind: 'unreadable', id, problems: [problemAt('unknown-value', place, facts)] };
      return;
    }
    const outcome = readInvoice(wire.data, { settings, place });
    if (outcome.kind === 'unreadable') {
      const id = `${SYSTEM}/${settings.house}/${wire.data.external_id}`;
      yield { kind: 'unreadable', id, problems: boundProblems(outcome.problems) };
      return;
    }
    const { invoice: document } = outcome;
    const doubts: readonly [] = []; // The posting rule holds its totals against its lines.
    const news = this.#seen.see(document, doubts);
    if (news === 'same') return;
    if (news === 'new') {
      const attachments = attachmentsOf(wire.data);
      const mediaType = 'application/json';
      yield { kind: 'document', document, doubts, extract, mediaType, attachments };
      return;
    }
    const facts = { field: 'external_id', found: document.ref.id, expected: document.ref.id };
    const problems = [problemAt('identity-differs', place, facts)];
    yield { kind: 'unreadable', id: refKey(document.ref), problems };
  }
}
