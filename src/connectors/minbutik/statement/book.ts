import type { LocalDate } from '../../../domain/date.ts';
import type { AccountStatement } from '../../../domain/document/account-statement.ts';
import { refKey, type SourceRef } from '../../../domain/document/source-ref.ts';
import { subtract, type Currency } from '../../../domain/money.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { STATEMENT_BYTES_MAX, STATEMENT_ROWS_MAX } from '../limits.ts';
import { boundProblems, problemAt, PROBLEMS_MAX } from '../../../ports/problem.ts';
import { CSV_MEDIA_TYPE } from '../tidy/csv.ts';
import { BYTE_ORDER_MARK } from '../text/survey.ts';
import type { StatementRow } from './row.ts';

/** A row as it was read and as it stands. */
type KeptRow = StatementRow & { readonly text: string };

/** In which order a file's rows stand; `auto` goes by its days, else by its balances. */
export type RowOrder = 'auto' | 'oldest-first' | 'newest-first';

/** What the documents of a file are made with. */
export type BookTerms = {
  readonly currency: Currency;
  readonly order: RowOrder;
  /** The header to the letter. */
  readonly header: string;
};

/** Gathers the rows of a file by account and day. Its days are whole at its end. */
export class StatementBook {
  readonly #terms: BookTerms;
  readonly #rows: KeptRow[] = [];
  #bytes = 0;

  constructor(terms: BookTerms) {
    this.#terms = terms;
  }

  /** @returns why the file as a whole is refused; null mostly */
  add(row: StatementRow, text: string): Problem | null {
    // Whose the row is, is the least that must be known: without it no account is complete.
    if (row.account === '') return row.problems[0] ?? null;
    this.#rows.push({ ...row, text: Buffer.from(text).toString() });
    this.#bytes += text.length;
    if (this.#rows.length > STATEMENT_ROWS_MAX) return over('rows', STATEMENT_ROWS_MAX);
    return this.#bytes > STATEMENT_BYTES_MAX ? over('bytes', STATEMENT_BYTES_MAX) : null;
  }

  /** A document for each account and day, or why it cannot be told what one was. */
  readings(): readonly Reading[] {
    const accounts = Map.groupBy(this.#rows, ({ account }) => account);
    return [...accounts].flatMap(([account, rows]) => this.#readingsOf(account, rows));
  }

  #readingsOf(account: string, rows: readonly KeptRow[]): readonly Reading[] {
    const isNewestFirst = isReversed(rows, this.#terms.order);
    const inOrder = isNewestFirst ? rows.toReversed() : rows;
    const days = daysOf(inOrder);
    return [...days.keys()].sort().map((day): Reading => {
      const { own, problems } = days.get(day) ?? { own: [], problems: [] };
      const ref = refOf(account, day);
      if (problems.length > 0) {
        return { kind: 'unreadable', id: refKey(ref), problems: boundProblems(problems) };
      }
      const document = this.#document(own, ref);
      return { kind: 'document', document, ...this.#evidence(own) };
    });
  }

  #document(rows: readonly KeptRow[], ref: SourceRef): AccountStatement {
    const [first, last] = [rows[0], rows.at(-1)];
    const opening = first?.balance ? subtract(first.balance, first.entry.amount) : null;
    return {
      kind: 'account-statement',
      ref,
      accountId: ref.account,
      date: first?.day ?? ('' as LocalDate),
      currency: this.#terms.currency,
      opening,
      closing: opening === null ? null : (last?.balance ?? null),
      entries: rows.map(({ entry, ownReference }, at) => {
        return { id: [String(at + 1), ownReference].filter(Boolean).join(' '), ...entry };
      }),
    };
  }

  /** The rows in the order in which reading them alone gives the same. */
  #evidence(rows: readonly KeptRow[]) {
    const { header, order } = this.#terms;
    const first = header.split('\n').length + 1;
    const place = (at: number): number =>
      order === 'newest-first' ? first + rows.length - 1 - at : first + at;
    const doubts = rows.flatMap(({ doubts: told }, at) => told?.(place(at)) ?? []);
    const written = order === 'newest-first' ? rows.toReversed() : rows;
    const lines = [header, ...written.map(({ text }) => text)].map((line) => `${line}\n`);
    const extract = Buffer.from(BYTE_ORDER_MARK + lines.join(''), 'utf8');
    return { doubts, extract, mediaType: CSV_MEDIA_TYPE };
  }
}

type Day = { readonly own: KeptRow[]; readonly problems: Problem[] };

/**
 * The rows of each day. Of a row whose day cannot be read it is only known that it stands between
 * those around it: their days are not whole.
 */
function daysOf(rows: readonly KeptRow[]): ReadonlyMap<string, Day> {
  const days = new Map<string, Day>();
  const dayOf = (day: string): Day => {
    const known = days.get(day) ?? { own: [], problems: [] };
    days.set(day, known);
    return known;
  };
  let before: string | null = null;
  /** Problems of rows since then whose day cannot be read. */
  let astray: Problem[] = [];
  const tell = (day: string): void => {
    if (astray.length > 0) dayOf(day).problems.push(...astray);
  };
  for (const row of rows) {
    if (row.day === null) {
      if (astray.length < PROBLEMS_MAX) astray.push(...row.problems);
      continue;
    }
    if (before !== null) tell(before);
    tell(row.day);
    astray = [];
    before = row.day;
    const day = dayOf(row.day);
    day.own.push(row);
    if (day.problems.length < PROBLEMS_MAX) day.problems.push(...row.problems);
  }
  tell(before ?? 'unknown');
  return days;
}

/** Banks list the newest entry first as often as last. */
function isReversed(rows: readonly KeptRow[], order: RowOrder): boolean {
  if (order !== 'auto') return order === 'newest-first';
  const days = rows.flatMap(({ day }) => day ?? []);
  const [first = '', last = ''] = [days[0], days.at(-1)];
  if (first !== last) return first > last;
  return !isChain(rows) && isChain(rows.toReversed());
}

/** Whether each balance is the one before it and the entry. */
function isChain(rows: readonly KeptRow[]): boolean {
  return rows.every(({ balance, entry }, at) => {
    const before = at === 0 ? undefined : rows[at - 1]?.balance;
    if (before === undefined) return true;
    return before !== null && balance?.minor === before.minor + entry.amount.minor;
  });
}

function refOf(account: string, day: string): SourceRef {
  return { system: 'minbutik', account, id: `statement:${day}` };
}

function over(what: string, limit: number): Problem {
  return problemAt('over-limit', null, { what, limit: String(limit) });
}
