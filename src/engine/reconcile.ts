import { documentDate, type Document } from '../domain/document/document.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Country } from '../domain/vat/rates.ts';
import type { DeliveryState } from '../ports/store.ts';
import { amountsOf, payoutWhat } from './reconcile-amounts.ts';
import {
  reconcileClearing,
  type ClearingAccount,
  type ClearingDifference,
  type ClearingSides,
} from './reconcile-clearing.ts';
import { creditDays, openCredit, type CreditDay, type OpenCredit } from './reconcile-credit.ts';
import type { SaleTerms } from './reconcile-sales.ts';
import {
  reconcileStatements,
  type StatementDay,
  type StatementDifference,
  type StatementSides,
  type UnbookedEntry,
} from './reconcile-statements.ts';
import { asRounded, countedAs } from './reconcile-rounding.ts';
import type { LedgerVoucher } from '../ports/target.ts';

/** One document as the three sides know it. */
export type ReconcileDocument = {
  /** The hub's own number of it, by which a figure leads back to it. */
  readonly id: string;
  /** Read again from the received bytes. */
  readonly document: Document;
  readonly state: DeliveryState;
  /** Names of the vouchers in the ledger: of this version and of those before it. */
  readonly labels: readonly string[];
  /** What the hub sent, in the order of `labels`. */
  readonly sent: readonly Voucher[];
};

/** What one thing came to on one day, on the three sides. Minor units, debit positive. */
export type ReconcileRow = {
  readonly day: string;
  /** An account role such as `vat.6` or `tender.card`; an account for ready vouchers. */
  readonly what: string;
  readonly source: bigint;
  readonly hub: bigint;
  readonly ledger: bigint;
};

/** What one document has added to a row. Those of a row add up to it, on each side. */
export type ReconcilePart = ReconcileRow & { readonly documentId: string };

/** A difference, named by what and where. */
export type Difference =
  | { readonly kind: 'amount'; readonly row: ReconcileRow }
  | { readonly kind: 'voucher-missing'; readonly document: string; readonly label: string }
  | {
      readonly kind: 'voucher-differs';
      readonly document: string;
      readonly label: string;
      readonly sent: readonly string[];
      readonly booked: readonly string[];
    }
  /** It stands there, and so does its opposite, which the hub has not booked. */
  | {
      readonly kind: 'voucher-reversed';
      readonly document: string;
      readonly label: string;
      readonly by: string;
    }
  | { readonly kind: 'credit-unexplained'; readonly credit: CreditDay }
  | StatementDifference
  | ClearingDifference
  | { readonly kind: 'booked-twice'; readonly key: string; readonly times: number };

/** The outcome of comparing source, hub and ledger. */
export type Reconciliation = {
  readonly rows: readonly ReconcileRow[];
  /** The rows by document: what each figure is made of. */
  readonly parts: readonly ReconcilePart[];
  readonly differences: readonly Difference[];
  readonly counts: {
    readonly documents: number;
    readonly booked: number;
    readonly open: number;
    readonly skipped: number;
    readonly vouchers: number;
  };
  /** What was sold on account, by day, beside the receipts that are invoiced. */
  readonly credit: readonly CreditDay[];
  /** What is on the account of credit sales, and why; empty when all of it has been invoiced. */
  readonly openCredit: readonly OpenCredit[];
  /** What accounts stood at after each day, by their statements and by the ledger. */
  readonly statements: readonly StatementDay[];
  /** Entries of statements that are not in the ledger yet. */
  readonly unbooked: readonly UnbookedEntry[];
  /** Clearing accounts of methods of payment; empty where no payouts come. */
  readonly clearing: readonly ClearingAccount[];
  /** Documents that are not in the ledger yet, and why. */
  readonly open: readonly { readonly document: string; readonly state: DeliveryState }[];
  /** Sum of all ledger rows of the period: zero, or the ledger is broken. */
  readonly trialBalance: bigint;
};

/**
 * Compares what the source said, what the hub sent and what stands in the ledger: voucher by
 * voucher and row by row, and per day and kind of money.
 *
 * What is held or was skipped is not a difference: it is listed as open. Nor is what a person has
 * decided to book beside the source's figures: it stands in a row of its own.
 */
