import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import type { CreditPurchase, CreditPurchases } from '../../../domain/document/credit-purchases.ts';
import type { SourceRef } from '../../../domain/document/source-ref.ts';
import { formatMoney, sum, type Currency } from '../../../domain/money.ts';
import { present } from '../../../lib/assert.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { CreditField } from './fields.ts';
import type { PurchaseAmounts, PurchaseRow } from './row-reader.ts';

/** A document of purchases, or why it cannot be one. */
export type Collected = {
  readonly document: CreditPurchases | null;
  readonly problems: readonly Problem[];
  /** Rows that stood in the file again, and count once. */
  readonly repeated: number;
};

/** Puts the rows of one document together. Nothing of it depends on the order of the rows. */
export function collectPurchases(
  rows: readonly PurchaseRow[],
  ref: SourceRef,
  currency: Currency,
): Collected {
  const problems = [...rows.flatMap((row) => row.problems), ...orgProblems(rows)];
  const receipts = new Map<string, Receipt>();
  let repeated = 0;
  for (const row of rows) {
    const { register, receipt } = row.identity;
    const key = `${register}\n${receipt}`;
    const known = receipts.get(key) ?? { row, rates: new Map() };
    receipts.set(key, known);
    const before = row.amounts === null ? undefined : known.rates.get(row.amounts.rate);
    if (row.amounts !== null && before === undefined) {
      known.rates.set(row.amounts.rate, row.amounts);
    }
    if (row.amounts === null || before === undefined) continue;
    const differing = (['gross', 'vat'] as const).find(
      (field) => before[field].minor !== row.amounts?.[field].minor,
    );
    if (differing === undefined) repeated += 1;
    else problems.push(contradiction(row, differing, formatMoney(before[differing])));
  }
  if (problems.length > 0) return { document: null, problems, repeated };
  const purchases = [...receipts.values()].map((one) => purchaseOf(one, currency)).sort(inOrder);
  return { document: documentOf(purchases, { rows, ref, currency }), problems, repeated };
}

type Receipt = { readonly row: PurchaseRow; readonly rates: Map<number, PurchaseAmounts> };

function purchaseOf({ row, rates }: Receipt, currency: Currency): CreditPurchase {
  const vat = [...rates.values()].sort((a, b) => a.rate - b.rate);
  const { receipt, register, reference } = row.identity;
  const gross = sum(
    vat.map((part) => part.gross),
    currency,
  );
  return { receipt, register, date: dayOf(row), reference, gross, vat };
}

function documentOf(
  purchases: readonly CreditPurchase[],
  {
    rows,
    ref,
    currency,
  }: {
    readonly rows: readonly PurchaseRow[];
    readonly ref: SourceRef;
    readonly currency: Currency;
  },
): CreditPurchases {
  const last = present(purchases.at(-1), 'a purchase of the document');
  const number = present(rows[0], 'a row of the document').identity.customer;
  const isOne = purchases.every(({ reference }) => reference === last.reference);
  return {
    kind: 'credit-purchases',
    ref,
    storeNumber: ref.account,
    date: last.date,
    currency,
    customer: {
      number,
      name: latestName(rows),
      orgNumber: rows.find((row) => row.orgNumber !== null)?.orgNumber ?? null,
      vatNumber: null,
      endpoint: null,
      address: null,
      email: null,
    },
    reference: isOne ? last.reference : null,
    purchases,
  };
}

/** The name on the latest day that has one, because customers are renamed; of two, the later. */
function latestName(rows: readonly PurchaseRow[]): string {
  const named = rows.filter(({ customerName }) => customerName !== '');
  const inTime = named.toSorted(
    (a, b) =>
      compareTexts(a.identity.date, b.identity.date) ||
      compareTexts(a.customerName, b.customerName),
  );
  return inTime.at(-1)?.customerName ?? '';
}

/** Two organisation numbers are two companies: nobody knows which of them is to pay. */
function orgProblems(rows: readonly PurchaseRow[]): readonly Problem[] {
  const first = rows.find((row) => row.orgNumber !== null)?.orgNumber ?? null;
  const other = rows.find((row) => row.orgNumber !== null && row.orgNumber !== first);
  if (first === null || other === undefined) return [];
  return [contradiction(other, 'org_no', first)];
}

function contradiction(row: PurchaseRow, field: CreditField, expected: string): Problem {
  const { place, amounts, orgNumber } = row;
  const isAmount = field === 'gross' || field === 'vat';
  const amount = isAmount ? amounts?.[field] : undefined;
  const found = amount === undefined ? (orgNumber ?? '') : formatMoney(amount);
  const at = { line: place.line, column: place.columnOf(field) };
  return problemAt('identity-differs', at, { field, found, expected });
}

function dayOf({ identity }: PurchaseRow): LocalDate {
  return present(parseLocalDate(identity.date), 'the day of a readable purchase');
}

/** By day, then by receipt: `4-9` before `4-10`. */
function inOrder(a: CreditPurchase, b: CreditPurchase): number {
  return (
    compareTexts(a.date, b.date) ||
    BY_NUMBER.compare(a.receipt, b.receipt) ||
    compareTexts(a.receipt, b.receipt) ||
    compareTexts(a.register, b.register)
  );
}

const BY_NUMBER = new Intl.Collator('en', { numeric: true });

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
