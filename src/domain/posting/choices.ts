import type { Money } from '../money.ts';
import type { Country } from '../vat/rates.ts';
import type { AccountMap } from './account-roles.ts';
import type { Language } from './words.ts';

/** What a company has chosen for its books: the argument of every posting rule. */
export type PostingChoices = {
  readonly country: Country;
  /** The language of texts in the ledger. */
  readonly language: Language;
  /** The company's own accounts; the standard chart answers where it says nothing. */
  readonly accounts: AccountMap;
  /** Cost centre and project of rows that come from a department of the till, by its code. */
  readonly departments: Readonly<Record<string, Dimensions>>;
  /** A larger cash difference is asked about. null: never ask. */
  readonly cashDifferenceLimit: Money | null;
  /** How far the source's VAT may stand from base × rate before a person is asked. */
  readonly vatTolerance: Money;
  /** The ledger's series to book in. */
  readonly series: string | null;
};

/** The dimensions of a voucher row. */
export type Dimensions = { readonly costCentre?: string; readonly project?: string };
