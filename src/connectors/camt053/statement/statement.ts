import type { LocalDate } from '../../../domain/date.ts';
import type {
  AccountStatement,
  StatementEntry,
} from '../../../domain/document/account-statement.ts';
import { refKey, type SourceRef } from '../../../domain/document/source-ref.ts';
import { add, CURRENCY_DIGITS, parseCurrency, sum, type Money } from '../../../domain/money.ts';
import type { Notice } from '../../../domain/refusal.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { ENTRIES_MAX, STATEMENT_BYTES_MAX, TEXT_CHARS_MAX } from '../limits.ts';
import { boundProblems, problemAt, type Place, PROBLEMS_MAX } from '../../../ports/problem.ts';
import type { CamtSettings } from '../settings.ts';
import { nodeAt, textAt, writeNode, type XmlNode } from '../xml/node.ts';
import { chainOf, readBalances } from './balances.ts';
import { accountIn, foreignAccount } from './account.ts';
import { classify } from './classify.ts';
import { readEntry, type Movement } from './entry.ts';
import { wholeIn, writeExtract } from './extract.ts';
import { Sheet } from './sheet.ts';

/** What a statement is read as. */
export type StatementReading = Extract<
  Reading,
  { readonly kind: 'document' | 'unreadable' | 'notice' }
>;

type Day = { readonly movements: Movement[]; readonly written: string[] };

/** Takes a statement in part by part; its days are known at its end, with its balances. */
export class StatementReader {
  readonly #settings: CamtSettings;
  readonly #place: Place;
  #account: XmlNode | null = null;
  readonly #balances: XmlNode[] = [];
  #supplement: XmlNode | null = null;
  readonly #days = new Map<LocalDate, Day>();
  readonly #problems: Problem[] = [];
  #pending: { readonly count: number; readonly total: Money } | null = null;
  #sheet: Sheet | null = null;
  #movements = 0;
  #bytes = 0;

  constructor(settings: CamtSettings, place: Place) {
    this.#settings = settings;
    this.#place = place;
  }

  /** @returns why the file cannot be read on: the statement is too large; null mostly */
  take(node: XmlNode): Problem | null {
    switch (node.name) {
      case 'Acct':
        this.#account = node;
        return null;
      case 'Bal':
        this.#balances.push(node);
        return null;
      case 'SplmtryData':
        this.#supplement = node;
        return null;
      case 'Ntry':
        return this.#takeEntry(node);
      default:
        return null;
    }
  }

