import type { Reading } from '../../../ports/source.ts';
import { HEADER_LINES_MAX } from '../limits.ts';
import { problemAt, rejected, shorten } from '../../../ports/problem.ts';
import { readProfileCsv } from '../profile/csv.ts';
import { lackingIn } from '../profile/header-search.ts';
import type { Profile } from '../profile/schema.ts';
import { settleReports } from '../report/settle.ts';
import type { Terms } from '../terms.ts';
import type { Line } from '../text/lines.ts';
import { lineOf, sheetStyle, widthOf } from './sheet-lines.ts';
import { Workbook } from './workbook.ts';

/**
 * Reads an Excel workbook by the first profile whose sheet has its header.
 *
 * Its rows are read as CSV is, and the extract of a report is CSV that the same profile reads.
 */
export async function* readWorkbook(
  chunks: AsyncIterable<Uint8Array>,
  { profiles, terms }: { readonly profiles: readonly Profile[]; readonly terms: Terms },
): AsyncGenerator<Reading> {
  const opened = await Workbook.open(chunks);
  if (opened.kind === 'broken') return yield rejected(opened.problem);
  const book = opened.value;
  const misses: string[] = [];
  for (const profile of profiles.filter(({ input }) => input.format === 'xlsx')) {
    const sheet = book.find(profile.input.sheet);
    if (sheet === null) {
      misses.push(`${profile.profile} (${profile.input.sheet ?? ''})`);
      continue;
    }
    const width = await widthOf(book.rows(sheet));
    if (width.kind === 'broken') return yield rejected(width.problem);
    const lines = (): AsyncGenerator<readonly Line[]> =>
      linesOf(book.rows(sheet), width.value, profile);
    const style = sheetStyle(profile);
    const lacking = lackingIn(profile, await firstLines(lines()), style);
    if (lacking !== null) {
      misses.push(`${profile.profile} (${shorten(lacking.join(', '))})`);
      continue;
    }
    const name = `${profile.profile} v${profile.version}`;
    yield { kind: 'guess', facts: { format: 'profile-xlsx', sheet: sheet.name, profile: name } };
    const found = readProfileCsv({ lines: lines(), isDamaged: false }, { profile, style }, terms);
    return yield* settleReports(found, terms.currency);
  }
  const found = book.sheets.map(({ name }) => name).join(', ');
  const expected = misses.length === 0 ? 'xlsx + profile' : misses.join(' | ');
  yield rejected(problemAt('format-unknown', null, { found, expected }));
}

async function* linesOf(
  rows: ReturnType<Workbook['rows']>,
  width: number,
  profile: Profile,
): AsyncGenerator<readonly Line[]> {
  for await (const row of rows) {
    // The sheet has been read once already, for its width: it breaks off there.
    if (row.kind === 'read') yield [lineOf(row.value, width, profile)];
  }
}

async function firstLines(lines: AsyncIterable<readonly Line[]>): Promise<readonly Line[]> {
  const first: Line[] = [];
  for await (const batch of lines) {
    first.push(...batch);
    if (first.length >= HEADER_LINES_MAX) break;
  }
  return first;
}
