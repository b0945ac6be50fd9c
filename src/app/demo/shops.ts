import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../connectors/quickbutik/simulator/simulator.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../connectors/woocommerce/simulator/simulator.ts';
import { addSecrets } from '../../hub/consent.ts';
import { fetchNow } from '../../hub/fetch/fetch-files.ts';
import { keepFeed } from '../../hub/fetch/keep-feed.ts';
import type { Hub } from '../../hub/hub.ts';
import { assert, present } from '../../lib/assert.ts';
import type { Connection, Flow } from '../../store/registry.ts';
import { addRigSource, type Rig, type RigCompany } from './rig.ts';

/** A web shop of the company: where its orders are fetched, and the flow into the books. */
export type DemoShop = { readonly source: Connection; readonly flow: Flow };

/** The company's two shops, which are asked over HTTP what they have sold. */
export type DemoShops = {
  readonly shops: readonly DemoShop[];
  stop(): Promise<void>;
};

/** Vouchers of shops have a series of their own; a page of orders is attached to none of them. */
const SERIES = 'W';
const CHOICES = { series: SERIES, attachFile: false };
/** Noon in Stockholm, so that no order is of another day. */
const NOON = 'T10:00:00Z';
const PLACED_EVERY = 3;

/**
 * Opens a WooCommerce and a Quickbutik shop and lets a month of customers through both of them: an
 * order every third day in each, and every third order given back, in full or in part.
 *
 * @param days - of the month, in a row
 */
export async function openDemoShops(
  rig: Pick<Rig, 'hub' | 'simulator'>,
  company: RigCompany,
  days: readonly string[],
): Promise<DemoShops> {
  rig.simulator.tenants.get(company.tenantId).set({ series: [{ code: SERIES, isManual: true }] });
  const woo = await startWooCommerceSimulator({
    clock: { kind: 'frozen', atMs: noonOf(days[0]) },
    shop: { products: [{ name: 'Honung 700 g', sku: 'HONUNG', regularPrice: '129.00' }] },
  });
  const quick = await startQuickbutikSimulator({
    clock: { kind: 'frozen', atMs: noonOf(days[0]) },
    shops: [
      {
        products: [
          { title: 'Kaffe 500 g', sku: 'KAFFE', price: '119.00', taxRate: 6 },
          { title: 'Mugg', sku: 'MUGG', price: '149.00', taxRate: 25 },
        ],
      },
    ],
  });
  const open = days.filter((_, i) => i % PLACED_EVERY === 0);
  sellInWoo(woo, open);
  sellInQuick(quick, open);
  return {
    shops: [await addWoo(rig, company, woo), await addQuick(rig, company, quick)],
    stop: async () => void (await Promise.all([woo.stop(), quick.stop()])),
  };
}

/** Asks a shop once for all that it has sold since a day. @returns how many files that was */
export async function fetchShop(hub: Hub, { source }: DemoShop, since: string): Promise<number> {
  const pickup = await keepFeed(hub, source.id, { since, today: since });
  const end = await fetchNow(hub, present(pickup, 'a shop that is asked'));
  assert(end.kind === 'looked', `${source.name} was asked: ${JSON.stringify(end)}`);
  return end.taken;
}

function noonOf(date: string | undefined): number {
  return Date.parse(`${present(date, 'a day')}${NOON}`);
}

function sellInWoo({ shop, clock }: WooCommerceSimulator, days: readonly string[]): void {
  for (const [i, date] of days.entries()) {
    clock.advance(noonOf(date) - clock.nowMs());
    const orderId = shop.buy({
      lines: [{ sku: 'HONUNG', quantity: 1 + (i % 3) }],
      payment: 'swish',
    });
    if (i % 3 === 1) shop.refund({ orderId, amount: '129.00', reason: 'Trasig burk' });
  }
}

/** Coffee is food, at another rate than mugs: what the shop tells of VAT is one amount for both. */
function sellInQuick({ shops, clock }: QuickbutikSimulator, days: readonly string[]): void {
  const shop = present(shops.list()[0], 'the shop');
  for (const [i, date] of days.entries()) {
    clock.moveTo(noonOf(date));
    const mugs = { sku: 'MUGG', qty: 1 + (i % 2) };
    const lines = i % 3 === 1 ? [mugs] : [{ sku: 'KAFFE', qty: 2 }, mugs];
    const order = shop.buy({ lines, shipping: { id: '4' }, payment: { method: 'klarna3' } });
    if (i % 3 === 1) shop.refund(order, { amount: '149.00' });
    if (i % 2 === 0) shop.send(order);
  }
}

async function addWoo(
  rig: Pick<Rig, 'hub'>,
  company: RigCompany,
  woo: WooCommerceSimulator,
): Promise<DemoShop> {
  // By a header: its clock stands in the month that is played, and signatures are held against it.
  const settings = { url: woo.url, login: 'header' };
  const of = { connector: 'woocommerce', settings, choices: CHOICES };
  const shop = await addRigSource(rig, company, of);
  const { consumerKey, consumerSecret } = woo.shop.newKey('read');
  await addSecrets(rig.hub, shop.source.id, { consumerKey, consumerSecret });
  return shop;
}

async function addQuick(
  rig: Pick<Rig, 'hub'>,
  company: RigCompany,
  { apiUrl, shops }: QuickbutikSimulator,
): Promise<DemoShop> {
  const of = { connector: 'quickbutik', settings: { apiUrl }, choices: CHOICES };
  const shop = await addRigSource(rig, company, of);
  const { apiKey } = present(shops.list()[0], 'the shop');
  await addSecrets(rig.hub, shop.source.id, { apiKey });
  return shop;
}
