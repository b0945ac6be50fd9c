import type { LocalDate } from '../../domain/date.ts';
import { money, type Currency } from '../../domain/money.ts';
import type { Voucher, VoucherRow } from '../../domain/posting/voucher.ts';
import type { BookedVoucher, TrialLedger } from './trial.ts';

/** What a test says of a row. Minor units, debit positive. */
export type TestRow = readonly [
  account: string,
  minor: bigint,
  more?: { readonly text?: string; readonly costCentre?: string; readonly project?: string },
];

/** A voucher on the simulated company's accounts; 1 000,05 sold for money unless told otherwise. */
export function testVoucher(
  ledger: TrialLedger,
  of: {
    readonly date?: LocalDate;
    readonly text?: string;
    readonly series?: string;
    readonly currency?: Currency;
    readonly rows?: readonly TestRow[];
  } = {},
): Voucher {
  const { money: cash, sales } = ledger.accounts;
  const currency = of.currency ?? ledger.currency;
  const rows = of.rows ?? [
    [cash, 1_000_05n],
    [sales, -1_000_05n],
  ];
  return {
    date: of.date ?? ledger.day,
    text: of.text ?? 'Dagsrapport 1234 Z-000412',
    currency,
    origin: { system: 'minbutik', account: '1234', id: '2026-05-02:ALL:Z-000412' },
    series: of.series ?? ledger.series.open,
    rows: rows.map(([account, minor, more = {}]): VoucherRow => {
      const { text = 'Kontokort', ...dimensions } = more;
      const amount = money(minor, currency);
      return { account, amount, text, why: 'a test', role: '', ...dimensions };
    }),
  };
}

/** The same voucher with debit and credit changed over, as a correction is booked. */
export function mirrored(voucher: Voucher): Voucher {
  const rows = voucher.rows.map((row) => {
    return { ...row, amount: money(-row.amount.minor, row.amount.currency) };
  });
  return { ...voucher, text: `Rättelse ${voucher.text}`, rows };
}

/** `1580 debit 100005 credit 0`: what must stand in the ledger, in the order it was given. */
export function rowsWanted(voucher: Voucher): readonly string[] {
  return voucher.rows.map(({ account, amount, costCentre = '', project = '' }) => {
    const { minor } = amount;
    const [debit, credit] = minor > 0n ? [minor, 0n] : [0n, -minor];
    return shown({ account, debit, credit, costCentre, project });
  });
}

/** What stands in the ledger, in the same words as `rowsWanted`. */
export function rowsBooked(voucher: BookedVoucher | undefined): readonly string[] {
  return (voucher?.rows ?? []).map(shown);
}

/** What every account has come to, in minor units: debit positive. */
export function balances(booked: readonly BookedVoucher[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { account, debit, credit } of booked.flatMap((voucher) => voucher.rows)) {
    sums.set(account, (sums.get(account) ?? 0n) + debit - credit);
  }
  return sums;
}

function shown(row: Omit<BookedVoucher['rows'][number], 'text'>): string {
  const { account, debit, credit, costCentre, project } = row;
  return [account, `debit ${debit}`, `credit ${credit}`, costCentre, project].join(' ').trim();
}
