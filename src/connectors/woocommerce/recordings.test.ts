import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Order, Refund } from '../../domain/document/sale.ts';
import { formatMoney } from '../../domain/money.ts';
import { sharedPath, skipWithout } from '../../testing/shared.ts';
import { readAll, salesIn } from './read-for-test.ts';

const folder = sharedPath('data', 'woocommerce');

type Recorded = {
  readonly order: { readonly id: number; readonly total: string };
  readonly refunds?: readonly { readonly id: number; readonly amount: string }[];
};

function recordings(): readonly string[] {
  return readdirSync(folder).filter((name) => /^(order|random)-.*\.json$/.test(name));
}

function sold({ lines }: Order | Refund): bigint {
  const parts = lines.flatMap((line) => line.parts);
  return parts.reduce((sum, { net, vat }) => sum + net.minor + vat.minor, 0n);
}

describe('recordings of a real WooCommerce', { skip: skipWithout(folder) }, () => {
  it('are read: each order with the total that was paid, each refund with its amount', async () => {
    for (const name of recordings()) {
      const text = readFileSync(join(folder, name), 'utf8');
      const { order, refunds = [] } = JSON.parse(text) as Recorded;
      const sales = salesIn(await readAll(text));
      const paid = sales.map((sale) => {
        const others = sale.settlements.filter(({ means }) => means === 'other');
        return others.map(({ amount }) => Number(formatMoney(amount))).join();
      });
      const back = refunds
        .toSorted((a, b) => a.id - b.id)
        .map(({ amount }) => String(-Number(amount)));
      const total = Number(order.total) === 0 ? '' : String(Number(order.total));
      assert.deepEqual(paid, [total, ...back], name);
    }
  });

  it('add up to the öre: lines and rounding are the total, and rounding is small', async () => {
    let count = 0;
    for (const name of recordings()) {
      for (const sale of salesIn(await readAll(readFileSync(join(folder, name), 'utf8')))) {
        const { rounding, total } = sale;
        assert.equal(sold(sale) + rounding.minor, total.minor, `${name} ${sale.kind}`);
        assert.ok(rounding.minor >= -100n && rounding.minor <= 100n, name);
        count += 1;
      }
    }
    // 46 scripted and 29 random recordings hold 75 orders and the refunds of some.
    assert.ok(count > recordings().length, `${count} documents`);
  });

  it('of webhooks are read as the orders that they bring, or are none', async () => {
    const hooks = join(folder, 'webhooks');
    for (const name of readdirSync(hooks).filter((one) => one.startsWith('order_'))) {
      const { bodyRaw } = JSON.parse(readFileSync(join(hooks, name), 'utf8')) as {
        bodyRaw: string;
      };
      const readings = await readAll(bodyRaw);
      // A deleted order comes as its id alone, and one that its reader may not see as an error.
      if (/deleted|error/.test(name)) assert.equal(readings.at(-1)?.kind, 'rejected', name);
      else assert.equal(salesIn(readings).length, 1, name);
    }
  });
});
