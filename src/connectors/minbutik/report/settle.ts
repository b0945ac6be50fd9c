import type { Currency } from '../../../domain/money.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { rejected } from '../../../ports/problem.ts';
import type { Draft } from './draft.ts';
import { SeenReports } from './seen-reports.ts';

/** What a format finds in a file, one after the other. */
export type Found =
  | { readonly kind: 'draft'; readonly draft: Draft }
  /** Something left out or assumed, to be shown. */
  | { readonly kind: 'remark'; readonly facts: Readonly<Record<string, string>> }
  /** A document of another kind, whole as it is. */
  | { readonly kind: 'reading'; readonly reading: Reading }
  /** The file as a whole cannot be trusted: nothing follows. */
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] };

/** Makes readings of what was found: each report once, gaps told, nothing after a rejection. */
export async function* settleReports(
  found: AsyncIterable<Found>,
  currency: Currency,
): AsyncGenerator<Reading> {
  const seen = new SeenReports(currency);
  for await (const item of found) {
    if (item.kind === 'remark') {
      yield { kind: 'guess', facts: item.facts };
      continue;
    }
    if (item.kind === 'reading') {
      yield item.reading;
      continue;
    }
    const reading = item.kind === 'draft' ? seen.add(item.draft) : rejected(...item.problems);
    if (reading !== null) yield reading;
    if (reading?.kind === 'rejected') return;
  }
  yield* seen.gaps();
  if (seen.repeated > 0) {
    yield { kind: 'guess', facts: { repeatedReports: String(seen.repeated) } };
  }
}

export function foundDrafts(drafts: readonly Draft[]): readonly Found[] {
  return drafts.map((draft) => ({ kind: 'draft', draft }));
}
