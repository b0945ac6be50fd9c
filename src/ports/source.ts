import type { InvoiceMode } from '../domain/document/customer.ts';
import type { LeftOutWhy } from '../domain/document/attached-file.ts';
import type { Document } from '../domain/document/document.ts';
import type { Notice, Refusal } from '../domain/refusal.ts';

/** A file that was dropped, uploaded or fetched. It can be read again from the start. */
export type IncomingFile = {
  readonly name: string;
  /** The bytes in pieces; nothing in the hub needs a whole file in memory. */
  open(): AsyncIterable<Uint8Array>;
};

/** Why something could not be read, with its place. `src/text` words it. */
export type Problem = {
  readonly code: ProblemCode;
  /** Counted from 1; null when the problem has no place. */
  readonly line: number | null;
  readonly column: number | null;
  /**
   * The field or column, the text that stood there, what was expected. `entry` names the file of an
   * archive that it stands in: the place is then the place in that file.
   */
  readonly facts: Readonly<Record<string, string>>;
};

/** What can be wrong with bytes. Stable: stored, documented in docs/errors.md. */
export type ProblemCode =
  | 'file-empty'
  | 'format-unknown'
  | 'not-text'
  | 'header-missing'
  | 'column-missing'
  | 'column-twice'
  | 'quote-open'
  | 'record-too-long'
  | 'too-few-fields'
  | 'too-many-fields'
  | 'field-empty'
  | 'not-a-number'
  | 'not-a-date'
  | 'not-a-rate'
  | 'unknown-value'
  | 'identity-differs'
  | 'rule-broken'
  | 'markup'
  | 'file-truncated'
  | 'checksum-differs'
  | 'over-limit'
  | 'too-many-problems'
  | 'profile-invalid';

/** A file that came inside a document. One that is not taken is named, with the reason. */
export type Attachment = { readonly name: string } & (
  | { readonly kind: 'file'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly kind: 'left-out'; readonly why: LeftOutWhy }
);

/** One thing read from a source: a document, or the reason it could not be understood. */
export type Reading =
  | {
      readonly kind: 'document';
      readonly document: Document;
      /** Reasons found in the reading itself not to book it as it stands. */
      readonly doubts: readonly Refusal[];
      /** The part of the file that is this document, with what makes it readable alone. */
      readonly extract: Uint8Array;
      readonly mediaType: string;
      /** Files that came inside it. Absent: none. */
      readonly attachments?: readonly Attachment[];
    }
  /**
   * `id` is the document's `refKey` as far as it could be read. It takes back a document of that
   * ref given earlier from the same file: a report in two versions is neither.
   */
  | { readonly kind: 'unreadable'; readonly id: string; readonly problems: readonly Problem[] }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** What the reader guessed of the file, shown so that a person can object. */
  | { readonly kind: 'guess'; readonly facts: Readonly<Record<string, string>> }
  /**
   * The file as a whole cannot be trusted (cut off, not this format). No reading of it counts:
   * the hub never books part of a file. Always the last reading.
   */
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] };

/**
 * A system that hands over files.
 *
 * The contract suite holds it to: never throws for what stands in a file; the same readings
 * however the bytes are cut into pieces; memory that does not grow with the file.
 */
export type FileSource = {
  /** @param known - what earlier files have said; absent: nothing is known */
  read(file: IncomingFile, known?: KnownBefore): AsyncIterable<Reading>;
};

/** What files that came before say about how a file is read. Asked for only when it matters. */
export type KnownBefore = {
  /** How often customers are invoiced, where their cards say so: by customer number. */
  invoiceModes(): Promise<ReadonlyMap<string, InvoiceMode>>;
};
