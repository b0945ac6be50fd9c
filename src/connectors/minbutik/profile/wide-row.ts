import type { DayReportLine } from '../../../domain/document/day-report.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Problem } from '../../../ports/source.ts';
import type { Identity } from '../report/identity.ts';
import { carriesVat, isSilent, makeLine } from '../report/line.ts';
import type { ReportHead } from '../report/row.ts';
import type { Terms } from '../terms.ts';
import type { Layout, LineColumn } from './layout.ts';
import { ProfileRow, type ProfileCells } from './row.ts';

/** A row of a wide file: a whole report. */
export type WideReport = {
  readonly identity: Identity;
  readonly head: ReportHead | null;
  readonly lines: readonly DayReportLine[];
  readonly doubts: readonly Refusal[];
  readonly problems: readonly Problem[];
};

/** Turns the columns of a row into the lines of a report. */
export function readWideRow(
  row: ProfileCells,
  { layout, terms, rowInExtract }: { layout: Layout; terms: Terms; rowInExtract: number },
): WideReport {
  const reader = new ProfileRow(row, { layout, terms });
  const identity = reader.identity();
  const head = reader.head();
  const lines = layout.lines.flatMap((column) => readColumn(reader, column, terms) ?? []);
  const doubts = reader.doubts(rowInExtract);
  return { identity, head, lines, doubts, problems: reader.problems };
}

/** @returns null when the cell says nothing, or nothing that can be read */
function readColumn(
  reader: ProfileRow,
  { rule, index, vatIndex, label }: LineColumn,
  terms: Terms,
): DayReportLine | null {
  const { kind, code, vat_rate: rate = null, sign } = rule;
  if (kind === 'ignore') return null;
  const gross = reader.amountAt(index);
  const vat = reader.amountAt(vatIndex);
  if (!carriesVat(kind) && kind !== 'info' && vat !== null && vat.minor !== 0n) {
    const facts = { kind, found: reader.cell(vatIndex ?? index), expected: '0' };
    reader.tell('unknown-value', vatIndex, facts);
    return null;
  }
  if (gross === null) {
    if (vat !== null && vat.minor !== 0n) reader.tell('field-empty', index, { kind });
    return null;
  }
  const turned = <T extends { readonly minor: bigint }>(amount: T): T =>
    sign === 'negate' ? { ...amount, minor: -amount.minor } : amount;
  const parts = { code, label, rate, gross: turned(gross), vat: vat && turned(vat) };
  const line = makeLine(kind, parts, terms);
  return isSilent(line) ? null : line;
}
