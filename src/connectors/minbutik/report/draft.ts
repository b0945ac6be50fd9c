import { parseLocalDate } from '../../../domain/date.ts';
import type { DayReport, DayReportLine } from '../../../domain/document/day-report.ts';
import type { Currency } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { boundProblems, problemAt } from '../../../ports/problem.ts';
import { refOf, unreadableId, type Identity } from './identity.ts';
import { compareLines, topicOf } from './line.ts';
import { fingerprint } from '../../../lib/print-index.ts';
import type { ReportHead } from './row.ts';

/** Everything a file holds of one report, before it is a document. */
export type Draft = {
  readonly identity: Identity;
  /** null when the file has no header record of it. */
  readonly head: ReportHead | null;
  readonly lines: readonly DayReportLine[];
  readonly problems: readonly Problem[];
  readonly doubts: readonly Refusal[];
  readonly extract: Uint8Array;
  readonly mediaType: string;
  readonly firstLine: number;
  readonly lastLine: number;
};

/** The reading that a draft comes to. */
export type ReportReading = Extract<Reading, { kind: 'document' | 'unreadable' }>;

/** The document of a draft, or why it cannot be one. */
export function readingOf(draft: Draft, currency: Currency): ReportReading {
  const { identity, extract, mediaType } = draft;
  const problems = [...draft.problems, ...orphanProblems(draft)];
  if (problems.length > 0 || identity.broken.length > 0) {
    const id = unreadableId(identity, draft.firstLine);
    return { kind: 'unreadable', id, problems: boundProblems(problems) };
  }
  const document = documentOf(draft, currency);
  return { kind: 'document', document, doubts: draft.doubts, extract, mediaType };
}

/** The fingerprint of what a reading says; null when there is no document. */
export function printOf(reading: ReportReading): number | null {
  if (reading.kind !== 'document' || reading.document.kind !== 'day-report') return null;
  const { lines, control, receipts } = reading.document;
  const texts = lines.map((line) => `${topicOf(line)}\t${line.gross.minor}\t${vatText(line)}`);
  const stated = [control?.gross?.minor, control?.vat?.minor, receipts].join('\t');
  return fingerprint([stated, ...texts].join('\n'));
}

function vatText(line: DayReportLine): string {
  return 'vat' in line && line.vat !== null ? String(line.vat.minor) : '';
}

function documentOf({ identity, head, lines }: Draft, currency: Currency): DayReport {
  const control = head?.control ?? {};
  const isControlled = control.gross !== undefined || control.vat !== undefined;
  return {
    kind: 'day-report',
    ref: refOf(identity),
    storeNumber: identity.storeNumber,
    businessDate: present(parseLocalDate(identity.businessDate), 'the day of a readable report'),
    register: identity.register,
    reportNumber: identity.reportNumber,
    currency,
    lines: lines.toSorted(compareLines),
    ...(isControlled ? { control } : {}),
    ...(head === null || head.receipts === null ? {} : { receipts: head.receipts }),
  };
}

/**
 * A count of cash alone is no report: it belongs to one that the file does not hold.
 *
 * Booked as it stands, all of the drawer would be a surplus.
 */
function orphanProblems({ identity, head, lines, firstLine }: Draft): readonly Problem[] {
  const isLoose = lines.every((line) => line.kind.startsWith('cash-') || line.kind === 'info');
  if (head !== null || lines.length === 0 || !isLoose) return [];
  const facts = { field: 'report_no', found: identity.reportNumber, expected: 'H, S, A, T, P' };
  return [problemAt('unknown-value', { line: firstLine, column: 1 }, facts)];
}
