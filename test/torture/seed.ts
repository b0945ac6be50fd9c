import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DemoFile } from '../../src/app/demo/month.ts';
import { seeded, type Chance } from '../../src/app/demo/chance.ts';
import { addDemoCompany, type DemoCompany } from '../../src/app/demo/store.ts';
import { CONNECTORS } from '../../src/app/connectors.ts';
import {
  startFortnoxSimulator,
  type FortnoxSimulator,
} from '../../src/connectors/fortnox/simulator/simulator.ts';
import type { Fault } from '../../src/connectors/fortnox/simulator/faults/fault.ts';
import { present } from '../../src/lib/assert.ts';
import type { Timing } from '../../src/engine/timing.ts';
import { openHub } from '../../src/hub/hub.ts';
import { pick } from './chance.ts';
import { readObjects } from './objects.ts';
import { PushRelay } from './push-relay.ts';
import { HookRelay } from './relay.ts';
import { Senders } from './senders.ts';
import { LOOPBACK } from '../../src/hub/reach.ts';
import { ShopStreet } from './shops.ts';
import type { HandedOver, WorkerEvent, WorkerTask } from './worker.ts';
import { pino } from 'pino';

/** What a run has done to a hub. */
export type Faults = Record<string, number>;

/** The ledger after a run, and what was done to it on the way. */
export type SeedResult = {
  readonly seed: number;
  readonly faults: Faults;
  /** Vouchers as the ledger shows them: day, text and rows, without their numbers. */
  readonly vouchers: readonly string[];
  /** Keys that stand in the ledger, to see one that stands twice. */
  readonly keys: readonly string[];
  /** What is in the journal of each delivery whose key stands in the ledger more than once. */
  readonly doubledHistory: readonly string[];
  /** Everything else in the ledger that the files lead to: customers, invoices, attachments … */
  readonly objects: readonly string[];
  /** How many documents had come to the hub after each act of the month. */
  readonly documents: readonly number[];
  /** Deliveries that did not end as done, with their reason. */
  readonly unfinished: readonly string[];
  readonly seconds: number;
};

/** How a run is made. */
export type SeedOptions = {
  readonly seed: number;
  /** Connection string of a server on which databases can be made. */
  readonly serverUrl: string;
  readonly template: string;
  readonly folder: string;
  readonly files: readonly DemoFile[];
  /**
   * How many documents there are after each act; null: all that is there when nothing moves any
   * more.
   */
  readonly documents: readonly number[] | null;
  /** One of the documents again, with other figures, when all of them are booked. */
  readonly revised: DemoFile;
  /** Worker processes at a time; one or two, by chance, when absent. */
  readonly workers?: number;
  /** false: nothing goes wrong, to learn what the ledger should be. */
  readonly isDisturbed: boolean;
};

/**
 * Waits cut short, in the same order as real ones: a call is given up long before its deadline,
 * and the second look comes later than anything the ledger does late.
 */
const TIMING: Timing = {
  callMs: 350,
  deadlineMs: 900,
  firstLookMs: 40,
  secondLookMs: 500,
  retryMs: { first: 15, longest: 120 },
  sliceMs: 400,
  booksMs: 60_000,
  lookAroundMs: 100,
  forsakenMs: 500,
  holdMs: 1_500,
};

const RATE = { requests: 60, perMs: 600 };
/**
 * Longest that the simulated ledger is late with carrying out a call it has been given up on, and
 * as long again with showing it: together well below the second look, as in the real one.
 */
const LATE_MS_MAX = 90;
/** Long after any run has ended, on a busy machine too. */
const RUN_SECONDS_MAX = 600;
const LOOK_MS = 50;
/** The month; a report that comes again; what shops change, and change once more. */
const STEPS = 3;
/** A shop has been asked since something happened there when it was asked so often. */
const LOOKS_MIN = 3;

