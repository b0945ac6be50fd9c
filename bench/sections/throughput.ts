import { BARS } from '../bars.ts';
import type { BenchRun } from '../bench-run.ts';
import { measured, missing, type Figure, type Section } from '../figure.ts';
import { HOW_FLOWS, measureFlow } from '../measure-flow.ts';
import { cpuMsOf } from '../machine/proc.ts';
import { startAsked } from '../processes/asked.ts';
import type { BareActs } from '../processes/bare.ts';
import { embeddedPlace, serverPlace } from '../processes/place.ts';
import { startSimulated } from '../processes/simulated.ts';
import { spreadOf } from '../statistics.ts';

const MANY = 50;
const HOW_BARE =
  'The bare loop makes the same four calls, sixteen documents at a time, without receiving or ' +
  'keeping anything: the most that this machine and the simulator allow in this run. A share of ' +
  'it can be compared between machines.';

/** The flow that other hubs were measured with. */
export async function throughput(run: BenchRun): Promise<Section> {
  const bare = await bareLoop(run);
  const figures: Figure[] = [...bare];
  const barePerSecond = spreadOf(bare[0].values).median;
  const titles = new Set<string>();
  for (const open of [embeddedPlace, serverPlace]) {
    for (const companies of [MANY, 1]) {
      const place = await open(run);
      if ('skipped' in place) {
        const about = { id: `four-calls.${place.id}`, name: 'on a PostgreSQL server', unit: '' };
        figures.push(missing(about, place.skipped));
        break;
      }
      titles.add(`${place.id}: ${place.title}.`);
      const flow = { flow: 'four-calls', size: 'small', bars: BARS, barePerSecond } as const;
      figures.push(...(await measureFlow(run, { place, companies, ...flow })));
      await place.close();
    }
  }
  return {
    id: 'flow',
    title: 'Four calls per document (customer, invoice, booking, payment)',
    how: [...titles, ...HOW_FLOWS, HOW_BARE],
    figures,
  };
}

async function bareLoop(run: BenchRun): Promise<readonly [Figure, Figure]> {
  run.tell('four-calls: bare loop');
  const simulated = await startSimulated(run, { rate: null });
  const loop = await startAsked<BareActs>(run, { script: 'bare.ts', task: {} });
  const { token } = await simulated.addTenant('Bolag');
  const documents = run.plan.documents.many.together;
  const book = () => loop.ask('book', { apiUrl: simulated.apiUrl, token, documents });
  await book();
  const speeds: number[] = [];
  const costs: (number | null)[] = [];
  for (let time = 0; time < run.plan.repetitions; time += 1) {
    const beforeMs = cpuMsOf(loop.pid);
    speeds.push(documents / (await book()));
    const afterMs = cpuMsOf(loop.pid);
    costs.push(beforeMs === null || afterMs === null ? null : (afterMs - beforeMs) / documents);
  }
  await loop.stop();
  await simulated.stop();
  const about = { id: 'four-calls.bare', name: 'bare loop' };
  return [
    measured(
      { id: `${about.id}.speed`, name: `${about.name}: called`, unit: 'documents/s' },
      speeds,
    ),
    measured({ id: `${about.id}.cpu`, name: `${about.name}: CPU`, unit: 'ms/document' }, costs),
  ];
}

/** Day reports as they are booked in earnest, but for the limit. */
export async function dayReports(run: BenchRun): Promise<Section> {
  const place = await embeddedPlace(run);
  const bars = { documentsPerSecond: [], hubCpuMs: [] };
  const flow = { flow: 'day-reports', size: 'whole', bars, barePerSecond: null } as const;
  const figures = await measureFlow(run, { place, companies: MANY, ...flow });
  await place.close();
  return {
    id: 'day-reports',
    title: 'Day reports as they are (voucher, file, file to voucher: three calls)',
    how: [
      'Measured like the flow of four calls, with the connector as it is but for its limit; each ' +
        'report has twenty-four rows and becomes a balanced voucher with its file attached.',
    ],
    figures,
  };
}
