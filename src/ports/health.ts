import type { Currency } from '../domain/money.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Country } from '../domain/vat/rates.ts';
import type { HealthItem } from './target.ts';

/** What a person should know of a source before its first document, and from day to day. */
export type SourceExaminer = {
  /** Reads only. What cannot be read is a finding of its own: it never throws for the outside. */
  examine(company: ExaminedFor): Promise<readonly SourceFinding[]>;
};

/** For whom a source is examined. */
export type ExaminedFor = {
  readonly country: Country;
  readonly books: Currency;
  readonly timeZone: string;
  readonly today: LocalDate;
  /** Whether a means of payment has an account in every flow; null: there is no flow yet. */
  readonly hasAccount: ((method: string) => boolean) | null;
};

/** What was found of a source. Stable: `src/text/source-health.ts` words it. */
export type SourceFindingCode =
  | 'connection'
  | 'not-told'
  | 'address-differs'
  | 'https-hidden'
  | 'not-encrypted'
  | 'permalinks-plain'
  | 'api-missing'
  | 'zone'
  | 'zone-differs'
  | 'zone-offset'
  | 'version'
  | 'version-untested'
  | 'cron-off'
  | 'storage-posts'
  | 'currency'
  | 'currency-not-booked'
  | 'taxes-off'
  | 'tax-by-base'
  | 'prices'
  | 'rates'
  | 'rates-missing'
  | 'rate-not-in-law'
  | 'payments'
  | 'payment-without-account'
  | 'other-currencies'
  | 'gift-cards-unknown'
  | 'booked-by-others';

/** A finding with its figures. Never a secret. */
export type SourceFinding = {
  readonly code: SourceFindingCode;
  readonly state: HealthItem['state'];
  readonly facts: Readonly<Record<string, string>>;
};
