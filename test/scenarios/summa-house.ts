import assert from 'node:assert/strict';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import type { JobSeed } from '../../src/connectors/summa/simulator/desk.ts';
import { SummaSimulator } from '../../src/connectors/summa/simulator/simulator.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command, type Ended } from './command.ts';
import { addPlayer, today, type Player, type Stage } from './stage.ts';

/** Objects as Fortnox's API shows them. */
type Objects = readonly Readonly<Record<string, unknown>>[];

/** A printing house: its Summa, the hub that it pushes to, and its Fortnox. */
export type House = {
  readonly player: Player;
  readonly summa: SummaSimulator;
  readonly server: HubServer;
  /** The key that its Summa pushes with. */
  readonly key: string;
  /** Where it pushes to. */
  readonly url: string;
  /** Delivers a job and makes its invoice, which is pushed at once. @returns its id */
  finish(orderNo: string): Promise<string>;
  bokbro(...argv: readonly string[]): Promise<Ended>;
  /** What source, hub and ledger say of today. */
  reconcile(): Promise<Ended>;
  read(path: string, envelope: string): Promise<Readonly<Record<string, unknown>>>;
  list(path: string, envelope: string): Promise<Objects>;
  /** What files are attached to invoice 1: what they are of, and whether they go with it. */
  attached(): Promise<readonly string[]>;
  /** Calls that changed something or asked for an object, since the last time. */
  calls(): readonly string[];
  stop(): Promise<void>;
};

let count = 0;

export async function startHouse(
  stage: Stage,
  of: {
    readonly jobs: readonly JobSeed[];
    readonly choices?: readonly string[];
    readonly departments?: readonly string[];
    readonly accounts?: readonly { readonly number: number; readonly name: string }[];
  },
): Promise<House> {
  count += 1;
  const { accounts } = of;
  const own = accounts === undefined ? {} : { accounts };
  const player = await addPlayer(stage, { name: `Tryckeri ${count} AB`, ...own });
  const tenant = stage.simulator.tenants.get(player.tenantId);
  const company = ['--company', player.company.name];
  const bokbro = (...argv: readonly string[]) => command(stage, ...argv, ...company);
  const set = (of.choices ?? []).flatMap((choice) => ['--set', choice]);
  const named = (of.departments ?? []).flatMap((one) => ['--department', one]);
  for (const said of [
    await bokbro('connect', 'summa'),
    await bokbro('flow', 'add', 'summa', 'fortnox', ...set, ...named),
  ]) {
    assert.equal(said.code, 0, said.out + said.err);
  }
  const key = (await bokbro('key', 'summa')).out.trim();
  const server = await openServer({ host: '127.0.0.1', port: 0 });
  server.ready(stage.hub);
  const url = `${server.url}/v1/connections/summa/invoices`;
  const summa = new SummaSimulator({
    ...{ address: { url, key }, jobs: of.jobs, quantities: 'as-counted' },
    nowMs: () => stage.hub.clock.nowMs(),
  });
  const { accessToken: token } = tenant.grant({ isService: true });
  const get = (path: string) => ask(`${stage.simulator.apiUrl}/3/${path}`, { token });
  let before: Readonly<Record<string, number>> = {};
  return {
    ...{ player, summa, server, key, url, bokbro },
    finish: async (orderNo) => {
      summa.deliver(orderNo);
      return summa.finish(orderNo);
    },
    reconcile: () => bokbro('reconcile', '--source', 'summa', '--from', today(), '--to', today()),
    read: async (path, envelope) => (await get(path)).one(envelope),
    list: async (path, envelope) => (await get(path)).all(envelope),
    attached: async () => {
      const path = '/api/fileattachments/attachments-v1?entityid=1&entitytype=F';
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${stage.simulator.apiUrl}${path}`, { headers });
      const listed = (await answer.json()) as Objects;
      return listed.map((one) => `${String(one['entityType'])} ${String(one['includeOnSend'])}`);
    },
    calls: () => {
      const { routes } = tenant.tally();
      const made = Object.entries(routes).flatMap(([route, times]) =>
        Array.from({ length: times - (before[route] ?? 0) }, () => route),
      );
      before = routes;
      return made.sort();
    },
    stop: () => server.close(),
  };
}