  /** The documents of the statement, one for each day; or why none of them can be trusted. */
  end(): readonly StatementReading[] {
    const accountId = accountIn(this.#account);
    const sheet = this.#sheet ?? this.#openSheet(this.#balances[0] ?? null);
    if (accountId === '') this.#tell(problemAt('field-empty', this.#place, { field: 'Acct/Id' }));
    const foreign = foreignAccount(accountId, this.#settings, this.#place);
    if (foreign !== null) this.#tell(foreign);
    if (sheet === null) return [this.#unreadable(accountId)];
    const readings = this.#documents(accountId, sheet);
    for (const problem of sheet.problems) this.#tell(problem);
    return this.#problems.length > 0 ? [this.#unreadable(accountId)] : readings;
  }

  #takeEntry(node: XmlNode): Problem | null {
    const sheet = (this.#sheet ??= this.#openSheet(node));
    if (sheet === null || sheet.problems.length > PROBLEMS_MAX) return null;
    const status = textAt(node, 'Sts', 'Cd') || textAt(node, 'Sts');
    if (status === '') {
      sheet.tell('field-empty', node, { field: 'Sts' });
      return null;
    }
    if (status !== 'BOOK') {
      const amount = sheet.signed(node, nodeAt(node, 'Amt'));
      if (amount !== null) this.#addPending(amount);
      return null;
    }
    const day = sheet.day(node, 'BookgDt');
    const movements = readEntry(node, sheet);
    if (day === null || movements === null) return null;
    return this.#keep(day, movements, writeNode(node));
  }

  #keep(day: LocalDate, movements: readonly Movement[], written: string): Problem | null {
    const kept = this.#days.get(day) ?? { movements: [], written: [] };
    this.#days.set(day, kept);
    kept.movements.push(...movements);
    kept.written.push(written);
    this.#movements += movements.length;
    this.#bytes += written.length;
    if (this.#movements > ENTRIES_MAX) return this.#tooLarge('entries', ENTRIES_MAX);
    if (this.#bytes > STATEMENT_BYTES_MAX) return this.#tooLarge('bytes', STATEMENT_BYTES_MAX);
    return null;
  }

  #tooLarge(what: string, limit: number): Problem {
    return problemAt('over-limit', this.#place, { what, limit: String(limit) });
  }

  /** The currency of the account, which entries and balances state as well. */
  #openSheet(other: XmlNode | null): Sheet | null {
    const account = this.#account === null ? '' : textAt(this.#account, 'Ccy');
    const stated = other === null ? '' : (nodeAt(other, 'Amt')?.attributes.get('Ccy') ?? '');
    const found = account === '' ? stated : account;
    const currency = parseCurrency(found);
    if (currency !== null) return new Sheet(currency);
    const expected = Object.keys(CURRENCY_DIGITS).join(', ');
    const facts = { field: 'Ccy', found, expected };
    if (this.#problems.length === 0) this.#tell(problemAt('unknown-value', this.#place, facts));
    return null;
  }

  #documents(accountId: string, sheet: Sheet): readonly StatementReading[] {
    const { currency } = sheet;
    const balances = readBalances(this.#balances, sheet);
    // A statement without entries still says what there is on its last day.
    const [last] = [...balances.closings.keys()].sort().slice(-1);
    if (this.#days.size === 0 && last !== undefined) {
      this.#days.set(last, { movements: [], written: [] });
    }
    const days = [...this.#days.keys()].sort().map((day) => {
      const amounts = this.#days.get(day)?.movements.map(({ amount }) => amount) ?? [];
      return { day, moved: sum(amounts, currency) };
    });
    const chain = chainOf(accountId, days, balances);
    const told = this.#supplement === null ? null : wholeIn(this.#supplement, currency);
    const mismatch = told ?? chain.mismatch;
    const account = this.#account;
    if (account === null) return [];
    const documents = days.map(({ day }): StatementReading => {
      const { movements, written } = this.#days.get(day) ?? { movements: [], written: [] };
      const between = chain.days.get(day) ?? { opening: null, closing: null };
      const document: AccountStatement = {
        kind: 'account-statement',
        ref: refOf(accountId, day),
        ...{ accountId, date: day, currency, ...between },
        entries: movements.map((movement, at) => this.#entry(movement, at)),
      };
      const extract = writeExtract({
        ...{ account, day, balances: between, entries: written, mismatch },
      });
      const doubts = mismatch === null ? [] : [mismatch];
      return { kind: 'document', document, doubts, extract, mediaType: 'application/xml' };
    });
    return [...documents, ...this.#notices(accountId)];
  }

  #entry(read: Movement, at: number): StatementEntry {
    const { bankReference, isReversal: _isTold, ...movement } = read;
    const id = [String(at + 1), bankReference].filter(Boolean).join(' ');
    return { ...movement, id, ...classify(read, this.#settings.entries) };
  }

  #addPending(amount: Money): void {
    const before = this.#pending;
    this.#pending = {
      count: (before?.count ?? 0) + 1,
      total: before === null ? amount : add(before.total, amount),
    };
  }

  #notices(account: string): readonly StatementReading[] {
    if (this.#pending === null) return [];
    const notice: Notice = { code: 'entries-pending', account, ...this.#pending };
    return [{ kind: 'notice', notice }];
  }

  #tell(problem: Problem): void {
    this.#problems.push(problem);
  }

  #unreadable(accountId: string): StatementReading {
    const { line, column } = this.#place;
    const id = refKey(refOf(accountId || 'unknown', `line ${line}, ${column}`));
    const shown = id.slice(0, TEXT_CHARS_MAX);
    return { kind: 'unreadable', id: shown, problems: boundProblems(this.#problems) };
  }
}

function refOf(account: string, day: string): SourceRef {
  return { system: 'camt053', account, id: `statement:${day}` };
}
