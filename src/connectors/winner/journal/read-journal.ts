import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import type { CustomerEntry } from '../../../domain/document/customer-entry.ts';
import { SeenDocuments } from '../../../domain/document/seen-documents.ts';
import { refKey } from '../../../domain/document/source-ref.ts';
import { money, parseMoney, type Money } from '../../../domain/money.ts';
import { DELIMITERS, isFault, splitFields, type CsvStyle } from '../../../lib/csv-fields.ts';
import { boundProblems, problemAt, rejected, type Place } from '../../../ports/problem.ts';
import type { Problem, ProblemCode, Reading } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX, TEXT_CHARS_MAX } from '../limits.ts';
import { SYSTEM } from '../quote.ts';
import type { WinnerSettings } from '../settings.ts';
import { PROFILES, type JournalKind, type JournalProfile } from './profiles.ts';

/** What a file is expected to be. */
const EXPECTED = 'Winner: hub.quote.v1, invoice journal (CSV)';

type Table = {
  readonly profile: JournalProfile;
  readonly kind: JournalKind;
  readonly style: CsvStyle;
  /** Where each column of the profile stands. */
  readonly places: readonly number[];
  /** How many fields a row has. */
  readonly width: number;
};

/** A row, its fields by their places in the profile. */
type Row = { readonly fields: readonly string[]; readonly line: number; readonly text: string };

/**
 * Reads a file of the invoice journal, for dealers whose Winner numbers the invoices itself:
 * headers are invoices and credit notes, registered payments are payments. Calendars and item lines
 * say nothing that is booked: they are known, and passed over.
 */
export function* readJournal(text: string, settings: WinnerSettings): Generator<Reading> {
  const lines = text.split(/\r\n|\n|\r/);
  const head = lines[0] ?? '';
  const table = tableOf(head);
  if (table === null) {
    const facts = { found: head, expected: EXPECTED };
    return yield rejected(problemAt('format-unknown', { line: 1, column: 1 }, facts));
  }
  const { kind, profile, style, places, width } = table;
  yield { kind: 'guess', facts: { format: `Winner ${kind} (${profile.name})` } };
  const seen = new SeenDocuments();
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.trim() === '') continue;
    const place = { line: i + 1, column: 1 };
    const cut = splitFields(line, style);
    if (isFault(cut)) {
      return yield rejected(problemAt('quote-open', { ...place, column: cut.column }));
    }
    if (cut.length !== width) {
      const code = cut.length < width ? 'too-few-fields' : 'too-many-fields';
      const facts = { found: String(cut.length), expected: String(width) };
      return yield rejected(problemAt(code, place, facts));
    }
    if (kind === 'calendars' || kind === 'lines') continue;
    const fields = places.map((at) => (cut[at] ?? '').trim());
    const row = { fields, line: place.line, text: `${head}\n${line}\n` };
    yield* readRow(row, { table, settings, seen });
  }
}

/** Which of the files it is, in which language. @returns null for another file */
function tableOf(head: string): Table | null {
  for (const delimiter of DELIMITERS) {
    const style = { delimiter, quote: '"' };
    const cut = splitFields(head, style);
    if (isFault(cut)) continue;
    const names = cut.map((name) => name.trim().toLowerCase());
    for (const profile of PROFILES) {
      for (const kind of ['headers', 'payments', 'calendars', 'lines'] as const) {
        const places = profile.columns[kind].map((name) => names.indexOf(name));
        const isKnown = !places.includes(-1) && new Set(names).size === names.length;
        if (isKnown) return { profile, kind, style, places, width: names.length };
      }
    }
  }
  return null;
}

type RowOf = {
  readonly table: Table;
  readonly settings: WinnerSettings;
  readonly seen: SeenDocuments;
};

function* readRow(row: Row, { table, settings, seen }: RowOf): Generator<Reading> {
  const reader = new RowReader(row, { profile: table.profile, settings });
  const document = table.kind === 'payments' ? reader.payment() : reader.invoice();
  if (reader.problems.length > 0) {
    const problems = boundProblems(reader.problems);
    yield { kind: 'unreadable', id: refKey(document.ref), problems };
    return;
  }
  const news = seen.see(document, []);
  if (news === 'same') return;
  if (news === 'new') {
    const extract = Buffer.from(row.text);
    yield { kind: 'document', document, doubts: [], extract, mediaType: 'text/csv' };
    return;
  }
  const { id } = document.ref;
  const facts = { field: table.profile.columns[table.kind][0] ?? '', found: id, expected: id };
  const problems = [problemAt('identity-differs', { line: row.line, column: 1 }, facts)];
  yield { kind: 'unreadable', id: refKey(document.ref), problems };
}

