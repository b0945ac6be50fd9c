import { reasonOf } from '../web/connection-reason.ts';
import { SingleBar } from 'cli-progress';
import type { Hub } from '../hub/hub.ts';
import { countDeliveries } from '../store/deliveries.ts';
import { getConnection, type Company, type Flow } from '../store/registry.ts';
import type { CliContext } from './context.ts';

const LOOK_MS = 200;
/** So long without anything arriving, the hub goes on alone and the terminal is given back. */
const PATIENCE_MS = 90_000;

/**
 * Works until everything of the company that can be delivered has been, showing how far it is.
 *
 * @returns why something still waits; null when nothing does
 */
export async function untilDelivered(
  context: CliContext,
  hub: Hub,
  of: { readonly company: Company; readonly flows: readonly Flow[] },
): Promise<string | null> {
  const worker = await hub.startWorker();
  const bar = progressBar(context);
  try {
    const start = await counts(hub, of.company);
    bar?.start(start.open, 0);
    let movedAtMs = hub.clock.nowMs();
    for (let before = start; ;) {
      await hub.clock.sleep(LOOK_MS);
      const now = await counts(hub, of.company);
      bar?.setTotal(Math.max(start.open, now.ended - start.ended + now.open));
      bar?.update(now.ended - start.ended);
      if (now.open === 0) return null;
      const stopped = await notReady(context, hub, of.flows);
      if (stopped !== null) return stopped;
      if (now.ended !== before.ended) movedAtMs = hub.clock.nowMs();
      before = now;
      if (hub.clock.nowMs() - movedAtMs > PATIENCE_MS) {
        return `${now.open} wait: the ledger does not answer. bokbro worker goes on.`;
      }
    }
  } finally {
    bar?.stop();
    await worker.stop();
  }
}

/** @returns what keeps a ledger from being worked; null when nothing does */
async function notReady(
  { language }: CliContext,
  hub: Hub,
  flows: readonly Flow[],
): Promise<string | null> {
  for (const id of new Set(flows.map((flow) => flow.target.id))) {
    const ledger = await getConnection(hub.database.db, id);
    const { name, state } = ledger;
    if (state !== 'ready') return `${name}: ${reasonOf(ledger, language) ?? state}`;
  }
  return null;
}

async function counts(
  hub: Hub,
  company: Company,
): Promise<{ readonly open: number; readonly ended: number }> {
  const by = await countDeliveries(hub.database.db, company.id);
  return {
    open: by.waiting + by.sending + by['in doubt'],
    ended: by.done + by.held + by.skipped + by.pending + by.gathering + by.gathered,
  };
}

/** A bar on a terminal only: a log file has no use for one. */
function progressBar(context: CliContext): SingleBar | null {
  if (!context.isTerminal) return null;
  return new SingleBar({
    format: '{bar} {value}/{total}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
  });
}
