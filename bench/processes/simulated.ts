import { join } from 'node:path';
import type { BenchRun } from '../bench-run.ts';
import type { Tally, Usage } from '../../src/connectors/fortnox/simulator/counters.ts';
import type { Asked } from './asked.ts';
import { firstLine, startChild } from './child.ts';
import type { HubActs } from './hub.ts';

/** The simulated Fortnox in a process of its own. */
export type Simulated = {
  readonly pid: number;
  readonly apiUrl: string;
  readonly authUrl: string;
  /** Adds a company that has given its consent. @returns its number, and what it is called with */
  addTenant(name: string): Promise<{ readonly id: number; readonly token: string }>;
  tally(): Promise<Tally>;
  tenant(id: number): Promise<Tally & { readonly usage: Usage }>;
  stop(): Promise<void>;
};

const MAIN = join(import.meta.dirname, '../../src/connectors/fortnox/simulator/main.ts');

/** @param options.rate - null: it may be called as often as one likes */
export async function startSimulated(
  { cleanup }: BenchRun,
  options: { readonly rate?: null } = {},
): Promise<Simulated> {
  const args = [MAIN, '--json-options', JSON.stringify(options)];
  const child = startChild(cleanup, { args, stdio: ['ignore', 'pipe', 'inherit'] });
  const { apiUrl, authUrl } = JSON.parse(await firstLine(child)) as Record<string, string>;
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    // On the port of the login: what is asked here is no call of the API.
    const response = await fetch(`${authUrl}/_control/${path}`, init);
    if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${path}`);
    return response.json();
  };
  return {
    pid: child.pid,
    apiUrl: apiUrl ?? '',
    authUrl: authUrl ?? '',
    addTenant: async (name) => {
      const { id } = (await ask('tenants', { name })) as { id: number };
      await ask(`tenants/${id}/state`, { series: [{ code: 'K', isManual: true }] });
      const granted = await ask(`tenants/${id}/grant`, { isService: true });
      return { id, token: (granted as { accessToken: string }).accessToken };
    },
    tally: async () => (await ask('counters')) as Tally,
    tenant: async (id) => (await ask(`tenants/${id}/counters`)) as Tally & { usage: Usage },
    stop: child.stop,
  };
}

/** A company of a hub, and where its books are. */
export type BenchCompany = { readonly key: string; readonly tenantId: number };

/** Adds companies to a hub whose books are in the simulator; null: they have none. */
export async function addCompanies(
  hub: Asked<HubActs>,
  of: { readonly companies: number; readonly simulated: Simulated | null },
): Promise<readonly BenchCompany[]> {
  const { simulated } = of;
  const added: BenchCompany[] = [];
  for (let at = 1; at <= of.companies; at += 1) {
    const name = `Bolag ${at}`;
    const tenantId = (await simulated?.addTenant(name))?.id ?? 0;
    const ledger =
      simulated === null
        ? null
        : { tenantId, apiUrl: simulated.apiUrl, authUrl: simulated.authUrl };
    added.push({ tenantId, key: await hub.ask('addCompany', { name, ledger }) });
  }
  return added;
}
