import type { LocalDate } from '../date.ts';
import { compactDate } from '../date.ts';

/**
 * What a SIE file is for.
 *
 * `1` year balances, `2` also period balances and budget, `3` also balances per object, `4E`
 * (export) everything and the vouchers, `4I` (import) vouchers only. Files of both kinds of type
 * 4 say `#SIETYP 4`; what they hold tells them apart.
 */
export type SieType = '1' | '2' | '3' | '4E' | '4I';

/** A day as the file writes it, and the day it is. `day` is null when there is no such day. */
export type SieDate = { readonly raw: string; readonly day: LocalDate | null };

/**
 * What stands in the identification group of a file, but for the years.
 *
 * null: the record is not there or is empty. The label of each record stands beside its field.
 */
export type SieHeader = {
  /** `#FLAGGA`: an importing program sets it to 1 when it has read the file. */
  readonly imported: boolean | null;
  /** `#PROGRAM`: what wrote the file. */
  readonly program: { readonly name: string; readonly version: string } | null;
  /** `#FORMAT`: always `PC8` by the standard. Says nothing about the bytes that follow. */
  readonly format: string | null;
  /** `#GEN`: when the file was written, and by whom. */
  readonly generated: { readonly date: SieDate | null; readonly sign: string } | null;
  /** `#PROSA`: free text. */
  readonly comment: string | null;
  /** `#FTYP`: form of company, such as `AB` or `E`. */
  readonly companyType: string | null;
  /** `#FNR`: the company's code in the program that wrote the file; can be a path. */
  readonly companyId: string | null;
  /** `#ORGNR`: `nnnnnn-nnnn`, the number of the acquisition and of the activity. */
  readonly organisation: {
    readonly number: string;
    readonly acquisition: string;
    readonly activity: string;
  } | null;
  /** `#BKOD`: industry code (SNI). */
  readonly industry: string | null;
  /** `#ADRESS`. */
  readonly address: {
    readonly contact: string;
    readonly street: string;
    readonly postal: string;
    readonly phone: string;
  } | null;
  /** `#FNAMN`. */
  readonly companyName: string | null;
  /** `#TAXAR`: tax year `yyyy`, as it stands. */
  readonly taxYear: string | null;
  /** `#OMFATTN`: the last day that the period balances take in. */
  readonly balancesThrough: SieDate | null;
  /** `#KPTYP`: chart of accounts, such as `EUBAS97` or `BAS2024`. */
  readonly chartType: string | null;
  /** `#VALUTA`: ISO 4217; not there means SEK. */
  readonly currency: string | null;
};

/** A header of which nothing is known, but which says what the strict writer always does. */
export const EMPTY_HEADER: SieHeader = {
  imported: false,
  program: null,
  format: 'PC8',
  generated: null,
  comment: null,
  companyType: null,
  companyId: null,
  organisation: null,
  industry: null,
  address: null,
  companyName: null,
  taxYear: null,
  balancesThrough: null,
  chartType: null,
  currency: null,
};

/** `#RAR`: a financial year. `index` 0 is the file's own year, −1 the one before. */
export type SieYear = {
  readonly index: number;
  readonly start: SieDate | null;
  readonly end: SieDate | null;
};

/** `#KONTO` with its `#KTYP`, `#ENHET` and `#SRU`. */
export type SieAccount = {
  /** Digits by the standard, of any length; foreign programs also write letters. */
  readonly number: string;
  /** null: there is a `#KTYP`, `#ENHET` or `#SRU` but no `#KONTO`. */
  readonly name: string | null;
  /** `T` asset, `S` liability, `K` cost, `I` income; null when not told. */
  readonly type: string | null;
  /** `#ENHET`: the unit of its quantities. */
  readonly unit: string | null;
  /** Tax form codes, several for some accounts. Often scrambled: never post by them. */
  readonly sru: readonly string[];
};

/**
 * `#DIM`, or `#UNDERDIM` when it has a parent. 1 is cost centre, 2 cost bearer, 6 project, 7
 * employee, 8 customer, 9 supplier, 10 invoice; 20 and up are free.
 */
