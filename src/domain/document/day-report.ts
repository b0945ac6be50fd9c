import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { BasisPoints } from '../vat/rates.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * One day's takings of one till or of a whole store: the Z report (dagsrapport, dagsoppgjør).
 *
 * Every amount is positive in the natural direction of its line; a return inside a line is
 * negative. Invariant, checked by `checkDayReport`:
 *
 *     sales + deposits sold + agency sold + gift cards sold + paid in
 *       = tenders + deposits returned + agency paid out + paid out + cash rounding
 */
export type DayReport = {
  readonly kind: 'day-report';
  readonly ref: SourceRef;
  /** The chain's own number of the store, as text: leading zeros count. */
  readonly storeNumber: string;
  /** The store's business day. A till that closes at 02:00 reports the day before. */
  readonly businessDate: LocalDate;
  /** The till, or `ALL` for a report over all tills of the store. */
  readonly register: string;
  /** The serial number of the Z report, as the till writes it (`Z-000412`). */
  readonly reportNumber: string;
  readonly currency: Currency;
  readonly lines: readonly DayReportLine[];
  /** What the till says its own lines come to. */
  readonly control?: DayReportControl;
  /** Number of receipts; VAT is rounded once on each, so it bounds the rounding to expect. */
  readonly receipts?: number;
};

/** Totals that the till printed beside its lines; compared, never booked. */
export type DayReportControl = {
  /** Sales, deposits sold, agency sold, gift cards sold and paid in: the left side above. */
  readonly gross?: Money;
  /** VAT of everything sold minus VAT of everything returned. */
  readonly vat?: Money;
};

/** How a till was paid. `other` carries the till's own words, so that nothing is guessed. */
export type TenderMeans =
  | 'card'
  | 'swish'
  | 'cash'
  | 'gift-card'
  /** A gift card that the chain issued and redeems: a claim on the chain. */
  | 'chain-gift-card'
  /** A bonus cheque or coupon that the chain pays for. */
  | 'bonus'
  /** Sold on account to a customer who is invoiced later. */
  | 'credit'
  | 'other';

/** Whose money an agency sale is. `gaming` is a lottery or betting operator. */
export type AgencyScheme = 'gaming' | 'other';

/** What a line says in the till's own words. */
type Said = {
  /** The till's code of the line, such as a department or `KORT`. Empty when it has none. */
  readonly code: string;
  readonly label: string;
};

/**
 * A line of a day report. `vat` is as the till rounded it; the hub never recomputes it.
 *
 * - `cash-rounding` is positive when the store gave away öre: it stands on the paying side.
 * - `cash-count` is what was counted in the drawer; `cash-difference` is counted minus expected,
 *   negative when money is missing.
 * - `bank-deposit` is cash taken from the till to the bank.
 * - `info` is shown and never booked.
 */
export type DayReportLine =
  | (Said & { readonly kind: 'sale'; readonly gross: Money } & Vat)
  | (Said & { readonly kind: 'deposit-sold'; readonly gross: Money } & Vat)
  | (Said & { readonly kind: 'deposit-returned'; readonly gross: Money } & Vat)
  | (Said & { readonly kind: 'agency-sold'; readonly scheme: AgencyScheme; readonly gross: Money })
  | (Said & {
      readonly kind: 'agency-paid-out';
      readonly scheme: AgencyScheme;
      readonly gross: Money;
    })
  | (Said & { readonly kind: 'tender'; readonly means: TenderMeans; readonly gross: Money })
  | (Said & {
      readonly kind:
        | 'gift-card-sold'
        | 'cash-rounding'
        | 'cash-count'
        | 'cash-difference'
        | 'paid-in'
        | 'paid-out'
        | 'bank-deposit'
        | 'info';
      readonly gross: Money;
    });

/** The VAT in a gross amount. `vat` or `rate` is null when the till did not say. */
export type Vat = { readonly rate: BasisPoints | null; readonly vat: Money | null };
