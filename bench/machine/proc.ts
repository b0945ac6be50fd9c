import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds in memory. */
export type Memory = {
  readonly rssBytes: number;
  /** RSS with what is shared divided among those who share it: may be added up. */
  readonly pssBytes: number;
};

/** `/proc` counts in hundredths of a second on every Linux. */
const TICK_MS = 10;
const KILOBYTE = 1_024;

/** CPU that a process has used, all its threads. @returns null where there is no `/proc` */
export function cpuMsOf(pid: number): number | null {
  const stat = readStat(pid);
  return stat === null ? null : stat.ownMs;
}

/** CPU of a process, its children, and the children that have ended: a PostgreSQL server. */
export function cpuMsOfFamily(pid: number): number | null {
  const parent = readStat(pid);
  if (parent === null) return null;
  return childrenOf(pid).reduce(
    (sum, child) => sum + (readStat(child)?.ownMs ?? 0),
    parent.ownMs + parent.endedMs,
  );
}

/** Memory of a process. @returns null where it cannot be read */
export function memoryOf(pid: number): Memory | null {
  const text = read(`/proc/${pid}/smaps_rollup`);
  const rss = kilobytes(text, 'Rss');
  const pss = kilobytes(text, 'Pss');
  return rss === null || pss === null ? null : { rssBytes: rss, pssBytes: pss };
}

/** The most that a running process has held so far. */
export function peakRssOf(pid: number): number | null {
  return kilobytes(read(`/proc/${pid}/status`), 'VmHWM');
}

export function childrenOf(pid: number): readonly number[] {
  return processes().filter((child) => readStat(child)?.parent === pid);
}

/** @returns null when there is no such process */
export function parentOf(pid: number): number | null {
  return readStat(pid)?.parent ?? null;
}

/** Its name, as `ps` shows it. */
export function nameOf(pid: number): string {
  return read(`/proc/${pid}/comm`).trim();
}

/** Time that the host of a virtual machine gave to others, and all time, since the machine began. */
export function machineTicks(): { readonly stolen: number; readonly all: number } | null {
  const [line = ''] = read('/proc/stat').split('\n');
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  if (ticks.length < 8) return null;
  return { stolen: ticks[7] ?? 0, all: ticks.reduce((sum, one) => sum + one, 0) };
}

type Stat = { readonly parent: number; readonly ownMs: number; readonly endedMs: number };

function readStat(pid: number): Stat | null {
  // The name stands in parentheses and may hold anything: fields are counted from behind it.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  if (fields.length < 15) return null;
  const at = (index: number): number => Number(fields[index]);
  return {
    parent: at(1),
    ownMs: (at(11) + at(12)) * TICK_MS,
    endedMs: (at(13) + at(14)) * TICK_MS,
  };
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid));
  } catch {
    return []; // No /proc: then nothing can be said of processes.
  }
}

function kilobytes(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text);
  return found === null ? null : Number(found[1]) * KILOBYTE;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended, or there is no /proc.
  }
}
