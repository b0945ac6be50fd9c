import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { addRigCompany, addRigSource, startRig } from '../../src/app/demo/rig.ts';
import { FORTNOX_RATE } from '../../src/connectors/fortnox/simulator/rate.ts';
import { day } from '../../src/domain/date.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import type { BenchRun } from '../bench-run.ts';
import { BARS } from '../bars.ts';
import { measured, missing, type Section } from '../figure.ts';
import { SAMPLE, shopOrders } from '../shop-orders.ts';

const ID = 'orders';
const TITLE = 'Orders of a shop as booked and paid invoices, under Fortnox’ limit';
const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const LOOK_MS = 200;

/** What a real sample of orders costs in calls, and how fast it goes under the limit. */
export async function orders(run: BenchRun): Promise<Section> {
  if (!existsSync(SAMPLE)) {
    const why = 'the sample of orders is not beside the repository';
    const about = { id: `${ID}.calls`, name: 'calls per order', unit: 'calls' };
    return { id: ID, title: TITLE, how: [], figures: [missing(about, why)] };
  }
  const runs = [
    { id: 'cash', name: 'as cash invoices', choices: {} },
    { id: 'payment', name: 'with a payment', choices: { cashInvoices: false } },
  ];
  const taken = [];
  for (const { id, name, choices } of runs) {
    run.tell(`orders ${name}, ${run.plan.orders}`);
    taken.push({ id, name, ...(await deliver(run, choices)) });
  }
  return {
    id: ID,
    title: TITLE,
    how: [
      `${run.plan.orders} orders of the UCI Online Retail sample, in kronor with VAT at 25 %, in one file: ` +
        'hub, embedded PostgreSQL (durable) and simulator on one machine, the simulator with ' +
        'Fortnox’ limit.',
      'All calls are counted, of reading the books and of each new customer and article too. ' +
        'Known: those of an order whose customer and articles had all been met.',
    ],
    figures: taken.flatMap((one) => {
      const about = (what: string, name: string, unit: string) => {
        return { id: `${ID}.${one.id}.${what}`, name: `${name}, ${one.name}`, unit };
      };
      const percent = { ...about('share', 'share of the limit', '%'), bars: BARS.sharePercent };
      return [
        measured(about('calls', 'calls per order', 'calls'), [one.callsPerOrder]),
        measured(about('known', 'calls per order, all known', 'calls'), [one.known]),
        measured(about('pace', 'orders per minute', 'orders'), [one.perMinute]),
        measured(percent, [one.share]),
        measured(about('limited', 'answers 429', 'calls'), [one.limited]),
        measured(about('differences', 'differences when reconciled', ''), [one.differences]),
      ];
    }),
  };
}

async function deliver(run: BenchRun, choices: { readonly cashInvoices?: boolean }) {
  const rig = await startRig();
  const stop = run.cleanup.add(() => rig.stop());
  const company = await addRigCompany(rig, { name: 'Handel AB', years: [YEAR] });
  const tenant = rig.simulator.tenants.get(company.tenantId);
  tenant.set({ setup: { roundsOff: false } });
  const invoicing = { as: 'booked-invoice' as const, ...choices };
  const { source, flow } = await addRigSource(rig, company, {
    connector: 'woocommerce',
    choices: { invoicing, attachFile: false },
  });
  const { count, json } = shopOrders(run.plan.orders);
  const bytes = Readable.from([Buffer.from(json)]);
  const file = { connectionId: source.id, name: 'orders.json', via: 'command', bytes } as const;
  await rig.hub.takeFile(file);
  const startedMs = performance.now();
  const worker = await rig.hub.startWorker();
  await untilDone(rig, { companyId: company.company.id, orders: count });
  const minutes = (performance.now() - startedMs) / 60_000;
  const { calls, limited, routes } = tenant.tally();
  const { acceptedAtMs } = tenant.usage();
  const period = { from: day(YEAR.from), to: day(YEAR.to) };
  const proof = await reconcileFlow(rig.hub, { company: company.company, flow, period });
  await worker.stop();
  await stop();
  // Of these an order has one each, whoever buys and whatever is bought.
  const ofEach = Object.entries(routes).filter(([route]) => /invoice/.test(route));
  const known = ofEach.filter(([route]) => !route.startsWith('GET'));
  return {
    callsPerOrder: calls / count,
    known: known.reduce((sum, [, times]) => sum + times, 0) / count,
    perMinute: count / minutes,
    share: shareOf(acceptedAtMs),
    limited,
    differences: proof.differences.length,
  };
}

async function untilDone(
  rig: Awaited<ReturnType<typeof startRig>>,
  of: { readonly companyId: string; readonly orders: number },
): Promise<void> {
  for (;;) {
    const counts = await countDeliveries(rig.hub.database.db, of.companyId);
    if (counts.held > 0) throw new Error(`${counts.held} orders are held`);
    if (counts.done >= of.orders) return;
    await sleep(LOOK_MS);
  }
}

/** Calls after the first burst, against those that the limit allows in their time. */
function shareOf(acceptedAtMs: readonly number[]): number | null {
  const { requests, windowMs } = FORTNOX_RATE;
  const [from, to] = [acceptedAtMs[requests - 1], acceptedAtMs.at(-1)];
  if (from === undefined || to === undefined || to <= from) return null;
  const allowed = ((to - from) / windowMs) * requests;
  return (100 * (acceptedAtMs.length - requests)) / allowed;
}
