import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { addRigCompany, addRigSource, startRig } from '../../src/app/demo/rig.ts';
import { day } from '../../src/domain/date.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import type { BenchRun } from '../bench-run.ts';
import { BARS } from '../bars.ts';
import { measured, missing, type Section } from '../figure.ts';
import { shareOfLimit } from '../limit-share.ts';
import { SAMPLE, shopOrders } from '../shop-orders.ts';

const ID = 'orders';
const TITLE = 'Orders of a shop as booked and paid invoices, under Fortnox’ limit';
const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const LOOK_MS = 200;
/** At most so many are bought again, when every customer and article is known. */
const AGAIN = 60;

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
        'All known: the same buyers buy the same again, and every call is counted.',
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
  const take = async (orders: ReturnType<typeof shopOrders>) => {
    const bytes = Readable.from([Buffer.from(orders.json)]);
    await rig.hub.takeFile({ connectionId: source.id, name: 'orders.json', via: 'command', bytes });
  };
  const first = shopOrders(run.plan.orders);
  await take(first);
  const startedMs = performance.now();
  const worker = await rig.hub.startWorker();
  const companyId = company.company.id;
  await untilDone(rig, { companyId, orders: first.count });
  const minutes = (performance.now() - startedMs) / 60_000;
  const { calls } = tenant.tally();
  const { acceptedAtMs } = tenant.usage();
  const again = shopOrders(Math.min(AGAIN, first.count), '9');
  await take(again);
  await untilDone(rig, { companyId, orders: first.count + again.count });
  const { calls: callsInAll, limited } = tenant.tally();
  const period = { from: day(YEAR.from), to: day(YEAR.to) };
  const proof = await reconcileFlow(rig.hub, { company: company.company, flow, period });
  await worker.stop();
  await stop();
  return {
    callsPerOrder: calls / first.count,
    known: (callsInAll - calls) / again.count,
    perMinute: first.count / minutes,
    share: shareOfLimit(acceptedAtMs),
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
