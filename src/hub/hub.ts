import { join } from 'node:path';
import { callGate, WINDOW_MARGIN_MS, type CallGate } from '../engine/calls.ts';
import { takeFile, readKeptFile, type Arriving, type IntakeResult } from '../engine/intake.ts';
import { Runner } from '../engine/runner.ts';
import { TIMING, type Timing } from '../engine/timing.ts';
import { present } from '../lib/assert.ts';
import type { AnyConnector, Opened } from '../ports/connector.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { Log } from '../ports/log.ts';
import type { FileSource } from '../ports/source.ts';
import type { IntakeStore, LaneStore } from '../ports/store.ts';
import type { Target } from '../ports/target.ts';
import { connectionCredentials } from '../store/credentials.ts';
import type { Database } from '../store/db.ts';
import { openHubDatabase } from '../store/hub-database.ts';
import { intakeStore } from '../store/intake-store.ts';
import { openJobs, type JobQueue } from '../store/jobs.ts';
import { laneStore } from '../store/lane-store.ts';
import { openPresence } from '../store/presence.ts';
import { getConnection, type Connection } from '../store/registry.ts';
import { masterKey, secretBox, type SecretBox } from '../store/secret-box.ts';
import type { Config } from './config.ts';
import { openOutbound, type Outbound } from './outbound.ts';
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
  readonly clock: Clock;
  readonly timing: Timing;
  readonly log: Log;
  readonly connectors: ReadonlyMap<string, AnyConnector>;
  /** @throws Error when the connection's connector does not read files */
  openSource(connectionId: string): Promise<FileSource>;
  openTarget(connectionId: string): Promise<OpenTarget>;
  /** Keeps and reads a file. */
  takeFile(arriving: Arriving): Promise<IntakeResult>;
  /** Reads a file that has been kept. */
  readKept(file: {
    readonly fileId: string;
    readonly connectionId: string;
    readonly name: string;
  }): Promise<IntakeResult>;
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
  const hub = {
    between,
    config,
    database,
    jobs,
    lanes: between.lanes(laneStore(database)),
    intake: between.intake(intakeStore(database, jobs)),
    box,
    outbound: openOutbound(),
    clock: systemClock,
    timing: options.timing ?? TIMING,
    log: options.log,
    connectors: options.connectors,
  };
  return {
    ...hub,
    openSource: (connectionId) => openSource(hub, connectionId),
    openTarget: (connectionId) => openTarget(hub, connectionId),
    takeFile: async (arriving) =>
      takeFile(hub.intake, await openSource(hub, arriving.connectionId), arriving),
    readKept: async (file) =>
      readKeptFile(hub.intake, await openSource(hub, file.connectionId), file),
    finishFiles: () => finishFiles(hub),
    startWorker: ({ lanesMax = LANES_MAX } = {}) => startWorker(hub, lanesMax),
    close: async () => {
      await jobs.stop();
      await hub.outbound.close();
      await database.close();
    },
  };
}

type Parts = Omit<
  Hub,
  'openSource' | 'openTarget' | 'takeFile' | 'readKept' | 'finishFiles' | 'startWorker' | 'close'
> & { readonly between: Between };

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

async function openSource(hub: Parts, connectionId: string): Promise<FileSource> {
  const connection = await getConnection(hub.database.db, connectionId);
  const { opened } = openConnection(hub, connection);
  return present(opened.files, `a reader of files in ${connection.connector}`);
}

async function openTarget(hub: Parts, connectionId: string): Promise<OpenTarget> {
  const connection = await getConnection(hub.database.db, connectionId);
  const { opened, gate } = openConnection(hub, connection);
  return { target: present(opened.target, `a ledger in ${connection.connector}`), gate };
}

async function finishFiles(hub: Parts): Promise<void> {
  for (const file of await hub.intake.unfinishedFiles()) {
    try {
      const source = await openSource(hub, file.connectionId);
      await readKeptFile(hub.intake, source, { ...file, name: `file ${file.fileId}` });
    } catch (error) {
      // It stays kept and is tried again later; the others are read now.
      hub.log.error({ fileId: file.fileId, error: String(error) }, 'a file could not be read yet');
    }
  }
}

async function startWorker(hub: Parts, lanesMax: number): Promise<Worker> {
  const presence = await openPresence(hub.database);
  const opened = new Map<string, OpenTarget & { readonly settings: string }>();
  const runner = new Runner({
    queue: hub.jobs,
    presence,
    store: hub.lanes,
    clock: hub.clock,
    timing: hub.timing,
    log: hub.log,
    lanesMax,
    // Kept open between turns: a login and its sockets are worth keeping.
    open: async (laneId) => {
      const connection = await getConnection(hub.database.db, laneId);
      if (connection.state !== 'ready') return null;
      const settings = JSON.stringify(connection.settings);
      const kept = opened.get(laneId);
      if (kept?.settings === settings) return kept;
      const fresh = { ...(await openTarget(hub, laneId)), settings };
      opened.set(laneId, fresh);
      return fresh;
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
