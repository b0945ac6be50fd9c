import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { CliContext, DemoOptions } from '../../cli/context.ts';
import { day, plusDays, type Period } from '../../domain/date.ts';
import { sum } from '../../domain/money.ts';
import type { IntakeResult } from '../../engine/intake.ts';
import { balancesOf } from '../../hub/customer-balances.ts';
import { reconcileFlow } from '../../hub/reconcile-flow.ts';
import { countDeliveries, listDeliveries } from '../../store/deliveries.ts';
import type { BalanceSnapshot } from '../../ports/balances.ts';
import { callsOf } from '../../store/registry.ts';
import { openServer, type HubServer } from '../../web/server.ts';
import { buildPages } from '../build-pages.ts';
import { addKitchenDealer, type KitchenDealer } from './kitchen-dealer.ts';
import { demoMonth } from './month.ts';
import { addPrintShop, printShopResult, type PrintShop } from './print-shop.ts';
import { startRig, type Rig } from './rig.ts';
import { fetchShop, openDemoShops, type DemoShop } from './shops.ts';
import { demoJson, showDemo, type DemoResult } from './show.ts';
import { addDemoCompany, type DemoCompany } from './store.ts';

const MONTH: Period = { from: day('2026-10-01'), to: day('2026-10-31') };
const LOOK_MS = 100;

/**
 * The main job from end to end: a month of one store into simulated books, at the speed the real
 * system allows, and the proof afterwards.
 *
 * @returns 0 when every proof holds, 1 otherwise
 */
export async function runDemo(context: CliContext, options: DemoOptions): Promise<number> {
  const say = options.json ? () => undefined : context.out;
  say('Starting a hub on an embedded database, and a simulated Fortnox beside it …\n');
  const rig = await startRig();
  const server = await openServer({ host: '127.0.0.1', port: 0 });
  server.ready(rig.hub);
  say(`  hub      ${server.url}\n  Fortnox  ${rig.simulator.apiUrl} (simulated)\n\n`);
  try {
    const years = yearsUntil(new Date(rig.hub.clock.nowMs()).getUTCFullYear());
    const company = await addDemoCompany(rig, { name: 'Ängens Livs AB', years });
    const prints = await addPrintShop(rig, { url: server.url, years });
    const kitchens = await addKitchenDealer(rig, { url: server.url });
    const with_ = { company, prints, kitchens, isQuiet: options.json };
    const result = await playWithShops(context, rig, with_);
    if (options.sie !== null) {
      // The first year: the month's, also when its correction is booked in a later one.
      const sie = rig.simulator.tenants.get(company.tenantId).sie({ year: 1 });
      await writeFile(options.sie, sie);
    }
    if (options.json) context.out(`${JSON.stringify(demoJson(result), null, 2)}\n`);
    else say(showDemo(result, context));
    if (options.keep) await untilStopped(context, rig, server);
    return isProven(result) ? 0 : 1;
  } finally {
    await server.close();
    await rig.stop();
  }
}

/** The month's financial year, and each until the one in which its correction is booked. */
function yearsUntil(last: number): readonly { readonly from: string; readonly to: string }[] {
  const first = Number(MONTH.from.slice(0, 4));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    return { from: `${first + i}-01-01`, to: `${first + i}-12-31` };
  });
}

/** Fortnox's own: so many calls in any so many milliseconds. */
const LIMIT = { requests: 25, windowMs: 5_000 };

/**
 * How much of the limit was used while it was what the hub waited for: the window against the
 * median time from a call to the one that the limit lets through after it.
 */
function shareOfLimit(acceptedAtMs: readonly number[]): number | null {
  const { requests, windowMs } = LIMIT;
  const stretches = acceptedAtMs
    .slice(requests)
    .map((atMs, i) => atMs - (acceptedAtMs[i] ?? 0))
    .sort((a, b) => a - b);
  const median = stretches[Math.floor(stretches.length / 2)];
  return median === undefined ? null : windowMs / median;
}

/** The month of the store, and that of its two web shops beside it. */
async function playWithShops(
  context: CliContext,
  rig: Rig,
  of: {
    readonly company: DemoCompany;
    readonly prints: PrintShop;
    readonly kitchens: KitchenDealer;
    readonly isQuiet: boolean;
  },
): Promise<DemoResult> {
  const { shops, stop } = await openDemoShops(rig, of.company, daysOf(MONTH));
  try {
    return await playMonth(context, rig, { ...of, shops });
  } finally {
    await of.kitchens.stop();
    await stop();
  }
}

