import { z } from 'zod';

const key = z.string().trim().min(1).max(200);
const state = z.enum(['draft', 'open', 'accepted', 'shipped', 'cancelled']);

/** The settings of a connection to a WooCommerce shop. The form is made of this. */
export const settingsSchema = z.object({
  url: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })])
    .default('')
    .describe(
      'Where the shop is, as it stands in its own settings: https://shop.example.se. Its orders ' +
        'are fetched from there. Leave empty when files are all there is.',
    ),
  login: z
    .enum(['auto', 'header', 'query', 'signature'])
    .default('auto')
    .describe(
      'How the shop sees whose calls they are. auto: by a header where the connection is ' +
        'encrypted, else by a signature. query puts the keys in addresses, which hosts write ' +
        'into their logs.',
    ),
  permalinks: z
    .enum(['auto', 'pretty', 'plain'])
    .default('auto')
    .describe('plain: the shop has no /wp-json. auto asks once more when nothing is there.'),
  compareDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe(
      'Each night orders of so many days are compared with what was told of them: what was ' +
        'deleted, or changed without a date.',
    ),
  deletedMax: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(20)
    .describe('Of more orders and refunds that are gone at once, you are asked.'),
  shop: z
    .string()
    .trim()
    .max(200)
    .default('')
    .describe(
      'The shop’s address without https://, such as shop.example.se. Orders of another shop are ' +
        'not taken. Leave empty for files: each order then names its shop itself.',
    ),
  states: z
    .record(key, state)
    .default({})
    .describe(
      'Where an order stands, for states that plugins have added: delvis-skickad → accepted.',
    ),
  kinds: z
    .record(key, z.enum(['goods', 'service', 'gift-card']))
    .default({})
    .describe(
      'What articles are, by number, where they are not goods: PK-500 → gift-card. A * at the ' +
        'end stands for anything: TIMME* → service.',
    ),
  products: z
    .enum(['ignore', 'fetch'])
    .default('ignore')
    .describe(
      'Whether products are fetched as well, for the ledger’s register of articles: see articles ' +
        'of the flow.',
    ),
  productMinutes: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_440)
    .default(15)
    .describe('How often products are asked for, in minutes; orders come first each time.'),
  currency: z
    .enum(['SEK', 'NOK', 'DKK', 'EUR'])
    .default('SEK')
    .describe('What prices of products are in: they do not say.'),
  prices: z
    .enum(['with-vat', 'without-vat'])
    .default('with-vat')
    .describe('How prices are entered in the shop (WooCommerce › Settings › Tax).'),
  taxRates: z
    .record(key, z.string().regex(/^\d{1,2}([.,]\d{1,2})?$/, 'a VAT rate in percent, such as 25'))
    .default({ standard: '25' })
    .describe('VAT rates at home by the slugs of the shop’s tax classes: reducerad-moms → 12.'),
  vatNumberKeys: z
    .array(key)
    .max(20)
    .default([])
    .describe('Names of the order’s own fields that hold a VAT number, beside the usual ones.'),
  orgNumberKeys: z
    .array(key)
    .max(20)
    .default([])
    .describe('Names of the order’s own fields that hold an organisation number.'),
});

/** Settings with their defaults filled in. */
export type WooSettings = z.infer<typeof settingsSchema>;

/** The shop of the settings, as documents name it; empty when each order names its own. */
export function shopOf({ shop }: WooSettings): string {
  return shop
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
}
