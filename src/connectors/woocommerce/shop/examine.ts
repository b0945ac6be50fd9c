import type { SourceExaminer, SourceFinding } from '../../../ports/health.ts';
import { beside, found, tried } from '../../../ports/source-finding.ts';
import type { WooSettings } from '../settings.ts';
import type { ShopClient } from './client.ts';
import { examineOrders, examineGateways } from './examine-orders.ts';
import { examineAddress } from './examine-address.ts';
import { latestOrders } from './latest-orders.ts';
import { readSettings } from './settings.ts';
import { readSystem } from './system.ts';
import { examineRates, examineTaxSettings, foreignRates } from './examine-taxes.ts';

/** Versions that this connector has been held against: see README.md. */
const TESTED = { from: 9, to: 11 };

/**
 * Everything of a shop that would stop or bend an order: where it is and how it is reached, its
 * settings for money and tax, its means of payment, and what its latest orders show of plugins.
 * Eight calls, none of which changes anything.
 */
export function shopExaminer(shop: ShopClient, settings: WooSettings): SourceExaminer {
  return {
    examine: async (company) => {
      const address = await tried(() => examineAddress(shop, settings, company));
      // Without it nothing else would be answered, and would only say the same again.
      if (address.some(({ code }) => code === 'connection' || code === 'api-missing'))
        return address;
      const keys = await tried(async () => {
        await shop.get('/orders', { per_page: '1', _fields: 'id' });
        return [];
      });
      if (keys.length > 0) return [...address, ...keys];
      return [
        ...address,
        ...(await beside('system_status', () => examineSystem(shop))),
        ...(await beside('settings', () => examineTaxSettings(shop, company))),
        ...(await beside('taxes', () => examineRates(shop, company))),
        ...(await beside('payment_gateways', () => examineGateways(shop, company))),
        ...(await beside('orders', () => examineOrders(shop, company))),
      ];
    },
    sells: async (country) => ({
      orders: await latestOrders(shop, settings),
      foreign: await foreignRates(shop, country),
    }),
    settings: () => readSettings(shop),
  };
}

async function examineSystem(shop: ShopClient): Promise<readonly SourceFinding[]> {
  const { environment, settings } = await readSystem(shop);
  const { version, wp_version: wordpress, wp_cron: hasCron } = environment;
  const major = Number(version.split('.')[0]);
  const isTested = major >= TESTED.from && major <= TESTED.to;
  const tested = `${TESTED.from}–${TESTED.to}`;
  const facts = { version, wordpress, tested };
  return [
    isTested ? found('ok', 'version', facts) : found('warning', 'version-untested', facts),
    ...(hasCron === false ? [found('warning', 'cron-off')] : []),
    ...(settings.HPOS_enabled === false ? [found('ok', 'storage-posts')] : []),
  ];
}
