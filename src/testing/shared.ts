import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Test data of others, which licences keep out of this repository: beside it, or not there. */
const BESIDE = join(import.meta.dirname, '..', '..', '..', 'shared');

/** Where a piece of shared test data is. The tests that need it skip when it is not there. */
export function sharedPath(...path: readonly string[]): string {
  return join(process.env['BOKBRO_SHARED'] ?? BESIDE, ...path);
}

/** For the `skip` of a test: false when the data is there, else what is missing. */
export function skipWithout(path: string): string | false {
  return existsSync(path) ? false : `skipped: the test data is not here (${path})`;
}
