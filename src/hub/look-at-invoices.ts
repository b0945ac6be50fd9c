import { attemptRead } from '../engine/attempt.ts';
import { keepInvoiceStates, takeInvoiceLooks } from '../store/invoice-looks.ts';
import { checkHooksDaily } from './hooks/keep-hooks.ts';
import type { Hub } from './hub.ts';

/** How often a ledger is asked how its invoices stand. */
const EVERY_MS = 5 * 60_000;

/**
 * Asks each ledger that is due how its invoices stand, in one list of those that have changed, and
 * notes what their shops are to be told. A ledger that cannot be asked keeps no other waiting.
 */
export async function lookAtInvoices(
  hub: Hub,
  { everyMs = EVERY_MS }: { readonly everyMs?: number } = {},
): Promise<void> {
  const { db } = hub.database;
  for (const { connectionId, seen } of await takeInvoiceLooks(db, everyMs)) {
    const { target } = await hub.openTarget(connectionId);
    const look = await attemptRead(async () => target.readInvoices?.(seen) ?? null);
    if (look.kind !== 'answered') {
      // Its lane says what a person has to mend; here it is asked again the next time.
      hub.log.warn({ connectionId, why: look.says }, 'invoices could not be looked at');
    } else if (look.value !== null) {
      await keepInvoiceStates(hub.database, connectionId, look.value);
    }
    // A ledger that sends messages is never fetched from: here it is seen that it still does.
    await checkHooksDaily(hub, connectionId);
  }
}
