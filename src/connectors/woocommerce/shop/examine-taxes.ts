import { z } from 'zod';
import { isRateInForce, parsePercent, percentText } from '../../../domain/vat/rates.ts';
import type { ExaminedFor, SourceFinding } from '../../../ports/health.ts';
import type { ShopClient } from './client.ts';
import { found, readAs } from './finding.ts';

const optionsSchema = z.array(
  z.looseObject({
    id: z.string(),
    // Some settings are lists or objects: none that is looked at here.
    value: z.unknown().transform((value) => (typeof value === 'string' ? value : '')),
  }),
);
const PAGE = 100;
/** A table of rates by postcode, as some countries have, is no use to a Nordic shop. */
const PAGES_MAX = 20;

/** The shop's settings for money and tax. Two calls. */
export async function examineTaxSettings(
  shop: ShopClient,
  { books }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const options = new Map<string, string>();
  for (const group of ['general', 'tax']) {
    const answer = await shop.get(`/settings/${group}`);
    for (const { id, value } of readAs(optionsSchema, answer, 'settings')) options.set(id, value);
  }
  const option = (name: string): string => options.get(`woocommerce_${name}`) ?? '';
  const currency = option('currency');
  const prices = option('prices_include_tax') === 'yes' ? '+' : '−';
  const decimals = option('price_num_decimals');
  const rounding = option('tax_round_at_subtotal') === 'yes' ? 'Σ' : '1';
  return [
    currency === books
      ? found('ok', 'currency', { currency })
      : found('problem', 'currency-not-booked', { currency, books }),
    option('calc_taxes') === 'no'
      ? found('problem', 'taxes-off')
      : found('ok', 'prices', { prices, decimals, rounding }),
    ...(option('tax_based_on') === 'base' ? [found('warning', 'tax-by-base')] : []),
  ];
}

const ratesSchema = z.array(
  z.looseObject({ country: z.string(), rate: z.string(), name: z.string().default('') }),
);

/** The rates that the shop charges in the company's own country, held against those of the law. */
export async function examineRates(
  shop: ShopClient,
  { country, today }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const rates: z.infer<typeof ratesSchema> = [];
  for (let page = 1; page <= PAGES_MAX && rates.length === (page - 1) * PAGE; page += 1) {
    const query = { per_page: String(PAGE), page: String(page) };
    const read = readAs(ratesSchema, await shop.get('/taxes', query), 'taxes');
    rates.push(...read);
    if (read.length === 0) break;
  }
  // A rate without a country is for everywhere.
  const home = rates.filter((rate) => rate.country === country || rate.country === '');
  if (home.length === 0) return [found('problem', 'rates-missing', { country })];
  const wrong = home.filter(({ rate }) => {
    const percent = parsePercent(rate.replace(/(\.\d\d)0+$/, '$1'));
    return percent === null || !isRateInForce(country, percent, today);
  });
  const shown = home.map(({ rate }) => plain(rate)).join(', ');
  if (wrong.length === 0) return [found('ok', 'rates', { country, rates: shown })];
  return wrong.map(({ rate, name }) => {
    const facts = { country, rate: plain(rate), name, date: today };
    return found('warning', 'rate-not-in-law', facts);
  });
}

function plain(rate: string): string {
  const percent = parsePercent(rate.replace(/(\.\d\d)0+$/, '$1'));
  return percent === null ? rate : percentText(percent);
}
