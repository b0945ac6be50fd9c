import { join } from 'node:path';
import pg from 'pg';
import { demoMonth, SHORT_MONTH_DAYS } from '../../src/app/demo/month.ts';
import { removeHome, temporaryHome } from '../../src/app/demo/rig.ts';
import { migrate, openDatabase } from '../../src/store/db.ts';
import { openJobs } from '../../src/store/jobs.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { runSeed, type Faults, type SeedResult } from './seed.ts';

/** What many runs have come to. */
export type TortureResult = {
  readonly faults: number;
  readonly byKind: Faults;
  /** Vouchers that the undisturbed run has and a disturbed one has not. */
  readonly lost: number;
  /** Vouchers that stand in the ledger once too often. */
  readonly doubled: number;
  /**
   * What did not arrive whole: documents that the hub has not acknowledged, and customers,
   * invoices and files in the ledger that are not as in the undisturbed run.
   */
  readonly halfDone: number;
  readonly seeds: number;
  readonly failedSeeds: readonly number[];
  readonly says: readonly string[];
};

/** How the runs are made. */
export type TortureOptions = {
  readonly seeds: readonly number[];
  /** A PostgreSQL server; an embedded one when absent. */
  readonly databaseUrl?: string;
  /** Worker processes in each disturbed run; one or two, by chance, when absent. */
  readonly workers?: number;
  /** Runs at the same time. */
  readonly lanes: number;
  readonly each?: (result: SeedResult, verdict: Verdict) => void;
  /** Ends it before its time; what was under way is left. */
  readonly stop?: AbortSignal;
};

/** What is wrong with one run. */
export type Verdict = {
  readonly lost: number;
  readonly doubled: number;
  readonly halfDone: number;
  readonly says: readonly string[];
};

const TEMPLATE = 'torture_template';

/**
 * Delivers the same month again and again while processes are killed, answers lost and connections
 * cut, and compares the ledger each time with that of a run in which nothing went wrong.
 */
export async function torture(options: TortureOptions): Promise<TortureResult> {
  const folder = temporaryHome();
  const server =
    options.databaseUrl === undefined
      ? await startEmbedded({ folder: join(folder, 'pg'), durable: false })
      : null;
  const serverUrl = options.databaseUrl ?? server?.url('postgres') ?? '';
  try {
    await makeTemplate(serverUrl);
    // Enough for every kind of fault, small enough for a run of some seconds.
    const month = demoMonth(SHORT_MONTH_DAYS);
    const about = { serverUrl, template: TEMPLATE, folder, ...month };
    const calm = await runSeed({ ...about, documents: null, seed: 0, isDisturbed: false });
    if (calm.unfinished.length > 0)
      throw new Error(`the calm run failed: ${calm.unfinished.join()}`);
    const left = [...options.seeds];
    const total = new Total();
    const work = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const { workers } = options;
        const { documents } = calm;
        const disturbed = { ...about, documents, seed, isDisturbed: true };
        const result = await runSeed(workers === undefined ? disturbed : { ...disturbed, workers });
        const verdict = compare(calm, result);
        total.add(result, verdict);
        options.each?.(result, verdict);
      }
    };
    const all = Promise.all(Array.from({ length: options.lanes }, work));
    await Promise.race([all, stopped(options.stop)]);
    return total.result(options.seeds.length);
  } finally {
    await server?.stop();
    removeHome(folder);
  }
}

/** @throws Error when it is told to stop */
function stopped(stop: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    stop?.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
  });
}

async function makeTemplate(serverUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const url = serverUrl.replace('/postgres', `/${TEMPLATE}`);
  const database = openDatabase(url);
  await migrate(database.db);
  await (await openJobs(database, { maintain: false })).stop();
  await database.close();
}

function compare(calm: SeedResult, run: SeedResult): Verdict {
  const lost = without(calm.vouchers, run.vouchers);
  const added = without(run.vouchers, calm.vouchers);
  const keys = new Set(run.keys);
  const doubled = run.keys.length - keys.size + added.length;
  const missing = without(calm.objects, run.objects);
  const odd = without(run.objects, calm.objects);
  // What it waits for comes first: the rest of a run that stands still follows from it.
  const says = [
    ...run.unfinished.map((delivery) => `unfinished: ${delivery}`),
    ...lost.map((voucher) => `lost: ${voucher}`),
    ...added.map((voucher) => `too many: ${voucher}`),
    ...run.doubledHistory,
    ...missing.map((object) => `not there: ${object}`),
    ...odd.map((object) => `there, and should not be: ${object}`),
  ];
  const halfDone = run.unfinished.length + missing.length + odd.length;
  return { lost: lost.length, doubled, halfDone, says };
}

function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return list.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

class Total {
  readonly #byKind: Faults = {};
  readonly #failed: number[] = [];
  readonly #says: string[] = [];
  #lost = 0;
  #doubled = 0;
  #halfDone = 0;

  add(result: SeedResult, verdict: Verdict): void {
    for (const [kind, times] of Object.entries(result.faults)) {
      this.#byKind[kind] = (this.#byKind[kind] ?? 0) + times;
    }
    this.#lost += verdict.lost;
    this.#doubled += verdict.doubled;
    this.#halfDone += verdict.halfDone;
    if (verdict.says.length === 0) return;
    this.#failed.push(result.seed);
    this.#says.push(...verdict.says.map((line) => `seed ${result.seed}: ${line}`));
  }

  result(seeds: number): TortureResult {
    return {
      faults: Object.values(this.#byKind).reduce((sum, times) => sum + times, 0),
      byKind: this.#byKind,
      lost: this.#lost,
      doubled: this.#doubled,
      halfDone: this.#halfDone,
      seeds,
      failedSeeds: this.#failed,
      says: this.#says,
    };
  }
}