async function playMonth(
  context: CliContext,
  rig: Rig,
  of: {
    readonly company: DemoCompany;
    readonly prints: PrintShop;
    readonly kitchens: KitchenDealer;
    readonly shops: readonly DemoShop[];
    readonly isQuiet: boolean;
  },
): Promise<DemoResult> {
  const { hub, simulator } = rig;
  const { company, target, flows, tenantId } = of.company;
  const startedMs = hub.clock.nowMs();
  const worker = await hub.startWorker();
  const month = demoMonth();
  let fetched = 0;
  const take = async (): Promise<readonly IntakeResult[]> => {
    for (const shop of of.shops) fetched += await fetchShop(hub, shop, MONTH.from);
    const files: IntakeResult[] = [];
    // The corrected report comes when the day it corrects stands in the books.
    for (const drop of [month.files, [month.revised]]) {
      for (const { to, name, text } of drop) {
        const bytes = Readable.from([Buffer.from(text)]);
        const connectionId = flows[to].source.id;
        files.push(await hub.takeFile({ connectionId, name, via: 'command', bytes }));
      }
      await untilBooked(context, rig, { companyId: company.id, isQuiet: of.isQuiet });
    }
    return files;
  };
  // Printing house and kitchen dealer have books of their own: nobody waits for another.
  const [files] = await Promise.all([take(), of.prints.play(), of.kitchens.play()]);
  await worker.stop();
  const bookedMs = hub.clock.nowMs();
  const calls = await callsOf(hub.database.db, target.id);
  const deliveries = await listDeliveries(hub.database.db, { companyId: company.id });
  const reconciliations = [];
  for (const { flow } of [...Object.values(flows), ...of.shops]) {
    const result = await reconcileFlow(hub, { company, flow, period: MONTH });
    reconciliations.push({ flow: `${flow.source.name} → ${flow.target.name}`, result });
  }
  const { snapshot } = await balancesOf(hub, { company, flow: flows.till.flow });
  const tenant = simulator.tenants.get(tenantId);
  return {
    files,
    fetched: { files: fetched, documents: documentsOf(of.shops, deliveries) },
    deliveries,
    reconciliations,
    balances: balancesBeside(month.owed, snapshot),
    prints: await printShopResult(rig, of.prints),
    kitchens: await of.kitchens.result(),
    calls: calls.calls,
    rateLimited: tenant.tally().limited,
    seconds: (bookedMs - startedMs) / 1_000,
    ledger: tenant.ledger(),
    shareOfLimit: shareOfLimit(tenant.usage().acceptedAtMs),
  };
}

function documentsOf(
  shops: readonly DemoShop[],
  deliveries: readonly { readonly flowId: string }[],
): number {
  const flowIds = new Set(shops.map(({ flow }) => flow.id));
  return deliveries.filter(({ flowId }) => flowIds.has(flowId)).length;
}

function daysOf({ from, to }: Period): readonly string[] {
  const days: string[] = [];
  for (let date = from; date <= to; date = plusDays(date, 1)) days.push(date);
  return days;
}

/** What customers owe by the till's receipts, beside what goes back to the till from the ledger. */
function balancesBeside(
  owed: ReadonlyMap<string, bigint>,
  { customers }: BalanceSnapshot,
): DemoResult['balances'] {
  const ledger = new Map(customers.map(({ number, balance }) => [number, balance]));
  return [...new Set([...owed.keys(), ...ledger.keys()])].sort().map((customer) => {
    return { customer, till: owed.get(customer) ?? 0n, ledger: ledger.get(customer) ?? 0n };
  });
}

async function untilBooked(
  context: CliContext,
  { hub }: Rig,
  of: { readonly companyId: string; readonly isQuiet: boolean },
): Promise<void> {
  const bar = of.isQuiet || !context.isTerminal ? null : progressBar();
  bar?.start(1, 0);
  for (;;) {
    const by = await countDeliveries(hub.database.db, of.companyId);
    const open = by.waiting + by.sending + by['in doubt'];
    const ended = by.done + by.held + by.skipped;
    bar?.setTotal(open + ended);
    bar?.update(ended);
    if (open === 0) break;
    await hub.clock.sleep(LOOK_MS);
  }
  bar?.stop();
}

function progressBar(): SingleBar {
  return new SingleBar({
    format: '  {bar} {value}/{total} documents',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
  });
}

/** Everything the demo promises: the sums agree, and the system never had to ask us to wait. */
function isProven(result: DemoResult): boolean {
  const isEven = result.reconciliations.every(
    ({ result: { differences, trialBalance } }) => differences.length === 0 && trialBalance === 0n,
  );
  const areSame = result.balances.every(({ till, ledger }) => till === ledger);
  const { invoices, numbered, complaints, result: printed } = result.prints;
  const arePrinted =
    invoices === numbered && complaints.length === 0 && printed.differences.length === 0;
  const { quotes, taken, quoted, orders } = result.kitchens;
  const ordered = sum(
    orders.map(({ gross }) => gross),
    quoted.currency,
  );
  const areOrdered = quotes === taken && ordered.minor === quoted.minor;
  return isEven && areSame && arePrinted && areOrdered && result.rateLimited === 0;
}

async function untilStopped(
  context: CliContext,
  rig: Rig,
  { url, setupToken }: HubServer,
): Promise<void> {
  buildPages(rig.hub.log);
  context.err(
    `The hub stays at ${url}. See its books in a browser:\n` +
      `  ${url}/setup#token=${setupToken}\nLook into it from another terminal:\n` +
      `  BOKBRO_HOME=${rig.config.home} BOKBRO_REACH=${rig.config.reach.join()} npx bokbro held\n` +
      'Ctrl-C ends it and removes its data.\n',
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
