import { present } from '../../../lib/assert.ts';
import type { Problem } from '../../../ports/source.ts';
import { OPEN_BYTES_MAX, OPEN_REPORTS_MAX, STRAYS_MAX } from '../limits.ts';
import { Bundle, type RowFormat } from './bundle.ts';
import { ByteText } from '../text/byte-text.ts';
import type { Draft } from './draft.ts';
import { bundleKey, mayBelong, type Identity } from './identity.ts';
import type { UnreadRow } from './row.ts';

/**
 * Puts the rows of a file together into reports, wherever they stand in it.
 *
 * A bounded number is held open; the one that has waited longest for a row is closed first. Rows
 * that come for a closed report make a draft of their own, which `SeenReports` finds to disagree.
 */
export class Gatherer {
  readonly #format: RowFormat;
  /** In the order of their latest row, the latest last. */
  readonly #open = new Map<string, Bundle>();
  readonly #closed: Draft[] = [];
  #latest: { readonly identity: Identity; readonly bundle: Bundle } | null = null;
  #bytesOpen = 0;
  /** Room of closed reports, used again. */
  readonly #spare: ByteText[] = [];
  readonly #strays = new Map<string, Stray>();

  constructor(format: RowFormat) {
    this.#format = format;
  }

  add(row: UnreadRow): void {
    let bundle = this.#bundleOf(row.identity);
    if (row.isHead && bundle.hasHead(row.identity.register)) {
      this.#close(bundle);
      bundle = this.#bundleOf(row.identity);
    }
    if (row.identity.broken.length > 0) this.#addStray(row);
    const before = bundle.bytes.length;
    bundle.add(row);
    this.#bytesOpen += bundle.bytes.length - before;
    while (this.#bytesOpen > OPEN_BYTES_MAX || this.#open.size > OPEN_REPORTS_MAX) {
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
    for (const bundle of this.#open.values()) this.#close(bundle);
    return this.takeClosed();
  }

  /** Rows of a report mostly follow each other and share one identity. */
  #bundleOf(identity: Identity): Bundle {
    if (this.#latest?.identity === identity) return this.#latest.bundle;
    const key = bundleKey(identity);
    const known = this.#open.get(key);
    const bundle = known ?? this.#openBundle(identity);
    if (known === undefined) this.#suspectStrays(bundle);
    else this.#open.delete(key);
    this.#open.set(key, bundle);
    this.#latest = { identity, bundle };
    return bundle;
  }

  #openBundle(identity: Identity): Bundle {
    const bytes = this.#spare.pop() ?? new ByteText();
    bytes.clear();
    return new Bundle(identity, { format: this.#format, bytes });
  }

  #close(bundle: Bundle): void {
    this.#open.delete(bundleKey(bundle.identity));
    if (this.#latest?.bundle === bundle) this.#latest = null;
    this.#bytesOpen -= bundle.bytes.length;
    for (const draft of bundle.drafts()) this.#closed.push(draft);
    this.#spare.push(bundle.bytes);
  }

  /**
   * Reports that a row with an unreadable field may belong to are not booked without it. The first
   * row with the same texts speaks for all of them.
   */
  #addStray({ identity, text, line }: UnreadRow): void {
    const key = bundleKey(identity);
    if (this.#strays.has(key) || this.#strays.size >= STRAYS_MAX) return;
    const [problem] = this.#format.readRow(text, line, 0).problems;
    if (problem === undefined) return;
    this.#strays.set(key, { identity, problem });
    for (const bundle of this.#open.values()) {
      if (mayBelong(identity, bundle.identity)) bundle.suspect(problem);
    }
  }

  #suspectStrays(bundle: Bundle): void {
    for (const { identity, problem } of this.#strays.values()) {
      if (mayBelong(identity, bundle.identity)) bundle.suspect(problem);
    }
  }
}

/** A row whose report is not certain, kept for the reports that come after it. */
type Stray = { readonly identity: Identity; readonly problem: Problem };
