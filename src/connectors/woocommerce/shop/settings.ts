import { z } from 'zod';
import type { SourceSettings } from '../../../ports/source-settings.ts';
import { readAs } from '../../../ports/source-finding.ts';
import type { ShopClient } from './client.ts';
import { readRoot } from './examine-address.ts';
import { readGateways } from './examine-orders.ts';
import { plain, readOptions, readRates } from './examine-taxes.ts';
import { readSystem } from './system.ts';

const classesSchema = z.array(z.looseObject({ slug: z.string() }));

/**
 * The shop's settings that decide what its orders say, as texts that change when they do. Seven
 * calls.
 */
export async function readSettings(shop: ShopClient): Promise<SourceSettings> {
  const { home, zone, offset } = await readRoot(shop);
  const option = await readOptions(shop);
  const { environment, settings } = await readSystem(shop);
  const rates = (await readRates(shop)).map(({ country, rate }) => `${country} ${plain(rate)} %`);
  const classes = readAs(classesSchema, await shop.get('/taxes/classes'), 'taxes/classes');
  const isHpos = settings.HPOS_enabled;
  return {
    currency: option('currency'),
    taxes: option('calc_taxes'),
    'prices-with-vat': option('prices_include_tax'),
    decimals: option('price_num_decimals'),
    rounding: `round_at_subtotal=${option('tax_round_at_subtotal')}`,
    'taxed-by': option('tax_based_on'),
    'freight-tax': option('shipping_tax_class'),
    'tax-classes': sorted(classes.map(({ slug }) => slug)),
    rates: sorted(rates.map((rate) => rate.trim())),
    payments: sorted(await readGateways(shop)),
    zone: zone === '' ? `UTC ${offset}` : zone,
    address: home,
    version: `WooCommerce ${environment.version}`,
    ...(isHpos === undefined ? {} : { storage: isHpos ? 'HPOS' : 'posts' }),
    ...(environment.wp_cron === undefined ? {} : { cron: environment.wp_cron ? 'yes' : 'no' }),
  };
}

function sorted(texts: readonly string[]): string {
  return [...new Set(texts)].sort().join(', ');
}
