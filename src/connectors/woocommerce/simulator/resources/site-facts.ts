import { json, type Answer } from '../api/answer.ts';
import { type Call, type Route } from '../api/call.ts';
import type { Fields } from '../api/fields.ts';
import { answerOne } from '../api/listing.ts';
import { refuse } from '../api/refusal.ts';
import { decimalsOf, optionOf } from '../shop/options.ts';
import { offsetMs } from '../shop/place-and-time.ts';
import type { Scene } from '../shop/shop.ts';
import { CURRENCIES } from './currencies.ts';
import { linksOf } from './links.ts';

/** What the shop says of itself, and lists that are the same in every shop. */
export const SITE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/system_status', act: systemStatus },
  {
    method: 'GET',
    path: '/data/currencies',
    act: (call) => json(CURRENCIES.map((one) => currencyFields(call, one))),
  },
  { method: 'GET', path: '/data/currencies/{code:}', act: currency },
  {
    method: 'GET',
    path: '/data/countries',
    act: (call) => json(COUNTRIES.map((one) => countryFields(call, one))),
  },
  { method: 'GET', path: '/data/countries/{code:}', act: country },
];

/** Countries that Nordic shops send to; WooCommerce lists them all. */
const COUNTRIES: readonly (readonly [code: string, name: string])[] = [
  ['AX', '&#197;land Islands'],
  ['DE', 'Germany'],
  ['DK', 'Denmark'],
  ['FI', 'Finland'],
  ['FR', 'France'],
  ['GB', 'United Kingdom (UK)'],
  ['IS', 'Iceland'],
  ['NL', 'Netherlands'],
  ['NO', 'Norway'],
  ['PL', 'Poland'],
  ['SE', 'Sweden'],
  ['US', 'United States (US)'],
];

/** Only what is known to be there: the version, and what the shop sells in. */
function systemStatus(call: Call): Answer {
  const { shop, home } = call;
  return answerOne(call, {
    environment: {
      home_url: home,
      site_url: home,
      version: shop.version,
      wp_version: shop.wordPress,
      wp_multisite: false,
      wp_cron: shop.options.get('wp_cron') !== 'no',
      language: 'sv_SE',
      default_timezone: 'UTC',
    },
    active_plugins: [],
    settings: {
      api_enabled: false,
      force_ssl: false,
      currency: optionOf(shop, 'woocommerce_currency'),
      currency_symbol: '&#107;&#114;',
      currency_position: optionOf(shop, 'woocommerce_currency_pos'),
      thousand_separator: optionOf(shop, 'woocommerce_price_thousand_sep'),
      decimal_separator: optionOf(shop, 'woocommerce_price_decimal_sep'),
      number_of_decimals: decimalsOf(shop),
      HPOS_enabled: shop.storage === 'hpos',
    },
  });
}

function currency(call: Call): Answer {
  const asked = call.params[0] ?? '';
  const code = asked === 'current' ? optionOf(call.shop, 'woocommerce_currency') : asked;
  const found = CURRENCIES.find((one) => one.code === code.toUpperCase());
  if (found) return json(currencyFields(call, found));
  const text = 'There are no currencies matching these parameters.';
  return refuse(404, 'woocommerce_rest_data_invalid_currency', text);
}

function currencyFields(call: Call, one: (typeof CURRENCIES)[number]): Fields {
  const collection = 'data/currencies';
  return {
    ...one,
    _links: linksOf({ api: call.api, collection, id: one.code, allow: ['GET'] }),
  };
}

function country(call: Call): Answer {
  const code = (call.params[0] ?? '').toUpperCase();
  const found = COUNTRIES.find((one) => one[0] === code);
  if (found) return json(countryFields(call, found));
  const text = 'There are no locations matching these parameters.';
  return refuse(404, 'woocommerce_rest_data_invalid_location', text);
}

function countryFields(call: Call, [code, name]: (typeof COUNTRIES)[number]): Fields {
  const collection = 'data/countries';
  return {
    code,
    name,
    states: [],
    _links: linksOf({ api: call.api, collection, id: code, allow: ['GET'] }),
  };
}

const NAMESPACES = ['oembed/1.0', 'wc/v1', 'wc/v2', 'wc/v3', 'wc/store/v1', 'wp/v2'];

/** `/wp-json/`: who it is, its time zone, and which interfaces it has. Anyone may read it. */
export function rootFields({ shop, nowMs }: Scene, home: string): Fields {
  return {
    name: shop.name,
    description: '',
    url: home,
    home: shop.options.get('home') ?? home,
    gmt_offset: String(offsetMs(shop.zone, nowMs) / 3_600_000),
    // A shop that was given a distance to Greenwich has no zone, and no summer time.
    timezone_string: shop.options.get('timezone_string') ?? shop.zone,
    namespaces: NAMESPACES.filter(
      (one) => shop.options.get('woocommerce') !== 'off' || !one.startsWith('wc'),
    ),
    authentication: {},
    _links: { help: [{ href: 'https://developer.wordpress.org/rest-api/' }] },
  };
}
