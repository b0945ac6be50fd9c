import { present } from '../../../lib/assert.ts';
import type { Problem } from '../../../ports/source.ts';
import {
  OPEN_REPORTS_MAX,
  OPEN_ROWS_MAX,
  PROBLEMS_MAX,
  REPORT_ROWS_MAX,
  STRAYS_MAX,
} from '../limits.ts';
import { problemAt } from '../problem.ts';
import { ByteText } from '../text/byte-text.ts';
import type { Draft } from './draft.ts';
import { ALL_REGISTERS, bundleKey, mayBelong, type Identity } from './identity.ts';
import { sayOnce } from './repeats.ts';
import type { ReportRow } from './row.ts';

/**
 * Puts the rows of a file together into reports, wherever they stand in it.
 *
 * A bounded number is held open; the one that has waited longest for a row is closed first. Rows
 * that come for a closed report make a draft of their own, which `SeenReports` finds to disagree.
 */
export class Gatherer {
  readonly #before: Uint8Array;
  readonly #mediaType: string;
  /** In the order of their latest row, the latest last. */
  readonly #open = new Map<string, Bundle>();
  readonly #closed: Draft[] = [];
  #latest: Bundle | null = null;
  #rowsOpen = 0;
  /** Rows that lack one field of their identity, for the reports that come after them. */
  readonly #strays: ReportRow[] = [];

  /** @param before - what an extract begins with to be readable alone: the header line */
  constructor(before: string, mediaType: string) {
    this.#before = Buffer.from(before, 'utf8');
    this.#mediaType = mediaType;
  }

  /** @param text - the row to the letter, for the extract */
  add(row: ReportRow, text: string): void {
    let bundle = this.#bundleOf(row);
    if (row.head !== null && bundle.heads.has(row.identity.register)) {
      this.#close(bundle);
      bundle = this.#bundleOf(row);
    }
    if (row.identity.broken.length > 0) this.#suspectReports(row);
    if (bundle.add(row, text)) this.#rowsOpen += 1;
    while (this.#rowsOpen > OPEN_ROWS_MAX || this.#open.size > OPEN_REPORTS_MAX) {
      const [oldest] = this.#open.values();
      this.#close(present(oldest, 'an open report'));
    }
  }

  /** Reports closed since the last call. */
  takeClosed(): readonly Draft[] {
    return this.#closed.splice(0);
  }

  /** Closes all that is open. */
  finish(): readonly Draft[] {
    for (const bundle of [...this.#open.values()]) this.#close(bundle);
    return this.takeClosed();
  }

  #bundleOf({ identity }: ReportRow): Bundle {
    if (this.#latest?.identity === identity) return this.#latest;
    const key = bundleKey(identity);
    const known = this.#open.get(key);
    const bundle = known ?? new Bundle(identity);
    if (known === undefined) this.#suspectStrays(bundle);
    else this.#open.delete(key);
    this.#open.set(key, bundle);
    this.#latest = bundle;
    return bundle;
  }

  #close(bundle: Bundle): void {
    this.#open.delete(bundleKey(bundle.identity));
    if (this.#latest === bundle) this.#latest = null;
    this.#rowsOpen -= bundle.rows.length;
    for (const draft of bundle.drafts(this.#before, this.#mediaType)) this.#closed.push(draft);
  }

  /** Open reports that a row with an unreadable field may belong to are not booked without it. */
  #suspectReports(row: ReportRow): void {
    if (this.#strays.length < STRAYS_MAX) this.#strays.push(row);
    for (const bundle of this.#open.values()) {
      if (mayBelong(row.identity, bundle.identity)) bundle.suspect(row);
    }
  }

  #suspectStrays(bundle: Bundle): void {
    for (const row of this.#strays) {
      if (mayBelong(row.identity, bundle.identity)) bundle.suspect(row);
    }
  }
}

/** A row that is held, and where its text stands among the bytes. */
type HeldRow = { readonly row: ReportRow; readonly from: number; readonly to: number };

/** The rows of one store, day and report number: one report, or one for each register. */
class Bundle {
  readonly identity: Identity;
  readonly rows: HeldRow[] = [];
  /** Registers that have a header record. */
  readonly heads = new Set<string>();
  readonly #registers = new Set<string>();
  readonly #bytes = new ByteText();
  readonly #suspicions: Problem[] = [];
  #tooLong: readonly [Problem] | null = null;
  #problemCount = 0;

  constructor(identity: Identity) {
    this.identity = identity;
  }

  /** @returns false when the row was not kept because there are too many */
  add(row: ReportRow, text: string): boolean {
    if (this.rows.length >= REPORT_ROWS_MAX) {
      this.#tooLong ??= [tooManyRows(row.lineNumber)];
      return false;
    }
    if (row.head !== null) this.heads.add(row.identity.register);
    this.#registers.add(row.identity.register);
    const from = this.#bytes.length;
    this.#bytes.append(text);
    this.#bytes.append('\n');
    this.rows.push({ row: this.#bounded(row), from, to: this.#bytes.length });
    return true;
  }

  /** Takes note of a row with problems that may be of this report. */
  suspect({ problems }: ReportRow): void {
    if (this.#suspicions.length < PROBLEMS_MAX) this.#suspicions.push(...problems.slice(0, 1));
  }

  drafts(before: Uint8Array, mediaType: string): readonly Draft[] {
    const byOwner = Map.groupBy(this.rows, ({ row }) => this.#ownerOf(row.identity.register));
    return [...byOwner.entries()].map(([register, held]) => {
      const rows = held.map(({ row }) => row);
      const head = rows.find((row) => row.head !== null)?.head ?? null;
      return {
        identity: this.#identityOf(rows, register),
        head,
        ...sayOnce(
          rows.flatMap((row) => row.line ?? []),
          head,
        ),
        problems: [
          ...(this.#tooLong ?? []),
          ...this.#suspicions,
          ...rows.flatMap((row) => row.problems),
        ],
        extract: Buffer.concat([before, ...held.map((h) => this.#bytes.between(h.from, h.to))]),
        mediaType,
        firstLine: rows[0]?.lineNumber ?? 0,
        lastLine: rows.at(-1)?.lineNumber ?? 0,
      };
    });
  }

  /** With as many problems as are told, a further row keeps one: it only counts. */
  #bounded(row: ReportRow): ReportRow {
    this.#problemCount += row.problems.length;
    if (this.#problemCount <= PROBLEMS_MAX) return row;
    return { ...row, problems: row.problems.slice(0, 1) };
  }

  /**
   * A register with a header record has a report of its own. Others belong to the report over all
   * registers where there is one: the count of drawer 3 is part of the store's day.
   */
  #ownerOf(register: string): string {
    if (this.heads.has(register) || !this.#registers.has(ALL_REGISTERS)) return register;
    return ALL_REGISTERS;
  }

  #identityOf(rows: readonly ReportRow[], register: string): Identity {
    const own = rows.find((row) => row.identity.register === register);
    return own?.identity ?? { ...this.identity, register };
  }
}

function tooManyRows(line: number): Problem {
  const facts = { what: 'rows of a report', limit: String(REPORT_ROWS_MAX) };
  return problemAt('over-limit', { line, column: 1 }, facts);
}
