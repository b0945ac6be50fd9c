import type { ConnectionReason, Unready } from './connection-reason.ts';
import type { Books } from '../domain/books.ts';
import type { LocalDate, Period } from '../domain/date.ts';
import type { PaymentsBeside } from '../domain/document/payments.ts';
import type { BookedPayout } from '../domain/document/payout-arrival.ts';
import type { CreditBeside, ReceiptTwice } from '../domain/document/credit-sales.ts';
import type { InvoiceMode } from '../domain/document/customer.ts';
import type { AttachedFile } from '../domain/document/attached-file.ts';
import type { Document } from '../domain/document/document.ts';
import type { ReportSerial } from '../domain/document/report-numbers.ts';
import type { WriteResults } from '../domain/plan.ts';
import type { Voucher, VoucherRow } from '../domain/posting/voucher.ts';
import type { OrderStanding } from '../domain/posting/sale-timing.ts';
import type { Decision, Notice, Refusal, RefusalCode } from '../domain/refusal.ts';
import type { Json } from '../lib/json.ts';
import type { CallCount, CallLimit, Turn } from './call-limit.ts';
import type { LaneFlow } from './lane-flow.ts';
import type { Attachment } from './source.ts';
import type { FileContent, Remote, Write } from './target.ts';

/**
 * Where a delivery stands. `review` waits for approval, `held` for a decision, `pending` for the
 * shop, `gathering` for the end of its day; `gathered` shares a voucher that is on its way.
 */
export type DeliveryState =
  | 'review'
  | 'waiting'
  | 'sending'
  | 'in doubt'
  | 'held'
  | 'pending'
  | 'gathering'
  | 'gathered'
  | 'done'
  | 'skipped';

/** The right to work a lane: what is written under an older fence is refused. */
export type LaneHold = { readonly laneId: string; readonly fence: string };

/** One call of a delivery, as journaled. */
export type StoredStep = {
  readonly seq: number;
  readonly write: Write;
  readonly key: string;
  readonly state: 'waiting' | 'sending' | 'in doubt' | 'done';
  readonly attempt: number;
  readonly looks: number;
  /** After this no attempt of ours can still be on its way. */
  readonly deadlineMs: number;
  readonly remote: Remote | null;
};

/** The delivery of the latest version before that was not skipped, when a document was changed. */
export type Predecessor = {
  readonly id: string;
  readonly state: DeliveryState;
  readonly dueAtMs: number;
  readonly label: string | null;
  readonly vouchers: readonly Voucher[];
  readonly history: readonly Voucher[];
  readonly document: Document;
  readonly results: WriteResults;
};

/** The vouchers that an earlier version of a document became, and what the ledger calls them. */
export type BookedBefore = {
  readonly label: string;
  readonly vouchers: readonly Voucher[];
  /** Those of all versions, oldest first; absent where nothing depends on them. */
  readonly history?: readonly Voucher[];
  /** That version itself; absent where nothing depends on it. */
  readonly document?: Document;
  /** What its writes made in the target. */
  readonly results: WriteResults;
};

/** What is known of a document that has come before. */
export type KnownDocument = {
  /** Content hashes of all versions, the latest first. */
  readonly hashes: readonly string[];
  readonly booked: BookedBefore | null;
};

/** A delivery whose turn it is, with everything needed to plan and send it. */
export type DueDelivery = {
  readonly id: string;
  readonly key: string;
  readonly state: 'waiting' | 'in doubt';
  readonly attempts: number;
  readonly flowId: string;
  readonly documentId: string;
  readonly document: Document;
  readonly doubts: readonly Refusal[];
  readonly decisions: readonly Decision[];
  /** What its plan, and the steps that are done, have told so far. */
  readonly notices: readonly Notice[];
  readonly steps: readonly StoredStep[];
  readonly follows: Predecessor | null;
  /** Of a refund: the latest version of its order; null when there is none. */
  readonly of: Predecessor | null;
  /**
   * A document that counts the same money: a report of the whole store beside one per till, the
   * same invoice by another way.
   */
  readonly overlaps: string | null;
  /** What day reports and receipts say was sold on account on its days; empty when it has none. */
  readonly credit: readonly CreditBeside[];
  /** Its receipts that another document has brought into the ledger. */
  readonly receiptsTwice: readonly ReceiptTwice[];
  /** What is known beside a payout; of other kinds nothing. */
  readonly payments: PaymentsBeside;
  /** Booked payouts that entries of a bank's statement may be; of other kinds none. */
  readonly payouts: readonly BookedPayout[];
  /** Files that came inside the document, in their order. */
  readonly attachments: readonly AttachedFile[];
};

/** What happened to a step, for the journal. */
export type JournalEvent = {
  readonly event:
    | 'intent'
    | 'answer'
    | 'doubt'
    | 'looked'
    | 'found'
    | 'missing'
    | 'again'
    | 'nothing happened'
    | 'refused'
    | 'held'
    | 'pending'
    | 'gathering'
    | 'skipped'
    | 'done';
  readonly seq?: number;
  readonly attempt?: number;
  readonly detail?: string;
};

