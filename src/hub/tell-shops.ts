import { present } from '../lib/assert.ts';
import { makeOrderNews } from '../store/order-news.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';
import { lookAtInvoices } from './look-at-invoices.ts';

/** How often it is looked for what has been booked. It costs one query when there is nothing. */
const LOOK_MS = 2_000;

/**
 * Tells shops what has become of their orders: what is booked soon, and now and then how invoices
 * stand. Any number of processes may do so.
 */
export function tellShops(hub: Hub): KeptUp {
  const failed = 'it could not be looked what shops are to be told';
  return keepDoing(hub, { everyMs: LOOK_MS, failed }, async () => {
    await lookAtInvoices(hub);
    await tellBooked(hub);
  });
}

/** Makes deliveries of all news that there is. @returns of how many deliveries */
export async function tellBooked(hub: Hub): Promise<number> {
  const nameOf = (connector: string): string =>
    present(hub.connectors.get(connector), connector).name;
  let [all, some] = [0, 0];
  do {
    some = await makeOrderNews(hub.database, hub.jobs, nameOf);
    all += some;
  } while (some > 0);
  return all;
}
