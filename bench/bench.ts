import { parseArgs } from 'node:util';
import { removeHome, temporaryHome } from '../src/app/demo/rig.ts';
import type { BenchRun } from './bench-run.ts';
import { Cleanup } from './cleanup.ts';
import type { Section } from './figure.ts';
import { NoiseWatch } from './machine/noise.ts';
import { QUICK, WHOLE } from './plan.ts';
import { asObject, asText, type Report } from './report.ts';
import { acknowledge } from './sections/acknowledge.ts';
import { importRate } from './sections/import.ts';
import { orders } from './sections/orders.ts';
import { goods, register } from './sections/goods.ts';
import { pages } from './sections/pages.ts';
import { stock } from './sections/stock.ts';
import { share } from './sections/share.ts';
import { start } from './sections/start.ts';
import { dayReports, throughput } from './sections/throughput.ts';

const SECTIONS: Readonly<Record<string, (run: BenchRun) => Promise<Section>>> = {
  flow: throughput,
  'day-reports': dayReports,
  acknowledge,
  start,
  import: importRate,
  share,
  orders,
  stock,
  ...goods,
  register,
  pages,
};

const HELP = `usage: npm run bench -- [--quick] [--json] [--database URL] [--only NAME]
                        [--articles N]

Measures the hub against a simulated Fortnox in a process of its own, with a database that waits for
the disk, and says how each figure was measured. What each figure means: docs/benchmarks.md.

  --quick         everything once over in a few minutes: to see that it runs
  --json          one object on standard output
  --database URL  a PostgreSQL server to measure on beside the embedded one; without it one of
                  Debian's binaries is started when they are there
  --only NAME     one of: ${Object.keys(SECTIONS).join(', ')}
  --articles N    how many articles differ where all of them do (${WHOLE.changedArticles}): Fortnox takes five calls a second

Exit code 0 when everything was measured, 1 when something could not be.
`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    database: { type: 'string' },
    only: { type: 'string' },
    articles: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const isCount = values.articles === '' || /^[1-9]\d{0,5}$/.test(values.articles);
if ((values.only !== undefined && !(values.only in SECTIONS)) || !isCount) {
  process.stderr.write(HELP);
  process.exit(2);
}

const plan = values.quick ? QUICK : WHOLE;
const INTERRUPTED = 130;
const cleanup = new Cleanup();
const folder = temporaryHome();
cleanup.add(async () => removeHome(folder));
// Sockets and compiled code of everything that is started go with the folder.
process.env['TMPDIR'] = folder;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Asked twice, it still stops in order: a database is not to be left behind.
  process.on(signal, () => {
    process.stderr.write('stopping\n');
    void cleanup.run().then(() => process.exit(INTERRUPTED));
  });
}

const report = await measureAll({
  plan: values.articles === '' ? plan : { ...plan, changedArticles: Number(values.articles) },
  cleanup,
  folder,
  databaseUrl: values.database ?? null,
  tell: (text) => process.stderr.write(`${text}\n`),
});
await cleanup.run();
const text = values.json ? `${JSON.stringify(asObject(report), null, 2)}\n` : asText(report);
process.stdout.write(text);
process.exitCode = report.failed.length === 0 ? 0 : 1;

async function measureAll(run: BenchRun): Promise<Report> {
  const startedMs = Date.now();
  const noise = new NoiseWatch(run.folder);
  noise.calibrate();
  const sections: Section[] = [];
  const failed: { section: string; says: string }[] = [];
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (values.only !== undefined && values.only !== name) continue;
    const own = new Cleanup();
    try {
      run.cleanup.add(() => own.run());
      sections.push(await measure({ ...run, cleanup: own }));
    } catch (error) {
      if (run.cleanup.hasBegun) await run.cleanup.run();
      failed.push({ section: name, says: String(error) });
      run.tell(`${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    }
    // What a failed measurement has started must not run beside the next one.
    await own.run();
    noise.calibrate();
  }
  const seconds = (Date.now() - startedMs) / 1_000;
  const at = new Date(startedMs).toISOString();
  return { at, seconds, isQuick: run.plan.isQuick, noise: noise.end(), sections, failed };
}
