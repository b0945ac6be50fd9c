import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { DEFAULT_CLIENT } from '../../src/connectors/fortnox/simulator/simulator.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { openHub, type Between, type Hub, type Worker } from '../../src/hub/hub.ts';
import { sha256 } from '../../src/lib/json.ts';
import type { LaneStore } from '../../src/ports/store.ts';
import { addCompany, addConnection, addFlow, type Connection } from '../../src/store/registry.ts';
import { fourCallConnectors, unlimitedConnectors } from '../flow.ts';
import type {
  BenchCompany,
  CompanySeed,
  HubActName,
  HubActs,
  HubAnswer,
  HubCounts,
  HubQuestion,
  HubTask,
  TillFile,
} from './hub-acts.ts';

/** Files handed over at the same time, as by so many senders. */
const SENDERS = 4;
/** Often enough to end a measurement, too seldom to be seen in it. */
const TELL_MS = 50;

const task = JSON.parse(process.argv[2] ?? '{}') as HubTask;
const counts = { roundTrips: 0, done: 0 };
let files: readonly TillFile[] = [];
let worker: Worker | null = null;

countRoundTrips();
const hub = await openHub(
  {
    home: task.home,
    database: task.database,
    masterKey: undefined,
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1',
    logLevel: 'error',
  },
  {
    // What the hub complains of is seen at once: a figure of a run with errors is worth nothing.
    log: pino({ level: 'error' }, pino.destination(2)),
    connectors: connectorsOf(task),
    maintain: task.maintain,
    between: { http: (http) => http, lanes: countDone, intake: (store) => store },
  } satisfies Parameters<typeof openHub>[1] & { between: Between },
);

const ACTS: {
  readonly [Name in HubActName]: (asks: HubActs[Name]['asks']) => Promise<HubActs[Name]['answers']>;
} = {
  'add-companies': ({ companies }) => addCompanies(hub, companies),
  load: async (asks) => {
    files = asks.files;
    return null;
  },
  take: takeAll,
  stream: ({ perSecond }) => stream(perSecond),
  'start-worker': async () => {
    worker ??= await hub.startWorker();
    return null;
  },
  'stop-worker': async () => {
    await worker?.stop();
    worker = null;
    return null;
  },
  counts: async (): Promise<HubCounts> => ({ ...counts }),
};

process.on('message', (question: HubQuestion) => void answer(question));
process.once('disconnect', () => void end());
process.once('SIGTERM', () => void end());
const telling = tellDone();
tell({ kind: 'ready' });

async function answer({ id, act, asks }: HubQuestion): Promise<void> {
  try {
    const value = await (ACTS[act] as (asks: unknown) => Promise<unknown>)(asks);
    tell({ kind: 'answer', id, value });
  } catch (error) {
    tell({ kind: 'failed', id, says: String(error) });
  }
}

async function end(): Promise<void> {
  clearInterval(telling);
  await worker?.stop();
  await hub.close();
  process.exit(0);
}

function tell(said: HubAnswer): void {
  if (process.connected) process.send?.(said);
}

function tellDone(): NodeJS.Timeout {
  let told = 0;
  return setInterval(() => {
    if (told === counts.done) return;
    told = counts.done;
    tell({ kind: 'done', count: told });
  }, TELL_MS);
}

function connectorsOf({ flow }: HubTask): ReturnType<typeof fourCallConnectors> {
  if (flow === 'four-calls') return fourCallConnectors();
  return flow === 'day-reports' ? unlimitedConnectors() : CONNECTORS;
}

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

async function addCompanies(
  to: Hub,
  companies: readonly CompanySeed[],
): Promise<readonly BenchCompany[]> {
  const { db } = to.database;
  const added: BenchCompany[] = [];
  for (const { name, ledger } of companies) {
    const { id: companyId } = await addCompany(db, { name, country: 'SE', language: 'sv' });
    const about = { companyId, connector: 'minbutik', name: 'minbutik', settings: {} };
    const source = await addConnection(db, about);
    if (ledger !== null) await addLedger(to, source, ledger);
    const key = randomBytes(24).toString('base64url');
    const keyRow = { company_id: companyId, name: 'bench', hash: sha256(key) };
    await db.insertInto('api_key').values(keyRow).execute();
    added.push({ sourceId: source.id, key });
  }
  return added;
}

async function addLedger(
  to: Hub,
  source: Connection,
  { tenantId, ...urls }: NonNullable<CompanySeed['ledger']>,
): Promise<void> {
  const { db } = to.database;
  const target = await addConnection(db, {
    companyId: source.companyId,
    connector: 'fortnox',
    name: 'fortnox',
    settings: { clientId: DEFAULT_CLIENT.id, tenantId: String(tenantId), ...urls },
  });
  await addSecrets(to, target.id, { clientSecret: DEFAULT_CLIENT.secret });
  const choices = { series: 'K' };
  await addFlow(db, { source, target, mode: 'automatic', choices, startDate: null });
}

async function takeAll(): Promise<null> {
  const left = [...files].reverse();
  const send = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) await take(file);
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return null;
}

async function take({ connectionId, name, text }: TillFile): Promise<void> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  const result = await hub.takeFile({ connectionId, name, via: 'command', bytes });
  if (result.kind !== 'read') throw new Error(`the file ${name} was ${result.kind}`);
}

/** Nobody waits for the file before: a hub that falls behind is seen to be late. */
async function stream(perSecond: number): Promise<Record<string, number>> {
  const due: Record<string, number> = {};
  const taken: Promise<void>[] = [];
  const fromMs = Date.now();
  for (const [index, file] of files.entries()) {
    const dueMs = fromMs + (index * 1_000) / perSecond;
    await sleep(Math.max(0, dueMs - Date.now()));
    due[file.name] = dueMs;
    taken.push(take(file));
  }
  await Promise.all(taken);
  return due;
}
