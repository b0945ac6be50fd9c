import { pino } from 'pino';
import type { Config } from '../hub/config.ts';
import { watchFolders } from '../hub/drop-folders.ts';
import { fetchFiles } from '../hub/fetch/fetch-files.ts';
import { openHub, type Hub } from '../hub/hub.ts';
import { keepDoing, type KeptUp } from '../hub/keep-doing.ts';
import { keepSnapshots } from '../hub/keep-snapshots.ts';
import { returnBalances } from '../hub/return-balances.ts';
import { keepSchedules } from '../hub/schedules.ts';
import { hasPeople } from '../store/people.ts';
import { keepArticles } from '../hub/articles/keep-articles.ts';
import { keepStock } from '../hub/stock/keep-stock.ts';
import { tellShops } from '../hub/tell-shops.ts';
import { tryWaiting } from '../hub/try-waiting.ts';
import { watchSources } from '../hub/watch-sources.ts';
import { sendWebhooks } from '../hub/webhooks/send-webhooks.ts';
import { writeResults } from '../web/result-files.ts';
import { openServer, type HubServer } from '../web/server.ts';
import { buildPages } from './build-pages.ts';
import { CONNECTORS } from './connectors.ts';
import { demoOnDemand, endForsakenDemo } from './demo-on-demand.ts';

const FINISH_EVERY_MS = 60_000;

/** Runs the hub until it is told to stop. The server answers first, and serves when all is up. */
export async function startHub(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel });
  const stopped = stopSignal();
  const server = await openServer(config);
  buildPages(log);
  const opening = openHub(config, { log, connectors: CONNECTORS, maintain: true });
  // A server that is left to listen would keep the process from ending.
  const hub = await opening.catch((error: unknown) => server.close().then(() => raise(error)));
  await endForsakenDemo(hub);
  const demo = demoOnDemand(hub);
  server.ready(hub, demo);
  log.info({ url: server.url, home: config.home }, 'the hub is ready');
  await tellFirst(hub, server);
  const kept = [
    keepFinishing(hub),
    watchFolders(hub),
    writeResults(hub),
    fetchFiles(hub),
    returnBalances(hub),
    keepSnapshots(hub),
    keepSchedules(hub),
    tellShops(hub),
    keepStock(hub),
    watchSources(hub),
    tryWaiting(hub),
    keepArticles(hub),
    sendWebhooks(hub),
  ];
  const worker = await hub.startWorker();
  await stopped;
  log.info({}, 'stopping: what is on its way arrives first');
  await server.close();
  await Promise.all(kept.map((one) => one.stop()));
  await demo.close();
  await worker.stop();
  await hub.close();
}

/** Says to the operator, and to nobody else, how the first person comes in. */
async function tellFirst(hub: Hub, { setupToken }: HubServer): Promise<void> {
  if (await hasPeople(hub.database.db)) return;
  // Beside the log, which may be kept where others read it.
  process.stderr.write(
    `Make the first user: ${hub.config.publicUrl}/setup#token=${setupToken}\n` +
      `(the code is ${setupToken}; a new one at each start, until there is a user)\n`,
  );
}

function raise(error: unknown): never {
  throw error;
}

/**
 * Reads what was kept and never read: files of before a crash now, and later those whose reading
 * failed, as when the database was away for a moment.
 */
function keepFinishing(hub: Hub): KeptUp {
  const failed = 'unread files could not be looked for';
  return keepDoing(hub, { everyMs: FINISH_EVERY_MS, failed }, () => hub.finishFiles());
}

/** Runs a worker until it is told to stop. */
export async function startWorkerOnly(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel });
  const stopped = stopSignal();
  const hub = await openHub(config, { log, connectors: CONNECTORS });
  const fetching = fetchFiles(hub);
  const worker = await hub.startWorker();
  const kept = [
    ...[keepSchedules(hub), tellShops(hub), keepStock(hub), watchSources(hub)],
    ...[keepArticles(hub), tryWaiting(hub), sendWebhooks(hub)],
  ];
  log.info({}, 'working');
  await stopped;
  await Promise.all(kept.map((one) => one.stop()));
  await fetching.stop();
  await worker.stop();
  await hub.close();
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
