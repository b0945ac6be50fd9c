import type { CsvStyle } from '../../../lib/csv-fields.ts';
import { CsvRecords, type CsvRecord } from '../csv/records.ts';
import { isBlank } from '../csv/row-check.ts';
import { FIELD_LINES_MAX, HEADER_LINES_MAX } from '../limits.ts';
import type { Line } from '../text/lines.ts';
import { layOut, type Layout } from './layout.ts';
import type { Profile } from './schema.ts';

/** What the search for a header has come to. */
export type HeaderFound =
  | { readonly kind: 'header'; readonly layout: Layout; readonly record: CsvRecord }
  /** Not this row; there may be more. */
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'none'; readonly lacking: readonly string[] };

/** Whether a row is the header of a profile's files: the first that its pattern fits. */
export function seekHeader(profile: Profile, record: CsvRecord): HeaderFound {
  const { skip_until_header: pattern } = profile.input;
  if (isBlank(record.text) || isComment(profile, record.text)) return { kind: 'not-yet' };
  if (pattern !== undefined && !pattern.test(record.text)) {
    if (record.line < HEADER_LINES_MAX) return { kind: 'not-yet' };
    return { kind: 'none', lacking: [pattern.source] };
  }
  const outcome = layOut(profile, record.fields, record.line);
  if ('lacking' in outcome) return { kind: 'none', lacking: outcome.lacking };
  return { kind: 'header', layout: outcome.layout, record };
}

export function isComment({ input }: Profile, text: string): boolean {
  return input.comment !== undefined && text.trimStart().startsWith(input.comment);
}

/** @returns null when the header is there with all that the profile needs */
export function lackingIn(
  profile: Profile,
  lines: readonly Line[],
  style: CsvStyle,
): readonly string[] | null {
  const records = new CsvRecords(style, FIELD_LINES_MAX);
  for (const line of lines) {
    const record = records.add(line);
    if (record === null) continue;
    if (record.kind === 'broken') return [];
    const found = seekHeader(profile, record);
    if (found.kind === 'header') return null;
    if (found.kind === 'none') return found.lacking;
  }
  return [profile.input.skip_until_header?.source ?? ''];
}
