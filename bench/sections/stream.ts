import type { BenchRun } from '../bench-run.ts';
import { measured, type Figure } from '../figure.ts';
import type { Place } from '../processes/place.ts';
import { FileMaker, lastDelivery, measureUntilBooked, type Stage } from '../stage.ts';
import { ascending, percentile } from '../statistics.ts';

/** Well below what one company and many can be booked at; each figure says its rate. */
const RATE = { many: 100, one: 50 } as const;

type Streamed = { readonly p50: number; readonly p99: number };

/** How long a document takes to be booked while they come one by one at a steady rate. */
export async function streamFigures(
  run: BenchRun,
  of: {
    readonly stage: Stage;
    readonly files: FileMaker;
    readonly about: { readonly id: string; readonly name: string };
  },
): Promise<readonly Figure[]> {
  const { stage, files, about } = of;
  const perSecond = stage.companies.length === 1 ? RATE.one : RATE.many;
  const runs: Streamed[] = [];
  for (let time = 0; time < run.plan.repetitions; time += 1) {
    const sent = files.apart(perSecond * run.plan.streamSeconds);
    runs.push(await streamOnce(stage, { files: sent, perSecond }));
  }
  const name = `${about.name}: received → booked at ${perSecond}/s`;
  const id = `${about.id}.stream`;
  return [
    measured(
      { id: `${id}.p50`, name: `${name}, p50`, unit: 'ms' },
      runs.map((one) => one.p50),
    ),
    measured(
      { id: `${id}.p99`, name: `${name}, p99`, unit: 'ms' },
      runs.map((one) => one.p99),
    ),
  ];
}

async function streamOnce(
  stage: Stage,
  of: { readonly files: ReturnType<FileMaker['apart']>; readonly perSecond: number },
): Promise<Streamed> {
  const { files, perSecond } = of;
  const { place } = stage;
  const [hub] = stage.hubs;
  await hub.ask('load', { files });
  const last = await lastDelivery(place);
  const aheadMs = await clockAheadMs(place);
  let due: Readonly<Record<string, number>> = {};
  await measureUntilBooked(stage, files.length, async () => {
    due = await hub.ask('stream', { perSecond });
  });
  const rows = await place.query<{ name: string; at: string }>(
    `select f.name, extract(epoch from d.ended_at) * 1000 as at
       from delivery d
       join document doc on doc.id = d.document_id
       join received_file f on f.id = doc.file_id
      where d.id > $1`,
    [last],
  );
  const waits = ascending(rows.map((row) => Number(row.at) - aheadMs - (due[row.name] ?? 0)));
  return { p50: percentile(waits, 50), p99: percentile(waits, 99) };
}

/** How far the database's clock is ahead of ours: nothing when it is the same machine's. */
async function clockAheadMs(place: Place): Promise<number> {
  const fromMs = Date.now();
  const { nowMs } = await place.look();
  const middleMs = (fromMs + Date.now()) / 2;
  return Math.abs(nowMs - middleMs) < 2 ? 0 : nowMs - middleMs;
}
