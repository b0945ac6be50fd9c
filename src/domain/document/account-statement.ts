import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * What happened on one account on one booking day, as whoever keeps the account says it: a bank, or
 * a chain with which its stores have a running account (kontoutdrag, kontoutskrift).
 *
 * One document for each account and day, so that exports of overlapping months are seen and not
 * booked twice. Invariant where both balances are said, checked by the posting rule:
 *
 *     opening + sum of entries = closing
 */
export type AccountStatement = {
  readonly kind: 'account-statement';
  readonly ref: SourceRef;
  /** What the account is called where it is kept, without blanks: an IBAN, a customer number. */
  readonly accountId: string;
  readonly date: LocalDate;
  readonly currency: Currency;
  /**
   * What we had before the day's first entry; negative is a debt. null: the source does not say.
   */
  readonly opening: Money | null;
  /** What we had after its last entry. */
  readonly closing: Money | null;
  /** In the order of the source. None on a day that only states a balance. */
  readonly entries: readonly StatementEntry[];
};

/** One movement on an account. */
export type StatementEntry = {
  /** Its place in the day and the account keeper's own reference: `3 0504-7781`. */
  readonly id: string;
  /** Positive when it makes the account's balance larger. */
  readonly amount: Money;
  readonly kind: EntryKind;
  /** What the source calls such entries; a company may answer for it. Empty when it does not. */
  readonly code: string;
  /** The source's own words. They may name people: shown to a person, never booked. */
  readonly text: string;
  /** An OCR number, a KID or another reference of the payment; null when there is none. */
  readonly reference: string | null;
  /** Who paid or was paid, as the source says it. May be a person: never booked. */
  readonly counterparty: string | null;
  /** Numbers of invoices that the source says it pays. */
  readonly invoices: readonly string[];
};

/** What can be the matter with an entry. */
export const ENTRY_KINDS = [
  'invoice',
  'card-settlement',
  'bonus',
  'transfer',
  'fee',
  'interest',
  'other',
] as const;

/**
 * What an entry is: a supplier's invoice paid or credited, card sales paid out, bonus settled,
 * money moved between accounts of our own, a fee, interest. `other`: a person says.
 */
export type EntryKind = (typeof ENTRY_KINDS)[number];
