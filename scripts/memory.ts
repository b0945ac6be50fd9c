import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PEPPOL } from './memory/peppol-shapes.ts';
import type { ReadThrough } from './memory/reader.ts';
import { bytesOf, SHAPES, type Shape } from './memory/shapes.ts';

const ALL: Readonly<Record<string, Shape>> = { ...SHAPES, ...PEPPOL };

const HELP = `usage: node scripts/memory.ts [--shape NAME]… [--megabytes N] [--limit MB]

Reads large files of many shapes, ordinary and hostile, each in a process of its own, and prints
the most memory that the process held.

  --shape NAME    only this one; may be repeated: ${Object.keys(ALL).join(', ')}
  --megabytes N   size of each file (default 200)
  --limit MB      no process may hold more (default 300)

Exit code 0 when each stays below the limit, 1 when one does not.
`;

const MEGABYTE = 1_000_000;
/** As bin/bokbro.js runs the command. */
const FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=50'];
const ENV = { ...process.env, MALLOC_ARENA_MAX: '1' };
const READER = join(import.meta.dirname, 'memory', 'reader.ts');
const FIXTURES = join(import.meta.dirname, '..', 'src/connectors/minbutik/fixtures');

const { values } = parseArgs({
  options: {
    shape: { type: 'string', multiple: true },
    megabytes: { type: 'string', default: '200' },
    limit: { type: 'string', default: '300' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'memory-'));
try {
  for (const [name, shape] of Object.entries(ALL)) {
    if (values.shape !== undefined && !values.shape.includes(name)) continue;
    const path = join(folder, name);
    write(path, shape);
    const through = read(path, shape);
    const megabytes = statSync(path).size / MEGABYTE;
    rmSync(path);
    const { readings, seconds, peakMb } = through;
    const found = Object.entries(readings).map(([kind, count]) => `${count} ${kind}`);
    const speed = `${(megabytes / seconds).toFixed(0)} MB/s`;
    if (peakMb > Number(values.limit)) process.exitCode = 1;
    process.stdout.write(`${name.padEnd(22)}${peakMb} MB  ${speed}  ${found.join(', ')}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function write(path: string, shape: Shape): void {
  const file = openSync(path, 'w');
  for (const bytes of bytesOf(shape, Number(values.megabytes) * MEGABYTE)) writeSync(file, bytes);
  closeSync(file);
}

function read(path: string, { connector = 'minbutik', profile }: Shape): ReadThrough {
  const more = profile === undefined ? [] : [join(FIXTURES, profile)];
  const ran = spawnSync(process.execPath, [...FLAGS, READER, path, connector, ...more], {
    encoding: 'utf8',
    env: ENV,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as ReadThrough;
}
