import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { ascending, percentile, spreadOf, type Spread } from '../statistics.ts';
import { machineTicks } from './proc.ts';

/** The machine, and how quiet it was. */
export type Noise = {
  readonly machine: string;
  readonly loadBefore: readonly number[];
  readonly loadAfter: readonly number[];
  /** A loop that always does the same: its spread is what the machine adds to every figure. */
  readonly calibrationMs: Spread & { readonly times: number };
  /** CPU time that the host of a virtual machine gave to others; null where nobody says. */
  readonly stolenPercent: number | null;
  /** What it takes until eight kilobytes are on the disk: the floor of every commit. */
  readonly diskSyncMs: { readonly median: number; readonly p99: number };
};

const LOOP_ROUNDS = 60_000_000;
const SYNCS = 200;
const PAGE_BYTES = 8_192;

/** Watches the machine from the beginning of a run to its end. */
export class NoiseWatch {
  readonly #loadBefore = loadavg();
  readonly #ticks = machineTicks();
  readonly #loops: number[] = [];
  readonly #syncsMs: readonly number[];

  /** @param folder - on the disk that the databases are on */
  constructor(folder: string) {
    this.#syncsMs = ascending(timeSyncs(folder));
  }

  /** Times the loop once more. Nothing of ours may run meanwhile. */
  calibrate(): void {
    const fromMs = performance.now();
    spin();
    this.#loops.push(performance.now() - fromMs);
  }

  /** What it came to. */
  end(): Noise {
    const [before, after] = [this.#ticks, machineTicks()];
    const all = before === null || after === null ? 0 : after.all - before.all;
    const stolen = before === null || after === null ? 0 : after.stolen - before.stolen;
    return {
      machine: describeMachine(),
      loadBefore: this.#loadBefore,
      loadAfter: loadavg(),
      calibrationMs: { ...spreadOf(this.#loops), times: this.#loops.length },
      stolenPercent: all === 0 ? null : (100 * stolen) / all,
      diskSyncMs: { median: percentile(this.#syncsMs, 50), p99: percentile(this.#syncsMs, 99) },
    };
  }
}

function describeMachine(): string {
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  const model = cpus()[0]?.model ?? 'unknown processor';
  return (
    `${availableParallelism()} × ${model}, ${memoryGb} GB, ` +
    `${process.platform} ${release()}, Node ${process.version}`
  );
}

/** Integer work on one core, without memory or allocation. */
function spin(): number {
  let state = 1;
  for (let round = 0; round < LOOP_ROUNDS; round += 1) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + round;
  }
  return state;
}

function timeSyncs(folder: string): number[] {
  const path = join(folder, 'sync');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(PAGE_BYTES, 1);
  const times = Array.from({ length: SYNCS }, () => {
    const fromMs = performance.now();
    writeSync(file, page, 0, page.length, 0);
    fdatasyncSync(file);
    return performance.now() - fromMs;
  });
  closeSync(file);
  rmSync(path);
  return times;
}
