import type { LocalDate } from '../../domain/date.ts';
import { ratesOn, type BasisPoints } from '../../domain/vat/rates.ts';

/**
 * A Norwegian VAT code by its standard number (SAF-T), which is the number of the VAT type in
 * Tripletex. A posting with it is sent gross, and Tripletex makes the row of its VAT.
 */
export type VatCode = {
  readonly number: string;
  readonly rate: BasisPoints;
  readonly direction: 'outgoing' | 'incoming';
  /** Where Tripletex puts its VAT (NS 4102); null for codes that have none. */
  readonly account: string | null;
  /** First and last day it is used, both included; null is open. */
  readonly from: string | null;
  readonly to: string | null;
};

/**
 * Dated, for laws change rates: a code whose rate changes gets a line for each time.
 *
 * @see Skatteetaten/saf-t, Standard_Tax_Codes.csv and the standard accounts
 */
const VAT_CODES: readonly VatCode[] = [
  code('3', 2500, 'outgoing', '2700'),
  code('31', 1500, 'outgoing', '2701'),
  code('32', 1111, 'outgoing', '2702'),
  code('33', 1200, 'outgoing', '2703'),
  code('5', 0, 'outgoing', null),
  code('6', 0, 'outgoing', null),
  code('7', 0, 'outgoing', null),
  code('51', 0, 'outgoing', null),
  code('52', 0, 'outgoing', null),
  code('1', 2500, 'incoming', '2710'),
  code('11', 1500, 'incoming', '2711'),
  code('12', 1111, 'incoming', '2712'),
  code('13', 1200, 'incoming', '2713'),
];

function code(
  ...[number, rate, direction, account]: readonly [
    string,
    BasisPoints,
    VatCode['direction'],
    string | null,
  ]
): VatCode {
  return { number, rate, direction, account, from: null, to: null };
}

/** No VAT treatment: what a posting without a VAT code of its own is sent with. */
export const NO_VAT = '0';

function inForce(date: LocalDate): readonly VatCode[] {
  return VAT_CODES.filter(({ from, to }) => (from ?? '0') <= date && date <= (to ?? '9'));
}

/** @returns null for a number that is no code on that day, such as none at all */
export function vatCodeOf(number: string, date: LocalDate): VatCode | null {
  return inForce(date).find((one) => one.number === number) ?? null;
}

/** The code of what is sold at a rate. @returns null for a rate that there is not on that day */
export function salesCode(rate: BasisPoints, date: LocalDate): VatCode | null {
  return inForce(date).find((one) => one.direction === 'outgoing' && one.rate === rate) ?? null;
}

/** Whether an account holds VAT that codes make the rows of. */
export function isVatAccount(account: string, date: LocalDate): boolean {
  return inForce(date).some((one) => one.account === account);
}

/** Codes that a company which sells with VAT needs on a day: all whose rate is in force. */
export function codesNeeded(date: LocalDate): readonly VatCode[] {
  const rates = ratesOn('NO', date);
  return inForce(date).filter(({ account, rate }) => account !== null && rates.includes(rate));
}
