import type { BenchRun } from '../bench-run.ts';
import { BARS } from '../bars.ts';
import { measured, missing, type Figure, type Section } from '../figure.ts';
import { startAsked } from '../processes/asked.ts';
import { makeHome } from '../processes/home.ts';
import type { SenderActs, Sent } from '../processes/sender.ts';
import { startServerChild } from '../processes/server-child.ts';
import { startSimulated } from '../processes/simulated.ts';
import { untilCounted } from '../until-counted.ts';
import { untilServing } from '../until-serving.ts';

const COMPANIES = 50;
const PER_SECOND = 100;
/** What a report ends with. */
const LAST_CALL = 'POST /3/voucherfileconnections';

/** How long an upload waits for its acknowledgement. */
export async function acknowledge(run: BenchRun): Promise<Section> {
  run.tell(`uploads, ${PER_SECOND}/s`);
  const simulated = await startSimulated(run, { rate: null });
  const home = await makeHome(run, { companies: COMPANIES, simulated });
  const server = await startServerChild(run, { home: home.folder });
  await untilServing(server, null);
  const sender = await startAsked<SenderActs>(run, { script: 'sender.ts', task: {} });
  const seconds = run.plan.acknowledgeSeconds;
  const runs: Sent[] = [];
  for (let till = 1; till <= run.plan.repetitions; till += 1) {
    const load = { way: 'apart', size: 'small', perSecond: PER_SECOND, looks: true } as const;
    const reportsOfEach = (PER_SECOND * seconds) / COMPANIES;
    const to = { url: server.url, keys: home.keys, till, reportsOfEach };
    runs.push(await sender.ask('send', { ...load, ...to }));
  }
  await sender.stop();
  const sent = runs.reduce((sum, { statuses }) => sum + (statuses['202'] ?? 0), 0);
  const booked = await untilCounted(sent, async () => {
    return (await simulated.tally()).routes[LAST_CALL] ?? 0;
  });
  await server.stop();
  await simulated.stop();
  return {
    id: 'acknowledge',
    title: `Acknowledging uploads over HTTP at ${PER_SECOND}/s for ${seconds} s`,
    how: [
      `\`bokbro start\` with the embedded PostgreSQL and ${COMPANIES} companies; what comes in is ` +
        'read and booked in the simulator meanwhile, under the limit that the hub keeps. The ' +
        'uploads come from a process of its own, each when it is due, whether or not earlier ones ' +
        'were answered; an answer’s time runs from when its upload was due.',
      'Every tenth file was asked for as soon as it was acknowledged, by another request, which ' +
        'finds it only once it has been committed. In the end the vouchers in the simulated ' +
        'ledgers were counted, until all stood there or none had come for a minute.',
    ],
    figures: figuresOf(runs, { sent, booked }),
  };
}

function figuresOf(
  runs: readonly Sent[],
  ended: { readonly sent: number; readonly booked: number },
): readonly Figure[] {
  const wait = (id: 'p50' | 'p99' | 'max'): Figure =>
    measured(
      {
        id: `acknowledge.${id}`,
        name: `upload → acknowledged, ${id}`,
        unit: 'ms',
        ...(id === 'p99' ? { bars: BARS.acknowledgeMs } : {}),
      },
      runs.map(({ waitMs }) => waitMs[id]),
    );
  const found = { id: 'acknowledge.found', name: 'committed when acknowledged', unit: '%' };
  const lookedFor = runs.reduce((sum, one) => sum + one.lookedFor, 0);
  return [
    wait('p50'),
    wait('p99'),
    wait('max'),
    measured(
      { id: 'acknowledge.refused', name: 'uploads not acknowledged', unit: 'of each run' },
      runs.map(({ files, statuses }) => files - (statuses['202'] ?? 0)),
    ),
    lookedFor === 0
      ? missing(found, 'nothing was acknowledged')
      : measured(
          found,
          runs.map((one) => (100 * one.found) / one.lookedFor),
        ),
    measured(
      { id: 'acknowledge.lost', name: 'acknowledged, but never booked', unit: 'documents' },
      [ended.sent - ended.booked],
    ),
  ];
}
