import type { BenchRun } from '../bench-run.ts';
import type { Section } from '../figure.ts';
import { embeddedPlace } from '../processes/place.ts';
import { FileMaker, setStage } from '../stage.ts';
import { bookingAlone, flowFigures, receivedToBooked, repeat } from './throughput.ts';

const COMPANIES = 50;
const WARM_UP_PART = 3;

/** Documents per second of day reports as they are booked in earnest, but for the limit. */
export async function dayReports(run: BenchRun): Promise<Section> {
  run.tell(`day reports, ${COMPANIES} companies`);
  const place = await embeddedPlace(run);
  const stage = await setStage(run, {
    place,
    companies: COMPANIES,
    flow: 'day-reports',
    rate: null,
  });
  const files = new FileMaker(stage.companies, 'whole');
  const documents = run.plan.documents.many;
  await stage.hubs[0].ask('start-worker', {});
  await receivedToBooked(stage, files.together(documents / WARM_UP_PART));
  const together = await repeat(run, () => receivedToBooked(stage, files.together(documents)));
  const apart = await repeat(run, () => receivedToBooked(stage, files.apart(documents)));
  const booking = await repeat(run, () => bookingAlone(stage, files.together(documents)));
  await stage.close();
  const { title } = place;
  await place.close();
  return {
    id: 'day-reports',
    title: 'Day reports as they are (voucher, file, file to voucher: three calls)',
    how: [
      `embedded: ${title}. Measured like the flow of four calls, with the connector as it is but ` +
        'for its limit; each report has twenty-four rows and becomes a balanced voucher with its ' +
        'file attached.',
    ],
    figures: flowFigures(
      { id: `day-reports.embedded.${COMPANIES}`, name: `embedded, ${COMPANIES} companies` },
      { together, apart, booking },
    ),
  };
}
