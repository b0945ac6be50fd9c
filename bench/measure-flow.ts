import type { BenchRun } from './bench-run.ts';
import { measured, type Bar, type Figure } from './figure.ts';
import type { FlowName } from './processes/hub.ts';
import type { Place } from './processes/place.ts';
import { measureUntilBooked, setStage, untilRead, type Measured, type Stage } from './stage.ts';
import { ascending, percentile } from './statistics.ts';
import type { ReportSize } from './till-files.ts';

/** A flow to be measured. */
export type FlowSetting = {
  readonly place: Place;
  readonly companies: number;
  readonly flow: Exclude<FlowName, 'limited'>;
  readonly size: ReportSize;
  /** Other hubs' figures, where the flow is the one that they were measured with. */
  readonly bars: { readonly documentsPerSecond: readonly Bar[]; readonly hubCpuMs: readonly Bar[] };
  /** Documents per second that the bare loop made of the same calls in this run. */
  readonly barePerSecond: number | null;
};

/** What must be known to read the figures of a flow. */
export const HOW_FLOWS = [
  'Sender, hub, PostgreSQL and simulator are processes of their own on one machine; the simulator ' +
    'has no latency and no limit. Documents come over HTTP with a key. Each repetition books new ' +
    'documents in the same database, after one that does not count.',
  '“a file each”: every document is an upload of its own, as orders come by webhook, sixteen at a ' +
    'time: like the other hubs were measured, and the line to compare. “a file per company”: as ' +
    'tills send their reports. Time runs from the first upload to the last booking; the instant ' +
    'of a booking is written in its transaction, so that this one’s commit is not in it.',
  '“taking in alone”: until all files are read, with no worker; “booking alone”: of these, from the ' +
    'start of the worker. “at …/s”: documents come one by one when they are due; from then to ' +
    'their booking.',
  'CPU from /proc, in hundredths of a second, all threads: hub (HTTP and TLS-free calls included), ' +
    'PostgreSQL with all its processes, simulator; the sender’s counts nowhere. Round trips: calls ' +
    'of the driver’s query(), those of the job queue and of idle looks included. Commits: ' +
    'transaction numbers that PostgreSQL gave out, which it does to those that write. Calls: the ' +
    'simulator’s count.',
];

/** Well below what can be booked, so that it is waiting that is measured and not a queue. */
const STEADY_PER_SECOND = 20;
const WARM_UP_PART = 4;

/** Everything that is measured of a flow. */
export async function measureFlow(run: BenchRun, of: FlowSetting): Promise<readonly Figure[]> {
  const { place, companies, flow, size } = of;
  const name = `${place.id}, ${companies === 1 ? 'one company' : `${companies} companies`}`;
  const id = `${flow}.${place.id}.${companies}`;
  run.tell(`${flow}: ${name}`);
  const stage = await setStage(run, of);
  const documents = companies === 1 ? run.plan.documents.one : run.plan.documents.many;
  const booked = (way: 'apart' | 'together', count: number): Promise<Measured> =>
    measureUntilBooked(stage, count, async () => {
      return (await stage.send({ way, size, documents: count })).startedMs;
    });
  await stage.hub.ask('startWorker');
  await booked('apart', documents.apart / WARM_UP_PART);
  await booked('together', documents.together / WARM_UP_PART);
  const apart = await repeat(run, () => booked('apart', documents.apart));
  const together = await repeat(run, () => booked('together', documents.together));
  const waits = await repeat(run, () => steadyWaits(run, stage, size));
  const halves = await repeat(run, () => inHalves(stage, { size, documents: documents.together }));
  await stage.close();
  const about = { id, name };
  return [
    ...bookedFigures({ ...about, way: 'a file each' }, apart, of),
    ...bookedFigures({ ...about, way: 'a file per company' }, together, of),
    ...halfFigures(about, halves),
    ...waitFigures(about, waits),
  ];
}

async function repeat<T>(run: BenchRun, act: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let time = 0; time < run.plan.repetitions; time += 1) results.push(await act());
  return results;
}

type Half = { readonly takenPerSecond: number; readonly bookedPerSecond: number };

