import type { DayReportLine } from '../../../domain/document/day-report.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { compareLines, topicOf } from './line.ts';
import type { ReportHead } from './row.ts';

/** Lines without repeats of the whole report, and what is doubtful about those that remain. */
export type SaidOnce = {
  readonly lines: readonly DayReportLine[];
  readonly doubts: readonly Refusal[];
};

/**
 * Finds a report that stands more than once among rows that were put together.
 *
 * Header records tell two sendings apart, and a control total catches rows that repeat. Without
 * them, rows that all stand there equally often are one report sent that often; rows that repeat in
 * part are doubtful, because the sales and payments of two versions balance when added.
 */
export function sayOnce(lines: readonly DayReportLine[], head: ReportHead | null): SaidOnce {
  if (head?.control.gross !== undefined) return { lines, doubts: [] };
  const groups = groupEqual(lines.toSorted(compareLines));
  const times = groups.reduce((least, group) => Math.min(least, group.length), Infinity);
  const isRepeated = times > 1 && groups.every((group) => group.length % times === 0);
  if (head === null && isRepeated && groups.length > 1) {
    const once = groups.flatMap((group) => group.slice(0, group.length / times));
    return { lines: once, doubts: overlapsWithin(once) };
  }
  return { lines, doubts: overlapsWithin(lines) };
}

/** Each till counts its own drawer, so counts may repeat. */
const MAY_REPEAT: ReadonlySet<DayReportLine['kind']> = new Set<DayReportLine['kind']>([
  'cash-count',
  'cash-difference',
  'info',
]);

function overlapsWithin(lines: readonly DayReportLine[]): readonly Refusal[] {
  const topics = new Set<string>();
  for (const line of lines) {
    const topic = topicOf(line);
    if (topics.has(topic) && !MAY_REPEAT.has(line.kind)) {
      return [{ code: 'report-overlaps', other: `${line.code} ${line.label}`.trim() }];
    }
    topics.add(topic);
  }
  return [];
}

/** Runs of lines that say the same, out of sorted lines. */
function groupEqual(sorted: readonly DayReportLine[]): readonly (readonly DayReportLine[])[] {
  const groups: DayReportLine[][] = [];
  for (const line of sorted) {
    const group = groups.at(-1);
    const first = group?.[0];
    const isSame = first !== undefined && compareLines(first, line) === 0;
    if (group !== undefined && isSame) group.push(line);
    else groups.push([line]);
  }
  return groups;
}
