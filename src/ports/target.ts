import type { Books } from '../domain/books.ts';
import type { LocalDate, Period } from '../domain/date.ts';
import type { DocumentKind } from '../domain/document/document.ts';
import type { Party } from '../domain/document/party.ts';
import type { FlowNeeds } from '../domain/posting/flow-needs.ts';
import type { CodedInvoice } from '../domain/posting/suggest-coding.ts';
import type { Step } from '../domain/plan.ts';
import type { PurchaseLedger } from '../domain/purchase-ledger.ts';
import type { OrderStates } from '../domain/sales-document.ts';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { Json } from '../lib/json.ts';
import type { CustomerBalance } from './balances.ts';
import type { LedgerFinding, ShopFinding } from './health.ts';
import type { InvoicePage } from './invoices.ts';

/**
 * One call that changes something in the target: made at most once, journaled before it is made.
 *
 * It holds all that the connector needs besides the results of earlier writes, and no secret: it
 * is stored, shown in a preview, and given back after a restart.
 */
export type Write = {
  /**
   * Unique within the plan: `voucher-1`, `file-1.upload`. The write that enters the order or
   * invoice of a step is `<step>.in`, the one that posts or books its voucher is the step's own.
   */
  readonly id: string;
  /** The call as a person reads it: `POST /3/vouchers`. */
  readonly call: string;
  readonly input: Json;
};

/** What a write made in the target. */
export type Remote = {
  /** The target's own id, enough to fetch it by. */
  readonly id: string;
  /** What its users call it: `K 12`. */
  readonly label: string;
  /** What later writes need of it. */
  readonly data?: Json;
};

/** What a write is given besides itself. */
export type WriteContext = {
  /**
   * The hub's own key of this write: at most 40 letters, digits and hyphens, the same on every
   * attempt. The connector writes it where `find` can look for it.
   */
  readonly key: string;
  /**
   * The survey found the key in the target: `find` looks further than the write itself says, for a
   * hub that lost its database may have been told another day or series than the one before.
   */
  readonly wasSeen?: boolean;
  /**
   * What stands under the link of this write and does not say the same (`stillSays`): what an
   * earlier plan made. Absent: nothing is known.
   */
  readonly before?: Remote;
  /** Results of earlier writes of the same plan, by write id. */
  readonly earlier: ReadonlyMap<string, Remote>;
  /** The received file, or the part of it that is this document; a file that came inside it. */
  readonly file: (attachment?: number) => Promise<FileContent>;
};

/** Bytes to be attached. Their name stands in the step. */
export type FileContent = { readonly mediaType: string; readonly bytes: Uint8Array };

/**
 * What became of a write that was answered. `refused` means for certain that nothing was made;
 * `differences` are what the answer says otherwise than what was sent.
 */