async function inHalves(
  stage: Stage,
  of: { readonly size: ReportSize; readonly documents: number },
): Promise<Half> {
  const { documents } = of;
  await stage.hub.ask('stopWorker');
  const { startedMs } = await stage.send({ ...of, way: 'together' });
  const readMs = await untilRead(stage);
  const { seconds } = await measureUntilBooked(stage, documents, async () => {
    const nowMs = Date.now();
    await stage.hub.ask('startWorker');
    return nowMs;
  });
  return {
    takenPerSecond: documents / ((readMs - startedMs) / 1_000),
    bookedPerSecond: documents / seconds,
  };
}

type Waits = { readonly p50: number; readonly p99: number };

async function steadyWaits(run: BenchRun, stage: Stage, size: ReportSize): Promise<Waits> {
  const { place } = stage;
  const documents = STEADY_PER_SECOND * run.plan.steadySeconds;
  const last = await place.query<{ id: string | null }>('select max(id) as id from delivery');
  let startedMs = 0;
  await measureUntilBooked(stage, documents, async () => {
    const sent = await stage.send({ way: 'apart', size, documents, perSecond: STEADY_PER_SECOND });
    startedMs = sent.startedMs;
    return startedMs;
  });
  const rows = await place.query<{ name: string; at: string }>(
    `select f.name, extract(epoch from d.ended_at) * 1000 as at
       from delivery d
       join document doc on doc.id = d.document_id
       join received_file f on f.id = doc.file_id
      where d.id > $1`,
    [last[0]?.id ?? '0'],
  );
  const aheadMs = await place.aheadMs();
  const waits = ascending(
    rows.map(({ name, at }) => {
      const dueMs = startedMs + (Number(name.split('-')[1]) * 1_000) / STEADY_PER_SECOND;
      return Number(at) - aheadMs - dueMs;
    }),
  );
  return { p50: percentile(waits, 50), p99: percentile(waits, 99) };
}

type About = { readonly id: string; readonly name: string };

function bookedFigures(
  { id, name, way }: About & { readonly way: string },
  runs: readonly Measured[],
  { bars, barePerSecond }: FlowSetting,
): readonly Figure[] {
  const speeds = runs.map(({ documents, seconds }) => documents / seconds);
  const about = (what: string, unit: string) => ({
    id: `${id}.${way}.${what}`.replaceAll(' ', '-'),
    name: `${name}, ${way}: ${what}`,
    unit,
  });
  const cost = (what: string, of: keyof Measured, unit = 'per document'): Figure =>
    measured(
      { ...about(what, unit), ...(of === 'hubCpuMs' ? { bars: bars.hubCpuMs } : {}) },
      runs.map(({ documents, [of]: value }) => (value === null ? null : value / documents)),
    );
  return [
    measured(
      { ...about('received → booked', 'documents/s'), bars: bars.documentsPerSecond },
      speeds,
    ),
    ...(barePerSecond === null
      ? []
      : [
          measured(
            about('of the bare loop', '%'),
            speeds.map((one) => (100 * one) / barePerSecond),
          ),
        ]),
    cost('hub CPU', 'hubCpuMs', 'ms/document'),
    cost('PostgreSQL CPU', 'databaseCpuMs', 'ms/document'),
    cost('simulator CPU', 'simulatorCpuMs', 'ms/document'),
    cost('round trips', 'roundTrips'),
    cost('commits that write', 'commits'),
    cost('API calls', 'calls'),
  ];
}

function halfFigures({ id, name }: About, halves: readonly Half[]): readonly Figure[] {
  const unit = 'documents/s';
  return [
    measured(
      { id: `${id}.taking-in`, name: `${name}: taking in alone`, unit },
      halves.map((one) => one.takenPerSecond),
    ),
    measured(
      { id: `${id}.booking`, name: `${name}: booking alone`, unit },
      halves.map((one) => one.bookedPerSecond),
    ),
  ];
}

function waitFigures({ id, name }: About, waits: readonly Waits[]): readonly Figure[] {
  return (['p50', 'p99'] as const).map((which) =>
    measured(
      {
        id: `${id}.steady.${which}`,
        name: `${name}, at ${STEADY_PER_SECOND}/s: received → booked, ${which}`,
        unit: 'ms',
      },
      waits.map((one) => one[which]),
    ),
  );
}
