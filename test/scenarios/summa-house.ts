import assert from 'node:assert/strict';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import type { JobSeed } from '../../src/connectors/summa/simulator/desk.ts';
import { startSumma, type PushingSumma } from './pushing-summa.ts';
import { addPlayer, type Player, type Stage } from './stage.ts';

/** Objects as Fortnox's API shows them. */
type Objects = readonly Readonly<Record<string, unknown>>[];

/** A printing house: its Summa, the hub that it pushes to, and its Fortnox. */
export type House = PushingSumma & {
  readonly player: Player;
  read(path: string, envelope: string): Promise<Readonly<Record<string, unknown>>>;
  list(path: string, envelope: string): Promise<Objects>;
  /** Somebody changes an object in Fortnox. */
  change(path: string, body: object): Promise<void>;
  /** What files are attached to invoice 1: what they are of, and whether they go with it. */
  attached(): Promise<readonly string[]>;
  /** Calls that changed something or asked for an object, since the last time. */
  calls(): readonly string[];
};

/** The fields of an object that a test is about, as text. */
export function shown(object: Readonly<Record<string, unknown>>, fields: string): string {
  return fields
    .split(' ')
    .map((field) => String(object[field]))
    .join(' · ');
}

/** The same of each row of an invoice. */
export function rowsOf(
  invoice: Readonly<Record<string, unknown>>,
  fields: string,
): readonly string[] {
  const rows = invoice['InvoiceRows'] as readonly Readonly<Record<string, unknown>>[];
  return rows.map((row) => shown(row, fields));
}

let count = 0;

export async function startHouse(
  stage: Stage,
  of: {
    readonly jobs: readonly JobSeed[];
    readonly choices?: readonly string[];
    readonly departments?: readonly string[];
    readonly accounts?: readonly { readonly number: number; readonly name: string }[];
    /** The hub that is pushed to, where it is in a process of its own. */
    readonly hubUrl?: string;
  },
): Promise<House> {
  count += 1;
  const { accounts } = of;
  const own = accounts === undefined ? {} : { accounts };
  const player = await addPlayer(stage, { name: `Tryckeri ${count} AB`, ...own });
  const tenant = stage.simulator.tenants.get(player.tenantId);
  const pushing = await startSumma(stage, {
    ...{ company: player.company.name, ledger: 'fortnox', jobs: of.jobs },
    choices: of.choices ?? [],
    departments: of.departments ?? [],
    ...(of.hubUrl === undefined ? {} : { hubUrl: of.hubUrl }),
  });
  const { accessToken: token } = tenant.grant({ isService: true });
  const get = (path: string) => ask(`${stage.simulator.apiUrl}/3/${path}`, { token });
  let before: Readonly<Record<string, number>> = {};
  return {
    ...pushing,
    player,
    read: async (path, envelope) => (await get(path)).one(envelope),
    list: async (path, envelope) => (await get(path)).all(envelope),
    change: async (path, body) => {
      const sent = { token, method: 'PUT', body: JSON.stringify(body) };
      const { status, text } = await ask(`${stage.simulator.apiUrl}/3/${path}`, sent);
      assert.equal(status, 200, text);
    },
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
  };
}