/** Delivers a month while everything that can go wrong goes wrong, and reads the ledger after. */
export async function runSeed(options: SeedOptions): Promise<SeedResult> {
  const startedMs = Date.now();
  const chance = seeded(options.seed * 2_654_435_761);
  const database = `torture_${process.pid}_${options.seed}${options.isDisturbed ? '' : '_calm'}`;
  const admin = new pg.Client({ connectionString: databaseUrl(options.serverUrl, 'postgres') });
  // Its server is stopped when the whole is told to stop.
  admin.on('error', () => undefined);
  await admin.connect();
  await admin.query(`create database ${database} template ${options.template}`);
  const simulator = await startFortnoxSimulator({
    seed: options.seed,
    rate: { requests: RATE.requests, windowMs: RATE.perMs },
  });
  const street = await ShopStreet.open(options.seed);
  const living = new Map<number, ChildProcess>();
  const relay = new HookRelay(options.seed, () => [...living.values()]);
  const publicUrl = await relay.open();
  const ports = new Map<ChildProcess, number>();
  const pushes = new PushRelay(options.seed, () => [...ports.values()]);
  const pushUrl = await pushes.open();
  let senders: Senders | null = null;
  try {
    const stage = await setTheStage(options, { simulator, database, street, publicUrl, pushUrl });
    senders = stage.senders;
    const towards = { relay, publicUrl, pushes, ports, workers: living };
    const about = { options, chance, simulator, street, ...towards };
    const run = new Run({ ...about, ...stage });
    await run.play();
    return { ...(await run.result()), seconds: (Date.now() - startedMs) / 1_000 };
  } finally {
    await relay.close();
    await pushes.close();
    await senders?.stop();
    await street.stop();
    await simulator.stop();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl.replace(/^postgres:\/\/([^@]*)@\//, 'postgres://$1@socket/'));
  url.pathname = `/${database}`;
  return url.href.replace('@socket/', '@/');
}

type Stage = {
  readonly company: DemoCompany;
  readonly url: string;
  readonly home: string;
  readonly masterKey: string;
  readonly files: readonly HandedOver[];
  readonly revised: HandedOver;
  readonly senders: Senders;
};

async function setTheStage(
  options: SeedOptions,
  at: {
    readonly simulator: FortnoxSimulator;
    readonly database: string;
    readonly street: ShopStreet;
    readonly publicUrl: string;
    readonly pushUrl: string;
  },
): Promise<Stage> {
  const home = join(options.folder, at.database);
  mkdirSync(home, { recursive: true });
  const masterKey = randomBytes(32).toString('base64');
  const url = databaseUrl(options.serverUrl, at.database);
  const hub = await openHub(
    {
      home,
      database: { kind: 'server', url },
      masterKey,
      port: 0,
      host: '127.0.0.1',
      publicUrl: at.publicUrl,
      reach: LOOPBACK,
      logLevel: 'silent',
    },
    { log: pino({ level: 'silent' }), connectors: CONNECTORS },
  );
  const rig = { hub, simulator: at.simulator };
  const company = await addDemoCompany(rig, { name: 'Torture AB' });
  await at.street.connect(rig, company);
  const senders = await Senders.open(rig, company, at.pushUrl);
  await hub.close();
  const put = (file: { readonly name: string; readonly text: string }, of: string): HandedOver => {
    const path = join(home, file.name);
    writeFileSync(path, file.text);
    return { path, connectionId: of };
  };
  const putOwn = (file: DemoFile): HandedOver => put(file, company.flows[file.to].source.id);
  const abroad = senders.files.map((file) => put(file, file.connectionId));
  const [files, revised] = [[...options.files.map(putOwn), ...abroad], putOwn(options.revised)];
  return { company, url, home, masterKey, files, revised, senders };
}

type Setting = Stage & {
  readonly options: SeedOptions;
  readonly chance: Chance;
  readonly simulator: FortnoxSimulator;
  readonly street: ShopStreet;
  readonly relay: HookRelay;
  readonly publicUrl: string;
  readonly pushes: PushRelay;
  /** Where those that live listen for pushes. */
  readonly ports: Map<ChildProcess, number>;
  /** Those that live, by their slot. */
  readonly workers: Map<number, ChildProcess>;
};

class Run {
  readonly #of: Setting;
  readonly #faults: Faults = {};
  readonly #workers: Map<number, ChildProcess>;
  readonly #db: pg.Client;
  #lives = 0;
  /** What has been handed out to the workers so far. */
  #files: readonly HandedOver[];
  #stuck: readonly string[] = [];
  /** What each living worker is about, by its life. */
  readonly #whereabouts = new Map<number, string>();
  readonly #taken = new Set<string>();
  readonly #documents: number[] = [];
  /** When each shop was asked last, as often as that was seen to change. */
  readonly #looks = new Map<string, string[]>();
  #isOver = false;

  constructor(of: Setting) {
    this.#of = of;
    this.#workers = of.workers;
    this.#files = of.files;
    this.#db = new pg.Client({ connectionString: of.url });
  }

  async play(): Promise<void> {
    this.#db.on('error', () => undefined);
    await this.#db.connect();
    const { options, chance, street, senders } = this.#of;
    if (options.isDisturbed) this.#planFaults();
    street.act(0);
    await senders.act(0);
    const count = options.workers ?? (options.isDisturbed && chance() < 0.5 ? 2 : 1);
    for (let slot = 0; slot < count; slot += 1) this.#startWorker(slot);
    const goesOn = async (step: number): Promise<boolean> =>
      this.#untilSettled(options.documents?.[step] ?? null);
    let isWell = await goesOn(0);
    for (let step = 1; isWell && step < STEPS; step += 1) {
      if (step === 1) this.#handOut(this.#of.revised);
      street.act(step);
      await senders.act(step);
      isWell = await goesOn(step);
    }
    this.#isOver = true;
    await Promise.all([...this.#workers.values()].map(ended));
  }

  async result(): Promise<Omit<SeedResult, 'seconds'>> {
    const { simulator, company, options, senders, pushes } = this.#of;
    for (const { rule, fallen } of simulator.faults.list()) {
      this.#count(`ledger ${rule.fault.kind}`, fallen);
    }
    for (const [what, times] of this.#of.street.fallen()) this.#count(what, times);
    for (const [what, times] of senders.fallen()) this.#count(what, times);
    this.#count('push unanswered', pushes.unanswered);
    const abroad = await senders.ledger();
    const ledger = simulator.tenants.get(company.tenantId).ledger();
    const open = await this.#db.query<{ id: string; state: string; refusals: unknown }>(
      "select id, state, reason, refusals from delivery where state not in ('done', 'skipped')",
    );
    const own = ledger.vouchers.flatMap((v) => /bokbro (\S+)/.exec(v.comments)?.[1] ?? []);
    const keys = [...own, ...abroad.keys];
    const doubledHistory = await this.#historyOf(keys.filter((key, i) => keys.indexOf(key) < i));
    await this.#db.end();
    return {
      seed: options.seed,
      faults: this.#faults,
      vouchers: [...ledger.vouchers.map(voucherText).sort(), ...abroad.vouchers],
      keys,
      doubledHistory,
      objects: [...(await readObjects(simulator, company.tenantId)), ...abroad.objects],
      documents: this.#documents,
      unfinished: [
        ...open.rows.map((row) => JSON.stringify(row)),
        ...ledger.problems,
        ...senders.problems(),
        ...this.#stuck,
      ],
    };
  }

  async #untilSettled(documents: number | null): Promise<boolean> {
    const untilMs = Date.now() + RUN_SECONDS_MAX * 1_000;
    this.#looks.clear();
    while (!(await this.#isSettled(documents))) {
      if (Date.now() > untilMs) {
        this.#stuck = await this.#whatIsStuck();
        return false;
      }
      const { options, chance, senders } = this.#of;
      if (options.isDisturbed) await this.#disturb();
      senders.sendAgain(options.isDisturbed ? chance : null);
      await sleep(LOOK_MS);
    }
    const { rows } = await this.#db.query<{ n: string }>('select count(*) as n from delivery');
    this.#documents.push(Number(rows[0]?.n));
    return true;
  }

  /** One more file for those who run, and for those who start after them. */
  #handOut(file: HandedOver): void {
    this.#files = [...this.#files, file];
    for (const worker of this.#workers.values()) {
      if (worker.connected) worker.send(file, () => undefined); // It may be dead by now.
    }
  }

  /** What a run that does not come to an end is waiting for. */
  async #whatIsStuck(): Promise<readonly string[]> {
    const asked = [
      "select id, state from received_file where state <> 'read'",
      'select state, count(*) from delivery group by state',
      `select pid, state, wait_event, left(query, 90) as query, now() - query_start as age
         from pg_stat_activity where datname = current_database()`,
      `select classid, objid, granted, pid from pg_locks where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())`,
      'select id, state, state_reason from connection',
    ];
    const said = [...this.#whereabouts].map(
      ([life, where]) => `life ${life} of ${this.#lives} ${where}`,
    );
    for (const query of asked) {
      const { rows } = await this.#db.query<Record<string, unknown>>(query);
      said.push(...rows.map((row) => JSON.stringify(row)));
    }
    return said;
  }

  async #historyOf(keys: readonly string[]): Promise<readonly string[]> {
    const { rows } = await this.#db.query<{ said: string }>(
      `select concat_ws(' ', s.key, j.at, j.seq, j.event, j.attempt, j.fence, j.detail) as said
         from journal j join step s on s.delivery_id = j.delivery_id
        where s.key = any($1) order by j.id`,
      [keys],
    );
    return rows.map((row) => row.said);
  }

  /** What the simulated ledger will do wrong, spread over the run. */
  #planFaults(): void {
    const { simulator, company, chance } = this.#of;
    const tenant = company.tenantId;
    const late = (): number => Math.round(chance() * LATE_MS_MAX);
    this.#of.street.planFaults(chance, late);
    this.#of.senders.planFaults(chance, late);
    const writes: Fault[] = [
      { kind: 'reset' },
      { kind: 'too-many-requests' },
      { kind: 'unauthorized', forGood: false },
      { kind: 'unauthorized', forGood: true },
      { kind: 'system-error', commits: false },
      { kind: 'system-error', commits: true },
      { kind: 'hang', commits: false },
      { kind: 'hang', commits: true },
      { kind: 'lose-answer' },
      { kind: 'cut-answer' },
      { kind: 'delay-answer', ms: late() },
      { kind: 'late-commit', ms: late() },
      { kind: 'wrong-body', body: 'html', commits: true },
      { kind: 'wrong-body', body: 'error', commits: false },
    ];
    // Invoices are booked by PUT.
    for (const method of ['POST', 'PUT']) {
      for (const fault of writes) {
        const times = 1 + Math.floor(chance() * 3);
        simulator.faults.add({ fault, tenant, method, path: '/3/*', chance: 0.04, times });
      }
    }
    const reads: Fault[] = [
      { kind: 'reset' },
      { kind: 'too-many-requests' },
      { kind: 'system-error', commits: false },
      { kind: 'hang', commits: false },
      { kind: 'cut-answer' },
      { kind: 'wrong-body', body: 'html', commits: false },
    ];
    for (const fault of reads) {
      simulator.faults.add({ fault, tenant, method: 'GET', path: '/3/*', chance: 0.03, times: 3 });
    }
    const lag: Fault = { kind: 'lag', ms: late() };
    simulator.faults.add({ fault: lag, tenant, method: 'GET', chance: 0.2, times: 'always' });
    for (const kind of ['system-error', 'hang'] as const) {
      const fault: Fault = { kind, commits: chance() < 0.5 };
      simulator.faults.add({
        fault,
        method: 'POST',
        path: '/oauth-v1/token',
        chance: 0.1,
        times: 1,
      });
    }
  }

  /** What happens from outside while the run goes on. */
  async #disturb(): Promise<void> {
    const { chance, simulator, company, relay } = this.#of;
    if (chance() > 0.1) return;
    const act = pick(chance, ['token', 'connection', 'presence', 'offline', 'old hook'] as const);
    this.#count(act, 1);
    if (act === 'old hook') await relay.sendAgain();
    // Shops that failed are tried ever more rarely, unless somebody asks for it.
    await this.#db.query('update pickup set due_at = now() where failures > 0');
    if (act === 'token') simulator.tenants.get(company.tenantId).expireAccessTokens();
    if (act === 'connection') await this.#dropConnections("query not like '%listen%'");
    if (act === 'presence') await this.#dropConnections("query like '%listen%'");
    if (act === 'offline') {
      await simulator.goOffline();
      await sleep(Math.round(chance() * 60));
      await simulator.goOnline();
    }
  }

  /** A connection to the database that ends under a worker; its lane may go to another one. */
  async #dropConnections(which: string): Promise<void> {
    await this.#db.query(
      `select pg_terminate_backend(pid) from
         (select pid from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and ${which}
           order by random() limit 1) one`,
    );
  }

  #startWorker(slot: number): void {
    const { options, url, home, masterKey, publicUrl } = this.#of;
    this.#lives += 1;
    const life = this.#lives;
    const mild = this.#lives > 12 ? 0.2 : 1; // Everyone lives in the end, or nothing would arrive.
    const task: WorkerTask = {
      databaseUrl: url,
      home,
      masterKey,
      publicUrl,
      seed: options.seed * 1_000 + this.#lives,
      chances: options.isDisturbed
        ? { kill: 0.008 * mild, database: 0.006 * mild, twice: 0.03 }
        : { kill: 0, database: 0, twice: 0 },
      files: this.#filesToSend(),
      timing: TIMING,
      rate: RATE,
    };
    const isLogged = process.env['TORTURE_LOG'] !== undefined;
    const script = join(import.meta.dirname, 'worker.ts');
    const child = spawn(process.execPath, [script, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', isLogged ? 'inherit' : 'ignore', 'ipc'],
      // Compiled once: a process that is killed some thousand times should start quickly.
      env: { NODE_COMPILE_CACHE: join(options.folder, 'compiled'), ...process.env },
    });
    this.#workers.set(slot, child);
    createInterface({ input: present(child.stdout, 'what the worker says') }).on('line', (line) => {
      const event = line as WorkerEvent;
      if (event.startsWith('listens ')) this.#of.ports.set(child, Number(event.slice(8)));
      else this.#heard(life, event);
    });
    child.once('exit', () => {
      this.#of.ports.delete(child);
      this.#whereabouts.delete(life);
      if (!this.#isOver) this.#startWorker(slot);
    });
  }

  #heard(life: number, event: WorkerEvent): void {
    if (event.startsWith('at ')) this.#whereabouts.set(life, event);
    else if (event.startsWith('taken ')) this.#taken.add(event.slice('taken '.length));
    else if (event.startsWith('heard ')) this.#of.relay.answered(Number(event.slice(6)));
    else this.#count(event, 1);
  }

  /** What has not been acknowledged is sent again, and now and then something that has. */
  #filesToSend(): readonly HandedOver[] {
    const { chance } = this.#of;
    return this.#files.filter(({ path }) => !this.#taken.has(path) || chance() < 0.1);
  }

  #count(what: string, times: number): void {
    if (times > 0) this.#faults[what] = (this.#faults[what] ?? 0) + times;
  }

  /** Where no number of documents is known, shops that were asked some times have told all. */
  async #areShopsAsked(): Promise<boolean> {
    const { rows } = await this.#db.query<{ id: string; at: Date | null }>(
      'select id, looked_at as at from pickup',
    );
    for (const { id, at } of rows) {
      const seen = this.#looks.get(id) ?? [];
      const now = at?.toISOString() ?? '';
      if (seen.at(-1) !== now) this.#looks.set(id, [...seen, now]);
    }
    return rows.every(({ id }) => (this.#looks.get(id) ?? []).length >= LOOKS_MIN);
  }

  /** Everything has been taken in, and nothing is on its way any more. */
  async #isSettled(documents: number | null): Promise<boolean> {
    if (!this.#of.senders.areAnswered()) return false;
    if (documents === null && !this.#files.every(({ path }) => this.#taken.has(path))) return false;
    try {
      if (documents === null && !(await this.#areShopsAsked())) return false;
      const { rows } = await this.#db.query<{ all: string; open: string }>(
        `select count(*) as all,
                count(*) filter (where state in ('waiting', 'sending', 'in doubt')) as open
           from delivery`,
      );
      const [row] = rows;
      return Number(row?.all) >= (documents ?? 0) && row?.open === '0';
    } catch {
      return false;
    }
  }
}

function voucherText(voucher: {
  readonly date: string;
  readonly text: string;
  readonly rows: readonly {
    readonly account: number;
    readonly debitOre: number;
    readonly creditOre: number;
    readonly text: string;
  }[];
}): string {
  const rows = voucher.rows.map((r) => `${r.account} ${r.debitOre} ${r.creditOre} ${r.text}`);
  // A correction names the voucher it corrects, and the ledger's own vouchers their invoice;
  // numbers follow the order of arrival.
  const text = voucher.text.replace(/(\b[KW]|faktura) \d+/, '$1 …');
  return [voucher.date, text, ...rows].join(' | ');
}

/** Tells a worker to stop and waits until it has. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(late);
}
