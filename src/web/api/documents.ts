import type { Language } from '../../domain/posting/words.ts';
import { documentDate, type DocumentKind } from '../../domain/document/document.ts';
import type { DeliveryState } from '../../ports/store.ts';
import {
  countDocuments,
  searchDocuments,
  type DocumentSearch,
  type ListedDocument,
} from '../../store/document-list.ts';
import { readDocument, readDocumentBytes } from '../../store/one-document.ts';
import { documentName } from '../../text/document-names.ts';
import { turnoverOut } from './present.ts';
import { readerOf } from '../account-names.ts';
import { titlesByName } from '../connection-title.ts';
import { WholeDocument, wholeOut } from './whole-document.ts';
import { answers, createRoute, fails, forCompany, InCompany, newRoutes, z } from './route.ts';
import { Day, DeliveryState as State, Id, Money } from './schemas.ts';

const PAGE_MAX = 200;
/** Shown of a document's bytes; the rest is for the download. */
const SHOWN_BYTES_MAX = 256 * 1024;

export const Listed = z
  .object({
    ...{ id: z.string(), kind: z.string(), name: z.string(), date: z.string().nullable() },
    ...{ version: z.number(), receivedAtMs: z.number(), source: z.string() },
    state: State.nullable(),
    label: z.string().nullable().openapi({ description: 'Its number in the ledger: `K 12`' }),
    amount: Money.nullable(),
  })
  .openapi('ListedDocument');

const One = InCompany.extend({ document: Id });

const search = createRoute({
  method: 'get',
  path: '/companies/{company}/documents',
  summary: 'Documents, newest first, a page at a time',
  ...forCompany('read'),
  request: {
    params: InCompany,
    query: z.object({
      q: z.string().max(200).optional(),
      state: z.string().max(100).optional().openapi({ description: 'Several with commas' }),
      kind: z.string().max(200).optional().openapi({ description: 'Several with commas' }),
      ...{ from: Day.optional(), to: Day.optional() },
      ...{ connection: Id.optional(), file: Id.optional() },
      before: Id.optional().openapi({ description: '`next` of the page before' }),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(100),
    }),
  },
  responses: answers(
    z.object({
      documents: z.array(Listed),
      next: z.string().nullable(),
      total: z.number().nullable().openapi({ description: 'With the first page only' }),
      isLeast: z.boolean().openapi({ description: 'There are more than `total`' }),
    }),
    'A page',
  ),
});

const show = createRoute({
  method: 'get',
  path: '/companies/{company}/documents/{document}',
  summary: 'A document from its bytes to its voucher',
  ...forCompany('read'),
  request: { params: One },
  responses: answers(WholeDocument, 'Everything that is known of it'),
});

const raw = createRoute({
  method: 'get',
  path: '/companies/{company}/documents/{document}/raw',
  summary: 'The beginning of what it was read from, as text',
  ...forCompany('read'),
  request: { params: One },
  responses: answers(
    z.object({
      ...{ mediaType: z.string(), size: z.number(), isCut: z.boolean() },
      text: z.string().nullable().openapi({ description: 'null: it is no text' }),
    }),
    'Text',
  ),
});

/** What came in, and what has become of it. */
export function documentRoutes() {
  const routes = newRoutes()
    .openapi(search, async (c) => {
      const { db } = c.get('hub').database;
      const language = c.get('language');
      const asked = asSearch(c.get('company').id, c.req.valid('query'));
      const found = await searchDocuments(db, asked);
      const last = found.length === asked.limit ? found.at(-1) : undefined;
      const all = last === undefined ? { count: found.length, isLeast: false } : null;
      // Only the first page tells how many there are, and one that is not full is all of them.
      const total = asked.before === undefined ? (all ?? (await countDocuments(db, asked))) : null;
      return c.json({
        documents: found.map((one) => listedOut(one, language)),
        next: last?.id ?? null,
        total: total?.count ?? null,
        isLeast: total?.isLeast ?? false,
      });
    })
    .openapi(show, async (c) => {
      const of = { companyId: c.get('company').id, id: c.req.valid('param').document };
      const found = await readDocument(c.get('hub').database.db, of);
      if (found === null) return fails(404, 'no-document');
      const [company, language] = [c.get('company'), c.get('language')];
      const title = await titlesByName(c.get('hub'), { company, language });
      const deliveries = found.deliveries.map((one) => ({ ...one, target: title(one.target) }));
      const told = { ...found, source: title(found.source), deliveries };
      return c.json(wholeOut(told, await readerOf(c.get('hub'), { company, language })));
    })
    .openapi(raw, async (c) => {
      const of = { companyId: c.get('company').id, id: c.req.valid('param').document };
      const found = await readDocumentBytes(c.get('hub').database.db, of);
      if (found === null) return fails(404, 'no-document');
      const { bytes, mediaType } = found;
      const isCut = bytes.byteLength > SHOWN_BYTES_MAX;
      const text = asText(bytes.subarray(0, SHOWN_BYTES_MAX));
      return c.json({ mediaType, size: bytes.byteLength, isCut, text });
    });
  return routes;
}

const download = createRoute({
  method: 'get',
  path: '/companies/{company}/documents/{document}/download',
  summary: 'What it was read from, unchanged',
  ...forCompany('read'),
  request: { params: One },
  responses: { 200: { description: 'The bytes', content: { 'application/octet-stream': {} } } },
});

/** Files leave as files: a browser never shows what somebody sent as a page of ours. */
export function downloadRoutes() {
  return newRoutes().openapi(download, async (c) => {
    const of = { companyId: c.get('company').id, id: c.req.valid('param').document };
    const found = await readDocumentBytes(c.get('hub').database.db, of);
    if (found === null) return fails(404, 'no-document');
    const ending = /xml/.test(found.mediaType) ? 'xml' : (ENDINGS[found.mediaType] ?? 'bin');
    return new Response(new Uint8Array(found.bytes), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="document-${of.id}.${ending}"`,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}

const ENDINGS: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'text/plain': 'txt',
  'application/json': 'json',
  'application/pdf': 'pdf',
};

type Query = z.infer<typeof search.request.query>;

function asSearch(companyId: string, query: Query): DocumentSearch {
  const { q, state, kind, from, to, connection, file, before, limit } = query;
  const states = State.array().safeParse(state?.split(','));
  if (state !== undefined && !states.success) return fails(400, 'no-state', { state });
  return {
    ...{ companyId, limit },
    ...(q === undefined ? {} : { text: q }),
    ...(states.success ? { states: states.data satisfies readonly DeliveryState[] } : {}),
    ...(kind === undefined ? {} : { kinds: kind.split(',') as readonly DocumentKind[] }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(connection === undefined ? {} : { connectionId: connection }),
    ...(file === undefined ? {} : { fileId: file }),
    ...(before === undefined ? {} : { before }),
  };
}

export function listedOut(of: ListedDocument, language: Language): z.infer<typeof Listed> {
  const { id, document, version, receivedAtMs, source, state, label } = of;
  const rows = of.vouchers.length > 0 ? of.vouchers.flatMap((voucher) => voucher.rows) : of.draft;
  return {
    ...{ id, kind: document.kind, name: documentName(document, language), version, receivedAtMs },
    ...{ date: documentDate(document), source, state, label, amount: turnoverOut(rows) },
  };
}

/** Tills write windows-1252 or UTF-8; anything with a zero byte is no text. */
function asText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    // A sign that the cut has halved is no reason to take the whole for another encoding.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
