import { documentDate, type Document } from '../domain/document/document.ts';
import type { Order, Refund } from '../domain/document/sale.ts';
import type { DayReport, DayReportLine } from '../domain/document/day-report.ts';
import { refKey } from '../domain/document/source-ref.ts';
import {
  agencyRole,
  saleRole,
  salesRole,
  tenderRole,
  vatRole,
} from '../domain/posting/account-roles.ts';
import { cashDifferenceOf } from '../domain/posting/rules/day-report-checks.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Country } from '../domain/vat/rates.ts';
import { regionOf } from '../domain/vat/region.ts';
import type { DeliveryState } from '../ports/store.ts';
import { creditDays, openCredit, type CreditDay, type OpenCredit } from './reconcile-credit.ts';
import {
  reconcileStatements,
  type StatementDay,
  type StatementDifference,
  type StatementSides,
  type UnbookedEntry,
} from './reconcile-statements.ts';
import type { LedgerVoucher } from '../ports/target.ts';

/** One document as the three sides know it. */
export type ReconcileDocument = {
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
  | { readonly kind: 'credit-unexplained'; readonly credit: CreditDay }
  | StatementDifference
  | { readonly kind: 'booked-twice'; readonly key: string; readonly times: number };

/** The outcome of comparing source, hub and ledger. */
export type Reconciliation = {
  readonly rows: readonly ReconcileRow[];
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
  /** The company's country: where its own VAT is charged. */
  readonly home: Country;
}): Reconciliation {
  const ledger = new Map(sides.ledger.map((voucher) => [voucher.label, voucher]));
  const booked = sides.documents.filter((d) => d.state === 'done');
  const rows = new Rows(sides.home);
  const differences: Difference[] = [];
  for (const document of booked) {
    differences.push(...compareVouchers(document, ledger));
    rows.add(document, ledger);
  }
  const amounts = rows.list();
  const kept = sides.documents.filter((d) => d.state !== 'skipped');
  const credit = creditDays(kept.map((d) => d.document));
  const statements = statementsOf(sides);
  differences.push(
    ...amounts.filter(isDifferent).map((row) => ({ kind: 'amount', row }) as const),
    ...credit
      .filter(({ reported, invoiced }) => reported !== invoiced)
      .map((one) => ({ kind: 'credit-unexplained', credit: one }) as const),
    ...twice(sides.keys),
    ...statements.differences,
  );
  const open = sides.documents.filter((d) => d.state !== 'done' && d.state !== 'skipped');
  return {
    rows: amounts,
    differences,
    credit,
    openCredit: credit.length === 0 ? [] : openCredit(booked.map((d) => d.document)),
    statements: statements.days,
    unbooked: statements.unbooked,
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
    const [ours, theirs] = [rowsOf(sent[i]), ledgerRows(booked)];
    if (ours.join('\n') === theirs.join('\n')) return [];
    return [{ kind: 'voucher-differs', document: name, label, sent: ours, booked: theirs }];
  });
}

function rowsOf(voucher: Voucher | undefined): string[] {
  const rows = voucher?.rows ?? [];
  return addedUp(rows.map(({ amount, ...row }) => ({ ...row, minor: amount.minor })));
}

