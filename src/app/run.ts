import { pino } from 'pino';
import type { Config } from '../hub/config.ts';
import { watchFolders } from '../hub/drop-folders.ts';
import { openHub } from '../hub/hub.ts';
import { openServer } from '../web/server.ts';
import { CONNECTORS } from './connectors.ts';

/** Runs the hub until it is told to stop. The server answers first, and serves when all is up. */
export async function startHub(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel });
  const stopped = stopSignal();
  const server = await openServer(config);
  const hub = await openHub(config, { log, connectors: CONNECTORS, maintain: true });
  server.ready(hub);
  log.info({ url: server.url, home: config.home }, 'the hub is ready');
  await hub.finishFiles();
  const worker = await hub.startWorker();
  const folders = watchFolders(hub);
  await stopped;
  log.info({}, 'stopping: what is on its way arrives first');
  await server.close();
  await folders.stop();
  await worker.stop();
  await hub.close();
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
