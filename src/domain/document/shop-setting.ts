/** A setting of a shop's own that decides what its orders say. Stable: `src/text` words it. */
export type SourceSetting =
  | 'currency'
  | 'taxes'
  | 'prices-with-vat'
  | 'decimals'
  | 'rounding'
  | 'taxed-by'
  | 'freight-tax'
  | 'tax-classes'
  | 'rates'
  | 'payments'
  | 'zone'
  | 'address'
  | 'storage'
  | 'cron'
  | 'version';

/** All of them, in the order in which they are told. */
export const SOURCE_SETTINGS = [
  'currency',
  'taxes',
  'prices-with-vat',
  'decimals',
  'rounding',
  'taxed-by',
  'freight-tax',
  'tax-classes',
  'rates',
  'payments',
  'zone',
  'address',
  'storage',
  'cron',
  'version',
] as const satisfies readonly SourceSetting[];

/**
 * Settings by which amounts of orders, or their VAT, come out otherwise. What is sold after one
 * has changed is held until a person has said that it is right: a mistake and a decision look the
 * same from here.
 */
export const HOLDING_SETTINGS: ReadonlySet<SourceSetting> = new Set<SourceSetting>([
  'currency',
  'taxes',
  'prices-with-vat',
  'decimals',
  'rounding',
  'taxed-by',
  'freight-tax',
  'rates',
]);
