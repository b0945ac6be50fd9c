import type { MoneyRules } from '../arithmetic/rules.ts';
import type { Shop } from './shop.ts';

/** One of WooCommerce's settings as its settings page shows it. */
export type OptionShape = {
  readonly id: string;
  readonly group: 'general' | 'tax' | 'products' | 'account';
  readonly label: string;
  readonly type: 'text' | 'select' | 'radio' | 'checkbox' | 'number' | 'multiselect' | 'textarea';
  readonly default: string;
  /** For a select or radio: the values it takes. Empty for those too many to list here. */
  readonly values?: readonly string[];
};

const YES_NO = ['yes', 'no'];

/** The settings that decide how a shop reckons and sells, by group in the order they are listed. */
export const OPTIONS: readonly OptionShape[] = [
  text('general', 'woocommerce_store_address', 'Address line 1'),
  text('general', 'woocommerce_store_address_2', 'Address line 2'),
  text('general', 'woocommerce_store_city', 'City'),
  {
    id: 'woocommerce_default_country',
    group: 'general',
    label: 'Country / State',
    type: 'select',
    default: 'SE',
  },
  text('general', 'woocommerce_store_postcode', 'Postcode / ZIP'),
  check('general', 'woocommerce_calc_taxes', 'Enable taxes'),
  check('general', 'woocommerce_enable_coupons', 'Enable coupons'),
  check('general', 'woocommerce_calc_discounts_sequentially', 'Calculate coupon discounts'),
  {
    id: 'woocommerce_currency',
    group: 'general',
    label: 'Currency',
    type: 'select',
    default: 'SEK',
  },
  {
    id: 'woocommerce_currency_pos',
    group: 'general',
    label: 'Currency position',
    type: 'select',
    default: 'left',
    values: ['left', 'right', 'left_space', 'right_space'],
  },
  text('general', 'woocommerce_price_thousand_sep', 'Thousand separator'),
  text('general', 'woocommerce_price_decimal_sep', 'Decimal separator'),
  {
    id: 'woocommerce_price_num_decimals',
    group: 'general',
    label: 'Number of decimals',
    type: 'number',
    default: '2',
  },
  {
    id: 'woocommerce_prices_include_tax',
    group: 'tax',
    label: 'Prices entered with tax',
    type: 'radio',
    default: 'no',
    values: YES_NO,
  },
  {
    id: 'woocommerce_tax_based_on',
    group: 'tax',
    label: 'Calculate tax based on',
    type: 'select',
    default: 'shipping',
    values: ['shipping', 'billing', 'base'],
  },
  {
    id: 'woocommerce_shipping_tax_class',
    group: 'tax',
    label: 'Shipping tax class',
    type: 'select',
    default: 'inherit',
  },
  check('tax', 'woocommerce_tax_round_at_subtotal', 'Rounding'),
  check('products', 'woocommerce_manage_stock', 'Manage stock'),
  {
    id: 'woocommerce_notify_no_stock_amount',
    group: 'products',
    label: 'Out of stock threshold',
    type: 'number',
    default: '0',
  },
  {
    id: 'woocommerce_weight_unit',
    group: 'products',
    label: 'Weight unit',
    type: 'select',
    default: 'kg',
    values: ['kg', 'g', 'lbs', 'oz'],
  },
];

/** What a Swedish shop has set, where that is not WooCommerce's own default. */
const SWEDISH: Readonly<Record<string, string>> = {
  woocommerce_calc_taxes: 'yes',
  woocommerce_enable_coupons: 'yes',
  woocommerce_manage_stock: 'yes',
  woocommerce_prices_include_tax: 'yes',
  woocommerce_store_address: 'Storgatan 1',
  woocommerce_store_city: 'Göteborg',
  woocommerce_store_postcode: '41101',
  woocommerce_price_decimal_sep: ',',
};

function text(group: OptionShape['group'], id: string, label: string): OptionShape {
  return { id, group, label, type: 'text', default: '' };
}

function check(group: OptionShape['group'], id: string, label: string): OptionShape {
  return { id, group, label, type: 'checkbox', default: 'no', values: YES_NO };
}

/** The options a shop starts with. */
export function startingOptions(given: Readonly<Record<string, string>> = {}): Map<string, string> {
  const all = new Map(OPTIONS.map((option) => [option.id, option.default]));
  for (const [id, value] of Object.entries({ ...SWEDISH, ...given })) all.set(id, value);
  return all;
}

export function optionOf(shop: Shop, id: string): string {
  return shop.options.get(id) ?? '';
}

export function decimalsOf(shop: Shop): number {
  return Number(optionOf(shop, 'woocommerce_price_num_decimals'));
}

/** How the shop reckons as its settings stand now. Orders keep what they were reckoned to. */
export function rulesOf(shop: Shop): MoneyRules {
  const is = (id: string): boolean => optionOf(shop, id) === 'yes';
  const [country = '', state = ''] = optionOf(shop, 'woocommerce_default_country').split(':');
  const basedOn = optionOf(shop, 'woocommerce_tax_based_on');
  return {
    decimals: decimalsOf(shop),
    pricesIncludeTax: is('woocommerce_prices_include_tax'),
    roundAtSubtotal: is('woocommerce_tax_round_at_subtotal'),
    calculatesTaxes: is('woocommerce_calc_taxes'),
    discountsSequentially: is('woocommerce_calc_discounts_sequentially'),
    basedOn: basedOn === 'billing' || basedOn === 'base' ? basedOn : 'shipping',
    shippingTaxClass: optionOf(shop, 'woocommerce_shipping_tax_class'),
    taxClasses: ['', ...[...shop.taxClasses.keys()].filter((slug) => slug !== 'standard')],
    table: [...shop.taxRates.values()],
    base: {
      country,
      state,
      postcode: optionOf(shop, 'woocommerce_store_postcode'),
      city: optionOf(shop, 'woocommerce_store_city'),
    },
  };
}

/** From here a product counts as out of stock. */
export function noStockAmount(shop: Shop): number {
  return Number(optionOf(shop, 'woocommerce_notify_no_stock_amount')) || 0;
}
