import { parseArgs } from 'node:util';
import { torture } from '../test/torture/torture.ts';

const HELP = `usage: npm run torture -- [--seeds N] [--seed S] [--json] [--database URL]

Delivers a month of a store and its two web shops, of printing houses that push invoices (Summa)
and kitchen dealers that push accepted quotes (Winner), into Fortnox and into Tripletex, while
everything that can go wrong goes wrong: processes killed (kill -9) at every await, answers lost,
late, cut in half, refused, tokens ended, database connections dropped, files and pushes sent twice,
messages of shops copied, late and out of order, two workers at once. Orders are paid, sent,
changed, cancelled and given back; quotes are accepted again. Afterwards the ledgers must equal
those of an undisturbed run, row by row, and sums that were added up by hand.

  --seeds N       so many runs, from seed 1 (default 10)
  --seed S        one run, to play a failing seed again
  --lanes N       runs at the same time (default 3)
  --workers N     worker processes in each run (default: one or two, by chance)
  --database URL  a PostgreSQL server instead of the embedded one
  --json          one object on standard output

Exit code 0 when no run differs, 1 when one does.
`;

/** As a shell says of what Ctrl-C has ended. */
const INTERRUPTED = 130;
const SAYS_MAX = 40;
const LINE_MAX = 160;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    seed: { type: 'string' },
    lanes: { type: 'string', default: '3' },
    workers: { type: 'string' },
    database: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

for (const name of ['seeds', 'seed', 'lanes', 'workers'] as const) {
  if (values[name] === undefined || /^[1-9]\d{0,5}$/.test(values[name])) continue;
  process.stderr.write(`--${name} ${values[name]}: give a number from 1.\n`);
  process.exit(2);
}

const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, i) => i + 1)
    : [Number(values.seed)];

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const result = await torture({
  stop: stop.signal,
  seeds,
  lanes: Math.min(Number(values.lanes), seeds.length),
  ...(values.database === undefined ? {} : { databaseUrl: values.database }),
  ...(values.workers === undefined ? {} : { workers: Number(values.workers) }),
  each: (run, verdict) => {
    const faults = Object.values(run.faults).reduce((sum, times) => sum + times, 0);
    const state = verdict.says.length === 0 ? 'equal' : 'DIFFERS';
    const line = `seed ${run.seed}: ${faults} faults, ${run.seconds.toFixed(1)} s, ${state}\n`;
    process.stderr.write(line);
  },
}).catch((error: unknown) => {
  if (stop.signal.aborted) return null;
  throw error;
});

if (result === null) process.exit(INTERRUPTED);
const { byKind, says, ...figures } = result;
if (values.json) {
  process.stdout.write(`${JSON.stringify({ ...figures, byKind, says }, null, 2)}\n`);
} else {
  for (const line of says.slice(0, SAYS_MAX)) process.stdout.write(`${line.slice(0, LINE_MAX)}\n`);
  for (const [kind, times] of Object.entries(byKind).sort(([a], [b]) => (a < b ? -1 : 1))) {
    process.stdout.write(`${String(times).padStart(8)}  ${kind}\n`);
  }
  process.stdout.write(
    `${figures.faults} faults in ${figures.seeds} runs: ${figures.lost} lost, ` +
      `${figures.doubled} doubled, ${figures.halfDone} half-done\n`,
  );
}
process.exitCode = figures.failedSeeds.length > 0 ? 1 : 0;
