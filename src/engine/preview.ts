import { UNKNOWN_BOOKS, type Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import type { AttachedFile } from '../domain/document/attached-file.ts';
import { contentHash } from '../domain/document/content-hash.ts';
import type { InvoiceMode } from '../domain/document/customer.ts';
import type { Document } from '../domain/document/document.ts';
import { gatherSales, type GatheredSale } from '../domain/document/gather-sales.ts';
import { isSale } from '../domain/posting/sale-timing.ts';
import { twinOf } from '../domain/document/twin.ts';
import { refKey } from '../domain/document/source-ref.ts';
import { subtract, type Money } from '../domain/money.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import { turnoverOf, type Voucher, type VoucherRow } from '../domain/posting/voucher.ts';
import type { PurchaseLedger } from '../domain/purchase-ledger.ts';
import type { WriteResults } from '../domain/plan.ts';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { OrderStates } from '../domain/sales-document.ts';
import type {
  Attachment,
  FileSource,
  IncomingFile,
  KnownBefore,
  Problem,
  Reading,
} from '../ports/source.ts';
import type { KnownDocument } from '../ports/store.ts';
import type { Target, Write } from '../ports/target.ts';
import { noteMode, withModes, type InvoiceModes } from './invoice-modes.ts';
import { refundedOrder, type PlanInput, type RefundedOrder } from './plan-input.ts';
import { planDocument } from './plan.ts';
import { routeOf } from './route.ts';
import { RunVersions } from './run-versions.ts';

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
      /** Files that came inside it and go with it. */
      readonly files: readonly AttachedFile[];
    }
  | {
      readonly outcome: 'held';
      readonly refusals: readonly Refusal[];
      readonly draft: readonly VoucherRow[];
    }
  | { readonly outcome: 'seen' }
  /** Not booked, or not yet: nobody's turn. */
  | {
      readonly outcome: 'pending' | 'skipped' | 'gathers';
      readonly reason: Refusal;
      /** What it would bring to the voucher of its day. */
      readonly draft: readonly VoucherRow[];
    }
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
  /** What is open in the ledger of suppliers, where a document's plan depends on it. */
  readonly purchases: (document: Document) => Promise<PurchaseLedger | null>;
  /** How the orders stand that an earlier version of a quote has become. */
  readonly orders: (document: Document, results: WriteResults) => Promise<OrderStates | null>;
  /** How often customers are invoiced, where earlier files have said so. */
  readonly invoiceModes: () => Promise<ReadonlyMap<string, InvoiceMode>>;
  /** What is known beside a payout or a bank's statement. */
  readonly paid: (document: Document) => Promise<Pick<PlanInput, 'payments' | 'payouts'>>;
  /** The key of another document that is the same invoice, and is booked or on its way. */
  readonly knownTwin: (twin: string, key: string) => Promise<string | null>;
};

/** Tools that know nothing of any company: standard accounts, nothing booked yet. */
export const KNOWS_NOTHING = {
  startDate: null,
  books: UNKNOWN_BOOKS,
  known: async () => null,
  purchases: async () => null,
  orders: async () => null,
  invoiceModes: async () => new Map<string, InvoiceMode>(),
  knownTwin: async () => null,
  paid: async () => ({}),
} as const;

/**
 * What files would come to if they were imported now. Reads, plans and routes with the code that
 * books; writes nothing anywhere.
 *
 * Each file is read twice: once to know whether it can be trusted to its end and which reports
 * contradict each other, once to plan. So no file needs to be in memory.
 */
export async function* previewFiles(
  files: readonly IncomingFile[],
  tools: PreviewTools,
): AsyncGenerator<PreviewItem> {
  const run: Run = {
    versions: new RunVersions(),
    scopes: new Map(),
    modes: new Map(),
    twins: new Map(),
    gathered: new Map(),
    orders: new Map(),
  };
  for (const file of files) {
    const survey = await surveyFile(file, tools, run);
    if (survey.rejected !== null) {
      yield { kind: 'rejected', file: file.name, problems: survey.rejected };
      continue;
    }
    for await (const reading of tools.source.read(file, knownIn(run, tools))) {
      if (reading.kind === 'rejected') break; // Seen by the survey; the file has changed since.
      if (reading.kind !== 'document') yield reading;
      else if (!survey.contested.has(refKey(reading.document.ref))) {
        yield await preview(reading, tools, run);
      }
    }
  }
  yield* sharedVouchers(run, tools);
}

