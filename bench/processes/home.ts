import { newFolder, type BenchRun } from '../bench-run.ts';
import { startAsked } from './asked.ts';
import type { HubActs, HubTask } from './hub.ts';
import { stopsDatabaseOf } from './server-child.ts';
import { addCompanies, type Simulated } from './simulated.ts';

/** A data folder with companies in it, as an earlier run of the hub has left it. */
export type Home = {
  readonly folder: string;
  /** What each company's files are uploaded with. */
  readonly keys: readonly string[];
};

/** @param of.simulated - where their books are; null: nowhere, what they send stays in the hub */
export async function makeHome(
  run: BenchRun,
  of: { readonly companies: number; readonly simulated: Simulated | null },
): Promise<Home> {
  const folder = newFolder(run);
  const stopDatabase = stopsDatabaseOf(run, folder);
  const database = { kind: 'embedded', home: folder, durable: true } as const;
  const task: HubTask = { home: folder, database, flow: 'limited' };
  const hub = await startAsked<HubActs>(run, { script: 'hub.ts', task });
  const companies = await addCompanies(hub, of);
  await hub.stop();
  await stopDatabase();
  return { folder, keys: companies.map((company) => company.key) };
}
