import type { Refusal } from '../../../domain/refusal.ts';
import type { Problem } from '../../../ports/source.ts';
import { REPORT_BYTES_MAX, REPORT_ROWS_MAX } from '../limits.ts';
import { problemAt, PROBLEMS_MAX } from '../../../ports/problem.ts';
import { ByteText } from '../text/byte-text.ts';
import type { Draft } from './draft.ts';
import { ALL_REGISTERS, type Identity } from './identity.ts';
import { sayOnce } from './repeats.ts';
import type { RowContent, UnreadRow } from './row.ts';

/** How the rows of a format are read, and what makes them readable alone. */
export type RowFormat = {
  /** What an extract begins with: the header line. */
  readonly before: string;
  readonly mediaType: string;
  /** @param rowInExtract - the line of the extract that the row will stand on */
  readRow(text: string, line: number, rowInExtract: number): RowContent;
};

/** Where a row that is held stands: in the file, and to which byte and character of the bundle. */
type HeldRow = {
  readonly line: number;
  readonly register: string;
  readonly toByte: number;
  readonly toChar: number;
};

/**
 * The rows of one store, day and report number: one report, or one for each register.
 *
 * They are held as text and read when the bundle is closed, because a thousand open reports are
 * two megabytes of text and thirty of objects.
 */
export class Bundle {
  readonly identity: Identity;
  readonly #format: RowFormat;
  readonly #held: HeldRow[] = [];
  readonly bytes: ByteText;
  readonly #heads = new Set<string>();
  readonly #registers = new Map<string, Identity>();
  readonly #suspicions: Problem[] = [];
  #chars = 0;
  #tooLong: Problem | null = null;

  constructor(
    identity: Identity,
    { format, bytes }: { readonly format: RowFormat; readonly bytes: ByteText },
  ) {
    this.identity = identity;
    this.#format = format;
    this.bytes = bytes;
  }

  hasHead(register: string): boolean {
    return this.#heads.has(register);
  }

  add({ identity, isHead, text, line }: UnreadRow): void {
    const isFull = this.#held.length >= REPORT_ROWS_MAX || this.bytes.length >= REPORT_BYTES_MAX;
    if (isFull) {
      this.#tooLong ??= tooLong(line);
      return;
    }
    const { register } = identity;
    if (isHead) this.#heads.add(register);
    if (!this.#registers.has(register)) this.#registers.set(register, identity);
    this.bytes.append(text);
    this.bytes.append('\n');
    this.#chars += text.length + 1;
    this.#held.push({ line, register, toByte: this.bytes.length, toChar: this.#chars });
  }

  /** Takes note of a problem elsewhere that may be this report's. */
  suspect(problem: Problem): void {
    if (this.#suspicions.length < PROBLEMS_MAX) this.#suspicions.push(problem);
  }

  drafts(): readonly Draft[] {
    const owners = new Set([...this.#registers.keys()].map((register) => this.#ownerOf(register)));
    return [...owners].map((owner) => this.#draftOf(owner));
  }

  #draftOf(owner: string): Draft {
    const { before, mediaType } = this.#format;
    const rows: RowContent[] = [];
    const parts: Uint8Array[] = [Buffer.from(before, 'utf8')];
    const own: HeldRow[] = [];
    const text = this.bytes.between(0, this.bytes.length).toString('utf8');
    let from = { toByte: 0, toChar: 0 };
    let extractLine = linesIn(before) + 1;
    for (const held of this.#held) {
      if (this.#ownerOf(held.register) === owner) {
        const row = text.slice(from.toChar, held.toChar - 1);
        rows.push(this.#format.readRow(row, held.line, extractLine));
        extractLine += linesIn(row) + 1;
        parts.push(this.bytes.between(from.toByte, held.toByte));
        own.push(held);
      }
      from = held;
    }
    const head = rows.find((row) => row.head !== null)?.head ?? null;
    const said = sayOnce(
      rows.flatMap((row) => row.line ?? []),
      head,
    );
    return {
      identity: this.#registers.get(owner) ?? this.identity,
      head,
      lines: said.lines,
      doubts: [...said.doubts, ...oncePerColumn(rows.flatMap((row) => row.doubts))],
      problems: [...this.#doubtsOfAll(), ...rows.flatMap((row) => row.problems)],
      extract: Buffer.concat(parts),
      mediaType,
      firstLine: own[0]?.line ?? 0,
      lastLine: own.at(-1)?.line ?? 0,
    };
  }

  #doubtsOfAll(): readonly Problem[] {
    return this.#tooLong === null ? this.#suspicions : [this.#tooLong, ...this.#suspicions];
  }

  /**
   * A register with a header record has a report of its own. Others belong to the report over all
   * registers where there is one: the count of drawer 3 is part of the store's day.
   */
  #ownerOf(register: string): string {
    if (this.#heads.has(register) || !this.#registers.has(ALL_REGISTERS)) return register;
    return ALL_REGISTERS;
  }
}

/** Line breaks in a text. Rows have none but in a wrapped field. */
function linesIn(text: string): number {
  return text.includes('\n') ? text.split('\n').length - 1 : 0;
}

/** A column that nobody knows is told once, not for each row. */
function oncePerColumn(doubts: readonly Refusal[]): readonly Refusal[] {
  const columns = new Set<string>();
  return doubts.filter((doubt) => {
    const key = doubt.code === 'amount-column-unmapped' ? doubt.column : doubt.code;
    const isNew = !columns.has(key);
    columns.add(key);
    return isNew;
  });
}

function tooLong(line: number): Problem {
  const limit = `${REPORT_ROWS_MAX} / ${REPORT_BYTES_MAX}`;
  return problemAt('over-limit', { line, column: 1 }, { what: 'rows / bytes of a report', limit });
}