export function reconcile(sides: {
  readonly documents: readonly ReconcileDocument[];
  readonly ledger: readonly LedgerVoucher[];
  /** The hub's keys found in the ledger; one that stands twice was booked twice. */
  readonly keys: readonly string[];
  /** How account statements are held against the ledger; absent: none are. */
  readonly statements?: Pick<StatementSides, 'opening' | 'accountOf' | 'isBookedOnArrival'>;
  /** How clearing accounts are held against the ledger; absent: none are. */
  readonly clearing?: Omit<ClearingSides, 'ledger'>;
  /** The company's country: where its own VAT is charged. */
  readonly home: Country;
  /** Payment methods that are gift cards sold with VAT; absent: none. */
  readonly singlePurposeCards?: readonly string[];
}): Reconciliation {
  const ledger = new Map(sides.ledger.map((voucher) => [voucher.label, voucher]));
  const booked = sides.documents.filter((d) => d.state === 'done');
  const rows = new Rows({ singlePurposeCards: [], ...sides });
  const differences: Difference[] = [];
  for (const document of booked) {
    differences.push(...compareVouchers(document, ledger));
    rows.add(document, ledger);
  }
  const amounts = rows.list();
  const kept = sides.documents.filter((d) => d.state !== 'skipped');
  const credit = creditDays(kept.map((d) => d.document));
  const statements = statementsOf(sides);
  const clearing =
    sides.clearing === undefined
      ? { accounts: [], differences: [] }
      : reconcileClearing({ ...sides.clearing, ledger: sides.ledger });
  differences.push(
    ...amounts.filter(isDifferent).map((row) => ({ kind: 'amount', row }) as const),
    ...credit
      .filter(({ reported, invoiced }) => reported !== invoiced)
      .map((one) => ({ kind: 'credit-unexplained', credit: one }) as const),
    ...twice(sides.keys),
    ...statements.differences,
    ...clearing.differences,
  );
  const open = sides.documents.filter((d) => d.state !== 'done' && d.state !== 'skipped');
  return {
    rows: amounts,
    parts: rows.parts(),
    differences,
    credit,
    openCredit: credit.length === 0 ? [] : openCredit(booked.map((d) => d.document)),
    statements: statements.days,
    unbooked: statements.unbooked,
    clearing: clearing.accounts,
    counts: {
      documents: sides.documents.length,
      booked: booked.length,
      open: open.length,
      skipped: sides.documents.length - booked.length - open.length,
      vouchers: booked.reduce((sum, d) => sum + d.labels.length, 0),
    },
    open: open.map(({ document, state }) => ({ document: refKey(document.ref), state })),
    trialBalance: sides.ledger.flatMap((v) => v.rows).reduce((sum, row) => sum + row.minor, 0n),
  };
}

function statementsOf({ documents, ledger, statements }: Parameters<typeof reconcile>[0]) {
  const known = documents.flatMap(({ document, state, labels }) =>
    document.kind === 'account-statement' ? [{ document, state, labels }] : [],
  );
  const unknown = { opening: null, accountOf: () => null, isBookedOnArrival: () => false };
  return reconcileStatements({ ...unknown, ...statements, documents: known, ledger });
}

/** What a person has decided to book beside what the source says: the role of its row. */
const DECIDED = 'difference';

function isDifferent({ what, source, hub, ledger }: ReconcileRow): boolean {
  return (what !== DECIDED && source !== hub) || hub !== ledger;
}

function twice(keys: readonly string[]): Difference[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .filter(([, times]) => times > 1)
    .map(([key, times]) => ({ kind: 'booked-twice', key, times }));
}

function compareVouchers(
  { document, labels, sent }: ReconcileDocument,
  ledger: ReadonlyMap<string, LedgerVoucher>,
): Difference[] {
  const name = refKey(document.ref);
  return labels.flatMap((label, i): Difference[] => {
    const booked = ledger.get(label);
    if (booked === undefined) return [{ kind: 'voucher-missing', document: name, label }];
    if (booked.reversedBy !== undefined) {
      return [{ kind: 'voucher-reversed', document: name, label, by: booked.reversedBy }];
    }
    const voucher = sent[i];
    const rounded = voucher === undefined ? voucher : asRounded(voucher, booked, document);
    const [ours, theirs] = [rowsOf(rounded), ledgerRows(booked, rounded)];
    if (isSame(ours, theirs)) return [];
    return [{ kind: 'voucher-differs', document: name, label, sent: ours, booked: theirs }];
  });
}

function isSame(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.join('\n') === theirs.join('\n');
}

function rowsOf(voucher: Voucher | undefined): string[] {
  const rows = voucher?.rows ?? [];
  return addedUp(rows.map(({ amount, ...row }) => ({ ...row, minor: amount.minor })));
}

/** What a ledger says of the accounts of VAT and claims besides, it has thought of by itself. */
function ledgerRows({ rows }: LedgerVoucher, sent: Voucher | undefined): string[] {
  const own = (sent?.rows ?? []).filter(({ role, costCentre, project }) => {
    return /^(vat\.|customers)/.test(role) && costCentre === undefined && project === undefined;
  });
  const plain = new Set(own.map(({ account }) => account));
  return addedUp(
    rows.map((row) => {
      const { account, minor } = row;
      return plain.has(account) ? { account, minor } : row;
    }),
  );
}

/** By account and dimensions: a ledger of customers or suppliers joins rows, and cuts others. */
function addedUp(
  rows: readonly Pick<
    LedgerVoucher['rows'][number],
    'account' | 'minor' | 'costCentre' | 'project'
  >[],
): string[] {
  const sums = new Map<string, { account: string; of: (string | undefined)[]; minor: bigint }>();
  for (const { account, minor, costCentre, project } of rows) {
    const key = [account, costCentre, project].join('\n');
    const before = sums.get(key)?.minor ?? 0n;
    sums.set(key, { account, of: [costCentre, project], minor: before + minor });
  }
  return [...sums.values()].map((sum) => rowText(sum.account, sum.minor, sum.of)).sort();
}

