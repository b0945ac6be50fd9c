import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SieSummary } from '../../src/domain/sie/summary.ts';
import { newFolder, type BenchRun } from '../bench-run.ts';
import { measured, type Figure, type Section } from '../figure.ts';
import { writeSie, writeTidyCsv, type LargeFile } from '../large-files.ts';
import { peakRssOf } from '../machine/proc.ts';
import { startChild, wholeOutput, type Child } from '../processes/child.ts';
import type { ReadThrough } from '../processes/reader.ts';

const READER = join(import.meta.dirname, '../processes/reader.ts');
const BOKBRO = join(import.meta.dirname, '../../bin/bokbro.js');
const MEGABYTE = 1_000_000;
const LOOK_MS = 20;

type Read = { readonly seconds: number; readonly peakRssBytes: number | null };

/** How fast files are read, and in how much memory. */
export async function importRate(run: BenchRun): Promise<Section> {
  const folder = newFolder(run);
  run.tell('reading day reports');
  const csv = await writeTidyCsv(join(folder, 'reports.csv'), run.plan.importBytes);
  const reports = await repeatInOrder(run, () => readReports(run, csv));
  rmSync(csv.path);
  run.tell('reading SIE');
  const sie = await writeSie(join(folder, 'vouchers.se'), run.plan.importBytes);
  const vouchers = await repeatInOrder(run, () => readSie(run, sie));
  rmSync(sie.path);
  return {
    id: 'import',
    title: 'Reading files',
    how: [
      `Tidy CSV: ${describe(csv, 'reports')}, through the MinButik source in a process of its own, ` +
        'from the first byte to the last reading. The source goes through a file twice: once to ' +
        'see what it is, once to read it.',
      `SIE 4E: ${describe(sie, 'vouchers')}, through \`bokbro sie read --json\`, the start of the ` +
        'command included. Peak RSS as the system counts it for the whole process.',
    ],
    figures: [
      ...readFigures({ id: 'import.csv', name: 'tidy CSV' }, csv, reports),
      ...readFigures({ id: 'import.sie', name: 'SIE 4E' }, sie, vouchers),
    ],
  };
}

function describe({ bytes, rows, items }: LargeFile, what: string): string {
  return `${(bytes / MEGABYTE).toFixed(0)} MB, ${items} ${what}, ${rows} rows`;
}

async function repeatInOrder(run: BenchRun, act: () => Promise<Read>): Promise<readonly Read[]> {
  const reads: Read[] = [];
  for (let time = 0; time < run.plan.repetitions; time += 1) reads.push(await act());
  return reads;
}

async function readReports({ cleanup }: BenchRun, file: LargeFile): Promise<Read> {
  const child = startChild(cleanup, {
    args: [READER, file.path],
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const through = JSON.parse(await wholeOutput(child)) as ReadThrough;
  if (through.documents !== file.items || through.others > 0) {
    throw new Error(`${through.documents} reports of ${file.items} were read`);
  }
  return through;
}

async function readSie({ cleanup }: BenchRun, file: LargeFile): Promise<Read> {
  const fromMs = performance.now();
  const child = startChild(cleanup, {
    args: [BOKBRO, 'sie', 'read', file.path, '--json'],
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const peak = watchPeak(child);
  const summary = JSON.parse(await wholeOutput(child)) as SieSummary;
  const seconds = (performance.now() - fromMs) / 1_000;
  if (summary.rows !== file.rows || summary.vouchers !== file.items || summary.unbalanced > 0) {
    throw new Error(`${summary.vouchers} vouchers of ${file.items} were read`);
  }
  return { seconds, peakRssBytes: await peak };
}

/** The system keeps the peak while the process lives: the last look before its end counts. */
async function watchPeak(child: Child): Promise<number | null> {
  let peak: number | null = null;
  let isOver = false;
  void child.ended.then(() => {
    isOver = true;
  });
  while (!isOver) {
    peak = peakRssOf(child.pid) ?? peak;
    await sleep(LOOK_MS);
  }
  return peak;
}

function readFigures(
  about: { readonly id: string; readonly name: string },
  file: LargeFile,
  reads: readonly Read[],
): readonly Figure[] {
  const { id, name } = about;
  return [
    measured(
      { id: `${id}.rows`, name: `${name}: rows`, unit: 'rows/s' },
      reads.map((one) => file.rows / one.seconds),
    ),
    measured(
      { id: `${id}.megabytes`, name: `${name}: bytes`, unit: 'MB/s' },
      reads.map((one) => file.bytes / MEGABYTE / one.seconds),
    ),
    measured(
      { id: `${id}.peak`, name: `${name}: peak RSS`, unit: 'MB' },
      reads.map((one) => (one.peakRssBytes === null ? null : one.peakRssBytes / MEGABYTE)),
    ),
  ];
}
