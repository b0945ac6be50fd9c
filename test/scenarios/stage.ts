import { Readable } from 'node:stream';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { addRigCompany, startRig, type Rig, type RigCompany } from '../../src/app/demo/rig.ts';
import { connector as fortnox } from '../../src/connectors/fortnox/connector.ts';
import { dayAt } from '../../src/domain/date.ts';
import type { IntakeResult } from '../../src/engine/intake.ts';
import type { WrittenChoices } from '../../src/engine/flow-choices.ts';
import type { Timing } from '../../src/engine/timing.ts';
import { connector as quickbutik } from '../../src/connectors/quickbutik/connector.ts';
import { connector as tripletex } from '../../src/connectors/tripletex/connector.ts';
import { present } from '../../src/lib/assert.ts';
import { sharedDatabase } from '../../src/testing/test-server.ts';
import type { AnyConnector } from '../../src/ports/connector.ts';
import { addConnection, addFlow, listFlows } from '../../src/store/registry.ts';
import {
  countDeliveries,
  listDeliveries,
  resolveDeliveries,
  type DeliveryView,
  type Resolution,
} from '../../src/store/deliveries.ts';

/** Waits of a hub, short but in the order of real ones; calls have ample time on a busy machine. */
export const QUICK: Timing = {
  callMs: 10_000,
  deadlineMs: 21_000,
  firstLookMs: 20,
  secondLookMs: 200,
  retryMs: { first: 30, longest: 200 },
  sliceMs: 1_000,
  booksMs: 600_000,
  lookAroundMs: 100,
  forsakenMs: 500,
  holdMs: 120_000,
};

/** The hub's connectors, with systems that may be called as fast as they answer. */
export const UNLIMITED: ReadonlyMap<string, AnyConnector> = new Map([
  ...CONNECTORS,
  ['fortnox', { ...fortnox, rateLimit: null } as unknown as AnyConnector],
  ['quickbutik', { ...quickbutik, rateLimit: null } as unknown as AnyConnector],
  ['tripletex', { ...tripletex, rateLimit: null } as unknown as AnyConnector],
]);

/** A hub with a worker, and a simulated Fortnox beside it: shared by the tests of a file. */
export type Stage = Rig;

/** A company on a stage. */
export type Player = RigCompany & { readonly stage: Stage };

const THIS_YEAR = Number(today().slice(0, 4));

/** Financial years that hold the days of the tests and today, whenever the tests are run. */
export const YEARS = Array.from({ length: Math.max(THIS_YEAR, 2026) - 2024 }, (_, i) => ({
  from: `${2025 + i}-01-01`,
  to: `${2025 + i}-12-31`,
}));

/** Longest that anything on a stage takes, many times over. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 20;

/** Starts a hub, with a worker in this process unless other processes are to do the work. */
export async function startStage(
  options: Parameters<typeof startRig>[0] & { readonly hasWorker?: boolean } = {},
): Promise<Stage> {
  const { databaseUrl, durable } = options;
  const isPlain = databaseUrl === undefined && durable === undefined;
  const shared = isPlain ? await sharedDatabase() : null;
  const rig = await startRig({
    simulator: { rate: null },
    timing: QUICK,
    durable: false,
    connectors: UNLIMITED,
    ...(shared === null ? {} : { databaseUrl: shared.url }),
    ...options,
  });
  const worker = options.hasWorker === false ? null : await rig.hub.startWorker();
  const stop = async (): Promise<void> => {
    await worker?.stop();
    await rig.stop();
    await shared?.stop();
  };
  return { ...rig, stop };
}

/** Adds a company of its own for a test. Files are attached only where a test says so. */
export async function addPlayer(
  stage: Stage,
  of: Parameters<typeof addRigCompany>[1],
): Promise<Player> {
  const choices = { attachFile: false, ...of.choices };
  return { stage, ...(await addRigCompany(stage, { years: YEARS, ...of, choices })) };
}

/** The same company's books with another source beside the player's own. */
export async function anotherSource(
  player: Player,
  connector: string,
  of: {
    readonly choices: WrittenChoices;
    readonly settings?: unknown;
    readonly name?: string;
  },
): Promise<Player> {
  const { company, target, stage } = player;
  const { db } = stage.hub.database;
  const about = { companyId: company.id, connector, name: of.name ?? connector };
  const source = await addConnection(db, { ...about, settings: of.settings ?? {} });
  const choices = { attachFile: false, series: 'K', ...of.choices };
  const flow = { source, target, mode: 'automatic', startDate: null, choices } as const;
  const id = await addFlow(db, flow);
  const flows = await listFlows(db, company.id);
  return {
    ...player,
    source,
    flow: present(
      flows.find((one) => one.id === id),
      'the flow',
    ),
  };
}

/** Takes a file in, in the name of the player's till. */
export function take(
  { stage, source }: Pick<Player, 'stage' | 'source'>,
  file: { readonly name: string; readonly content: string | Uint8Array },
): Promise<IntakeResult> {
  const bytes = Readable.from([Buffer.from(file.content)]);
  return stage.hub.takeFile({ connectionId: source.id, name: file.name, via: 'command', bytes });
}

/** Resolves when nothing of the company is on its way any more. */
export async function untilQuiet({ stage, company }: Player): Promise<void> {
  await until(async () => {
    const by = await countDeliveries(stage.hub.database.db, company.id);
    return by.waiting + by.sending + by['in doubt'] === 0;
  });
}

/** Waits for something that is bound to happen. @throws Error when it does not */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export async function deliveriesOf({
  stage,
  company,
}: Pick<Player, 'stage' | 'company'>): Promise<readonly DeliveryView[]> {
  return listDeliveries(stage.hub.database.db, { companyId: company.id });
}

/** `state code code …` of each delivery, by day. */
export async function statesOf(
  player: Pick<Player, 'stage' | 'company'>,
): Promise<readonly string[]> {
  return (await deliveriesOf(player)).map((d) =>
    [d.state, ...d.refusals.map((refusal) => refusal.code)].join(' '),
  );
}

/** Settles what waits for a person, all of it, and resolves when the hub has done its part. */
export async function settle(player: Player, resolution: Resolution): Promise<number> {
  const { stage, company } = player;
  const waiting = (await deliveriesOf(player)).filter((d) => /^(held|review)$/.test(d.state));
  const moved = await resolveDeliveries(stage.hub.database.db, stage.hub.jobs, {
    companyId: company.id,
    ids: waiting.map((d) => d.id),
    resolution,
    by: 'a test',
  });
  await untilQuiet(player);
  return moved.length;
}

/**
 * The company's vouchers as the simulated Fortnox keeps them: a line `series number · day · text`,
 * then a line for each row, `account debit-or-minus-credit · text`.
 */
export function ledgerOf({ stage, tenantId }: Player): readonly (readonly string[])[] {
  const { vouchers, problems } = stage.simulator.tenants.get(tenantId).ledger();
  if (problems.length > 0) throw new Error(problems.join('; '));
  return vouchers.map(({ series, number, date, text, rows }) => [
    `${series} ${number} · ${date} · ${text}`,
    ...rows.map((row) => `${row.account} ${kronor(row.debitOre - row.creditOre)} · ${row.text}`),
  ]);
}

function kronor(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The day that corrections stand on. */
export function today(): string {
  return dayAt(new Date(), 'Europe/Stockholm');
}

/** The middle of that day, ms since 1970: where a shop's clock stands still, no day turns while a test runs. */
export function noonToday(): number {
  return Date.parse(`${today()}T10:00:00Z`);
}
