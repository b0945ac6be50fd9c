import { join } from 'node:path';
import { callGate, WINDOW_MARGIN_MS, type CallGate } from '../engine/calls.ts';
import { takeFile, type Arriving, type IntakeResult } from '../engine/intake.ts';
import type { FileResult } from '../engine/reading.ts';
import { Runner, type OpenLane } from '../engine/runner.ts';
import { TIMING, type Timing } from '../engine/timing.ts';
import { present } from '../lib/assert.ts';
import { gather } from '../lib/gather.ts';
import { encodeJson, type Json } from '../lib/json.ts';
import type { ArticleReader } from '../ports/articles.ts';
import type { BalanceWriter } from '../ports/balances.ts';
import type { AnyConnector, Opened } from '../ports/connector.ts';
import type { Clock } from '../ports/clock.ts';
import type { Feed } from '../ports/feed.ts';
import type { SourceExaminer } from '../ports/health.ts';
import type { HookKeeper } from '../ports/hooks.ts';
import type { Http } from '../ports/http.ts';
import type { Log } from '../ports/log.ts';
import type { FileSource } from '../ports/source.ts';
import type { IntakeStore, KeptFile, LaneStore } from '../ports/store.ts';
import type { StockReader } from '../ports/stock.ts';
import type { Shop, Target } from '../ports/target.ts';
import { connectionCredentials } from '../store/credentials.ts';
import type { Database, Db } from '../store/db.ts';
import { openHubDatabase } from '../store/hub-database.ts';
import { intakeStore } from '../store/intake-store.ts';
import { openJobs, type JobQueue } from '../store/jobs.ts';
import { laneStore } from '../store/lane-store.ts';
import { openPresence } from '../store/presence.ts';
import { getConnections, type Connection } from '../store/registry.ts';
import { findUploadPlaces, type UploadAddress, type UploadPlace } from '../store/upload-keys.ts';
import { masterKey, secretBox, type SecretBox } from '../store/secret-box.ts';
import type { Config } from './config.ts';
import { fileReader, type FileReader } from './file-reader.ts';
import { openOutbound, type Outbound } from './outbound.ts';
import { openReach, type Reach } from './reach.ts';
import { systemClock } from './system-clock.ts';

/** A hub on its database: everything that commands, pages and workers need. */
export type Hub = {
  readonly config: Config;
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly lanes: LaneStore;
  readonly intake: IntakeStore;
  readonly box: SecretBox;
  readonly outbound: Outbound;
  /** Which addresses sockets of the hub may go to. */
  readonly reach: Reach;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly log: Log;
  readonly connectors: ReadonlyMap<string, AnyConnector>;
  /** Where an upload goes; uploads that come at the same time are looked up together. */
  uploadPlace(address: UploadAddress): Promise<UploadPlace>;
  /** @throws Error when the connection's connector does not read files */
  openSource(connectionId: string): Promise<FileSource>;
  /** What reads files of a system for nobody in particular; `layout` as its connector gave it. */
  openLoose(connector: string, layout?: unknown): FileSource;
  openTarget(connectionId: string): Promise<OpenTarget>;
  /** What is told back to a connection; null when it is told nothing. */
  openShop(connectionId: string): Promise<Shop | null>;
  /** What a connection's system has in stock; null when it does not say. */
  openStock(connectionId: string): Promise<StockReader | null>;
  /** What a connection's register of articles is read by; null when it tells none. */
  openArticles(connectionId: string): Promise<ArticleReader | null>;
  /** What writes the balances of customers for a connection; null when it takes none. */
  openBalances(connectionId: string): Promise<BalanceWriter | null>;
  /** What a connection's system is asked what is new in it by; null when it cannot be asked. */
  openFeed(connectionId: string): Promise<Feed | null>;
  /** What tells a connection's system where to send messages; null when only a person can. */
  openHooks(connectionId: string): Promise<HookKeeper | null>;
  /** What looks at a source for what would stop its documents; null when it cannot be asked. */
  openExaminer(connectionId: string): Promise<SourceExaminer | null>;
  /** Keeps and reads a file. */
  takeFile(arriving: Arriving): Promise<IntakeResult>;
  /** Reads a file that has been kept. */
  readKept(file: KeptFile): Promise<FileResult>;
  /** Reads files that were kept and never read: their reading was cut short. */
  finishFiles(): Promise<void>;
  /** Starts to work lanes in this process. */
  startWorker(options?: { readonly lanesMax?: number }): Promise<Worker>;
  close(): Promise<void>;
};

