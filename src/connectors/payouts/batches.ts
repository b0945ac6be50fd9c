import type { LocalDate } from '../../domain/date.ts';
import {
  netOf,
  settledBy,
  type Payout,
  type PayoutEntry,
  type PayoutProvider,
  type PayoutTransfer,
} from '../../domain/document/payout.ts';
import { refKey, type SourceRef } from '../../domain/document/source-ref.ts';
import {
  add,
  isZero,
  money,
  negate,
  subtract,
  type Currency,
  type Money,
} from '../../domain/money.ts';
import { problemAt } from '../../ports/problem.ts';
import type { Problem } from '../../ports/source.ts';
import type { Closing, RowRead } from './table/provider.ts';

/** The name under which this connector's documents are known. */
const SYSTEM = 'payouts';

/** A payout as its rows have told it so far. */
export type Batch = {
  readonly ref: SourceRef;
  readonly provider: PayoutProvider;
  readonly name: string;
  readonly currency: Currency;
  readonly closing: Closing;
  readonly entries: PayoutEntry[];
  readonly transfers: PayoutTransfer[];
  /** What the account held after rows, with what each had changed it by; in the file's order. */
  readonly balances: { readonly after: Money; readonly change: Money }[];
  date: LocalDate | null;
  latest: LocalDate | null;
  readonly problems: Problem[];
};

/** The document's ref: provider, our account with it, and the batch. */
function refOf(provider: PayoutProvider, account: string, batch: string): SourceRef {
  const of = account === '' ? provider : `${provider}:${account}`;
  return { system: SYSTEM, account: of.replaceAll('/', '-'), id: batch };
}

/** An empty batch, for what a row has told first. */
export function newBatch(
  provider: PayoutProvider,
  { account, batch, closing, currency }: RowRead,
): Batch {
  const name = batch ?? '';
  return {
    ref: refOf(provider, account, name),
    ...{ provider, name, closing, date: null, latest: null },
    currency: currency ?? 'SEK',
    ...{ entries: [], transfers: [], balances: [], problems: [] },
  };
}

/** Adds what a row says. One batch is of one currency. */
export function addRow(batch: Batch, row: RowRead, problems: readonly Problem[]): void {
  batch.problems.push(...problems);
  if (row.currency === null || problems.length > 0) return;
  if (row.currency !== batch.currency) {
    const facts = { field: 'currency', found: row.currency, expected: batch.currency };
    batch.problems.push(problemAt('identity-differs', null, facts));
    return;
  }
  batch.date = later(batch.date, row.date);
  const { says } = row;
  if (says.kind === 'entry') {
    batch.entries.push(says.entry);
    batch.latest = later(batch.latest, says.entry.date);
  }
  if (says.kind === 'transfer') batch.transfers.push(says.transfer);
  if (row.balance === null || says.kind === 'none') return;
  const change = says.kind === 'entry' ? netOf(says.entry) : negate(says.transfer.amount);
  batch.balances.push({ after: row.balance, change });
}

function later(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** The document of a batch; null when it has no day or nothing in it. */
export function payoutOf(batch: Batch): Payout | null {
  const { ref, provider, name, currency, entries } = batch;
  const date = batch.date ?? batch.latest;
  if (date === null) return null;
  const base = { kind: 'payout', ref, provider, batch: name, date, currency, entries } as const;
  const transfers = transfersOf(batch, base);
  if (entries.length === 0 && transfers.length === 0) return null;
  return { ...base, transfers, ...balancesOf(batch) };
}

/** Where the file has no row for it, all of it was paid out. */
function transfersOf(
  { closing, transfers, name }: Batch,
  base: Omit<Payout, 'opening' | 'closing' | 'transfers'>,
): readonly PayoutTransfer[] {
  if (closing !== 'paid' || transfers.length > 0) return transfers;
  const amount = settledBy({ ...base, transfers: [], opening: null, closing: null });
  return isZero(amount) ? [] : [{ reference: name, amount }];
}

function balancesOf(batch: Batch): Pick<Payout, 'opening' | 'closing'> {
  const nothing = money(0n, batch.currency);
  if (batch.closing !== 'running') return { opening: nothing, closing: nothing };
  const inOrder = oldestFirst(batch.balances);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  const isWhole = inOrder.length === batch.entries.length + batch.transfers.length;
  if (first === undefined || last === undefined || !isWhole) {
    return { opening: null, closing: null };
  }
  return { opening: subtract(first.after, first.change), closing: last.after };
}

/** Exports go forwards or backwards: the way in which more balances follow from those before. */
function oldestFirst(balances: Batch['balances']): Batch['balances'] {
  const backwards = balances.toReversed();
  return follows(backwards) > follows(balances) ? backwards : balances;
}

function follows(balances: Batch['balances']): number {
  return balances.filter(({ after, change }, i) => {
    const before = balances[i - 1]?.after;
    return before !== undefined && add(before, change).minor === after.minor;
  }).length;
}

/** What the document is called before it is one. */
export function batchKey({ ref }: Batch): string {
  return refKey(ref);
}
