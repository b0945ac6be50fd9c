import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import type { Hub } from '../hub/hub.ts';
import { readSoon } from '../hub/read-soon.ts';
import { keepFile } from '../engine/intake.ts';
import { present } from '../lib/assert.ts';
import { storableText } from '../lib/json.ts';
import { OperatorError } from '../ports/errors.ts';
import { findFile } from '../store/files.ts';
import { scopedTo } from '../store/scoped-database.ts';
import { holderOfKey } from '../store/upload-keys.ts';
import type { openApi } from './api/api.ts';
import type { DemoCompanies } from './api/demo.ts';
import { balances } from './balances.ts';
import { takeBody } from './body.ts';
import { consentCallback } from './consent-callback.ts';
import { hook } from './hooks.ts';
import { uploadToInbox } from './inbox.ts';
import { keys, keysGiven } from './keys.ts';
import { openLive, type Live } from './live.ts';
import { openPages, type Pages } from './pages.ts';
import { forbidden, keyOf, problem, unauthorized } from './problem.ts';
import { pushPreflight } from './preflight.ts';
import { push, pushStatus } from './push.ts';
import { requestLimit } from './request-limit.ts';

/** A server that answers from the first moment: 503 until the hub is there. */
export type HubServer = {
  readonly url: string;
  /** What the first person needs who comes in; printed where only the operator sees it. */
  readonly setupToken: string;
  /** From now on requests are served. */
  ready(hub: Hub, demo?: DemoCompanies): void;
  close(): Promise<void>;
};

const RETRY_AFTER_SECONDS = '2';
/** Larger files come by folder or command. */
const UPLOAD_BYTES_MAX = 512 * 1024 * 1024;
/** A till that asks each second is served; one that runs wild is not. */
const BALANCES_LIMIT = { atOnce: 60, perSecond: 2 };

/** Starts to listen. @throws OperatorError when it cannot */
export async function openServer(at: {
  readonly host: string;
  readonly port: number;
  /** Larger uploads are refused; half a gigabyte when absent. */
  readonly uploadBytesMax?: number;
  /** Where the web app is built into; that of the program when absent. */
  readonly pages?: string;
}): Promise<HubServer> {
  let opened: Opened | null = null;
  const setupToken = randomBytes(SETUP_TOKEN_BYTES).toString('base64url');
  const pages = openPages(at.pages ?? BUILT);
  const app = routes(() => opened, {
    uploadBytesMax: at.uploadBytesMax ?? UPLOAD_BYTES_MAX,
    pages,
  });
  const server = await new Promise<ServerType>((resolve, reject) => {
    const listening = serve({ fetch: app.fetch, hostname: at.host, port: at.port }, () => {
      resolve(listening);
    });
    listening.once('error', (error) => reject(cannotListen(at, error)));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  return {
    url: `http://${at.host}:${port}`,
    setupToken,
    ready: (hub, demo) => {
      const live = openLive(hub);
      opened = { hub, live, api: apiOf({ hub, live, setupToken, demo: demo ?? null }) };
    },
    close: async () => {
      // Streams of changes never end by themselves.
      await opened?.live.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      });
    },
  };
}

/** The hub that is served, and what is open on it. */
type Opened = {
  readonly hub: Hub;
  readonly live: Live;
  /** Opened by whoever asks first. */
  readonly api: () => Promise<Api>;
};

type Api = ReturnType<typeof openApi>;

/**
 * The API for people, loaded when somebody asks: what signs them in is large, and a hub that works
 * by itself has no need of it.
 */
function apiOf(of: Omit<Parameters<typeof openApi>[0], 'accounts'>): Opened['api'] {
  let loaded: Promise<Api> | null = null;
  const load = async (): Promise<Api> => {
    const [{ openApi: open }, { openAccounts }] = await Promise.all([
      import('./api/api.ts'),
      import('./access/accounts.ts'),
    ]);
    return open({ ...of, accounts: openAccounts(of.hub) });
  };
  return () => (loaded ??= load());
}

const SETUP_TOKEN_BYTES = 12;
/** Where `npm run build:ui` puts the web app. */
const BUILT = join(import.meta.dirname, '..', '..', 'ui', 'dist');

