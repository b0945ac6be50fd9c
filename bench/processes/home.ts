import { newFolder, type BenchRun } from '../bench-run.ts';
import type { BenchCompany } from './hub-acts.ts';
import { startHubChild } from './hub-child.ts';
import type { Simulated } from './simulated.ts';

/** A data folder with companies in it, as an earlier run of the hub has left it. */
export type Home = {
  readonly folder: string;
  readonly companies: readonly (BenchCompany & { readonly tenantId: number })[];
};

/** @param of.simulated - where their books are; null: nowhere, what they send stays in the hub */
export async function makeHome(
  run: BenchRun,
  of: { readonly companies: number; readonly simulated: Simulated | null },
): Promise<Home> {
  const { simulated } = of;
  const folder = newFolder(run);
  const hub = await startHubChild(run, {
    home: folder,
    database: { kind: 'embedded', home: folder, durable: true },
    flow: 'limited',
    maintain: false,
  });
  const companies: (BenchCompany & { tenantId: number })[] = [];
  for (let at = 1; at <= of.companies; at += 1) {
    const name = `Bolag ${at}`;
    const tenantId = (await simulated?.addTenant(name)) ?? 0;
    const ledger =
      simulated === null
        ? null
        : { tenantId, apiUrl: simulated.apiUrl, authUrl: simulated.authUrl };
    const [added] = await hub.ask('add-companies', { companies: [{ name, ledger }] });
    if (added !== undefined) companies.push({ ...added, tenantId });
  }
  await hub.stop();
  return { folder, companies };
}
