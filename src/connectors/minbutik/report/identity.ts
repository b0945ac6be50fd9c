import type { SourceRef } from '../../../domain/document/source-ref.ts';
import { refKey } from '../../../domain/document/source-ref.ts';

/** The connector's id: the `system` of every ref it makes. */
export const SYSTEM = 'minbutik';

/** A report over all tills of a store. */
export const ALL_REGISTERS = 'ALL';

/** The fields that together name a report. */
export type IdentityField = 'store_no' | 'business_date' | 'register' | 'report_no';

/** Which report something belongs to. */
export type Identity = {
  readonly storeNumber: string;
  /** `YYYY-MM-DD` when it could be read. */
  readonly businessDate: string;
  readonly register: string;
  readonly reportNumber: string;
  /** Fields that could not be read; what stood there is kept in their place. */
  readonly broken: readonly IdentityField[];
};

/** The key the hub knows the report by, the same in every format. */
export function refOf(identity: Identity): SourceRef {
  const { storeNumber, businessDate, register, reportNumber } = identity;
  return {
    system: SYSTEM,
    account: storeNumber,
    id: `${businessDate}:${register}:${reportNumber}`,
  };
}

/** The id of an unreadable report: its document's, so that each takes the other's place. */
export function unreadableId(identity: Identity, line: number): string {
  const { storeNumber, businessDate, reportNumber } = identity;
  const isNamed = `${storeNumber}${businessDate}${reportNumber}` !== '';
  return isNamed ? refKey(refOf(identity)) : `${SYSTEM}/line ${line}`;
}

/** Store, day and number: the registers of one report share them. */
export function bundleKey({ storeNumber, businessDate, reportNumber }: Identity): string {
  return `${storeNumber}\n${businessDate}\n${reportNumber}`;
}

/**
 * Whether a row with one unreadable field may belong to a report: all else agrees.
 *
 * Its report must then not be booked without it.
 */
export function mayBelong(row: Identity, report: Identity): boolean {
  const unknown = row.broken.filter((field) => field !== 'register');
  if (unknown.length !== 1) return false;
  const agrees = {
    store_no: row.storeNumber === report.storeNumber,
    business_date: row.businessDate === report.businessDate,
    report_no: row.reportNumber === report.reportNumber,
  };
  const names = ['store_no', 'business_date', 'report_no'] as const;
  return names.every((field) => field === unknown[0] || agrees[field]);
}
