import type { Document } from '../domain/document/document.ts';
import type { WriteResults } from '../domain/plan.ts';
import { orderInMemo } from '../domain/quote/sales-documents.ts';
import type { QuoteOrder } from '../domain/quote/orders.ts';
import type { OrderStates } from '../domain/sales-document.ts';
import { isRecord, textOf } from '../lib/json-object.ts';
import type { Target } from '../ports/target.ts';

/** An order that a line of a quote's calendar has become in the ledger. */
export type QuotedOrder = {
  readonly seq: number;
  /** The ledger's own id of it. */
  readonly id: string;
  /** As it was entered or changed last; null where that was not kept. */
  readonly order: QuoteOrder | null;
};

/** The write of a step that enters an order: see the targets' routes. */
const ENTERED = /^order-(\d+)\.in$/;

/** The orders that a quote has become, by their places in its calendar. */
export function quotedOrders(results: WriteResults): readonly QuotedOrder[] {
  return Object.entries(results)
    .flatMap(([write, { id, data }]): QuotedOrder[] => {
      const seq = ENTERED.exec(write)?.[1];
      if (seq === undefined) return [];
      const memo = isRecord(data) ? textOf(data, 'memo') : '';
      return [{ seq: Number(seq), id, order: memo === '' ? null : orderInMemo(memo) }];
    })
    .toSorted((a, b) => a.seq - b.seq);
}

/**
 * Asks the ledger how the orders stand that a quote has become.
 *
 * @returns null, without a call, for what is no quote or has become none, and for a ledger that
 *   does not tell
 * @throws ConnectorError when the ledger cannot be read
 */
export async function readQuotedOrders(
  target: Pick<Target, 'readOrders'>,
  of: { readonly document: Document; readonly results: WriteResults },
): Promise<OrderStates | null> {
  if (of.document.kind !== 'quote' || target.readOrders === undefined) return null;
  const ids = quotedOrders(of.results).map(({ id }) => id);
  return ids.length === 0 ? null : target.readOrders(ids);
}