/** What is put around the hub's ways to database and network. */
export type Between = {
  readonly http: (http: Http) => Http;
  readonly lanes: (store: LaneStore) => LaneStore;
  readonly intake: (store: IntakeStore) => IntakeStore;
};

/** Nothing. */
const NOTHING_BETWEEN: Between = {
  http: (http) => http,
  lanes: (store) => store,
  intake: (store) => store,
};

/** A target connection, and the gate its calls go through. */
export type OpenTarget = { readonly target: Target; readonly gate: CallGate };

/** A worker in this process. */
export type Worker = { stop(): Promise<void> };

/** Lanes worked at the same time by one process. */
const LANES_MAX = 64;

/** Opens a hub. */
export async function openHub(
  config: Config,
  options: {
    readonly log: Log;
    readonly timing?: Timing;
    /** Whether this process looks after the job queue's house. One of several is enough. */
    readonly maintain?: boolean;
    readonly connectors: ReadonlyMap<string, AnyConnector>;
    /** Stands between the hub and the outside, where fault tests cut the line. */
    readonly between?: Between;
  },
): Promise<Hub> {
  const key = { given: config.masterKey, file: join(config.home, 'master.key') };
  const box = secretBox(masterKey(key));
  const database = await openHubDatabase(config.database);
  const jobs = await openJobs(database, { maintain: options.maintain ?? false });
  const between = options.between ?? NOTHING_BETWEEN;
  const reach = openReach(config.reach);
  const hub = {
    between,
    config,
    database,
    jobs,
    lanes: between.lanes(laneStore(database)),
    intake: between.intake(intakeStore(database, jobs)),
    box,
    outbound: openOutbound(reach),
    reach,
    clock: systemClock,
    timing: options.timing ?? TIMING,
    log: options.log,
    connectors: options.connectors,
    connection: connectionReader(database.db),
  };
  const sources = keptOpen(hub, sourceOf);
  const readKept = fileReader(
    hub.intake,
    async (connectionId) => sources(await hub.connection(connectionId)),
    hub.log,
  );
  return {
    ...hub,
    uploadPlace: gather((asked: readonly UploadAddress[]) => findUploadPlaces(database.db, asked)),
    openSource: async (id) => sourceOf(hub, await hub.connection(id)),
    openLoose: (connector, layout = {}) =>
      sourceOf(hub, { ...NOBODY, connector, settings: layout as Json }),
    openTarget: async (id) => targetOf(hub, await hub.connection(id)),
    openShop: async (id) => openConnection(hub, await hub.connection(id)).opened.shop ?? null,
    openStock: async (id) => openConnection(hub, await hub.connection(id)).opened.stock ?? null,
    openArticles: async (id) =>
      openConnection(hub, await hub.connection(id)).opened.articles ?? null,
    openBalances: async (id) =>
      openConnection(hub, await hub.connection(id)).opened.balances ?? null,
    openFeed: async (id) => openConnection(hub, await hub.connection(id)).opened.feed ?? null,
    openHooks: async (id) => openConnection(hub, await hub.connection(id)).opened.hooks ?? null,
    openExaminer: async (id) =>
      openConnection(hub, await hub.connection(id)).opened.examiner ?? null,
    takeFile: (arriving) => takeFile(hub.intake, arriving, readKept),
    readKept,
    finishFiles: () => finishFiles(hub, readKept),
    startWorker: ({ lanesMax = LANES_MAX } = {}) => startWorker(hub, lanesMax),
    close: async () => {
      await jobs.stop();
      await hub.outbound.close();
      await database.close();
    },
  };
}

/** What a hub's acts are made of. */
type Parts = Omit<
  Hub,
  | 'uploadPlace'
  | 'openSource'
  | 'openLoose'
  | 'openTarget'
  | 'openShop'
  | 'openStock'
  | 'openArticles'
  | 'openBalances'
  | 'openFeed'
  | 'openHooks'
  | 'openExaminer'
  | 'takeFile'
  | 'readKept'
  | 'finishFiles'
  | 'startWorker'
  | 'close'
