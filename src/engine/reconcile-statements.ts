import type { LocalDate } from '../domain/date.ts';
import type { AccountStatement, EntryKind } from '../domain/document/account-statement.ts';
import type { DeliveryState } from '../ports/store.ts';
import type { LedgerVoucher } from '../ports/target.ts';

/** What there was on an account after a day, as two sides say it. Minor units. */
export type StatementDay = {
  /** As the statement calls it. */
  readonly account: string;
  /** The ledger's account of it; null when nobody has chosen one. */
  readonly ledgerAccount: string | null;
  readonly day: LocalDate;
  /** null: the statement states no balance. */
  readonly statement: bigint | null;
  /** null: the ledger does not tell its balances. */
  readonly ledger: bigint | null;
};

/** An entry that stands on a statement and not in the ledger: its day waits for a person. */
export type UnbookedEntry = {
  readonly account: string;
  readonly day: LocalDate;
  readonly id: string;
  readonly kind: EntryKind;
  readonly minor: bigint;
};

/** Where statement and ledger part, or one statement does not begin where another ended. */
export type StatementDifference =
  | {
      readonly kind: 'statement-differs';
      readonly day: StatementDay;
      /** Statement minus ledger, after the day. */
      readonly difference: bigint;
      /** What the difference was after the statement before; 0 at first. */
      readonly before: bigint;
    }
  | {
      readonly kind: 'statement-gap';
      readonly account: string;
      readonly day: LocalDate;
      /** What the statement before ended with. */
      readonly closing: bigint;
      readonly opening: bigint;
    };

/** Statements and the ledger that they are held against. */
export type StatementSides = {
  readonly documents: readonly {
    readonly document: AccountStatement;
    readonly state: DeliveryState;
    /** What the ledger calls the vouchers that it has become. */
    readonly labels: readonly string[];
  }[];
  /** From the day of `opening` on. */
  readonly ledger: readonly LedgerVoucher[];
  /** What each account stood at before; null when the ledger does not tell. */
  readonly opening: Readonly<Record<string, bigint>> | null;
  /** The ledger's account of a statement's. */
  readonly accountOf: (accountId: string) => string | null;
  /**
   * Whether invoices are booked against the account when they come, before a statement has them.
   */
  readonly isBookedOnArrival: (accountId: string) => boolean;
};

/** What holding statements against a ledger has come to. */
export type StatementReconciliation = {
  readonly days: readonly StatementDay[];
  readonly unbooked: readonly UnbookedEntry[];
  readonly differences: readonly StatementDifference[];
};

/**
 * Compares what each statement ended with and what the ledger's account stood at after that day.
 *
 * A difference is told where it begins and where it changes, not on every day that it lasts: the
 * first day that is told is where to look.
 */
export function reconcileStatements(sides: StatementSides): StatementReconciliation {
  const accounts = Map.groupBy(sides.documents, ({ document }) => document.accountId);
  const all = [...accounts].map(([account, documents]) => {
    const inOrder = documents.toSorted((a, b) => (a.document.date < b.document.date ? -1 : 1));
    return reconcileAccount(account, { ...sides, documents: inOrder });
  });
  return {
    days: all.flatMap(({ days }) => days),
    unbooked: all.flatMap(({ unbooked }) => unbooked),
    differences: all.flatMap(({ differences }) => differences),
  };
}

function reconcileAccount(account: string, sides: StatementSides): StatementReconciliation {
  const ledgerAccount = sides.accountOf(account);
  const balanceAfter = ledgerBalances(account, ledgerAccount, sides);
  const differences: StatementDifference[] = [];
  const days: StatementDay[] = [];
  const unbooked: UnbookedEntry[] = [];
  let ended: bigint | null = null;
  let differs = 0n;
  for (const { document, state } of sides.documents) {
    const { date: day, opening, closing } = document;
    if (ended !== null && opening !== null && opening.minor !== ended) {
      const gap = { account, day, closing: ended, opening: opening.minor };
      differences.push({ kind: 'statement-gap', ...gap });
    }
    ended = closing?.minor ?? null;
    const ledger = balanceAfter(day);
    const row = { account, ledgerAccount, day, statement: ended, ledger };
    days.push(row);
    if (ended !== null && ledger !== null && ended - ledger !== differs) {
      const difference = ended - ledger;
      differences.push({ kind: 'statement-differs', day: row, difference, before: differs });
      differs = difference;
    }
    if (state !== 'done' && state !== 'skipped') unbooked.push(...entriesOf(document));
  }
  return { days, unbooked, differences };
}

function entriesOf({ accountId: account, date: day, entries }: AccountStatement): UnbookedEntry[] {
  return entries.map(({ id, kind, amount }) => ({ account, day, id, kind, minor: amount.minor }));
}

/** What the ledger's account stood at after a day; null when the ledger does not tell. */
function ledgerBalances(
  account: string,
  ledgerAccount: string | null,
  sides: StatementSides,
): (day: LocalDate) => bigint | null {
  const { opening } = sides;
  if (ledgerAccount === null || opening === null) return () => null;
  const rows = movementsOn(ledgerAccount, sides, sides.isBookedOnArrival(account));
  const start = opening[ledgerAccount] ?? 0n;
  return (day) =>
    rows.reduce((balance, row) => (row.day <= day ? balance + row.minor : balance), start);
}

type LedgerMovement = { readonly day: LocalDate; readonly minor: bigint };

/**
 * What moved the ledger's account, by day. An invoice that was booked against it on arrival moves
 * it on the day on which the statement has the same amount: until then it is on its way.
 */
function movementsOn(
  ledgerAccount: string,
  { ledger, documents }: StatementSides,
  isBookedOnArrival: boolean,
): readonly LedgerMovement[] {
  const ours = new Set(documents.flatMap(({ labels }) => labels));
  const arrivals = isBookedOnArrival ? invoiceEntries(documents) : [];
  const taken = new Set<number>();
  return ledger.flatMap(({ label, date, rows }): LedgerMovement[] =>
    rows
      .filter(({ account }) => account === ledgerAccount)
      .map(({ minor }) => {
        if (ours.has(label)) return { day: date, minor };
        const at = arrivals.findIndex(
          (entry, i) => !taken.has(i) && entry.minor === minor && entry.day >= date,
        );
        const arrival = arrivals[at];
        if (arrival === undefined) return { day: date, minor };
        taken.add(at);
        return arrival;
      }),
  );
}

function invoiceEntries(documents: StatementSides['documents']): readonly LedgerMovement[] {
  return documents.flatMap(({ document }) =>
    document.entries
      .filter(({ kind }) => kind === 'invoice')
      .map(({ amount }) => ({ day: document.date, minor: amount.minor })),
  );
}
