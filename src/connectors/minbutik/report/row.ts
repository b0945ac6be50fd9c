import type { DayReportControl, DayReportLine } from '../../../domain/document/day-report.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Problem } from '../../../ports/source.ts';
import type { Identity } from './identity.ts';

/** What a header record says of its report. */
export type ReportHead = { readonly control: DayReportControl; readonly receipts: number | null };

/** What one row of a file says, where each row is a line of some report. */
export type RowContent = {
  /** What a header record says; null on every other row. */
  readonly head: ReportHead | null;
  /** null on a header, on a row that says nothing, and on one with problems. */
  readonly line: DayReportLine | null;
  readonly problems: readonly Problem[];
  readonly doubts: readonly Refusal[];
};

/** A row of which only its report is known so far. */
export type UnreadRow = {
  readonly identity: Identity;
  readonly isHead: boolean;
  /** The row to the letter. */
  readonly text: string;
  /** The line of the file that it begins on. */
  readonly line: number;
};
