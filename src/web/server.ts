import { serve, type ServerType } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { endConsent } from '../hub/consent.ts';
import type { Hub } from '../hub/hub.ts';
import { keepFile } from '../engine/intake.ts';
import { storableText } from '../lib/json.ts';
import { ConnectorError, OperatorError } from '../ports/errors.ts';
import type { KeptFile } from '../ports/store.ts';
import { findFile } from '../store/files.ts';
import { holderOfKey } from '../store/upload-keys.ts';
import { balances } from './balances.ts';
import { takeBody } from './body.ts';
import { hook } from './hooks.ts';
import { uploadToInbox } from './inbox.ts';
import { keys, keysGiven } from './keys.ts';
import { forbidden, keyOf, problem, unauthorized } from './problem.ts';
import { requestLimit } from './request-limit.ts';

/** A server that answers from the first moment: 503 until the hub is there. */
export type HubServer = {
  readonly url: string;
  /** From now on requests are served. */
  ready(hub: Hub): void;
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
}): Promise<HubServer> {
  let hub: Hub | null = null;
  const app = routes(() => hub, at.uploadBytesMax ?? UPLOAD_BYTES_MAX);
  const server = await new Promise<ServerType>((resolve, reject) => {
    const opened = serve({ fetch: app.fetch, hostname: at.host, port: at.port }, () => {
      resolve(opened);
    });
    opened.once('error', (error) => reject(cannotListen(at, error)));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  return {
    url: `http://${at.host}:${port}`,
    ready: (opened) => {
      hub = opened;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      }),
  };
}

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

function routes(current: () => Hub | null, uploadBytesMax: number): Hono {
  const app = new Hono();
  const limit = requestLimit(BALANCES_LIMIT);
  // Nothing is acknowledged before it can be kept: a 2xx here would lose what was sent.
  app.use(async (c, next) => {
    if (current() !== null) return next();
    c.header('retry-after', RETRY_AFTER_SECONDS);
    return problem(c, 503, 'the hub is starting');
  });
  const opened = (): Hub => {
    const hub = current();
    if (hub === null) throw new Error('the hub is starting');
    return hub;
  };
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/oauth/callback', (c) => consentCallback(c, opened()));
  app.post('/v1/keys/:connector', (c) => keys(c, opened()));
  app.get('/v1/keys/:connector', (c) => keysGiven(c, opened()));
  app.on(['GET', 'POST'], '/v1/hooks/:token', (c) => hook(c, opened()));
  app.post('/v1/inbox', (c) => uploadToInbox(c, opened(), uploadBytesMax));
  app.post('/v1/files/:connection', (c) => upload(c, opened(), uploadBytesMax));
  app.get('/v1/balances/:connection', (c) => balances(c, opened(), limit));
  app.get('/v1/files/:id', (c) => fileState(c, opened()));
  app.notFound((c) => problem(c, 404, 'there is nothing here'));
  app.onError((error, c) => {
    current()?.log.error({ error: String(error) }, 'a request failed');
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

/** Reading may take a while; after a crash it is taken up at the next start. */
function readSoon(hub: Hub, file: KeptFile): void {
  hub.readKept(file).catch((error: unknown) => {
    hub.log.error({ fileId: file.fileId, error: String(error) }, 'a file could not be read yet');
  });
}

async function fileState(c: Context, hub: Hub): Promise<Response> {
  const key = keyOf(c);
  const holder = key === null ? null : await holderOfKey(hub.database.db, key);
  if (holder === null) return unauthorized(c);
  const { companyId, scopes } = holder;
  if (companyId === null || !scopes.includes('files')) return forbidden(c, 'files');
  const id = c.req.param('id') ?? '';
  const file = /^\d{1,18}$/.test(id) ? await findFile(hub.database.db, companyId, id) : null;
  return file === null ? problem(c, 404, 'there is no such file') : c.json(file);
}

async function consentCallback(c: Context, hub: Hub): Promise<Response> {
  const { state, code, error } = c.req.query();
  if (error !== undefined) return c.text(`The consent was not given: ${error}`, 400);
  if (state === undefined || code === undefined) return c.text('Something is missing.', 400);
  try {
    const connection = await endConsent(hub, { state, code });
    if (connection === null) return c.text('This consent has ended. Begin again.', 400);
    return c.text('Connected. You can close this page.');
  } catch (failed) {
    if (!(failed instanceof ConnectorError)) throw failed;
    return c.text(failed.message, 502);
  }
}
