import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { CARDS_MAX, LINES_MAX } from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { asPushed, type BatchInvoice, type Fields } from './batch-invoice.ts';

/** What the root of a batch is called, and the namespace it says. */
const ROOT = 'invoices';
const NAMESPACE = 'urn:hub:invoices:1';
const EXPECTED = 'Summa: <invoices xmlns="urn:hub:invoices:1">';
/** Longer values would be cut anyway; a text that long is markup gone wrong. */
const ATTRIBUTE_CHARS_MAX = 20_000;

type Open = {
  readonly head: Fields;
  readonly place: Place;
  readonly lines: Fields[];
  customer: Fields;
  project: Fields | null;
  totals: Fields;
};

/**
 * Takes a batch (“fakturaexport”) in as text comes. Customers and projects are told in full where
 * they are first met; each invoice is given with what is known of them by then.
 *
 * A document type is refused: no batch needs one, and entities are how small files become large.
 */
export class BatchParser {
  readonly #parser = new SaxesParser({
    xmlns: false,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  readonly #customers = new Map<string, Fields>();
  readonly #projects = new Map<string, Fields>();
  #done: BatchInvoice[] = [];
  #open: Open | null = null;
  #depth = 0;
  #isOurs = false;
  /** Why the file cannot be read on. */
  broken: Problem | null = null;

  constructor() {
    this.#parser.on('doctype', () => this.breakOff('markup', { found: 'DOCTYPE' }));
    this.#parser.on('error', (error) => this.breakOff('markup', { found: error.message }));
    this.#parser.on('opentag', (tag) => this.#begin(tag));
    this.#parser.on('closetag', ({ name }) => this.#end(name));
  }

  write(text: string): void {
    if (this.broken === null) this.#parser.write(text);
  }

  close(): void {
    if (this.broken === null) this.#parser.close();
    if (this.broken === null && !this.#isOurs) this.#refuse('');
  }

  /** What has ended since it was asked for last. */
  take(): readonly BatchInvoice[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  breakOff(code: ProblemCode, facts: Fields): void {
    const isWhole = code === 'format-unknown';
    this.broken ??= problemAt(code, isWhole ? null : this.#place(), facts);
  }

  #begin({ name, attributes }: SaxesTagPlain): void {
    if (this.broken !== null) return;
    this.#depth += 1;
    const fields = attributes as Fields;
    if (Object.values(fields).some((value) => value.length > ATTRIBUTE_CHARS_MAX)) {
      const limit = String(ATTRIBUTE_CHARS_MAX);
      return this.breakOff('over-limit', { what: 'characters of a value', limit });
    }
    if (this.#depth === 1) {
      this.#isOurs = name === ROOT && fields['xmlns'] === NAMESPACE;
      if (!this.#isOurs) this.#refuse(name);
      return;
    }
    if (this.#depth === 2 && name === 'invoice') {
      const place = this.#place();
      const nothing = { customer: {}, project: null, totals: {} };
      this.#open = { head: fields, place, lines: [], ...nothing };
      return;
    }
    if (this.#depth === 3 && this.#open !== null) this.#take(this.#open, name, fields);
  }

  #take(open: Open, name: string, fields: Fields): void {
    if (name === 'customer') open.customer = this.#card(this.#customers, fields);
    if (name === 'project') open.project = this.#card(this.#projects, fields);
    if (name === 'totals') open.totals = fields;
    if (name !== 'line') return;
    open.lines.push(fields);
    if (open.lines.length <= LINES_MAX) return;
    this.breakOff('over-limit', { what: 'lines of an invoice', limit: String(LINES_MAX) });
  }

  /** What is known of a customer or project by its number: what it says now, and said before. */
  #card(known: Map<string, Fields>, fields: Fields): Fields {
    const number = fields['number'] ?? '';
    const card = { ...known.get(number), ...fields };
    if (known.has(number) || known.size < CARDS_MAX) known.set(number, card);
    return card;
  }

  #end(name: string): void {
    this.#depth -= 1;
    if (this.broken !== null || this.#depth !== 1 || name !== 'invoice') return;
    if (this.#open !== null) this.#done.push(asPushed(this.#open));
    this.#open = null;
  }

  #refuse(found: string): void {
    this.breakOff('format-unknown', { found, expected: EXPECTED });
  }

  #place(): Place {
    return { line: this.#parser.line, column: this.#parser.column + 1 };
  }
}
