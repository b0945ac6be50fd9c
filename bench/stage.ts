import { setTimeout as sleep } from 'node:timers/promises';
import { newFolder, type BenchRun } from './bench-run.ts';
import { cpuMsOf } from './machine/proc.ts';
import type { BenchCompany, FlowName, TillFile } from './processes/hub-acts.ts';
import { startHubChild, type HubChild } from './processes/hub-child.ts';
import type { Place } from './processes/place.ts';
import { startSimulated, type Simulated } from './processes/simulated.ts';
import { reportsOfTill, tillFile, type ReportSize } from './till-files.ts';

/** A hub with its companies between a database and a simulated ledger, each a process of its own. */
export type Stage = {
  readonly place: Place;
  readonly simulated: Simulated;
  /** The first one takes files; others only work. */
  readonly hubs: readonly [HubChild, ...HubChild[]];
  readonly companies: readonly (BenchCompany & { readonly tenantId: number })[];
  /** The same with one more process that works. */
  withHelper(): Promise<Stage>;
  close(): Promise<void>;
};

/** What one repetition came to. */
export type Measured = {
  readonly documents: number;
  readonly seconds: number;
  /** null where the machine does not say. */
  readonly hubCpuMs: number | null;
  readonly databaseCpuMs: number | null;
  readonly simulatorCpuMs: number | null;
  readonly roundTrips: number;
  /** Transactions that wrote something. */
  readonly commits: number;
  readonly calls: number;
};

const FIRST_STORE = 1_000;
const LOOK_MS = 20;
const WAIT_MAX_MS = 180_000;

export async function setStage(
  run: BenchRun,
  of: {
    readonly place: Place;
    readonly companies: number;
    readonly flow: FlowName;
    readonly rate?: null;
  },
): Promise<Stage> {
  const { place, flow } = of;
  const simulated = await startSimulated(run, of.rate === undefined ? {} : { rate: of.rate });
  const home = newFolder(run);
  const task = { home, database: { kind: 'server', url: place.url }, flow } as const;
  const hub = await startHubChild(run, { ...task, maintain: true });
  const { apiUrl, authUrl } = simulated;
  const tenants: number[] = [];
  for (let at = 1; at <= of.companies; at += 1) {
    tenants.push(await simulated.addTenant(`Bolag ${at}`));
  }
  const seeds = tenants.map((tenantId) => {
    return { name: `Bolag ${tenantId}`, ledger: { tenantId, apiUrl, authUrl } };
  });
  const added = await hub.ask('add-companies', { companies: seeds });
  const companies = added.map((company, at) => ({ ...company, tenantId: tenants[at] ?? 0 }));
  const stage = (hubs: Stage['hubs']): Stage => ({
    place,
    simulated,
    hubs,
    companies,
    withHelper: async () => {
      return stage([...hubs, await startHubChild(run, { ...task, maintain: false })]);
    },
    close: async () => {
      for (const one of [...hubs].reverse()) await one.stop();
      await simulated.stop();
    },
  });
  return stage([hub]);
}

/** Files with so many reports in all, none of which the hub has seen. */
export class FileMaker {
  #till = 0;
  readonly #companies: Stage['companies'];
  readonly #size: ReportSize;

  constructor(companies: Stage['companies'], size: ReportSize) {
    this.#companies = companies;
    this.#size = size;
  }

  /** One file for each company. */
  together(documents: number): readonly TillFile[] {
    return this.#reports(documents).map(({ company, reports }) => {
      return { ...named(company, this.#till), text: tillFile(reports, this.#size) };
    });
  }

  /** A file for each report, the companies by turns. */
  apart(documents: number): readonly TillFile[] {
    const all = this.#reports(documents).flatMap(({ company, reports }) => {
      return reports.map((report) => {
        const text = tillFile([report], this.#size);
        return { ...named(company, `${this.#till}-${report.number}`), text, at: report.number };
      });
    });
    return all
      .sort((a, b) => a.at - b.at)
      .map(({ connectionId, name, text }) => {
        return { connectionId, name, text };
      });
  }

  #reports(documents: number) {
    this.#till += 1;
    const each = Math.ceil(documents / this.#companies.length);
    return this.#companies.map((company, at) => {
      const till = { store: String(FIRST_STORE + at), register: String(this.#till) };
      return { company, reports: reportsOfTill(till, each) };
    });
  }
}

function named({ sourceId }: BenchCompany, what: string | number): Omit<TillFile, 'text'> {
  return { connectionId: sourceId, name: `${sourceId}-${what}.csv` };
}

/** Measures from before `act` until so many documents more are booked. */
export async function measureUntilBooked(
  stage: Stage,
  documents: number,
  act: () => Promise<unknown>,
): Promise<Measured> {
  const { place } = stage;
  const toBe = doneBy(stage) + documents;
  const before = await snapshot(stage);
  await act();
  await untilDone(stage, toBe);
  const after = await snapshot(stage);
  const endedMs = await bookedAt(place, documents);
  return {
    documents,
    seconds: (endedMs - before.nowMs) / 1_000,
    hubCpuMs: difference(after.hubCpuMs, before.hubCpuMs),
    databaseCpuMs: difference(after.databaseCpuMs, before.databaseCpuMs),
    simulatorCpuMs: difference(after.simulatorCpuMs, before.simulatorCpuMs),
    roundTrips: after.roundTrips - before.roundTrips,
    commits: after.writers - before.writers,
    calls: after.calls - before.calls,
  };
}

async function snapshot({ place, simulated, hubs }: Stage) {
  const counts = await Promise.all(hubs.map((hub) => hub.ask('counts', {})));
  const { calls } = await simulated.tally();
  const hubCpu = hubs.map((hub) => cpuMsOf(hub.pid));
  return {
    calls,
    roundTrips: counts.reduce((sum, one) => sum + one.roundTrips, 0),
    hubCpuMs: hubCpu.reduce<number | null>(
      (sum, one) => (sum === null || one === null ? null : sum + one),
      0,
    ),
    databaseCpuMs: place.cpuMs(),
    simulatorCpuMs: cpuMsOf(simulated.pid),
    ...(await place.look()),
  };
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}

async function untilDone(stage: Stage, toBe: number): Promise<void> {
  const untilMs = performance.now() + WAIT_MAX_MS;
  while (doneBy(stage) < toBe) {
    if (performance.now() > untilMs) throw new Error(await whatIsOpen(stage.place));
    await sleep(LOOK_MS);
  }
}

function doneBy({ hubs }: Stage): number {
  return hubs.reduce((sum, hub) => sum + hub.done(), 0);
}

export async function lastDelivery(place: Place): Promise<string> {
  const [row] = await place.query<{ id: string | null }>('select max(id) as id from delivery');
  return row?.id ?? '0';
}

/** When the last of the latest was booked, by the database's clock. @throws Error unless all are */
async function bookedAt(place: Place, documents: number): Promise<number> {
  const [row] = await place.query<{ done: string; at: string }>(
    `select count(*) filter (where state = 'done') as done,
            extract(epoch from max(ended_at)) * 1000 as at
       from (select state, ended_at from delivery order by id desc limit $1) latest`,
    [documents],
  );
  if (Number(row?.done) !== documents) throw new Error(await whatIsOpen(place));
  return Number(row?.at);
}

async function whatIsOpen(place: Place): Promise<string> {
  const rows = await place.query<{ state: string; count: string }>(
    'select state, count(*) from delivery group by state',
  );
  const states = rows.map((row) => `${row.count} ${row.state}`).join(', ');
  return `not everything was booked in time: ${states}`;
}
