import { pino } from 'pino';
import type { Config } from '../hub/config.ts';
import { watchFolders } from '../hub/drop-folders.ts';
import { openHub, type Hub } from '../hub/hub.ts';
import { openServer } from '../web/server.ts';
import { CONNECTORS } from './connectors.ts';

const FINISH_EVERY_MS = 60_000;

/** Runs the hub until it is told to stop. The server answers first, and serves when all is up. */
export async function startHub(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel });
  const stopped = stopSignal();
  const server = await openServer(config);
  const opening = openHub(config, { log, connectors: CONNECTORS, maintain: true });
  // A server that is left to listen would keep the process from ending.
  const hub = await opening.catch((error: unknown) => server.close().then(() => raise(error)));
  server.ready(hub);
  log.info({ url: server.url, home: config.home }, 'the hub is ready');
  const stopFinishing = keepFinishing(hub);
  const worker = await hub.startWorker();
  const folders = watchFolders(hub);
  await stopped;
  log.info({}, 'stopping: what is on its way arrives first');
  await server.close();
  await stopFinishing();
  await folders.stop();
  await worker.stop();
  await hub.close();
}

function raise(error: unknown): never {
  throw error;
}

/**
 * Reads what was kept and never read: files of before a crash now, and later those whose reading
 * failed, as when the database was away for a moment.
 *
 * @returns ends it, after the file that is being read
 */
function keepFinishing(hub: Hub): () => Promise<void> {
  const stop = new AbortController();
  const running = (async () => {
    while (!stop.signal.aborted) {
      try {
        await hub.finishFiles();
      } catch (error) {
        hub.log.warn({ error: String(error) }, 'unread files could not be looked for');
      }
      await hub.clock.sleep(FINISH_EVERY_MS, stop.signal);
    }
  })();
  return async () => {
    stop.abort();
    await running;
  };
}

/** Runs a worker until it is told to stop. */
export async function startWorkerOnly(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel });
  const stopped = stopSignal();
  const hub = await openHub(config, { log, connectors: CONNECTORS });
  const worker = await hub.startWorker();
  log.info({}, 'working');
  await stopped;
  await worker.stop();
  await hub.close();
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