/** The vouchers that the orders of each day would share, when the day is over. */
async function* sharedVouchers(run: Run, tools: PreviewTools): AsyncGenerator<PreviewItem> {
  for (const { day } of gatherSales([...run.gathered.values()])) {
    const [{ ref }] = day.sales;
    const id = `day:${day.date}:${day.ordinal}`;
    const document: Document = { ...day, ref: { ...ref, id } };
    const extract = Buffer.from('');
    const reading = { kind: 'document', document, doubts: [], extract, mediaType: '' } as const;
    yield await preview(reading, tools, run);
  }
}

/** What earlier files of the same run have given. Small for each document: there may be many. */
type Run = {
  readonly versions: RunVersions;
  /** Keys of day reports by store and day: of the whole store, and of single tills. */
  readonly scopes: Map<string, { store?: string; till?: string }>;
  /** How often customers of this run are invoiced. */
  readonly modes: InvoiceModes;
  /** Keys of invoices by what they are known by: see `twinOf`. The first counts. */
  readonly twins: Map<string, string>;
  /** What would share the vouchers of its days, by key: the latest version of each. */
  readonly gathered: Map<string, GatheredSale>;
  /** Orders that would be booked, and when they were paid. */
  readonly orders: Map<string, LocalDate | null>;
};

/** What earlier files have said, and files of this run after them. */
function knownIn({ modes }: Run, { invoiceModes }: PreviewTools): KnownBefore {
  return { invoiceModes: async () => withModes(await invoiceModes(), modes) };
}

type FileSurvey = {
  /** Why no part of the file counts; null when it can be trusted. */
  readonly rejected: readonly Problem[] | null;
  /** Documents that the same file also gives otherwise: they are neither. */
  readonly contested: ReadonlySet<string>;
};

async function surveyFile(file: IncomingFile, tools: PreviewTools, run: Run): Promise<FileSurvey> {
  const contested = new Set<string>();
  for await (const reading of tools.source.read(file, knownIn(run, tools))) {
    if (reading.kind === 'rejected') return { rejected: reading.problems, contested };
    if (reading.kind === 'unreadable') contested.add(reading.id);
    if (reading.kind !== 'document') continue;
    noteScope(run, reading.document);
    noteMode(run.modes, reading.document);
  }
  return { rejected: null, contested };
}

function noteScope({ scopes, twins }: Run, document: Document): void {
  const twin = twinOf(document);
  if (twin !== null && !twins.has(twin)) twins.set(twin, refKey(document.ref));
  if (document.kind !== 'day-report') return;
  const place = `${document.storeNumber} ${document.businessDate}`;
  const scope = document.register === 'ALL' ? 'store' : 'till';
  scopes.set(place, { [scope]: refKey(document.ref), ...scopes.get(place) });
}

/** The order of a refund: in the ledger, or in a file of the run before it. */
async function orderOf(
  { orders }: Run,
  document: Document,
  tools: PreviewTools,
): Promise<RefundedOrder | null> {
  if (document.kind !== 'refund') return null;
  const key = refKey(document.of.ref);
  const booked = (await tools.known(key))?.booked ?? null;
  if (booked !== null) return refundedOrder(booked.document, booked.results);
  const paidOn = orders.get(key);
  return paidOn === undefined ? null : { paidOn, results: { 'invoice-1.in': { id: '?' } } };
}

/** The same invoice in another file of the run, or one that the hub has had by another way. */
async function sameInvoice(
  run: Run,
  document: Document,
  tools: PreviewTools,
): Promise<string | null> {
  const twin = twinOf(document);
  if (twin === null) return null;
  const key = refKey(document.ref);
  const first = run.twins.get(twin) ?? key;
  return (await tools.knownTwin(twin, key)) ?? (first === key ? null : first);
}

function overlapOf({ scopes }: Run, document: Document): string | null {
  if (document.kind !== 'day-report') return null;
  const scope = scopes.get(`${document.storeNumber} ${document.businessDate}`);
  return (document.register === 'ALL' ? scope?.till : scope?.store) ?? null;
}