export type WriteOutcome =
  | {
      readonly kind: 'done';
      readonly remote: Remote;
      readonly differences: readonly Refusal[];
      /** What a person wants to know of it, known only now. */
      readonly notices?: readonly Notice[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Something in the target that carries a write's key. */
export type Found = {
  readonly remote: Remote;
  /** How it differs from what would have been written; empty when it is the same. */
  readonly differences: readonly Refusal[];
  /** What the answer to its write told, or would have told. */
  readonly notices?: readonly Notice[];
};

/** The writes that steps take in this target, or why it cannot take them. */
export type Route =
  | {
      readonly kind: 'route';
      readonly writes: readonly Write[];
      readonly notices: readonly Notice[];
    }
  | { readonly kind: 'cannot'; readonly refusals: readonly Refusal[] };

/** A voucher as it stands in the ledger, read back for reconciliation. */
export type LedgerVoucher = {
  readonly id: string;
  readonly label: string;
  readonly date: LocalDate;
  readonly text: string;
  /** What its users call the voucher by which somebody has reversed it. Absent: nobody has. */
  readonly reversedBy?: string;
  readonly rows: readonly {
    readonly account: string;
    /** Debit positive, in the ledger's currency. */
    readonly minor: bigint;
    readonly text: string;
    readonly costCentre?: string;
    readonly project?: string;
  }[];
};

/** What it can do. The planner reads it: what cannot be done is refused before any call. */
export type RecipientCapabilities = {
  readonly takes: readonly DocumentKind[];
  readonly attachments: boolean;
  /** Fields to put a key in that `find` can look for: what exactly-once rests on. */
  readonly findsBy: 'key-in-object' | 'own-number' | 'file';
};

/**
 * A system that is written to, whatever it is: a ledger, or a shop that is told something back.
 * Small intents; never one call that does it all.
 */
export type Recipient = {
  readonly capabilities: RecipientCapabilities;
  /**
   * The calls that steps take here, in order. Pure: the same answer each time, nothing is read.
   *
   * @param books - nothing known, where none are kept
   */
  route(steps: readonly Step[], books: Books): Route;
  /** Makes one call. @throws ConnectorError when it was not answered as documented. */
  write(write: Write, context: WriteContext): Promise<WriteOutcome>;
  /**
   * Looks for what earlier attempts of a write have left: everything that carries its key.
   *
   * @throws ConnectorError when the target cannot be read
   */
  find(write: Write, context: WriteContext): Promise<readonly Found[]>;
  /**
   * The key under which the result of a write is known from then on, so that later plans need not
   * make it: of a customer, an article. null, or absent: it is of its own plan alone.
   */
  linkOf?(write: Write): string | null;
  /**
   * Whether what is known under the link of a write says what the write is to make: if not, it is
   * made, and given what is known. Absent: it always does.
   */
  stillSays?(write: Write, remote: Remote): boolean;
  /**
   * Whether a write that has taken effect may keep `find` from finding the one before it, as a file
   * that is attached leaves the folder that it waits in. What the one before has made is then on
   * disk before this one leaves. Absent: none does.
   */
  hidesEarlier?(write: Write): boolean;
};

/** A recipient that keeps no books, such as a shop. */
export type Shop = Recipient & {
  /** What a person should know before anything is written: whether our keys may. */
  examine(): Promise<readonly ShopFinding[]>;
};

/** A ledger that vouchers are booked in. */
export type Target = Recipient & {
  /**
   * Every key of the hub that stands in the target for the period.
   *
   * Asked once when a process first comes to a ledger: a hub that lost its database, or was
   * restored from a backup, looks at what it booked before rather than book it again.
   */
  survey(period: Period): Promise<readonly string[]>;
  /** What the ledger holds that plans depend on, for the years that touch `period`. */
  readBooks(period: Period): Promise<Books>;
  /** Every voucher of the period, for reconciliation and for the independent proof. */
  readLedger(period: Period): Promise<readonly LedgerVoucher[]>;
  /**
   * What each account stood at before a day: with `readLedger` from that day on, its balance after
   * every day. Minor units, debit positive. Absent: the ledger does not tell.
   */
  readOpening?(on: LocalDate): Promise<Readonly<Record<string, bigint>>>;
  /**
   * What is open in the ledger of suppliers. Absent: the ledger keeps none.
   *
   * @param names - numbers and payment references, without blanks, by which invoices will be
   *   looked for: a target may spare itself what it need not read for them. An empty one stands for
   *   a payment that names none
   */
  readPurchaseLedger?(names: readonly string[]): Promise<PurchaseLedger>;
  /**
   * Which customers of these numbers there are. Absent: the ledger keeps none, or does not tell.
   *
   * @throws ConnectorError when the target cannot be read
   */
  readCustomers?(
    numbers: readonly string[],
  ): Promise<Readonly<Record<string, { readonly active: boolean }>>>;
  /** What customers owe, everyone included. Absent: the ledger keeps no customers. */
  readClaims?(today: LocalDate): Promise<readonly CustomerBalance[]>;
  /**
   * How invoices to customers stand that have changed since a mark of an earlier call, in as few
   * calls as one list takes. Some may come again. Absent: the ledger keeps none.
   *
   * @param mark - null: from a while ago
   */
  readInvoices?(mark: string | null): Promise<InvoicePage>;
  /**
   * How orders stand that writes have made, by the ids that they were given. Absent: the ledger
   * keeps no orders, or does not tell.
   */
  readOrders?(ids: readonly string[]): Promise<OrderStates>;
  /**
   * The latest booked invoices of a supplier, and what their costs stand on; none when the ledger
   * does not know the supplier. Only asked when a person is about to code one. Absent: the ledger
   * keeps no suppliers.
   *
   * @throws ConnectorError when the target cannot be read
   */
  readCoding?(supplier: Party): Promise<readonly CodedInvoice[]>;
  /**
   * What a person should know before the first document: modules, rights, accounts, locks.
   *
   * @param series - those that flows into the target name; null stands for the connection's own
   * @param needs - what the shops of these flows will ask for, as far as they tell
   */
  examine(
    period: Period,
    series: readonly (string | null)[],
    needs?: readonly FlowNeeds[],
  ): Promise<readonly LedgerFinding[]>;
};
