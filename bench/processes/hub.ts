import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { DEFAULT_CLIENT } from '../../src/connectors/fortnox/simulator/simulator.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { openHub, type Worker } from '../../src/hub/hub.ts';
import { sha256 } from '../../src/lib/json.ts';
import type { LaneStore } from '../../src/ports/store.ts';
import { LOOPBACK } from '../../src/hub/reach.ts';
import type { DatabasePlace } from '../../src/store/hub-database.ts';
import { addCompany, addConnection, addFlow } from '../../src/store/registry.ts';
import { openServer } from '../../src/web/server.ts';
import { fourCallConnectors, unlimitedConnectors } from '../flow.ts';
import { answerAsked, ownTask } from './asked.ts';

/** What a hub is started with. */
export type HubTask = {
  readonly home: string;
  readonly database: DatabasePlace;
  readonly flow: FlowName;
};

/**
 * - `four-calls`: customer, invoice, booking and payment for each document, without a limit
 * - `day-reports`: a day report as it is booked in earnest, without a limit
 * - `limited`: the same under Fortnox' own limit
 */
export type FlowName = keyof typeof FLOWS;

/** A company to be set up, and where its books are. */
type CompanySeed = {
  readonly name: string;
  /** null: nothing is booked, what comes is read and kept. */
  readonly ledger: {
    readonly tenantId: number;
    readonly apiUrl: string;
    readonly authUrl: string;
  } | null;
};

/** What can be asked of a hub. */
export type HubActs = typeof ACTS;

const FLOWS = {
  'four-calls': fourCallConnectors,
  'day-reports': unlimitedConnectors,
  limited: () => CONNECTORS,
} as const;

const task = ownTask() as HubTask;
const counts = { roundTrips: 0, done: 0 };
let worker: Worker | null = null;

countRoundTrips();
// In the order of `bokbro start`, but that the worker waits until it is asked for.
const server = await openServer({ host: '127.0.0.1', port: 0 });
const hub = await openHub(
  {
    home: task.home,
    database: task.database,
    masterKey: undefined,
    port: 0,
    host: '127.0.0.1',
    publicUrl: server.url,
    logLevel: 'error',
    reach: LOOPBACK,
  },
  {
    // What the hub complains of is seen at once: a figure of a run with errors is worth nothing.
    log: pino({ level: 'error' }, pino.destination(2)),
    connectors: FLOWS[task.flow](),
    maintain: true,
    between: { http: (http) => http, lanes: countDone, intake: (store) => store },
  },
);
server.ready(hub);

const ACTS = {
  url: async () => server.url,
  /** @answers the key that the company's files are uploaded with */
  addCompany: addBenchCompany,
  startWorker: async () => {
    worker ??= await hub.startWorker();
  },
  stopWorker: async () => {
    await worker?.stop();
    worker = null;
  },
  /**
   * Since the process began: statements sent to the database one by one, each a round trip, and
   * deliveries brought to their end.
   */
  counts: async () => ({ ...counts }),
};

answerAsked(ACTS, async () => {
  await server.close();
  await worker?.stop();
  await hub.close();
});

/** Everything goes through a client's `query`: the pool's, the query builder's and the queue's. */
function countRoundTrips(): void {
  const prototype = pg.Client.prototype as { query: (...given: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function counted(...given: unknown[]): unknown {
    counts.roundTrips += 1;
    return query.apply(this, given);
  };
}

function countDone(store: LaneStore): LaneStore {
  return {
    ...store,
    settle: async (hold, settlement) => {
      const isAccepted = await store.settle(hold, settlement);
      if (isAccepted && settlement.state === 'done') counts.done += 1;
      return isAccepted;
    },
  };
}

async function addBenchCompany({ name, ledger }: CompanySeed): Promise<string> {
  const { db } = hub.database;
  const { id: companyId } = await addCompany(db, { name, country: 'SE', language: 'sv' });
  const about = { companyId, connector: 'minbutik', name: 'minbutik', settings: {} };
  const source = await addConnection(db, about);
  if (ledger !== null) {
    const { tenantId, ...urls } = ledger;
    const target = await addConnection(db, {
      companyId,
      connector: 'fortnox',
      name: 'fortnox',
      settings: { clientId: DEFAULT_CLIENT.id, tenantId: String(tenantId), ...urls },
    });
    await addSecrets(hub, target.id, { clientSecret: DEFAULT_CLIENT.secret });
    const choices = { series: 'K' };
    await addFlow(db, { source, target, mode: 'automatic', choices, startDate: null });
  }
  const key = randomBytes(24).toString('base64url');
  const row = { company_id: companyId, name: 'bench', hash: sha256(key) };
  await db.insertInto('api_key').values(row).execute();
  return key;
}
