import { UNKNOWN_BOOKS, type Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { Voucher, VoucherRow } from '../domain/posting/voucher.ts';
import type { Notice, Refusal } from '../domain/refusal.ts';
import { sha256, stableJson } from '../lib/json.ts';
import type { FileSource, IncomingFile, Problem, Reading } from '../ports/source.ts';
import type { Target, Write } from '../ports/target.ts';
import type { KnownDocument } from '../ports/store.ts';
import { planDocument } from './plan.ts';

/** What would become of one document. */
export type Preview = {
  readonly kind: 'document';
  readonly document: Document;
  readonly notices: readonly Notice[];
} & (
  | {
      readonly outcome: 'plan';
      readonly vouchers: readonly Voucher[];
      /** The calls that would be made, in order; empty without a target. */
      readonly writes: readonly Write[];
    }
  | {
      readonly outcome: 'held';
      readonly refusals: readonly Refusal[];
      readonly draft: readonly VoucherRow[];
    }
  | { readonly outcome: 'seen' }
);

/** What a file would come to: previews, and what could not be read. */
export type PreviewItem =
  | Preview
  | { readonly kind: 'unreadable'; readonly id: string; readonly problems: readonly Problem[] }
  | { readonly kind: 'rejected'; readonly file: string; readonly problems: readonly Problem[] }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'guess'; readonly facts: Readonly<Record<string, string>> };

/** With what a preview is made. */
export type PreviewTools = {
  readonly source: FileSource;
  /** null: only the vouchers are of interest. */
  readonly target: Target | null;
  readonly choices: FlowChoices;
  readonly startDate: LocalDate | null;
  readonly books: Books;
  readonly today: LocalDate;
  readonly known: (key: string) => Promise<KnownDocument | null>;
};

/** Tools that know nothing of any company: standard accounts, nothing booked yet. */
export const KNOWS_NOTHING = {
  startDate: null,
  books: UNKNOWN_BOOKS,
  known: async () => null,
} as const;

/**
 * What files would come to if they were imported now. Reads, plans and routes with the code that
 * books; writes nothing anywhere.
 */
export async function* previewFiles(
  files: readonly IncomingFile[],
  tools: PreviewTools,
): AsyncGenerator<PreviewItem> {
  const inThisRun = new Map<string, KnownDocument>();
  for (const file of files) {
    // A file that turns out to be broken off counts for nothing: its previews wait for its end.
    const items: PreviewItem[] = [];
    let isRejected = false;
    for await (const reading of tools.source.read(file)) {
      if (reading.kind === 'rejected') {
        yield { kind: 'rejected', file: file.name, problems: reading.problems };
        isRejected = true;
        break;
      }
      if (reading.kind === 'document') items.push(await preview(reading, tools, inThisRun));
      else items.push(reading);
    }
    if (!isRejected) yield* withoutContested(items);
  }
}

/** A document that the same file also gives otherwise is neither: see `Reading`. */
function withoutContested(items: readonly PreviewItem[]): PreviewItem[] {
  const contested = new Set(items.flatMap((i) => (i.kind === 'unreadable' ? [i.id] : [])));
  return items.filter((i) => i.kind !== 'document' || !contested.has(refKey(i.document.ref)));
}

async function preview(
  reading: Extract<Reading, { readonly kind: 'document' }>,
  tools: PreviewTools,
  inThisRun: Map<string, KnownDocument>,
): Promise<Preview> {
  const { document, doubts } = reading;
  const key = refKey(document.ref);
  const hash = contentHash(document, doubts);
  const known = inThisRun.get(key) ?? (await tools.known(key));
  if (known?.hashes.includes(hash) === true) {
    return { kind: 'document', document, outcome: 'seen', notices: [] };
  }
  const outcome = planDocument({
    ...tools,
    document,
    doubts,
    decisions: [],
    booked: known?.booked ?? null,
  });
  const vouchers = outcome.kind === 'plan' ? outcome.plan.vouchers : [];
  const label = `${document.ref.id} (earlier in this run)`;
  inThisRun.set(key, {
    hashes: [...(known?.hashes ?? []), hash],
    booked: vouchers.length > 0 ? { label, vouchers } : (known?.booked ?? null),
  });
  const { notices } = outcome.kind === 'plan' ? outcome.plan : outcome;
  const about = { kind: 'document', document, notices } as const;
  if (outcome.kind === 'held') {
    return { ...about, outcome: 'held', refusals: outcome.refusals, draft: outcome.draft };
  }
  const route = tools.target?.route(outcome.plan.steps, tools.books);
  if (route?.kind === 'cannot') {
    const draft = vouchers.flatMap((voucher) => voucher.rows);
    return { ...about, outcome: 'held', refusals: route.refusals, draft };
  }
  return { ...about, outcome: 'plan', vouchers, writes: route?.writes ?? [] };
}

/** Two readings with the same hash are the same version of a document. */
export function contentHash(document: Document, doubts: readonly Refusal[]): string {
  return sha256(stableJson([document, doubts]));
}