> & {
  readonly between: Between;
  /** @throws Error when there is none of this id */
  readonly connection: (id: string) => Promise<Connection>;
};

/** A connection of no company, with the settings that a system has by itself. */
const NOBODY: Omit<Connection, 'connector'> = {
  ...{ id: '0', companyId: '0', name: '', settings: {} },
  ...{ state: 'ready', stateReason: null, secretsVersion: 0 },
};

/** Opens a connection by its connector, with a way out that keeps the system's limit. */
function openConnection(
  hub: Parts,
  connection: Connection,
): { readonly opened: Opened; readonly gate: CallGate } {
  const connector = present(hub.connectors.get(connection.connector), connection.connector);
  const settings = connector.settings.parse(connection.settings);
  const { id, companyId } = connection;
  const limit = connector.rateLimit;
  const gate = callGate({
    http: hub.between.http(
      hub.outbound.to(connector.hosts(settings), { timeoutMs: hub.timing.callMs }),
    ),
    store: hub.lanes,
    clock: hub.clock,
    limit:
      limit === null
        ? null
        : { key: `connection ${id}`, ...limit, perMs: limit.perMs + WINDOW_MARGIN_MS },
  });
  const place = { companyId, connectionId: id };
  const credentials = connectionCredentials(hub.database, hub.box, place);
  const opened = connector.open({ settings, http: gate, clock: hub.clock, credentials });
  return { opened, gate };
}

function connectionReader(db: Db): Parts['connection'] {
  const find = gather((ids: readonly string[]) => getConnections(db, ids));
  return async (id) => present(await find(id), `connection ${id}`);
}

function sourceOf(hub: Parts, connection: Connection): FileSource {
  const { opened } = openConnection(hub, connection);
  return present(opened.files, `a reader of files in ${connection.connector}`);
}

function targetOf(hub: Parts, connection: Connection): OpenTarget {
  const { opened, gate } = openConnection(hub, connection);
  return { target: present(opened.target, `a ledger in ${connection.connector}`), gate };
}

/** What a lane is delivered to: a ledger, or a shop that is told something. */
function laneOf(hub: Parts, connection: Connection): OpenLane {
  const { opened, gate } = openConnection(hub, connection);
  const ledger = opened.target ?? null;
  const target = present(ledger ?? opened.shop, `a way into ${connection.connector}`);
  return { target, ledger, gate };
}

/**
 * Opens connections and keeps them open until their settings or their login change: a login and its
 * sockets are worth keeping.
 */
function keptOpen<T>(
  hub: Parts,
  open: (hub: Parts, connection: Connection) => T,
): (connection: Connection) => T {
  const kept = new Map<string, { readonly settings: string; readonly opened: T }>();
  return (connection) => {
    const settings = encodeJson([connection.settings, connection.secretsVersion]);
    const before = kept.get(connection.id);
    if (before?.settings === settings) return before.opened;
    const opened = open(hub, connection);
    kept.set(connection.id, { settings, opened });
    return opened;
  };
}

async function finishFiles(hub: Parts, readKept: FileReader): Promise<void> {
  const finish = async (file: KeptFile): Promise<void> => {
    try {
      await readKept(file);
    } catch (error) {
      // It stays kept and is tried again later; the others are read now.
      hub.log.error({ fileId: file.fileId, error: String(error) }, 'a file could not be read yet');
    }
  };
  await Promise.all((await hub.intake.unfinishedFiles()).map(finish));
}

async function startWorker(hub: Parts, lanesMax: number): Promise<Worker> {
  const presence = await openPresence(hub.database);
  const opened = keptOpen(hub, laneOf);
  const runner = new Runner({
    queue: hub.jobs,
    presence,
    store: hub.lanes,
    clock: hub.clock,
    timing: hub.timing,
    log: hub.log,
    lanesMax,
    open: async (laneId) => {
      const connection = await hub.connection(laneId);
      return connection.state === 'ready' ? opened(connection) : null;
    },
  });
  runner.start();
  return {
    stop: async () => {
      await runner.stop();
      await presence.close();
    },
  };
}