/** A step whose intent is written. */
export type NewStep = {
  readonly seq: number;
  readonly write: Write;
  readonly key: string;
  readonly attempt: number;
  readonly deadlineMs: number;
};

/** A change to a step that is not done. */
export type StepChange = {
  readonly seq: number;
  readonly state?: StoredStep['state'];
  readonly attempt?: number;
  readonly deadlineMs?: number;
  readonly looks?: number;
  readonly remote?: Remote;
};

/** What the target calls something that we know by a key of our own; null: it does not any more. */
export type Link = { readonly key: string; readonly remote: Remote | null };

/** What is to be written down about one delivery, all of it or nothing. */
export type Settlement = {
  readonly deliveryId: string;
  /** Only when the delivery stands in one of these states; absent: in any. */
  readonly expect?: readonly DeliveryState[];
  readonly state?: DeliveryState;
  readonly dueAtMs?: number;
  /** Counts one more attempt at the delivery as a whole. */
  readonly isAttempt?: boolean;
  readonly refusals?: readonly Refusal[];
  readonly draft?: readonly VoucherRow[];
  readonly notices?: readonly Notice[];
  readonly vouchers?: readonly Voucher[];
  readonly label?: string;
  readonly reason?: string;
  /** Deliveries of the lane that are held for this reason are planned again. */
  readonly wakes?: RefusalCode;
  /** Only those whose reason names this document: see `refKey`. */
  readonly wakesFor?: string;
  readonly links?: readonly Link[];
  readonly begin?: readonly NewStep[];
  readonly changes?: readonly StepChange[];
  readonly events?: readonly JournalEvent[];
};

/** What a lane's worker reads and writes. */
export type LaneStore = {
  /** Takes the lane from whoever had it; what they left unanswered is in doubt from now on. */
  takeLane(
    laneId: string,
    by: { readonly workerId: string; readonly lookAfterMs: number },
  ): Promise<LaneHold>;
  /** Says that nobody works the lane any more. */
  leaveLane(hold: LaneHold): Promise<void>;
  readFlows(laneId: string): Promise<readonly LaneFlow[]>;
  /**
   * Deliveries whose turn it is, oldest document first.
   *
   * @param options.after - only deliveries made after this one
   */
  readDue(
    laneId: string,
    options: { readonly nowMs: number; readonly after: string; readonly limit: number },
  ): Promise<readonly DueDelivery[]>;
  /** Where the order of a refund stands now in the refund's flow; null when it is not known. */
  readOrderStanding(
    delivery: Pick<DueDelivery, 'documentId' | 'flowId'>,
  ): Promise<OrderStanding | null>;
  /** Whether anything given back of an order stands in the ledger of its flow. */
  isRefunded(delivery: Pick<DueDelivery, 'documentId' | 'flowId'>): Promise<boolean>;
  /**
   * Makes a day's document and its delivery of what waits for the end of that day, where nothing
   * else of the flow is still to be planned. All of it or nothing.
   *
   * @returns how many were made; 0 also when the fence is not ours any more
   */
  gatherDays(hold: LaneHold, nowMs: number): Promise<number>;
  /** What a target calls what we know by these keys, as far as it is known. */
  readLinks(connectionId: string, keys: readonly string[]): Promise<ReadonlyMap<string, Remote>>;
  /** What day reports and receipts say now was sold on account on a delivery's days. */
  readCredit(delivery: DueDelivery): Promise<readonly CreditBeside[]>;
  /**
   * Writes down what happened. Settlements of many lanes share a transaction.
   *
   * @returns false when the fence is not ours any more or the delivery is in another state: then
   *   nothing was written
   */
  settle(hold: LaneHold, settlement: Settlement): Promise<boolean>;
  /** When the next delivery of the lane is due; null when none is. */
  nextDueMs(laneId: string): Promise<number | null>;
  /** @returns `known` itself when that is how they stand: books are large and change rarely */
  readBooks(connectionId: string, known: StoredBooks | null): Promise<StoredBooks | null>;
  writeBooks(connectionId: string, books: Omit<StoredBooks, 'readAtMs'>): Promise<void>;
  /** The file that a delivery's document was, or the part of it. */
  readExtract(documentId: string): Promise<FileContent>;
  /** A file that came inside it, by its number. */
  readAttachment(documentId: string, number: number): Promise<FileContent>;
  /** Marks a connection as in need of a person; its lane rests until it is ready again. */
  markConnection(id: string, state: Unready, reason: ConnectionReason): Promise<void>;
  /**
   * Reserves the next `want` calls under a limit.
   *
   * @param unused - `at` of turns that were reserved before, are past, and had no call
   */
  reserveCalls(
    limit: CallLimit,
    want: number,
    unused?: readonly number[],
  ): Promise<readonly Turn[]>;
  /** Nothing goes out under this limit for `waitMs`. */
  blockCalls(limit: CallLimit, waitMs: number): Promise<void>;
  countCalls(connectionId: string, counted: CallCount): Promise<void>;
};

/** The books of a target, and for which days they hold. */
export type StoredBooks = {
  readonly period: Period;
  readonly books: Books;
  readonly readAtMs: number;
};

