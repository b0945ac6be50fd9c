import type { Document } from '../domain/document/document.ts';
import { add, money } from '../domain/money.ts';
import type { Voucher, VoucherRow } from '../domain/posting/voucher.ts';
import type { LedgerVoucher } from '../ports/target.ts';

/** A whole unit of the currency. What a ledger rounds an invoice by is less. */
const WHOLE = 100n;

/**
 * The voucher of an invoice as its ledger has rounded it: some companies have theirs round what is
 * owed to whole kronor, by a row of its own. Any other difference stays one.
 */
export function asRounded(
  voucher: Voucher,
  booked: LedgerVoucher | undefined,
  document: Document,
): Voucher {
  if (document.kind !== 'sales-invoice' || booked === undefined) return voucher;
  const owed = voucher.rows.find(({ role }) => role === 'customers');
  if (owed === undefined) return voucher;
  const off = ledgerSum(booked, owed.account) - ownSum(voucher, owed.account);
  const [other, ...more] = new Set(
    booked.rows
      .map(({ account }) => account)
      .filter((account) => account !== owed.account)
      .filter((account) => ledgerSum(booked, account) !== ownSum(voucher, account)),
  );
  const isRounding =
    off !== 0n &&
    off < WHOLE &&
    off > -WHOLE &&
    other !== undefined &&
    more.length === 0 &&
    ledgerSum(booked, other) - ownSum(voucher, other) === -off;
  if (!isRounding) return voucher;
  const amount = money(off, voucher.currency);
  const rounding: VoucherRow = {
    ...{ account: other, amount: money(-off, voucher.currency), role: 'rounding' },
    ...{ text: '', why: '' },
  };
  const rows = voucher.rows.map((row) =>
    row === owed ? { ...row, amount: add(row.amount, amount) } : row,
  );
  return { ...voucher, rows: [...rows, rounding] };
}

/** What is rounded of an invoice counts with what is owed, whoever has rounded it. */
export function countedAs(what: string, document: Document): string {
  return document.kind === 'sales-invoice' && what === 'rounding' ? 'customers' : what;
}

function ledgerSum({ rows }: LedgerVoucher, account: string): bigint {
  return rows.reduce((sum, row) => (row.account === account ? sum + row.minor : sum), 0n);
}

function ownSum({ rows }: Voucher, account: string): bigint {
  return rows.reduce((sum, row) => (row.account === account ? sum + row.amount.minor : sum), 0n);
}
