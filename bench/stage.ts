import { setTimeout as sleep } from 'node:timers/promises';
import { newFolder, type BenchRun } from './bench-run.ts';
import { cpuMsOf } from './machine/proc.ts';
import { startAsked, type Asked } from './processes/asked.ts';
import type { FlowName, HubActs, HubTask } from './processes/hub.ts';
import type { Place } from './processes/place.ts';
import type { SenderActs, Sending, Sent } from './processes/sender.ts';
import {
  addCompanies,
  startSimulated,
  type BenchCompany,
  type Simulated,
} from './processes/simulated.ts';

/** A sender, a hub, its database and a simulated ledger, each a process of its own. */
export type Stage = {
  readonly place: Place;
  readonly simulated: Simulated;
  readonly hub: Asked<HubActs>;
  readonly companies: readonly BenchCompany[];
  /** Sends reports that the hub has not seen, the same number of each company, over HTTP. */
  send(what: Load): Promise<Sent>;
  close(): Promise<void>;
};

/** What is sent to a stage. */
type Load = Pick<Sending, 'size' | 'way'> & {
  /** A multiple of the number of companies. */
  readonly documents: number;
  /** As fast as it is taken unless it is given. */
  readonly perSecond?: number;
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

const LOOK_MS = 50;
const WAIT_MAX_MS = 180_000;

export async function setStage(
  run: BenchRun,
  of: { readonly place: Place; readonly companies: number; readonly flow: FlowName },
): Promise<Stage> {
  const { place, flow } = of;
  const simulated = await startSimulated(run, flow === 'limited' ? {} : { rate: null });
  const task: HubTask = {
    home: newFolder(run),
    database: { kind: 'server', url: place.url },
    flow,
  };
  const hub = await startAsked<HubActs>(run, { script: 'hub.ts', task });
  const sender = await startAsked<SenderActs>(run, { script: 'sender.ts', task: {} });
  const companies = await addCompanies(hub, { companies: of.companies, simulated });
  const url = await hub.ask('url');
  const keys = companies.map((company) => company.key);
  let till = 0;
  return {
    place,
    simulated,
    hub,
    companies,
    send: async ({ documents, perSecond = null, ...what }) => {
      const reportsOfEach = documents / companies.length;
      const to = { url, keys, till: (till += 1), looks: false };
      return allTaken(await sender.ask('send', { ...what, ...to, perSecond, reportsOfEach }));
    },
    close: async () => {
      await sender.stop();
      await hub.stop();
      await simulated.stop();
    },
  };
}

/** @throws Error unless each file was acknowledged: a figure of a run with errors is worth nothing */
function allTaken(sent: Sent): Sent {
  if (sent.statuses['202'] === sent.files) return sent;
  throw new Error(`not everything was acknowledged: ${JSON.stringify(sent.statuses)}`);
}

/** Measures until so many documents more are booked. @param act - returns when it began */
export async function measureUntilBooked(
  stage: Stage,
  documents: number,
  act: () => Promise<number>,
): Promise<Measured> {
  const { place, hub } = stage;
  const before = await snapshot(stage);
  const startedMs = await act();
  await until(place, async () => (await hub.ask('counts')).done >= before.done + documents);
  const after = await snapshot(stage);
  const endedMs = await bookedAt(place, documents);
  return {
    documents,
    seconds: (endedMs - startedMs) / 1_000,
    hubCpuMs: difference(after.hubCpuMs, before.hubCpuMs),
    databaseCpuMs: difference(after.databaseCpuMs, before.databaseCpuMs),
    simulatorCpuMs: difference(after.simulatorCpuMs, before.simulatorCpuMs),
    roundTrips: after.roundTrips - before.roundTrips,
    commits: after.writers - before.writers,
    calls: after.calls - before.calls,
  };
}

/** @returns when the last file was seen to be read, by our clock */
export async function untilRead({ place }: Stage): Promise<number> {
  const open = `select 1 from received_file where state <> 'read' limit 1`;
  await until(place, async () => (await place.query(open)).length === 0);
  return Date.now();
}

async function snapshot({ place, simulated, hub }: Stage) {
  const { calls } = await simulated.tally();
  return {
    calls,
    ...(await hub.ask('counts')),
    writers: await place.writers(),
    hubCpuMs: cpuMsOf(hub.pid),
    databaseCpuMs: place.cpuMs(),
    simulatorCpuMs: cpuMsOf(simulated.pid),
  };
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}

async function until(place: Place, isSo: () => Promise<boolean>): Promise<void> {
  const lastMs = performance.now() + WAIT_MAX_MS;
  while (!(await isSo())) {
    if (performance.now() > lastMs) throw new Error(await whatIsOpen(place));
    await sleep(LOOK_MS);
  }
}

/** When the last of the latest was booked, by our clock. @throws Error unless all are */
async function bookedAt(place: Place, documents: number): Promise<number> {
  const [row] = await place.query<{ done: string; at: string }>(
    `select count(*) filter (where state = 'done') as done,
            extract(epoch from max(ended_at)) * 1000 as at
       from (select state, ended_at from delivery order by id desc limit $1) latest`,
    [documents],
  );
  if (Number(row?.done) !== documents) throw new Error(await whatIsOpen(place));
  return Number(row?.at) - (await place.aheadMs());
}

async function whatIsOpen(place: Place): Promise<string> {
  const rows = await place.query<{ state: string; count: string }>(
    'select state, count(*) from delivery group by state',
  );
  const states = rows.map((row) => `${row.count} ${row.state}`).join(', ');
  return `not everything was booked in time: ${states}`;
}