/** Reads the fields of a row, and keeps what is wrong with them. */
class RowReader {
  readonly problems: Problem[] = [];
  readonly #row: Row;
  readonly #profile: JournalProfile;
  readonly #settings: WinnerSettings;

  constructor(
    row: Row,
    of: { readonly profile: JournalProfile; readonly settings: WinnerSettings },
  ) {
    this.#row = row;
    this.#profile = of.profile;
    this.#settings = of.settings;
  }

  invoice(): CustomerEntry {
    const [number = '', date = '', due = '', project = '', , contract = '', customer = ''] =
      this.#row.fields;
    const [name = '', net = '', vat = '', gross = '', type = ''] = this.#row.fields.slice(7);
    const isCredit = type.toLowerCase() === this.#profile.credit;
    return {
      ...this.#common(`invoice:${this.#id(number, 0)}`),
      entry: isCredit ? 'credit-note' : 'invoice',
      number: this.#id(number, 0),
      date: this.#date(date, 1),
      dueDate: due === '' ? null : this.#date(due, 2),
      customer: customerOf(customer, name),
      about: cut([project, contract].filter((one) => one !== '').join(' ')),
      method: '',
      net: this.#money(net, 8),
      vat: this.#money(vat, 9),
      gross: this.#money(gross, 10),
    };
  }

  payment(): CustomerEntry {
    const [number = '', date = '', invoice = '', customer = '', amount = '', method = ''] =
      this.#row.fields;
    const gross = this.#money(amount, 4);
    return {
      ...this.#common(`payment:${this.#id(number, 0)}`),
      entry: 'payment',
      number: this.#id(invoice, 2),
      date: this.#date(date, 1),
      dueDate: null,
      customer: customerOf(customer, ''),
      about: '',
      method: cut(method),
      net: gross,
      vat: money(0n, this.#settings.currency),
      gross,
    };
  }

  #common(id: string): Pick<CustomerEntry, 'kind' | 'ref' | 'currency'> {
    const { dealer, currency } = this.#settings;
    return { kind: 'customer-entry', ref: { system: SYSTEM, account: dealer, id }, currency };
  }

  #id(text: string, at: number): string {
    if (text === '') this.#problem('field-empty', at, text);
    return text.slice(0, IDENTITY_CHARS_MAX);
  }

  /** `15.05.2026`, `2026-05-15` or `15/05/2026`. */
  #date(text: string, at: number): LocalDate {
    const [, day = '', month = '', year = ''] =
      /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const date = parseLocalDate(year === '' ? text : iso);
    if (date === null) this.#problem('not-a-date', at, text);
    return date ?? NO_DAY;
  }

  #money(text: string, at: number): Money {
    const { currency } = this.#settings;
    const { decimal } = this.#profile;
    const [whole = '', minor = '', ...more] = text.split(decimal);
    const digits = whole.replace(THOUSANDS, '').replace(/^\u2212/, '-');
    const isPlain = /^-?\d+$/.test(digits) && /^\d{0,2}$/.test(minor) && more.length === 0;
    const amount = isPlain ? parseMoney(`${digits}.${minor.padEnd(2, '0')}`, currency) : null;
    if (amount === null) this.#problem('not-a-number', at, text);
    return amount ?? money(0n, currency);
  }

  #problem(code: ProblemCode, at: number, found: string): void {
    const place: Place = { line: this.#row.line, column: 1 };
    const kind = this.#row.fields.length > 7 ? 'headers' : 'payments';
    const field = this.#profile.columns[kind][at] ?? '';
    this.problems.push(problemAt(code, place, { field, found }));
  }
}

/** Stands in a document that is told to be unreadable, and is seen by nobody. */
const NO_DAY = '1970-01-01' as LocalDate;

/** What stands between thousands: blanks of any width, and the comma of English. */
const THOUSANDS = /[\s,](?=\d{3}(?:\D|$))/gu;

function customerOf(number: string, name: string): CustomerEntry['customer'] {
  const nothing = { orgNumber: null, vatNumber: null, endpoint: null, address: null, email: null };
  return { ...nothing, number: number.slice(0, IDENTITY_CHARS_MAX), name: cut(name) };
}

function cut(text: string): string {
  return text.slice(0, TEXT_CHARS_MAX);
}