function cannotListen(
  at: { readonly host: string; readonly port: number },
  error: NodeJS.ErrnoException,
): OperatorError {
  const why = error.code === 'EADDRINUSE' ? 'something listens there already' : error.message;
  return new OperatorError(
    `Port ${at.port} on ${at.host} cannot be used: ${why}. Choose another with BOKBRO_PORT.`,
    { cause: error },
  );
}

function routes(
  current: () => Opened | null,
  { uploadBytesMax, pages }: { readonly uploadBytesMax: number; readonly pages: Pages },
): Hono {
  const app = new Hono();
  const limit = requestLimit(BALANCES_LIMIT);
  const opened = (): Hub => present(current(), 'a hub that has started').hub;
  // Nothing is acknowledged before it can be kept: a 2xx here would lose what was sent.
  for (const path of ['/health', '/oauth/*', '/v1/*', '/api/*']) {
    app.use(path, async (c, next) => {
      if (current() !== null) return next();
      c.header('retry-after', RETRY_AFTER_SECONDS);
      return problem(c, 503, 'the hub is starting');
    });
  }
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/oauth/callback', (c) => consentCallback(c, opened()));
  app.post('/v1/keys/:connector', (c) => keys(c, opened()));
  app.get('/v1/keys/:connector', (c) => keysGiven(c, opened()));
  app.on(['GET', 'POST'], '/v1/hooks/:token', (c) => hook(c, opened()));
  app.post('/v1/inbox', (c) => uploadToInbox(c, opened(), uploadBytesMax));
  app.post('/v1/files/:connection', (c) => upload(c, opened(), uploadBytesMax));
  // The names say what is meant; what it is, is seen by what stands in it.
  app.post('/v1/connections/:connection/invoices', (c) => push(c, opened()));
  app.post('/v1/connections/:connection/quotes', (c) => push(c, opened()));
  app.get('/v1/connections/:connection/pushes/:key', (c) => pushStatus(c, opened()));
  app.post('/v1/connections/:connection/preflight', (c) => pushPreflight(c, opened()));
  app.get('/v1/balances/:connection', (c) => balances(c, opened(), limit));
  app.get('/v1/files/:id', (c) => fileState(c, opened()));
  app.all('/v1/*', (c) => problem(c, 404, 'there is nothing here'));
  app.all('/api/*', async (c) => {
    const api = await present(current(), 'a hub that has started').api();
    return api.fetch(c.req.raw, c.env);
  });
  app.get('*', (c) => pages.serve(c));
  app.notFound((c) => problem(c, 404, 'there is nothing here'));
  app.onError((error, c) => {
    current()?.hub.log.error({ error: String(error) }, 'a request failed');
    return problem(c, 500, 'the hub had an error; nothing was acknowledged');
  });
  return app;
}

/** Keeps a file and answers once it is on disk; it is read right afterwards. */
async function upload(c: Context, hub: Hub, bytesMax: number): Promise<Response> {
  const key = keyOf(c);
  const name = storableText(c.req.param('connection') ?? '');
  const place = key === null ? null : await hub.uploadPlace({ key, connection: name });
  if (place === null) return unauthorized(c);
  const { connection, scopes } = place;
  if (!scopes.includes('files')) return forbidden(c, 'files');
  if (connection === null) return problem(c, 404, 'the company has no such connection');
  if (hub.connectors.get(connection.connector)?.gives.length === 0) {
    return problem(c, 400, 'the connection gives no files: upload to the one that does');
  }
  return takeBody(c, bytesMax, async ({ name: fileName, bytes }) => {
    const arriving = { connectionId: connection.id, name: fileName, via: 'upload' } as const;
    const kept = await keepFile(hub.intake, { ...arriving, bytes });
    readSoon(hub, kept.file);
    const { fileId } = kept.file;
    return c.json({ fileId, sameAs: kept.sameAs }, 202, { location: `/v1/files/${fileId}` });
  });
}

async function fileState(c: Context, hub: Hub): Promise<Response> {
  const key = keyOf(c);
  const holder = key === null ? null : await holderOfKey(hub.database.db, key);
  if (holder === null) return unauthorized(c);
  const { companyId, scopes } = holder;
  if (companyId === null || !scopes.includes('files')) return forbidden(c, 'files');
  const id = c.req.param('id') ?? '';
  const { db } = scopedTo(hub.database, [companyId]);
  const file = /^\d{1,18}$/.test(id) ? await findFile(db, companyId, id) : null;
  return file === null ? problem(c, 404, 'there is no such file') : c.json(file);
}
