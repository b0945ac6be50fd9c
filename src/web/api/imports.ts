import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { previewFiles, type PreviewItem } from '../../engine/preview.ts';
import { keepFile } from '../../engine/intake.ts';
import type { Hub } from '../../hub/hub.ts';
import { previewToolsOf } from '../../hub/preview-tools.ts';
import { readSoon } from '../../hub/read-soon.ts';
import { sourcesFor } from '../../hub/sources-for.ts';
import type { IncomingFile } from '../../ports/source.ts';
import { systemName } from '../../ports/connector.ts';
import { addAudit } from '../../store/audit.ts';
import { listConnections, listFlows, type Connection } from '../../store/registry.ts';
import { problemOut } from './present.ts';
import { readerOf, type Reader } from '../account-names.ts';
import { titlesOf } from '../connection-title.ts';
import { itemOut, Previewed } from './previewed.ts';
import { answers, createRoute, fails, forCompany, InCompany, newRoutes, z } from './route.ts';
import { Id, Said } from './schemas.ts';

/** Previews are made in memory; larger files are imported without one, or by the command. */
const PREVIEW_BYTES_MAX = 32 * 1024 * 1024;
const UPLOAD_BYTES_MAX = 512 * 1024 * 1024;
/** Documents previewed in full; the others are counted. */
const SHOWN_MAX = 200;
const NAME_MAX = 200;

const bytes = {
  body: { required: true, content: { 'application/octet-stream': { schema: z.any() } } },
};
const Named = z.object({ name: z.string().min(1).max(NAME_MAX) });
const NamedFor = Named.extend({ connection: Id });

const guess = createRoute({
  method: 'post',
  path: '/companies/{company}/imports/guess',
  summary: 'Which of the company’s connections can read a file; keeps nothing',
  ...forCompany('import'),
  request: { params: InCompany, query: Named, ...bytes },
  responses: answers(
    z.object({
      candidates: z.array(
        z.object({
          ...{ connectionId: z.string(), connection: z.string(), connector: z.string() },
          ...{ documents: z.number(), unreadable: z.number(), problems: z.array(Said) },
        }),
      ),
    }),
    'The connections, what fits best first',
  ),
});

const preview = createRoute({
  method: 'post',
  path: '/companies/{company}/imports/preview',
  summary: 'What a file would become; keeps nothing',
  ...forCompany('import'),
  request: { params: InCompany, query: NamedFor, ...bytes },
  responses: answers(
    z.object({
      rejected: z.array(Said).nullable().openapi({ description: 'Why no part of it counts' }),
      counts: z.object({
        ...{ plan: z.number(), held: z.number(), waits: z.number(), 'left-out': z.number() },
        ...{ seen: z.number(), unreadable: z.number() },
      }),
      items: z.array(Previewed),
    }),
    'The documents in it',
  ),
});

const take = createRoute({
  method: 'post',
  path: '/companies/{company}/imports',
  summary: 'Keeps a file, and books what is in it',
  ...forCompany('import'),
  request: { params: InCompany, query: NamedFor, ...bytes },
  responses: answers(
    z.object({ fileId: z.string(), sameAs: z.string().nullable() }),
    'The file is on disk, and is read now',
  ),
});

/** A file is dropped, seen for what it is, previewed, booked. */
export function importRoutes() {
  return newRoutes()
    .openapi(guess, async (c) => {
      const [hub, company, language] = [c.get('hub'), c.get('company'), c.get('language')];
      const file = await inMemory(c, c.req.valid('query').name);
      const titles = titlesOf(hub.connectors, language);
      const found = await sourcesFor(hub, company, file);
      return c.json({
        candidates: found.map(({ connection, documents, unreadable, problems }) => {
          const { id, connector } = connection;
          const known = hub.connectors.get(connector);
          return {
            ...{
              connectionId: id,
              connection: titles.connection(connection),
              documents,
              unreadable,
            },
            connector: known === undefined ? connector : systemName(known, language),
            problems: problems.map((problem) => problemOut(problem, language)),
          };
        }),
      });
    })
    .openapi(preview, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { name, connection } = c.req.valid('query');
      const source = await sourceOf(hub, company.id, connection);
      const flows = await listFlows(hub.database.db, company.id);
      const flow = flows.find((one) => one.source.id === source.id);
      if (flow === undefined) return fails(409, 'no-flow-from', { name: source.name });
      const file = await inMemory(c, name);
      const tools = await previewToolsOf(hub, { company, flow });
      const reader = await readerOf(hub, { company, language: c.get('language') });
      return c.json(await previewOut(previewFiles([file], tools), reader));
    })
    .openapi(take, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { name, connection } = c.req.valid('query');
      const source = await sourceOf(hub, company.id, connection);
      const body = c.req.raw.body ?? fails(400, 'no-body');
      const pieces = atMost(body, UPLOAD_BYTES_MAX);
      const arriving = { connectionId: source.id, name, via: 'upload', bytes: pieces } as const;
      const kept = await keepFile(hub.intake, arriving);
      const about = { file: kept.file.fileId, name, connection: source.name };
      const by = c.get('caller').email;
      const act = { by, companyId: company.id, act: 'file.import', about };
      await addAudit(hub.database.db, act);
      readSoon(hub, kept.file);
      return c.json({ fileId: kept.file.fileId, sameAs: kept.sameAs });
    });
}

async function sourceOf(hub: Hub, companyId: string, id: string): Promise<Connection> {
  const all = await listConnections(hub.database.db, companyId);
  const found = all.find((one) => one.id === id);
  if (found === undefined) return fails(404, 'no-connection');
  const gives = hub.connectors.get(found.connector)?.gives.length ?? 0;
  return gives > 0 ? found : fails(400, 'gives-no-files', { name: found.name });
}

async function inMemory(c: Context, name: string): Promise<IncomingFile> {
  const body = c.req.raw.body ?? fails(400, 'no-body');
  const pieces: Uint8Array[] = [];
  for await (const piece of atMost(body, PREVIEW_BYTES_MAX)) pieces.push(piece);
  return { name, open: () => Readable.from(pieces) };
}

async function* atMost(body: AsyncIterable<Uint8Array>, max: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > max) fails(413, 'file-too-large');
    yield piece;
  }
}

async function previewOut(items: AsyncIterable<PreviewItem>, reader: Reader) {
  const counts = { plan: 0, held: 0, waits: 0, 'left-out': 0, seen: 0, unreadable: 0 };
  const shown: z.infer<typeof Previewed>[] = [];
  let rejected: z.infer<typeof Said>[] | null = null;
  for await (const item of items) {
    if (item.kind === 'rejected')
      rejected = item.problems.map((one) => problemOut(one, reader.language));
    const out = itemOut(item, reader);
    if (out === null) continue;
    counts[out.outcome] += 1;
    if (shown.length < SHOWN_MAX) shown.push(out);
  }
  return { rejected, counts, items: shown };
}
