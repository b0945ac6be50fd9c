import type { LocalDate } from '../../date.ts';
import { negate } from '../../money.ts';
import { closeVoucher, type Voucher } from '../voucher.ts';
import { LEDGER_WORDS, type Language } from '../words.ts';

/** A voucher as it stands in the ledger. */
export type BookedVoucher = {
  readonly voucher: Voucher;
  /** What the ledger calls it, such as `A 17`. */
  readonly number: string;
};

/**
 * Corrects a booked voucher: one that reverses it to the öre, and one that books what is right.
 *
 * Nothing booked is changed. Both stand on the day the error was found and name the voucher they
 * correct, so that the correction can be found from either end.
 *
 * @see BFL 5:5 and BFNAR 2013:2 points 2.17–2.18
 */
export function correctVoucher(
  booked: BookedVoucher,
  right: Voucher,
  found: { readonly on: LocalDate; readonly language: Language },
): readonly [reversal: Voucher, replacement: Voucher] {
  const words = LEDGER_WORDS[found.language];
  const text = words.replacement(booked.number);
  return [reverseVoucher(booked, found), { ...right, date: found.on, text }];
}

/** Reverses a booked voucher to the öre, when nothing takes its place. */
export function reverseVoucher(
  { voucher, number }: BookedVoucher,
  found: { readonly on: LocalDate; readonly language: Language },
): Voucher {
  return closeVoucher({
    ...voucher,
    date: found.on,
    text: LEDGER_WORDS[found.language].reversal(number),
    rows: voucher.rows.map((row) => ({ ...row, amount: negate(row.amount) })),
  });
}
