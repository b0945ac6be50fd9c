import { z } from 'zod';
import type { ExaminedFor, SourceExaminer, SourceFinding } from '../../../ports/health.ts';
import { beside, found, readAs, tried, withoutAccount } from '../../../ports/source-finding.ts';
import type { QbSettings } from '../settings.ts';
import type { ShopClient } from './client.ts';
import { examineProducts, listed } from './examine-products.ts';
import { latestOrders, type LatestOrder } from './latest-orders.ts';

/**
 * What the API tells of a shop that would stop or bend an order: what its latest orders are in and
 * how they are taxed, how it is paid, how it sends, and products without a rate. Of its settings
 * it tells nothing: what to look at by hand is one finding. Nothing is changed.
 */
export function shopExaminer(shop: ShopClient, settings: QbSettings): SourceExaminer {
  return {
    examine: async (company) => {
      const latest: LatestOrder[] = [];
      const trouble = await tried(async () => {
        latest.push(...(await latestOrders(shop, settings)));
        return [];
      });
      // Nothing else would be answered either, and would only say the same again.
      if (trouble.length > 0) return trouble;
      return [
        ...currencyFindings(latest, company),
        ...taxFindings(latest),
        ...(await beside('paymentmethods', () => examinePayments(shop, latest, company))),
        ...(await beside('shippingmethods', () => examineShipping(shop))),
        ...(await beside('products', () => examineProducts(shop, settings, company))),
        lookByHand(settings, company),
      ];
    },
    sells: async () => ({
      // What is doubtful in an order is said here, and would be rehearsed as if it had no VAT.
      orders: (await latestOrders(shop, settings)).flatMap(({ outcome }) =>
        outcome.kind === 'order' && outcome.doubts.length === 0 ? [outcome.order] : [],
      ),
      foreign: [],
    }),
  };
}

function currencyFindings(
  latest: readonly LatestOrder[],
  { books }: ExaminedFor,
): readonly SourceFinding[] {
  const all = [...new Set(latest.map(({ wire }) => wire.currency))];
  const others = all.filter((currency) => currency !== books);
  if (others.length > 0) {
    return [found('warning', 'other-currencies', { currencies: others.join(', '), books })];
  }
  return all.length === 0 ? [] : [found('ok', 'currency', { currency: books })];
}

/** Orders whose VAT no way of taxing them comes to. */
function taxFindings(latest: readonly LatestOrder[]): readonly SourceFinding[] {
  const open = latest.filter(
    ({ outcome }) =>
      outcome.kind === 'order' && outcome.doubts.some(({ code }) => code === 'vat-not-proven'),
  );
  if (open.length === 0) return [];
  const orders = listed(open.map(({ wire }) => wire.order_id));
  return [found('warning', 'orders-not-proven', { count: String(open.length), orders })];
}

const text = z.union([z.string(), z.number()]).transform(String);
const methodsSchema = z.looseObject({ results: z.array(z.looseObject({ method_id: text })) });

/** Means of payment of the checkout and of the latest orders, and whether each has an account. */
async function examinePayments(
  shop: ShopClient,
  latest: readonly LatestOrder[],
  { hasAccount }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const { results } = readAs(methodsSchema, await shop.get('/paymentmethods'), 'paymentmethods');
  const offered = results.map(({ method_id: id }) => id);
  const used = latest.map(({ wire }) => wire.paymethod.method);
  const methods = [...new Set([...offered, ...used])].filter((method) => method !== '');
  const fine = found('ok', 'payments', { methods: methods.join(', ') });
  return (hasAccount === null ? null : withoutAccount(methods, hasAccount)) ?? [fine];
}

const shippingSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      title: text,
      // How a flag is written is not documented; one that is not told is taken for set.
      active: z.union([z.boolean(), text]).default(true),
      countries: z.array(z.string()).catch([]),
    }),
  ),
});
const OFF: ReadonlySet<string | boolean> = new Set([false, 'false', '0', '']);

/** How goods are sent, and to which countries. */
async function examineShipping(shop: ShopClient): Promise<readonly SourceFinding[]> {
  const answer = await shop.get('/shippingmethods');
  const { results } = readAs(shippingSchema, answer, 'shippingmethods');
  const active = results.filter(({ active: state }) => !OFF.has(state));
  const countries = [...new Set(active.flatMap((method) => method.countries))].join(', ') || '–';
  const methods = active.map(({ title }) => title).join(', ') || '–';
  return [found('ok', 'shipping', { methods, countries })];
}

function lookByHand(
  { country, prices }: QbSettings,
  { books, timeZone }: ExaminedFor,
): SourceFinding {
  const sign = prices === 'with-vat' ? '+' : '−';
  return found('warning', 'look-by-hand', { books, zone: timeZone, country, prices: sign });
}
