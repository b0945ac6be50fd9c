import { setTimeout as sleep } from 'node:timers/promises';
import { newFolder, type BenchRun } from '../bench-run.ts';
import { BARS } from '../bars.ts';
import { measured, type Figure, type Section } from '../figure.ts';
import { childrenOf, memoryOf, type Memory } from '../machine/proc.ts';
import { makeHome } from '../processes/home.ts';
import { startServerChild } from '../processes/server-child.ts';
import { reportsOfTill, tillFile } from '../till-files.ts';
import { untilServing, type FirstUpload, type Serving } from '../until-serving.ts';

const MEGABYTE = 1_000_000;

/** How long a start takes, and what a hub holds while it has nothing to do. */
export async function start(run: BenchRun): Promise<Section> {
  run.tell('starts and idle memory');
  const home = await makeHome(run, { companies: 1, simulated: null });
  const key = home.keys[0] ?? '';
  let till = 0;
  const nextUpload = (): FirstUpload => {
    till += 1;
    const reports = reportsOfTill({ store: '1000', register: String(till) }, 1);
    return { key, text: tillFile(reports, 'small') };
  };
  // The first start compiles, and keeps what it has compiled for the next.
  await startOnce(run, { folder: home.folder, first: nextUpload() });
  const existing: Serving[] = [];
  const fresh: Serving[] = [];
  for (let time = 0; time < run.plan.coldStarts; time += 1) {
    existing.push(await startOnce(run, { folder: home.folder, first: nextUpload() }));
    fresh.push(await startOnce(run, { folder: newFolder(run), first: null }));
  }
  const idle: Idle[] = [];
  for (let time = 0; time < run.plan.repetitions; time += 1) {
    idle.push(await idleOnce(run, home.folder));
  }
  return {
    id: 'start',
    title: 'Cold start and idle memory',
    how: [
      '`bokbro start` from the start of the process; a client asks every three milliseconds until ' +
        'its upload is acknowledged (existing folder: with its database stopped in order before), ' +
        'or on a new folder, where nobody has a key yet, until /health answers 200. Files are in ' +
        'the system’s cache, and Node.js has compiled the code at an earlier start.',
      `Memory after ${run.plan.idleSeconds} s without requests, from /proc. RSS counts what ` +
        'processes share once for each of them, PSS in parts; the database is all its processes.',
    ],
    figures: [...startFigures(existing, fresh), ...idleFigures(idle)],
  };
}

async function startOnce(
  run: BenchRun,
  of: { readonly folder: string; readonly first: FirstUpload | null },
): Promise<Serving> {
  const server = await startServerChild(run, { home: of.folder });
  const serving = await untilServing(server, of.first);
  await server.stop();
  return serving;
}

type Idle = { readonly hub: Memory | null; readonly database: Memory | null };

async function idleOnce(run: BenchRun, folder: string): Promise<Idle> {
  const server = await startServerChild(run, { home: folder });
  await untilServing(server, null);
  await sleep(run.plan.idleSeconds * 1_000);
  const postmaster = server.postmaster();
  const processes = postmaster === null ? [] : [postmaster, ...childrenOf(postmaster)];
  const hub = memoryOf(server.pid);
  const database = total(processes.map(memoryOf));
  await server.stop();
  return { hub, database };
}

/** @returns null when one of them could not be read */
function total(memories: readonly (Memory | null)[]): Memory | null {
  const sum = { rssBytes: 0, pssBytes: 0 };
  for (const memory of memories) {
    if (memory === null) return null;
    sum.rssBytes += memory.rssBytes;
    sum.pssBytes += memory.pssBytes;
  }
  return sum;
}

function startFigures(existing: readonly Serving[], fresh: readonly Serving[]): readonly Figure[] {
  const all = [...existing, ...fresh];
  return [
    measured(
      {
        id: 'start.existing',
        name: 'existing folder: start → first upload acknowledged',
        unit: 'ms',
        bars: BARS.startMs,
      },
      existing.map((one) => one.ms),
    ),
    measured(
      { id: 'start.new', name: 'new folder: start → it serves', unit: 'ms' },
      fresh.map((one) => one.ms),
    ),
    measured(
      { id: 'start.503', name: 'answers 503 while it starts', unit: 'of each start' },
      all.map((one) => one.starting),
    ),
    measured(
      { id: 'start.503.bare', name: 'of these without Retry-After', unit: 'of each start' },
      all.map((one) => one.starting - one.startingWithRetryAfter),
    ),
    measured(
      { id: 'start.others', name: 'other answers while it starts', unit: 'of each start' },
      all.map((one) => one.others.length),
    ),
  ];
}

function idleFigures(idle: readonly Idle[]): readonly Figure[] {
  const of = (
    who: keyof Idle,
    what: keyof Memory,
    about: { readonly name: string; readonly hasBar?: boolean },
  ): Figure =>
    measured(
      {
        id: `idle.${who}.${what}`,
        name: about.name,
        unit: 'MB',
        ...(about.hasBar === true ? { bars: BARS.idleMegabytes } : {}),
      },
      idle.map((one) => {
        const memory = one[who];
        return memory === null ? null : memory[what] / MEGABYTE;
      }),
    );
  return [
    of('hub', 'rssBytes', { name: 'idle hub process, RSS', hasBar: true }),
    of('hub', 'pssBytes', { name: 'idle hub process, PSS', hasBar: true }),
    of('database', 'pssBytes', { name: 'idle database, PSS of its processes' }),
    of('database', 'rssBytes', { name: 'idle database, RSS of its processes' }),
  ];
}
