import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { present } from '../../lib/assert.ts';
import type { Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { seededChance } from '../../lib/stand-in/chance.ts';
import type { Choices } from './simulator/choices.ts';
import type { Purchase } from './simulator/shop/buy.ts';
import { COFFEE_SHOP, startTestSimulator, visitIn } from './simulator/test-client.ts';
import { quickbutikFiles } from './source.ts';

/**
 * Baskets by chance, sold in the simulated shop under each reading of what nobody knows about
 * Quickbutik. What is proven must be taxed as it was sold; what cannot be proven is held.
 */
type Scenario = {
  readonly title: string;
  readonly choices?: Partial<Choices>;
  readonly purchase?: Omit<Purchase, 'lines'>;
  readonly proven: 'all' | 'none';
};

const SHIPPED = { shipping: { id: '4' } } as const;
const DISCOUNTED = { ...SHIPPED, discount: '37.50' } as const;

const SCENARIOS: readonly Scenario[] = [
  { title: 'nothing but goods', proven: 'all' },
  { title: 'freight at the rate of most goods', purchase: SHIPPED, proven: 'all' },
  {
    title: 'freight split over the rates',
    choices: { shippingVat: 'proportional' },
    purchase: SHIPPED,
    proven: 'all',
  },
  {
    title: 'VAT rounded once for each rate',
    choices: { vatRounding: 'per-rate' },
    purchase: SHIPPED,
    proven: 'all',
  },
  {
    title: 'ids as texts and quantities as both',
    choices: { ids: 'text', quantities: 'mixed' },
    proven: 'all',
  },
  { title: 'a discount, nothing shipped', purchase: { discount: '37.50' }, proven: 'all' },
  {
    title: 'a discount off everything',
    choices: { discountVat: 'everything' },
    purchase: DISCOUNTED,
    proven: 'all',
  },
  { title: 'a discount off the goods alone', purchase: DISCOUNTED, proven: 'all' },
  {
    title: 'a discount off the goods alone, freight split over the rates',
    choices: { shippingVat: 'proportional' },
    purchase: DISCOUNTED,
    proven: 'all',
  },
  {
    title: 'a total before the discount',
    choices: { totalAmount: 'before-discount', discountVat: 'everything' },
    purchase: DISCOUNTED,
    proven: 'all',
  },
  { title: 'a gift card that pays', purchase: { giftCard: '50' }, proven: 'all' },
  {
    title: 'a gift card that looks like a discount',
    choices: { giftCards: 'as-discount' },
    purchase: { ...SHIPPED, giftCard: '50' },
    proven: 'all',
  },
  {
    title: 'VAT on top of prices',
    purchase: { ...SHIPPED, isTaxontop: true, customer: { type: 'company' } },
    proven: 'all',
  },
  {
    title: 'the rates of another country',
    purchase: { customer: { address: { country: 'DE' } } },
    proven: 'none',
  },
];

const BASKETS = 60;
const SKUS = ['KAF-500', 'KVARN-SV', 'MUGG-BL', 'TRO-1', 'PAKET-1'] as const;

/** Coffee is food; the parcel holds coffee and mugs. */
const SOLD_AT: Readonly<Record<string, string>> = { 'KAF-500': '600', 'PAKET-1': '2500,600' };

const settings = settingsSchema.parse({
  articleRates: { 'KAF*': '6', 'KVARN*': '25', 'MUGG*': '25', 'TRO*': '25', 'PAKET*': '25' },
  lessToPay: 'gift-card',
});

/** All orders of a simulated shop that has sold baskets by chance, as its API gives them. */
async function sold({ choices, purchase }: Scenario): Promise<Uint8Array> {
  const simulator = await startTestSimulator({ choices: { bundles: 'always', ...choices } });
  const shop = visitIn(simulator, { ...COFFEE_SHOP, foreignRates: { DE: { 25: 19, 6: 7 } } });
  const chance = seededChance(11);
  const upTo = (count: number): number => 1 + Math.floor(chance.next() * count);
  for (let n = 0; n < BASKETS; n += 1) {
    const lines = Array.from({ length: upTo(4) }, () => {
      return { sku: present(SKUS[upTo(SKUS.length) - 1], 'an article'), qty: upTo(3) };
    });
    shop.shop.buy({ ...purchase, lines });
  }
  const { text } = await shop.get('orders?include_details=true');
  await simulator.stop();
  return Buffer.from(text);
}

async function read(bytes: Uint8Array): Promise<Reading[]> {
  const file = {
    name: 'orders.json',
    async *open() {
      yield bytes;
    },
  };
  return Array.fromAsync(quickbutikFiles(settings).read(file));
}

/** Lines of an order that are taxed otherwise than they were sold. */
function wronglyTaxed(reading: Reading & { readonly kind: 'document' }): string[] {
  const { document } = reading;
  assert.equal(document.kind, 'order');
  return document.lines.flatMap(({ sku, kind, parts }) => {
    if (kind !== 'goods' || sku === null) return [];
    const rates = new Set(parts.map(({ rate }) => rate ?? 0));
    const found = [...rates].sort((a, b) => b - a).join(',');
    return found === (SOLD_AT[sku] ?? '2500') ? [] : [`${document.number} ${sku} at ${found}`];
  });
}

describe('what a simulated shop has sold', () => {
  for (const scenario of SCENARIOS) {
    test(`${scenario.title}: ${scenario.proven} proven, none wrongly`, async () => {
      const readings = await read(await sold(scenario));
      const orders = readings.filter((reading) => reading.kind === 'document');
      assert.equal(orders.length, BASKETS);
      const proven = orders.filter(({ doubts }) => doubts.length === 0);
      assert.deepEqual(proven.flatMap(wronglyTaxed), []);
      if (scenario.proven === 'all') assert.equal(proven.length, BASKETS);
      if (scenario.proven === 'none') assert.equal(proven.length, 0);
    });
  }
});
