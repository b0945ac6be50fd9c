import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import {
  DEFAULT_CLIENT,
  startFortnoxSimulator,
  type FortnoxSimulator,
  type SimulatorOptions,
} from '../../connectors/fortnox/simulator/simulator.ts';
import type { WrittenChoices } from '../../engine/flow-choices.ts';
import type { Timing } from '../../engine/timing.ts';
import { readConfig, type Config } from '../../hub/config.ts';
import { addSecrets } from '../../hub/consent.ts';
import { openHub, type Hub } from '../../hub/hub.ts';
import { LOOPBACK } from '../../hub/reach.ts';
import { socketFolderOf } from '../../store/embedded.ts';
import type { AnyConnector } from '../../ports/connector.ts';
import {
  addCompany,
  addConnection,
  addFlow,
  listFlows,
  type Company,
  type Connection,
  type Flow,
} from '../../store/registry.ts';
import { present } from '../../lib/assert.ts';
import { CONNECTORS } from '../connectors.ts';

/** A hub on a throw-away database beside a simulated Fortnox: for demo, tests and benchmarks. */
export type Rig = {
  readonly hub: Hub;
  readonly simulator: FortnoxSimulator;
  readonly config: Config;
  /** Stops everything and removes the data. */
  stop(): Promise<void>;
};

/** One company of a rig: its till files go into its simulated books. */
export type RigCompany = {
  readonly company: Company;
  readonly source: Connection;
  readonly target: Connection;
  readonly flow: Flow;
  readonly tenantId: number;
};

/** A data folder that is removed with `removeHome`. `nobody` must be able to enter it. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'bokbro-'));
  chmodSync(home, 0o711);
  return home;
}

export function removeHome(home: string): void {
  rmSync(socketFolderOf(join(home, 'pg')), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}

/** Starts a simulated Fortnox and a hub beside it. */
export async function startRig(
  options: {
    readonly simulator?: SimulatorOptions;
    readonly timing?: Timing;
    readonly databaseUrl?: string;
    readonly durable?: boolean;
    readonly connectors?: ReadonlyMap<string, AnyConnector>;
    /** Networks that the hub may call; where the simulators stand when absent. */
    readonly reach?: readonly string[];
  } = {},
): Promise<Rig> {
  const home = temporaryHome();
  const base = readConfig({ BOKBRO_HOME: home, BOKBRO_PORT: '0' });
  const reach = options.reach ?? LOOPBACK;
  const database =
    options.databaseUrl === undefined
      ? ({ kind: 'embedded', home, durable: options.durable ?? true } as const)
      : ({ kind: 'server', url: options.databaseUrl } as const);
  const config: Config = { ...base, database, reach };
  const simulator = await startFortnoxSimulator(options.simulator ?? {});
  const hub = await openHub(config, {
    log: pino({ level: 'silent' }),
    connectors: options.connectors ?? CONNECTORS,
    maintain: true,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  });
  return {
    hub,
    simulator,
    config,
    stop: async () => {
      await hub.close();
      await simulator.stop();
      removeHome(home);
    },
  };
}

/** Adds a company with a till whose reports are booked in a simulated Fortnox of its own. */
export async function addRigCompany(
  { hub, simulator }: Pick<Rig, 'hub' | 'simulator'>,
  of: {
    readonly name: string;
    readonly stores?: readonly string[];
    readonly choices?: WrittenChoices;
    readonly mode?: 'automatic' | 'review';
    readonly profiles?: readonly unknown[];
    /** Whose documents are booked; a till's when absent. */
    readonly source?: {
      readonly connector: string;
      readonly name: string;
      readonly settings: Readonly<Record<string, unknown>>;
    };
    /** Further settings of the till's connection. */
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly accounts?: readonly { readonly number: number; readonly name: string }[];
    readonly years?: readonly { readonly from: string; readonly to: string }[];
  },
): Promise<RigCompany> {
  const tenant = simulator.tenants.add({
    name: of.name,
    ...(of.accounts === undefined ? {} : { accounts: of.accounts }),
    ...(of.years === undefined ? {} : { years: of.years }),
  });
  tenant.set({ series: [{ code: 'K', isManual: true }] });
  tenant.grant({ isService: true });
  const { db } = hub.database;
  const company = await addCompany(db, { name: of.name, country: 'SE', language: 'sv' });
  const till = {
    ...{ connector: 'minbutik', name: 'minbutik' },
    settings: { stores: of.stores ?? [], profiles: of.profiles ?? [], ...of.settings },
  };
  const source = await addConnection(db, { companyId: company.id, ...(of.source ?? till) });
  const target = await addConnection(db, {
    companyId: company.id,
    connector: 'fortnox',
    name: 'fortnox',
    settings: {
      clientId: DEFAULT_CLIENT.id,
      tenantId: String(tenant.id),
      apiUrl: simulator.apiUrl,
      authUrl: simulator.authUrl,
    },
  });
  await addSecrets(hub, target.id, { clientSecret: DEFAULT_CLIENT.secret });
  const ends = { companyId: company.id, source, target };
  const flow = await flowBetween(hub, ends, { ...of, choices: { series: 'K', ...of.choices } });
  return { company, source, target, flow, tenantId: tenant.id };
}

/** Gives a company of a rig one more system whose documents go into its books. */
export async function addRigSource(
  { hub }: Pick<Rig, 'hub'>,
  { company, target }: RigCompany,
  of: {
    readonly connector: string;
    /** The connector's id when absent. */
    readonly name?: string;
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly choices?: WrittenChoices;
  },
): Promise<{ readonly source: Connection; readonly flow: Flow }> {
  const { connector, name = connector, settings = {} } = of;
  const about = { companyId: company.id, connector, name };
  const source = await addConnection(hub.database.db, { ...about, settings });
  const flow = await flowBetween(hub, { companyId: company.id, source, target }, of);
  return { source, flow };
}

async function flowBetween(
  hub: Hub,
  ends: {
    readonly companyId: string;
    readonly source: Connection;
    readonly target: Connection;
  },
  of: { readonly choices?: WrittenChoices; readonly mode?: 'automatic' | 'review' },
): Promise<Flow> {
  const { db } = hub.database;
  const { source, target } = ends;
  const { mode = 'automatic', choices = {} } = of;
  const id = await addFlow(db, { source, target, mode, choices, startDate: null });
  const flow = (await listFlows(db, ends.companyId)).find((one) => one.id === id);
  return present(flow, 'the flow');
}
