import type { DayReportLine } from '../../../domain/document/day-report.ts';
import { parsePercent, type BasisPoints } from '../../../domain/vat/rates.ts';
import { FIELD_CHARS_MAX } from '../limits.ts';
import type { Identity } from '../report/identity.ts';
import { carriesVat, isLineKind, isSilent, makeLine, RECORDS_OF_KIND } from '../report/line.ts';
import type { LineKind } from '../report/line.ts';
import type { RowContent } from '../report/row.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import type { Layout } from './layout.ts';
import { ProfileRow, type ProfileCells } from './row.ts';
import type { Profile } from './schema.ts';

type Rule = Profile['classify'][number];

/** Which report a row of a long file belongs to. */
export function identifyLongRow(
  row: ProfileCells,
  using: { readonly layout: Layout; readonly terms: Terms },
): Identity {
  return new ProfileRow(row, using).identity();
}

/** Reads a row of a long file: one line of a report. */
export function readLongRow(
  row: ProfileCells,
  { layout, terms, rowInExtract }: { layout: Layout; terms: Terms; rowInExtract: number },
): RowContent {
  const reader = new ProfileRow(row, { layout, terms });
  reader.identity();
  const head = reader.head();
  const line = readLine(reader, layout.profile, terms);
  return { head, line, problems: reader.problems, doubts: reader.doubts(rowInExtract) };
}

function readLine(reader: ProfileRow, profile: Profile, terms: Terms): DayReportLine | null {
  const rule = profile.classify.find((r) => r.matches.test(reader.cellUnder(r.column))) ?? null;
  const kind = kindOf(reader, rule);
  if (kind === 'ignore') return null;
  const rate = rule?.vat_rate ?? rateOf(reader);
  const gross = reader.amountIn('gross');
  const vat = reader.amountIn('vat');
  if (kind === null) return null;
  if (gross === null) {
    if (reader.problems.length === 0) reader.tell('field-empty', null, { field: 'gross', kind });
    return null;
  }
  if (!carriesVat(kind) && kind !== 'info' && vat !== null && vat.minor !== 0n) {
    reader.tell('unknown-value', null, { field: 'vat', kind, expected: '0' });
    return null;
  }
  const turned = <T extends { readonly minor: bigint }>(amount: T): T =>
    rule?.sign === 'negate' ? { ...amount, minor: -amount.minor } : amount;
  const code = ownText(rule?.code ?? textOf(reader, 'code'));
  const label = ownText(rule?.label ?? textOf(reader, 'label'));
  const parts = { code, label, rate, gross: turned(gross), vat: vat && turned(vat) };
  const line = makeLine(kind, parts, terms);
  return isSilent(line) ? null : line;
}

function kindOf(reader: ProfileRow, rule: Rule | null): LineKind | 'ignore' | null {
  if (rule !== null) return rule.kind;
  const text = (reader.field('kind') ?? '').trim();
  if (text === 'ignore' || isLineKind(text)) return text;
  const expected = Object.keys(RECORDS_OF_KIND).join(', ');
  reader.tell('unknown-value', null, { field: 'kind', found: text, expected });
  return null;
}

function rateOf(reader: ProfileRow): BasisPoints | null {
  const text = (reader.field('vat_rate') ?? '').trim();
  if (text === '') return null;
  const rate = parsePercent(text);
  if (rate === null) reader.tell('not-a-rate', null, { field: 'vat_rate', found: text });
  return rate;
}

function textOf(reader: ProfileRow, field: 'code' | 'label'): string {
  const text = reader.field(field) ?? '';
  if (text.length <= FIELD_CHARS_MAX) return text;
  reader.tell('record-too-long', null, { field, limit: String(FIELD_CHARS_MAX) });
  return '';
}
