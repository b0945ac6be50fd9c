import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Cleanup } from './cleanup.ts';
import type { Plan } from './plan.ts';

/** What every measurement is given. */
export type BenchRun = {
  readonly plan: Plan;
  readonly cleanup: Cleanup;
  /** Holds everything that the run makes; any user may enter it. */
  readonly folder: string;
  /** A PostgreSQL server to use instead of one of our own. */
  readonly databaseUrl: string | null;
  /** Says what is going on. */
  readonly tell: (text: string) => void;
};

/** A folder within the run's own that any user may enter: PostgreSQL does not run as root. */
export function newFolder({ folder }: BenchRun): string {
  const path = mkdtempSync(join(folder, 'part-'));
  chmodSync(path, 0o711);
  return path;
}