function ledgerRows(voucher: LedgerVoucher): string[] {
  return addedUp(voucher.rows);
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
  readonly #home: Country;

  constructor(home: Country) {
    this.#home = home;
  }

  /** All vouchers of a document count to its own day, corrections too: together they are it. */
  add(
    { document, labels, sent }: ReconcileDocument,
    ledger: ReadonlyMap<string, LedgerVoucher>,
  ): void {
    // A statement is held against the ledger by its balances, and its vouchers row by row.
    if (document.kind === 'account-statement') return;
    const day = documentDate(document);
    if (day === null) return;
    for (const [what, minor] of amountsOf(document, this.#home))
      this.#count(day, what, { source: minor });
    for (const [i, voucher] of sent.entries()) {
      const roles = new Map<string, string>();
      for (const row of voucher.rows) {
        const what = whatOf(row.role, row.account);
        // A row that the ledger has joined with others is known by its account alone.
        roles.set(row.account, what).set(rowText(row.account, row.amount.minor, []), what);
        this.#count(day, what, { hub: row.amount.minor });
      }
      for (const row of ledger.get(labels[i] ?? '')?.rows ?? []) {
        const exact = rowText(row.account, row.minor, []);
        const what = roles.get(exact) ?? roles.get(row.account) ?? row.account;
        this.#count(day, what, { ledger: row.minor });
      }
    }
  }

  list(): readonly ReconcileRow[] {
    return [...this.#rows.values()]
      .map(({ day, what, sums }) => ({ day, what, ...sums }))
      .filter((row) => row.source !== 0n || row.hub !== 0n || row.ledger !== 0n)
      .sort((a, b) => (`${a.day} ${a.what}` < `${b.day} ${b.what}` ? -1 : 1));
  }

  #count(day: string, what: string, more: Partial<Sums>): void {
    const key = `${day} ${what}`;
    const row = this.#rows.get(key) ?? { day, what, sums: { source: 0n, hub: 0n, ledger: 0n } };
    row.sums.source += more.source ?? 0n;
    row.sums.hub += more.hub ?? 0n;
    row.sums.ledger += more.ledger ?? 0n;
    this.#rows.set(key, row);
  }
}

type Sums = { source: bigint; hub: bigint; ledger: bigint };

/**
 * `tender.card/AMEX` counts as `tender.card`; a ready voucher's row counts as its account.
 * Purchases are one, and so is VAT that the buyer owes and deducts: of its kinds and rates no
 * source tells.
 */
function whatOf(role: string, account: string): string {
  const [what = account] = role.split('/');
  if (what.startsWith('purchases.')) return 'purchases';
  if (what.startsWith('vat.reverse')) return 'vat.reverse';
  return what === 'account' || what === '' ? account : what;
}

/**
 * What a document comes to per kind of money, straight from its lines and without the posting
 * rules, so that an error in a rule shows as a difference.
 */
function amountsOf(
  document: Document,
  home: Country,
): readonly (readonly [what: string, minor: bigint])[] {
  switch (document.kind) {
    case 'day-report':
      return [...document.lines.flatMap((line) => lineAmounts(line)), ...cashAmounts(document)];
    case 'ready-voucher':
      return document.rows.map((row) => [row.account, row.amount.minor]);
    case 'credit-purchases':
      return document.purchases.flatMap(({ gross: { minor } }) => [
        ['customers', minor],
        ['tender.credit', -minor],
      ]);
    case 'customer':
    case 'order-news':
    case 'article':
    case 'account-statement':
      // Held against the ledger by its balances, day by day: see `reconcile-statements`.
      return [];
    case 'supplier-invoice': {
      const { total, rounding, prepaid } = document;
      return [
        ['purchases', total.net.minor],
        ['vat.input', total.vat.minor],
        ['rounding', rounding.minor],
        ['supplier-prepayments', -prepaid.minor],
        ['suppliers', -total.payable.minor],
      ];
    }
    case 'order':
    case 'refund':
      return saleAmounts(document, home);
  }
}

function saleAmounts(
  sale: Order | Refund,
  home: Country,
): readonly (readonly [what: string, minor: bigint])[] {
  const region = regionOf(sale, home);
  const sold = sale.lines.flatMap(({ kind, parts }) =>
    parts.flatMap(({ rate, net, vat }): [string, bigint][] => {
      if (kind === 'gift-card') return [['gift-card.sold', -net.minor]];
      const vatAt = region === 'oss' || rate === null ? 'vat.oss' : vatRole(rate);
      return [
        [saleRole(kind, region, rate), -net.minor],
        [vatAt, -vat.minor],
      ];
    }),
  );
  const paid = sale.settlements.map(({ means, amount }): [string, bigint] => {
    return [means === 'gift-card' ? tenderRole('gift-card') : 'payment', amount.minor];
  });
  return [...paid, ...sold, ['rounding', -sale.rounding.minor]];
}

function lineAmounts(line: DayReportLine): readonly (readonly [string, bigint])[] {
  const gross = line.gross.minor;
  switch (line.kind) {
    case 'sale':
      return withVat(line, line.rate === null ? '' : salesRole(line.rate), -1n);
    case 'deposit-sold':
      return withVat(line, 'deposit.sold', -1n);
    case 'deposit-returned':
      return withVat(line, 'deposit.returned', 1n);
    case 'tender':
      return [[tenderRole(line.means), gross]];
    case 'agency-sold':
      return [[agencyRole(line.scheme), -gross]];
    case 'agency-paid-out':
      return [[agencyRole(line.scheme), gross]];
    case 'gift-card-sold':
      return [['gift-card.sold', -gross]];
    case 'cash-rounding':
      return [['rounding', gross]];
    case 'paid-in':
      return [['paid-in', -gross]];
    case 'paid-out':
      return [['paid-out', gross]];
    case 'bank-deposit':
      return [
        ['bank', gross],
        ['cash', -gross],
      ];
    case 'cash-count':
    case 'cash-difference':
    case 'info':
      return [];
  }
}

function withVat(
  line: Extract<DayReportLine, { readonly vat: unknown }>,
  role: string,
  sign: bigint,
): readonly (readonly [string, bigint])[] {
  const vat = line.vat?.minor ?? 0n;
  const net = [role, sign * (line.gross.minor - vat)] as const;
  return line.rate === null ? [net] : [net, [vatRole(line.rate), sign * vat]];
}

/** Cash stands in the books as counted; what it differs by stands beside it. */
function cashAmounts(report: DayReport): readonly (readonly [string, bigint])[] {
  const difference = cashDifferenceOf(report)?.minor ?? 0n;
  if (difference === 0n) return [];
  return [
    ['tender.cash', difference],
    [difference < 0n ? 'cash.shortage' : 'cash.surplus', -difference],
  ];
}
