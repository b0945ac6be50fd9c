import { isRecord, textOf } from '../../../lib/json-object.ts';
import type { OrderState, OrderStates } from '../../../domain/sales-document.ts';
import type { FortnoxClient } from '../client.ts';

/** How orders stand: one that has become an invoice names it. A call for each. */
export async function readOrders(
  client: FortnoxClient,
  numbers: readonly string[],
): Promise<OrderStates> {
  const states = new Map<string, OrderState>();
  for (const number of numbers) {
    const body = await client.get(`/3/orders/${encodeURIComponent(number)}`);
    states.set(number, stateOf(body?.['Order']));
  }
  return states;
}

function stateOf(order: unknown): OrderState {
  if (!isRecord(order)) return 'gone';
  // A reference to nothing is “0”.
  if (!['', '0'].includes(textOf(order, 'InvoiceReference'))) return 'invoiced';
  return textOf(order, 'Cancelled') === 'true' ? 'gone' : 'open';
}
