import { z } from 'zod';
import type { Step } from '../../../domain/plan.ts';
import { parseQuantity } from '../../../domain/stock.ts';
import { jsonIn } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import { stockInput, type StockBy } from '../../../ports/stock-writes.ts';
import type { Write } from '../../../ports/target.ts';
import type { ShopClient } from './client.ts';
import { idOf, inBatches, parentOf, pathOf } from './places.ts';
import { standingAt } from './stock.ts';

const PRODUCTS = 'POST /products/batch';
const VARIATIONS = 'POST /products/{id}/variations/batch';

const answeredSchema = z.looseObject({
  update: z.array(
    z.looseObject({
      id: z.union([z.number(), z.string()]).transform(String),
      stock_quantity: z.union([z.number(), z.string()]).nullish(),
      error: z.looseObject({ message: z.string() }).optional(),
    }),
  ),
});

/**
 * Products a hundred at a time, and variations as many as their product has: WooCommerce changes
 * these under it alone.
 */
export function setStockWrites({
  id,
  setting: { askedAtMs, changes },
}: Extract<Step, { readonly kind: 'set-stock' }>): readonly Write[] {
  const byParent = Map.groupBy(changes, ({ place }) => parentOf(place));
  const inputs = [...byParent].flatMap(([parent, own]) => {
    return inBatches(own).map((some) => ({ parent, askedAtMs, changes: [...some] }));
  });
  return inputs.map((input, i) => {
    const call = input.parent === '' ? PRODUCTS : VARIATIONS;
    return { id: `${id}.${i + 1}`, call, input: stockInput(input) };
  });
}

export function isStockWrite({ call }: Write): boolean {
  return call === PRODUCTS || call === VARIATIONS;
}

/** How quantities are asked for and set, by place. */
export function stockBy(shop: ShopClient): StockBy {
  return {
    standing: async ({ parent, changes }) => {
      const ids = changes.map(({ place }) => idOf(place));
      const there = await standingAt(shop, pathOf(parent), ids);
      return new Map(
        changes.flatMap(({ place }) => {
          const stands = there.get(idOf(place));
          return stands === undefined ? [] : [[place, stands] as const];
        }),
      );
    },
    send: async (due, { parent }) => {
      const update = due.map(({ place, to }) => {
        return { id: Number(idOf(place)), stock_quantity: to / 100 };
      });
      const answer = await shop.change('POST', `${pathOf(parent)}/batch`, { update });
      if (answer.kind === 'refused') return due.map(() => answer.message);
      const read = answeredSchema.safeParse(jsonIn(answer.text));
      if (!read.success) {
        const says = `${shop.host} did not say what it changed.`;
        throw new ConnectorError(says, { kind: 'unanswered' });
      }
      const answers = new Map(read.data.update.map((one) => [one.id, one]));
      return due.map(({ place, to }) => {
        const one = answers.get(idOf(place));
        const quantity = parseQuantity(String(one?.stock_quantity ?? ''));
        return quantity === to ? null : (one?.error?.message ?? '');
      });
    },
  };
}