function rowText(
  account: string,
  minor: bigint,
  dimensions: readonly (string | undefined)[],
): string {
  return [account, minor, ...dimensions.filter(Boolean)].join(' ');
}

/** Sums per day and kind of money, on three sides. */
class Rows {
  readonly #rows = new Map<string, { day: string; what: string; sums: Sums }>();
  readonly #parts = new Map<string, Place & Sums>();
  readonly #terms: SaleTerms;

  constructor(terms: SaleTerms) {
    this.#terms = terms;
  }

  /** All vouchers of a document count to its own day, corrections too: together they are it. */
  add(
    { id: documentId, document, labels, sent }: ReconcileDocument,
    ledger: ReadonlyMap<string, LedgerVoucher>,
  ): void {
    // A statement is held against the ledger by its balances, and its vouchers row by row.
    if (document.kind === 'account-statement') return;
    const day = documentDate(document);
    if (day === null) return;
    for (const [what, minor] of amountsOf(document, this.#terms))
      this.#count({ documentId, day, what }, { source: minor });
    for (const [i, planned] of sent.entries()) {
      const booked = ledger.get(labels[i] ?? '');
      const voucher = asRounded(planned, booked, document);
      const roles = new Map<string, string>();
      for (const row of voucher.rows) {
        const plain = countedAs(whatOf(row.role, row.account), document);
        const what = document.kind === 'payout' ? payoutWhat(plain, document) : plain;
        // A row that the ledger has joined with others is known by its account alone.
        roles.set(row.account, what).set(rowText(row.account, row.amount.minor, []), what);
        this.#count({ documentId, day, what }, { hub: row.amount.minor });
      }
      // What a ledger has joined is what was sent, when each account comes to the same.
      if (booked !== undefined && isSame(rowsOf(voucher), ledgerRows(booked, voucher))) {
        for (const row of voucher.rows) {
          const what = countedAs(whatOf(row.role, row.account), document);
          this.#count({ documentId, day, what }, { ledger: row.amount.minor });
        }
        continue;
      }
      for (const row of booked?.rows ?? []) {
        const exact = rowText(row.account, row.minor, []);
        const what = roles.get(exact) ?? roles.get(row.account) ?? row.account;
        this.#count({ documentId, day, what }, { ledger: row.minor });
      }
    }
  }

  list(): readonly ReconcileRow[] {
    return [...this.#rows.values()]
      .map(({ day, what, sums }) => ({ day, what, ...sums }))
      .filter((row) => row.source !== 0n || row.hub !== 0n || row.ledger !== 0n)
      .sort((a, b) => (`${a.day} ${a.what}` < `${b.day} ${b.what}` ? -1 : 1));
  }

  /** Those of rows that come to nothing too: they show why. */
  parts(): readonly ReconcilePart[] {
    return [...this.#parts.values()]
      .filter((part) => part.source !== 0n || part.hub !== 0n || part.ledger !== 0n)
      .sort((a, b) => (`${a.day} ${a.what}` < `${b.day} ${b.what}` ? -1 : 1));
  }

  #count(at: Place, more: Partial<Sums>): void {
    const { documentId, day, what } = at;
    const key = `${day} ${what}`;
    const row = this.#rows.get(key) ?? { day, what, sums: { ...NOTHING } };
    addTo(row.sums, more);
    this.#rows.set(key, row);
    const own = `${key} ${documentId}`;
    const part = this.#parts.get(own) ?? { ...at, ...NOTHING };
    addTo(part, more);
    this.#parts.set(own, part);
  }
}

type Place = { readonly documentId: string; readonly day: string; readonly what: string };

type Sums = { source: bigint; hub: bigint; ledger: bigint };

const NOTHING: Readonly<Sums> = { source: 0n, hub: 0n, ledger: 0n };

function addTo(sums: Sums, more: Partial<Sums>): void {
  sums.source += more.source ?? 0n;
  sums.hub += more.hub ?? 0n;
  sums.ledger += more.ledger ?? 0n;
}

/**
 * `tender.card/AMEX` counts as `tender.card`; a ready voucher's row counts as its account.
 * Purchases are one, and so is VAT that the buyer owes and deducts: of its kinds and rates no
 * source tells.
 */
function whatOf(role: string, account: string): string {
  const [what = account] = role.split('/');
  if (what.startsWith('purchases.')) return 'purchases';
  if (what.startsWith('vat.reverse')) return 'vat.reverse';
  // A shop knows of no schemes: it has sold something without VAT.
  if (/^(sales\.(construction|margin.*)|vat\.margin)$/.test(what)) return 'sales.0';
  if (what.startsWith('redeemed.')) return what.replace('redeemed', 'sales');
  return what === 'account' || what === '' ? account : what;
}