/** The way on which a file came: typed in, uploaded, from a drop folder, fetched. */
export type Via = 'command' | 'upload' | 'folder' | 'sftp' | 'mail' | 'feed';

/** A file whose bytes are on disk. */
export type KeptFile = {
  readonly fileId: string;
  readonly connectionId: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
};

/** A document as read from a file, before it is known whether it is new. */
export type StagedDocument = {
  readonly fileId: string;
  readonly connectionId: string;
  readonly document: Document;
  readonly key: string;
  readonly contentHash: string;
  /** null: the day it is stored on. */
  readonly businessDate: LocalDate | null;
  readonly doubts: readonly Refusal[];
  readonly extract: Uint8Array;
  readonly mediaType: string;
  /** Absent: none. */
  readonly attachments?: readonly Attachment[];
};

/** A reading that became no document. */
export type StagedReading = {
  readonly fileId: string;
  readonly kind: 'seen' | 'unreadable' | 'notice';
  readonly key: string;
  readonly detail: Json;
};

/** What storing documents found out about each. */
export type StagedAs = 'new' | 'revision' | 'seen';

/** What a received file came to. */
export type FileOutcome = {
  readonly fileId: string;
  readonly documents: number;
  readonly revisions: number;
  readonly seen: number;
  readonly unreadable: number;
};

/** A file is kept in pieces of this size, so that none needs to be in memory whole. */
export const CHUNK_BYTES = 1_000_000;

/** What became of a file that was read to its end. */
export type FileRead =
  | { readonly kind: 'read'; readonly outcome: FileOutcome }
  | { readonly kind: 'rejected'; readonly problems: Json };

/** Two numbers of one series that are known, and none of those between. */
export type SerialGap = {
  /** The file that brought one of the two. */
  readonly fileId: string;
  readonly after: ReportSerial;
  readonly before: ReportSerial;
};

/** What a reading of files writes. */
export type ReadingStore = {
  /**
   * Called when it is the files' turn to be read.
   *
   * @returns for each what it has come to when it was read meanwhile; null when it is to be read
   */
  beginReading(fileIds: readonly string[]): Promise<readonly (FileRead | null)[]>;
  /** Stores documents; nothing is delivered before `commitFiles`. */
  stage(documents: readonly StagedDocument[]): Promise<readonly StagedAs[]>;
  stageReadings(readings: readonly StagedReading[]): Promise<void>;
  /** How often customers of a connection are invoiced, where its files say so: by number. */
  invoiceModes(connectionId: string): Promise<ReadonlyMap<string, InvoiceMode>>;
  /** Gaps beside the numbers that files have brought, over all files of their connections. */
  numberGaps(fileIds: readonly string[], limit: number): Promise<readonly SerialGap[]>;
  /** Makes a delivery of each staged document and wakes its lanes, in one transaction. */
  commitFiles(
    files: readonly {
      readonly fileId: string;
      readonly guess: Readonly<Record<string, string>>;
    }[],
  ): Promise<readonly FileOutcome[]>;
  /** Takes back what was staged: no part of the file counts. */
  rejectFile(fileId: string, problems: Json): Promise<void>;
};

type ArrivingFile = { readonly connectionId: string; readonly name: string; readonly via: Via };

/** What intake reads and writes. */
export type IntakeStore = ReadingStore & {
  /** Begins a file; its bytes follow by `appendChunk`. */
  beginFile(file: ArrivingFile): Promise<string>;
  /**
   * Keeps a small file in one go: begun, appended and complete. `sha256` is of all its bytes. Files
   * that come at the same time share a transaction.
   *
   * @returns as `beginFile` and `completeFile` together
   */
  keepWhole(
    file: ArrivingFile & { readonly bytes: Uint8Array; readonly sha256: string },
  ): Promise<{ readonly fileId: string; readonly sameAs: string | null }>;
  /** All pieces but the last are `CHUNK_BYTES` long. */
  appendChunk(fileId: string, seq: number, bytes: Uint8Array): Promise<void>;
  /**
   * All bytes have arrived and are on disk.
   *
   * @returns the id of a file with the same bytes from the same connection, or null
   */
  completeFile(fileId: string, arrived: { sha256: string; size: number }): Promise<string | null>;
  /** Drops a file that has not arrived to its end. */
  forgetFile(fileId: string): Promise<void>;
  openFile(fileId: string): AsyncIterable<Uint8Array>;
  /** Only one file of a connection is read at a time, over all processes. */
  withReadingTurn<T>(connectionId: string, act: () => Promise<T>): Promise<T>;
  /**
   * Lets small files of several connections be read in one transaction: all of them or, when it
   * throws, none.
   *
   * @param act - is given the bytes of those whose connections nobody else reads from at the moment
   */
  readTogether<T>(
    files: readonly KeptFile[],
    act: (reading: ReadingStore, bytes: ReadonlyMap<string, Uint8Array>) => Promise<T>,
  ): Promise<T>;
  /** Files that have arrived and were not read to the end, as after a crash. */
  unfinishedFiles(): Promise<readonly KeptFile[]>;
};