async function preview(
  reading: Extract<Reading, { readonly kind: 'document' }>,
  tools: PreviewTools,
  run: Run,
): Promise<Preview> {
  const { document, doubts } = reading;
  const key = refKey(document.ref);
  const hash = contentHash(document, doubts);
  const known = await tools.known(key);
  const before = run.versions.turnoverOf(key);
  const about = { kind: 'document', document } as const;
  if (isKnown(document, known, hash) || run.versions.has(key, hash)) {
    return { ...about, outcome: 'seen', notices: [] };
  }
  const attached = attachedFiles(reading.attachments ?? []);
  const outcome = planDocument({
    ...tools,
    of: await orderOf(run, document, tools),
    document,
    doubts,
    decisions: [],
    booked: known?.booked ?? null,
    purchases: await tools.purchases(document),
    orders: await tools.orders(document, known?.booked?.results ?? {}),
    credit: [],
    ...(await tools.paid(document)),
    attachments: attached,
    overlaps: overlapOf(run, document) ?? (await sameInvoice(run, document, tools)),
  });
  if (outcome.kind === 'not-booked') {
    const { state, reason } = outcome;
    return { ...about, notices: [], outcome: state, reason, draft: [] };
  }
  if (outcome.kind === 'gathers') {
    const { vouchers, day, notices } = outcome;
    if (isSale(document)) run.gathered.set(key, { document, vouchers });
    const draft = vouchers.flatMap((voucher) => voucher.rows);
    const reason = { code: 'day-not-over', day } as const;
    return { ...about, notices, outcome: 'gathers', reason, draft };
  }
  const vouchers = outcome.kind === 'plan' ? outcome.plan.vouchers : [];
  noteVersion(run, { key, hash, vouchers });
  if (document.kind === 'order' && outcome.kind === 'plan') run.orders.set(key, document.paidOn);
  const { notices } = outcome.kind === 'plan' ? outcome.plan : outcome;
  if (outcome.kind === 'held') {
    return { ...about, notices, outcome: 'held', refusals: outcome.refusals, draft: outcome.draft };
  }
  const revised = revisedInRun(before, { document, vouchers });
  const { steps } = outcome.plan;
  const { target, books } = tools;
  const route = target === null ? undefined : routeOf(target, document, { steps, books });
  const refusals = [...revised, ...(route?.kind === 'cannot' ? route.refusals : [])];
  if (refusals.length > 0) {
    const draft = vouchers.flatMap((voucher) => voucher.rows);
    return { ...about, notices, outcome: 'held', refusals, draft };
  }
  const writes = route?.kind === 'route' ? route.writes : [];
  const isAttached = outcome.plan.steps.some((step) => step.kind === 'attach-file');
  const files = isAttached ? attached.filter(({ kind }) => kind === 'file') : [];
  return { ...about, notices, outcome: 'plan', vouchers, writes, files };
}

/** What is known of files that came inside a document before they are kept. */
function attachedFiles(attachments: readonly Attachment[]): readonly AttachedFile[] {
  return attachments.map((one, index): AttachedFile => {
    const about = { number: index + 1, name: one.name };
    if (one.kind === 'left-out') return { ...about, kind: one.kind, why: one.why };
    return { ...about, kind: one.kind, mediaType: one.mediaType, size: one.bytes.byteLength };
  });
}

/** A card or a quote that is changed back is another version than the one in between. */
function isKnown({ kind }: Document, known: KnownDocument | null, hash: string): boolean {
  const hashes = known?.hashes ?? [];
  const isOfItsLatest = kind === 'customer' || kind === 'article' || kind === 'quote';
  const asked = isOfItsLatest ? hashes.slice(0, 1) : hashes;
  return asked.some((one) => one.split('.')[0] === hash);
}

function noteVersion(
  run: Run,
  of: { readonly key: string; readonly hash: string; readonly vouchers: readonly Voucher[] },
): void {
  const [voucher] = of.vouchers.slice(-1);
  const turnover = voucher === undefined ? null : turnoverOf(voucher.rows, voucher.currency);
  run.versions.add(of.key, { hash: of.hash, turnover });
}

/** The same report came earlier in this run with other figures: a person says which is right. */
function revisedInRun(
  before: Money | null,
  now: { readonly document: Document; readonly vouchers: readonly Voucher[] },
): Refusal[] {
  const [voucher] = now.vouchers.slice(-1);
  if (before === null || voucher === undefined) return [];
  const after = turnoverOf(voucher.rows, voucher.currency);
  const bookedAs = `${now.document.ref.id} (earlier in this run)`;
  return [{ code: 'report-revised', bookedAs, before, after, difference: subtract(after, before) }];
}
