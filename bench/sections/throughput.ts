import type { BenchRun } from '../bench-run.ts';
import { BARS } from '../bars.ts';
import { measured, missing, type Figure, type Section } from '../figure.ts';
import { embeddedPlace, serverPlace, type Place } from '../processes/place.ts';
import { FileMaker, measureUntilBooked, setStage, type Measured, type Stage } from '../stage.ts';
import { streamFigures } from './stream.ts';

const MANY = 50;
const WARM_UP_PART = 3;

/** How a flow of so many companies is measured. */
type Setting = {
  readonly place: Place;
  readonly companies: number;
  readonly documents: number;
};

/** Documents per second of the flow that other hubs were measured with. */
export async function throughput(run: BenchRun): Promise<Section> {
  const figures: Figure[] = [];
  const titles = new Set<string>();
  const { many, one } = run.plan.documents;
  const sizes = [
    { companies: MANY, documents: many },
    { companies: 1, documents: one },
  ];
  for (const open of [embeddedPlace, serverPlace]) {
    for (const size of sizes) {
      const place = await open(run);
      if ('skipped' in place) {
        const about = { id: `flow.${place.id}`, name: 'on a PostgreSQL server', unit: '' };
        figures.push(missing(about, place.skipped));
        break;
      }
      titles.add(`${place.id}: ${place.title}.`);
      figures.push(...(await measureFlow(run, { place, ...size })));
      await place.close();
    }
  }
  return {
    id: 'flow',
    title: 'Four calls per document (customer, invoice, booking, payment)',
    how: [...titles, ...HOW],
    figures,
  };
}

const HOW = [
  'Hub, PostgreSQL and simulator are processes of their own; the simulator has no latency and no ' +
    'limit. Each repetition books new documents in the same database, after a warm-up.',
  '“received → booked” runs from before the first file is handed to the hub until the last ' +
    'document is booked, by the database’s clock; four senders hand over the next file as soon ' +
    'as one is taken. “a file each”: every document comes by itself, as orders do by webhook.',
  '“booking alone”: everything has been taken in; from the start of the worker to the last booking.',
  'CPU from /proc: hub, PostgreSQL with all its processes, simulator. Round trips: calls of the ' +
    'driver’s query(), those of the job queue and of idle looks included. Commits: transaction ' +
    'numbers that PostgreSQL gave out, which it does to those that write. Calls: the simulator’s count.',
];

async function measureFlow(run: BenchRun, setting: Setting): Promise<readonly Figure[]> {
  const { place, companies, documents } = setting;
  run.tell(`four calls per document, ${place.id}, ${companies} companies`);
  const stage = await setStage(run, { place, companies, flow: 'four-calls', rate: null });
  const files = new FileMaker(stage.companies, 'small');
  const [hub] = stage.hubs;
  await hub.ask('start-worker', {});
  await receivedToBooked(stage, files.together(documents / WARM_UP_PART));
  const together = await repeat(run, () => receivedToBooked(stage, files.together(documents)));
  const apart = await repeat(run, () => receivedToBooked(stage, files.apart(documents)));
  const name = `${place.id}, ${companies === 1 ? 'one company' : `${companies} companies`}`;
  const about = { id: `flow.${place.id}.${companies}`, name };
  const streamed = await streamFigures(run, { stage, files, about });
  const booking = await repeat(run, () => bookingAlone(stage, files.together(documents)));
  const figures = [
    ...flowFigures(about, { together, apart, booking }),
    ...streamed,
    ...(companies === 1 ? [] : await twoProcesses(run, { stage, files, about, documents })),
  ];
  await stage.close();
  return figures;
}

/** Files are handed over while earlier ones are booked. */
export async function receivedToBooked(
  stage: Stage,
  files: ReturnType<FileMaker['together']>,
): Promise<Measured> {
  const [hub] = stage.hubs;
  await hub.ask('load', { files });
  return measureUntilBooked(stage, documentsIn(files), () => hub.ask('take', {}));
}

export async function bookingAlone(
  stage: Stage,
  files: ReturnType<FileMaker['together']>,
): Promise<Measured> {
  const [hub] = stage.hubs;
  await hub.ask('stop-worker', {});
  await hub.ask('load', { files });
  await hub.ask('take', {});
  return measureUntilBooked(stage, documentsIn(files), () => hub.ask('start-worker', {}));
}

