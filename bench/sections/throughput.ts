import { BARS } from '../bars.ts';
import type { BenchRun } from '../bench-run.ts';
import { missing, type Figure, type Section } from '../figure.ts';
import { HOW_FLOWS, measureFlow } from '../measure-flow.ts';
import { embeddedPlace, serverPlace } from '../processes/place.ts';

const MANY = 50;

/** The flow that other hubs were measured with. */
export async function throughput(run: BenchRun): Promise<Section> {
  const figures: Figure[] = [];
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
      const flow = { flow: 'four-calls', size: 'small', bars: BARS } as const;
      figures.push(...(await measureFlow(run, { place, companies, ...flow })));
      await place.close();
    }
  }
  return {
    id: 'flow',
    title: 'Four calls per document (customer, invoice, booking, payment)',
    how: [...titles, ...HOW_FLOWS],
    figures,
  };
}

/** Day reports as they are booked in earnest, but for the limit. */
export async function dayReports(run: BenchRun): Promise<Section> {
  const place = await embeddedPlace(run);
  const bars = { documentsPerSecond: [], hubCpuMs: [] };
  const flow = { flow: 'day-reports', size: 'whole', bars } as const;
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
