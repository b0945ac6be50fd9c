import { z } from 'zod';
import type { Order, Refund } from '../../../domain/document/sale.ts';
import { money } from '../../../domain/money.ts';
import { dayOf } from './order.ts';

const withdrawnSchema = z.object({ id: z.string().regex(/^\d{1,18}$/), date_created: z.string() });

/**
 * Refunds that somebody has deleted in the shop: versions that give nothing back. The hub writes
 * them itself beside their order, for the shop tells nobody; what is no such thing is passed over.
 */
export function withdrawnRefunds(given: readonly unknown[], order: Order): readonly Refund[] {
  return given.flatMap((value): Refund[] => {
    const read = withdrawnSchema.safeParse(value);
    const date = read.success ? dayOf(read.data.date_created) : null;
    if (!read.success || date === null) return [];
    const { kind: _order, state: _state, sourceState: _said, paidOn: _paid, ...sale } = order;
    const nothing = money(0n, order.currency);
    return [
      {
        ...sale,
        kind: 'refund',
        ref: { ...order.ref, id: `refund:${read.data.id}` },
        of: { ref: order.ref, number: order.number, date: order.date },
        reason: '',
        date,
        lines: [],
        rounding: nothing,
        total: nothing,
        settlements: [],
      },
    ];
  });
}
