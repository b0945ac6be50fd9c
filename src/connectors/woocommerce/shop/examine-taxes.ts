import { z } from 'zod';
import type { ForeignRate } from '../../../domain/posting/flow-needs.ts';
import {
  isRateInForce,
  parsePercent,
  percentText,
  type BasisPoints,
  type Country,
} from '../../../domain/vat/rates.ts';
import type { ExaminedFor, SourceFinding } from '../../../ports/health.ts';
import { found, readAs } from '../../../ports/source-finding.ts';
import type { ShopClient } from './client.ts';

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

/** A setting by its name without `woocommerce_`; empty when the shop does not tell it. */
export type Option = (name: string) => string;

/** The shop's settings for money and tax. Two calls. */
export async function readOptions(shop: ShopClient): Promise<Option> {
  const options = new Map<string, string>();
  for (const group of ['general', 'tax']) {
    const answer = await shop.get(`/settings/${group}`);
    for (const { id, value } of readAs(optionsSchema, answer, 'settings')) options.set(id, value);
  }
  return (name) => options.get(`woocommerce_${name}`) ?? '';
}

/** What of the shop's settings for money and tax would stop or bend an order. */
export async function examineTaxSettings(
  shop: ShopClient,
  { books }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const option = await readOptions(shop);
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

type Rate = z.infer<typeof ratesSchema>[number];

/** Every rate in the shop's tables: a call for each hundred. */
export async function readRates(shop: ShopClient): Promise<readonly Rate[]> {
  const rates: Rate[] = [];
  for (let page = 1; page <= PAGES_MAX && rates.length === (page - 1) * PAGE; page += 1) {
    const query = { per_page: String(PAGE), page: String(page) };
    const read = readAs(ratesSchema, await shop.get('/taxes', query), 'taxes');
    rates.push(...read);
    if (read.length === 0) break;
  }
  return rates;
}

/** Rates that the shop charges by the law of other countries, each once. */
export async function foreignRates(
  shop: ShopClient,
  home: Country,
): Promise<readonly ForeignRate[]> {
  const found = (await readRates(shop)).flatMap(({ country, rate }): ForeignRate[] => {
    const percent = percentIn(rate);
    const isForeign = country !== '' && country !== home;
    return isForeign && percent !== null && percent > 0 ? [{ country, rate: percent }] : [];
  });
  return [...new Map(found.map((one) => [`${one.country} ${one.rate}`, one])).values()];
}

/** The rates that the shop charges in the company's own country, held against those of the law. */
export async function examineRates(
  shop: ShopClient,
  { country, today }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const rates = await readRates(shop);
  // A rate without a country is for everywhere.
  const home = rates.filter((rate) => rate.country === country || rate.country === '');
  if (home.length === 0) return [found('problem', 'rates-missing', { country })];
  const wrong = home.filter(({ rate }) => {
    const percent = percentIn(rate);
    return percent === null || !isRateInForce(country, percent, today);
  });
  const shown = home.map(({ rate }) => plain(rate)).join(', ');
  if (wrong.length === 0) return [found('ok', 'rates', { country, rates: shown })];
  return wrong.map(({ rate, name }) => {
    const facts = { country, rate: plain(rate), name, date: today };
    return found('warning', 'rate-not-in-law', facts);
  });
}

/** `25`, or the rate as the shop writes it when it is no percentage. */
export function plain(rate: string): string {
  const percent = percentIn(rate);
  return percent === null ? rate : percentText(percent);
}

/** The shop writes four decimals: `25.0000`. */
function percentIn(rate: string): BasisPoints | null {
  return parsePercent(rate.replace(/(\.\d\d)0+$/, '$1'));
}