export async function repeat<T>(run: BenchRun, act: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let time = 0; time < run.plan.repetitions; time += 1) results.push(await act());
  return results;
}

/** The end of each report's identity stands in its first row, and in no other. */
function documentsIn(files: ReturnType<FileMaker['together']>): number {
  return files.reduce((sum, { text }) => sum + text.split('\nH;').length - 1, 0);
}

async function twoProcesses(
  run: BenchRun,
  of: {
    readonly stage: Stage;
    readonly files: FileMaker;
    readonly about: { readonly id: string; readonly name: string };
    readonly documents: number;
  },
): Promise<readonly Figure[]> {
  const { files, about, documents } = of;
  const stage = await of.stage.withHelper();
  const [, helper] = stage.hubs;
  await helper?.ask('start-worker', {});
  await receivedToBooked(stage, files.together(documents / WARM_UP_PART));
  const runs = await repeat(run, () => receivedToBooked(stage, files.together(documents)));
  await helper?.stop();
  const name = `${about.name}, two processes`;
  return [
    measured(
      {
        id: `${about.id}.two.documentsPerSecond`,
        name: `${name}: received → booked`,
        unit: 'documents/s',
        bars: BARS.documentsPerSecond,
      },
      runs.map(perSecond),
    ),
    measured(
      {
        id: `${about.id}.two.hubCpuMs`,
        name: `${name}: CPU of both`,
        unit: 'ms/document',
        bars: BARS.hubCpuMs,
      },
      runs.map((one) => perDocument(one, one.hubCpuMs)),
    ),
  ];
}

/** What is said of a flow that was measured in the three ways. */
export function flowFigures(
  about: { readonly id: string; readonly name: string },
  runs: {
    readonly together: readonly Measured[];
    readonly apart: readonly Measured[];
    readonly booking: readonly Measured[];
  },
): readonly Figure[] {
  const { together, apart, booking } = runs;
  const speed = (id: string, name: string, of: readonly Measured[]): Figure =>
    measured(
      {
        id: `${about.id}.${id}.documentsPerSecond`,
        name: `${about.name}: ${name}`,
        unit: 'documents/s',
        bars: BARS.documentsPerSecond,
      },
      of.map(perSecond),
    );
  const cost = (
    id: Exclude<keyof Measured, 'documents' | 'seconds'>,
    name: string,
    of: { readonly unit: string; readonly runs?: readonly Measured[]; readonly isHub?: boolean },
  ): Figure =>
    measured(
      {
        id: `${about.id}.${of.runs === undefined ? 'together' : 'apart'}.${id}`,
        name: `${about.name}: ${name}`,
        unit: of.unit,
        ...(of.isHub === true ? { bars: BARS.hubCpuMs } : {}),
      },
      (of.runs ?? together).map((one) => perDocument(one, one[id])),
    );
  return [
    speed('apart', 'received → booked, a file each', apart),
    speed('together', 'received → booked', together),
    speed('booking', 'booking alone', booking),
    cost('hubCpuMs', 'hub CPU', { unit: 'ms/document', isHub: true }),
    cost('hubCpuMs', 'hub CPU, a file each', { unit: 'ms/document', isHub: true, runs: apart }),
    cost('databaseCpuMs', 'PostgreSQL CPU', { unit: 'ms/document' }),
    cost('databaseCpuMs', 'PostgreSQL CPU, a file each', { unit: 'ms/document', runs: apart }),
    cost('simulatorCpuMs', 'simulator CPU', { unit: 'ms/document' }),
    cost('roundTrips', 'round trips', { unit: 'per document' }),
    cost('roundTrips', 'round trips, a file each', { unit: 'per document', runs: apart }),
    cost('commits', 'commits that write', { unit: 'per document' }),
    cost('commits', 'commits that write, a file each', { unit: 'per document', runs: apart }),
    cost('calls', 'API calls', { unit: 'per document' }),
  ];
}

function perSecond({ documents, seconds }: Measured): number {
  return documents / seconds;
}

function perDocument({ documents }: Measured, value: number | null): number | null {
  return value === null ? null : value / documents;
}
