import type { DayReportControl, DayReportLine } from '../../../domain/document/day-report.ts';
import type { Problem } from '../../../ports/source.ts';
import type { Identity } from './identity.ts';

/** What a header record says of its report. */
export type ReportHead = { readonly control: DayReportControl; readonly receipts: number | null };

/** One row of a file where each row is a line of some report, read. */
export type ReportRow = {
  readonly identity: Identity;
  /** What a header record says; null on every other row. */
  readonly head: ReportHead | null;
  /** null on a header, on a row that says nothing, and on one with problems. */
  readonly line: DayReportLine | null;
  readonly problems: readonly Problem[];
  readonly lineNumber: number;
};