export type SieDimension = {
  readonly number: string;
  readonly name: string;
  readonly parent: string | null;
};

/** One pair of an object list: a dimension number and a code in it. */
export type SieObject = { readonly dimension: string; readonly code: string };

/** `#OBJEKT`: an object and its name. */
export type SieObjectName = SieObject & { readonly name: string };

/** Which balance record it is: `#IB`, `#UB`, `#RES`, `#OIB`, `#OUB`, `#PSALDO`, `#PBUDGET`. */
export type SieBalanceKind =
  | 'opening'
  | 'closing'
  | 'result'
  | 'object-opening'
  | 'object-closing'
  | 'period'
  | 'budget';

/** An amount that the file states for an account, in öre; credit is negative. */
export type SieBalance = {
  readonly kind: SieBalanceKind;
  /** 0 is the file's own year, −1 the one before. */
  readonly year: number;
  /** `YYYYMM` for `period` and `budget`, else null. */
  readonly period: string | null;
  readonly account: string;
  readonly objects: readonly SieObject[];
  /** null: no amount that can be read. */
  readonly amountMinor: bigint | null;
  /** Decimal text, with the sign of the amount. */
  readonly quantity: string | null;
};

/** `#TRANS`: one row of a voucher. */
export type SieRow = {
  readonly account: string;
  readonly objects: readonly SieObject[];
  /** In öre; debit positive, credit negative. null: no amount that can be read. */
  readonly amountMinor: bigint | null;
  /** The row's own day, when it has one. */
  readonly date: SieDate | null;
  readonly text: string;
  /** Decimal text, with the sign of the amount. */
  readonly quantity: string | null;
  /** Who entered the row. */
  readonly sign: string;
};

/**
 * `#RTRANS` (a row added to a voucher afterwards) or `#BTRANS` (a row struck from it).
 *
 * History only: an added row stands once more among the rows, a struck one does not.
 */
export type SieCorrection = {
  readonly kind: 'added' | 'struck';
  /** Index of the row it stands before; the number of rows when it stands last. */
  readonly at: number;
  readonly row: SieRow;
};

/** `#VER` with its rows. */
export type SieVoucher = {
  /** Empty when the importing program is to choose. */
  readonly series: string;
  /** Empty when the importing program is to number. Not always digits. */
  readonly number: string;
  /** null: no day is written. */
  readonly date: SieDate | null;
  readonly text: string;
  /** When it was entered. */
  readonly registered: SieDate | null;
  /** Who entered it. */
  readonly sign: string;
  /** The voucher as it stands in the books: these rows and no others sum to zero. */
  readonly rows: readonly SieRow[];
  readonly corrections: readonly SieCorrection[];
};

/** A whole file but for its vouchers, which can be too many to hold. */
export type SieHead = {
  /** null: what the file is cannot be told. */
  readonly type: SieType | null;
  readonly header: SieHeader;
  readonly years: readonly SieYear[];
  readonly accounts: readonly SieAccount[];
  readonly dimensions: readonly SieDimension[];
  readonly objects: readonly SieObjectName[];
  readonly balances: readonly SieBalance[];
};

/** A whole file. */
export type SieBook = SieHead & { readonly vouchers: readonly SieVoucher[] };

/** A record as the stream yields it: a piece of a `SieHead`. */
export type SieRecord =
  | { readonly kind: 'header'; readonly part: Partial<SieHeader> }
  | { readonly kind: 'year'; readonly year: SieYear }
  | { readonly kind: 'account'; readonly number: string; readonly name: string }
  | { readonly kind: 'account-type'; readonly number: string; readonly type: string }
  | { readonly kind: 'account-unit'; readonly number: string; readonly unit: string }
  | { readonly kind: 'account-sru'; readonly number: string; readonly code: string }
  | { readonly kind: 'dimension'; readonly dimension: SieDimension }
  | { readonly kind: 'object'; readonly object: SieObjectName }
  | { readonly kind: 'balance'; readonly balance: SieBalance };

/** A day of our own, as a SIE file writes it. */
export function sieDate(day: LocalDate): SieDate {
  return { raw: compactDate(day), day };
}
