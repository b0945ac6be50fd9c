import type { CsvRecord } from '../csv/records.ts';
import { isBlank } from '../csv/row-check.ts';
import { HEADER_LINES_MAX } from '../limits.ts';
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
