import { readFileSync, writeSync } from 'node:fs';
import { pino } from 'pino';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { seeded, type Chance } from '../../src/app/demo/chance.ts';
import { connector as fortnox } from '../../src/connectors/fortnox/connector.ts';
import { connector as quickbutik } from '../../src/connectors/quickbutik/connector.ts';
import { connector as tripletex } from '../../src/connectors/tripletex/connector.ts';
import type { Timing } from '../../src/engine/timing.ts';
import { fetchFiles } from '../../src/hub/fetch/fetch-files.ts';
import { hearHook } from '../../src/hub/hooks/hear-hook.ts';
import { openHub, type Between, type Hub } from '../../src/hub/hub.ts';
import { keepDoing } from '../../src/hub/keep-doing.ts';
import { LOOPBACK } from '../../src/hub/reach.ts';
import { systemClock } from '../../src/hub/system-clock.ts';
import type { AnyConnector } from '../../src/ports/connector.ts';
import { openServer } from '../../src/web/server.ts';
import type { RelayedHook } from './relay.ts';

/** What a worker process is started with, as JSON in its first argument. */
export type WorkerTask = {
  readonly databaseUrl: string;
  readonly home: string;
  readonly masterKey: string;
  readonly publicUrl: string;
  /** Another one for each life of the process, so that no two die at the same point. */
  readonly seed: number;
  /** How likely each boundary is the one at which something happens. */
  readonly chances: { readonly kill: number; readonly database: number; readonly twice: number };
  readonly files: readonly HandedOver[];
  readonly timing: Timing;
  readonly rate: { readonly requests: number; readonly perMs: number };
};

/** A file, and the connection that it comes to. */
export type HandedOver = { readonly path: string; readonly connectionId: string };

/** What the process tells its parent, a line each, before it happens: it may not live to tell. */
export type WorkerEvent =
  | 'kill'
  | 'database'
  | 'twice'
  | 'file-repeated'
  | `heard ${number}`
  /** Where it can be pushed to. */
  | `listens ${string}`
  | `taken ${string}`
  /** What it is about to do, for runs that do not come to an end. */
  | `at ${string}`;

const RETRY_MS = 20;

const task = JSON.parse(process.argv[2] ?? '{}') as WorkerTask;
const chance = seeded(task.seed);

/** Told by a system call of its own: nothing is buffered when the process dies right after. */
function tell(event: WorkerEvent): void {
  writeSync(1, `${event}\n`);
}

/** Dies here and now, as by a power cut: no handler runs. */
function mayDie(): void {
  if (chance() >= task.chances.kill) return;
  tell('kill');
  process.kill(process.pid, 'SIGKILL');
}

function mayLoseDatabase(): void {
  if (chance() >= task.chances.database) return;
  tell('database');
  throw new Error('Connection terminated unexpectedly');
}

/** Every await that crosses to the database: before it, and after it when it has taken effect. */
function tortured<Store extends object>(store: Store, own: Chance): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      // A stream of bytes is cut by killing only: its reader has no await of ours in between.
      if (name === 'openFile') return member.bind(target) as unknown;
      return async (...given: unknown[]) => {
        mayDie();
        mayLoseDatabase();
        const result: unknown = await member.apply(target, given.map(torturedAct));
        if (name === 'settle' && own() < task.chances.twice) {
          tell('twice');
          await member.apply(target, given);
        }
        mayDie();
        mayLoseDatabase();
        return result;
      };
    },
  });
}

/** An act that is given a store of its own, as in a transaction, is cut inside as well. */
function torturedAct(given: unknown): unknown {
  if (typeof given !== 'function') return given;
  return async (...inside: unknown[]) =>
    given(
      ...inside.map((one) =>
        typeof one === 'object' && one !== null && 'commitFiles' in one
          ? tortured(one, chance)
          : one,
      ),
    );
}

const between: Between = {
  http: (http) => ({
    send: async (request) => {
      mayDie();
      const response = await http.send(request);
      mayDie();
      return response;
    },
  }),
  lanes: (store) => tortured(store, chance),
  intake: (store) => tortured(store, chance),
};

const connectors: ReadonlyMap<string, AnyConnector> = new Map([
  ...CONNECTORS,
  ['fortnox', { ...fortnox, rateLimit: task.rate } as unknown as AnyConnector],
  ['quickbutik', { ...quickbutik, rateLimit: task.rate } as unknown as AnyConnector],
  ['tripletex', { ...tripletex, rateLimit: task.rate } as unknown as AnyConnector],
]);

/** How often files are looked for whose reading has failed. */
const FINISH_MS = 1_000;
/** Files handed over at once, at most. */
const AT_ONCE_MAX = 4;

/** Hands the files over until each has been taken: several at once, some of them more than once. */
async function takeFiles(hub: Hub, files: readonly HandedOver[]): Promise<void> {
  for (let at = 0; at < files.length;) {
    const count = 1 + Math.floor(chance() * AT_ONCE_MAX);
    await Promise.all(files.slice(at, at + count).map((file) => takeUntilTaken(hub, file)));
    at += count;
  }
}

async function takeUntilTaken(hub: Hub, file: HandedOver): Promise<void> {
  const times = chance() < 0.2 ? 2 : 1;
  if (times === 2) tell('file-repeated');
  tell(`at ${file.path}`);
  for (let time = 0; time < times; time += 1) await untilDone(() => takeFile(hub, file));
  tell(`taken ${file.path}`);
}

async function takeFile(hub: Hub, { path, connectionId }: HandedOver): Promise<void> {
  const bytes = (async function* () {
    yield readFileSync(path);
  })();
  await hub.takeFile({ connectionId, name: path, via: 'command', bytes });
}

/** A message that is not noted is not answered: who sent it has had no answer. */
async function takeHook(hub: Hub, { hook, token, body, ...rest }: RelayedHook): Promise<void> {
  try {
    mayDie();
    await hearHook(hub, token, { ...rest, body: Buffer.from(body, 'base64') });
    mayDie();
    tell(`heard ${hook}`);
  } catch {
    // The database was away.
  }
}

/** The database may be away: who was not answered sends again. */
async function untilDone(act: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await act();
    } catch {
      await systemClock.sleep(RETRY_MS);
    }
  }
}

tell('at the start');
const hub = await openHub(
  {
    home: task.home,
    database: { kind: 'server', url: task.databaseUrl },
    masterKey: task.masterKey,
    port: 0,
    host: '127.0.0.1',
    publicUrl: task.publicUrl,
    logLevel: 'silent',
    reach: LOOPBACK,
  },
  {
    log: pino({ level: process.env['TORTURE_LOG'] ?? 'silent' }, pino.destination(2)),
    connectors,
    timing: task.timing,
    maintain: true,
    between,
  },
);
const worker = await hub.startWorker();
// Whoever started us is gone.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGTERM', () => {
  void worker.stop().then(async () => {
    await server.close();
    await hub.close();
    process.exit(0);
  });
});
const server = await openServer({ host: '127.0.0.1', port: 0 });
server.ready(hub);
tell(`listens ${new URL(server.url).port}`);
tell('at unread files');
await untilDone(() => hub.finishFiles());
// As a hub that was started does: a file whose reading failed is read later.
keepDoing(hub, { everyMs: FINISH_MS, failed: 'not now' }, () => hub.finishFiles());
process.on('message', (message) => {
  if (typeof message !== 'object' || message === null) return;
  if ('hook' in message) void takeHook(hub, message as RelayedHook);
  else void takeFiles(hub, [message as HandedOver]).then(() => tell('at work'));
});
fetchFiles(hub);
await takeFiles(hub, task.files);
tell('at work');
