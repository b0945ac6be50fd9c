import { FORTNOX_RATE } from '../../src/connectors/fortnox/simulator/rate.ts';
import type { BenchRun } from '../bench-run.ts';
import { BARS } from '../bars.ts';
import { measured, type Section } from '../figure.ts';
import { embeddedPlace } from '../processes/place.ts';
import { setStage } from '../stage.ts';
import { untilCounted } from '../until-counted.ts';

/** More than is booked meanwhile: the company always has something to send. */
const DOCUMENTS_PER_SECOND = 3;

/** How much of the limit is used for one company that always has something to send. */
export async function share(run: BenchRun): Promise<Section> {
  const { repetitions, shareSeconds } = run.plan;
  const { requests, windowMs } = FORTNOX_RATE;
  const windowsOfOne = Math.ceil((shareSeconds * 1_000) / windowMs);
  // The first window is the burst that an idle company is allowed; it is not counted.
  const calls = requests * (1 + windowsOfOne * repetitions) + 1;
  run.tell(`share of the limit, ${windowsOfOne * repetitions} windows of ${windowMs / 1_000} s`);
  const place = await embeddedPlace(run);
  const stage = await setStage(run, { place, companies: 1, flow: 'limited' });
  const seconds = (calls / requests) * (windowMs / 1_000);
  const documents = Math.ceil(seconds * DOCUMENTS_PER_SECOND);
  await stage.send({ way: 'together', size: 'whole', documents });
  await stage.hub.ask('startWorker');
  const tenantId = stage.companies[0]?.tenantId ?? 0;
  const asked = async () => stage.simulated.tenant(tenantId);
  const accepted = await untilCounted(calls, async () => (await asked()).accepted);
  if (accepted < calls) throw new Error(`${accepted} calls of ${calls} were made`);
  const { usage, limited } = await asked();
  await stage.close();
  await place.close();
  const windows = windowsAfterBurst(usage.acceptedAtMs.slice(0, calls));
  const stretches = inStretches(windows, windowsOfOne);
  return {
    id: 'share',
    title: `Share of Fortnox’ limit (${requests} calls in any ${windowMs / 1_000} s), one company`,
    how: [
      `From the instants at which the simulator accepted calls. After the first ${requests}, which ` +
        `an idle company may make at once, a window is the time that ${requests} further calls ` +
        `took: ${windowMs / 1_000} s would be 100 %. A repetition is ${windowsOfOne} windows one ` +
        'after the other, in one run.',
      'The simulator’s own share counts the first burst, and so may be above 100 %.',
    ],
    figures: [
      measured(
        { id: 'share.windows', name: 'share of the limit', unit: '%', bars: BARS.sharePercent },
        stretches.map((stretch) => shareOf(stretch, windowMs)),
      ),
      measured(
        { id: 'share.worst', name: 'share in the worst window', unit: '%' },
        stretches.map((stretch) => Math.min(...stretch.map((ms) => (100 * windowMs) / ms))),
      ),
      measured({ id: 'share.own', name: 'share as the simulator counts it', unit: '%' }, [
        usage.share === null ? null : 100 * usage.share,
      ]),
      measured(
        { id: 'share.peak', name: `most calls in any ${windowMs / 1_000} s`, unit: 'calls' },
        [usage.peak],
      ),
      measured(
        { id: 'share.limited', name: 'answers 429', unit: 'calls', bars: BARS.limitedCalls },
        [limited],
      ),
    ],
  };
}

/** How long each full set of calls took after the first. */
function windowsAfterBurst(acceptedAtMs: readonly number[]): readonly number[] {
  const { requests } = FORTNOX_RATE;
  const windows: number[] = [];
  for (let at = requests; at + requests < acceptedAtMs.length; at += requests) {
    windows.push((acceptedAtMs[at + requests] ?? 0) - (acceptedAtMs[at] ?? 0));
  }
  return windows;
}

function inStretches(windows: readonly number[], length: number): readonly (readonly number[])[] {
  const count = Math.floor(windows.length / length);
  return Array.from({ length: count }, (_, at) => windows.slice(at * length, (at + 1) * length));
}

function shareOf(windows: readonly number[], windowMs: number): number {
  const tookMs = windows.reduce((sum, ms) => sum + ms, 0);
  return (100 * windows.length * windowMs) / tookMs;
}
