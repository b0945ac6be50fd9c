import { z } from 'zod';

const key = z.string().trim().min(1).max(200);
const RATE = z.string().regex(/^\d{1,2}([.,]\d{1,2})?$/, 'a VAT rate in percent, such as 25');

/** The settings of a connection to a Quickbutik shop. The form is made of this. */
export const settingsSchema = z.object({
  apiUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).refine(isSafe, 'https://…')])
    .default('https://api.quickbutik.com')
    .describe(
      'Where orders are fetched from; only changed for tests. Leave empty when files are all ' +
        'there is.',
    ),
  shop: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .default('quickbutik')
    .describe('What the shop is called here: its orders do not name it.'),
  country: z
    .enum(['SE', 'NO'])
    .default('SE')
    .describe('The country whose VAT the shop charges; it decides which rates there are.'),
  articleRates: z
    .record(key, RATE)
    .default({})
    .describe(
      'VAT rates of articles, by number: KAF-500 → 6. Orders tell their VAT as one amount, ' +
        'which proves how a mixed basket is taxed only when the rates of its articles are known. ' +
        'A * at the end stands for anything.',
    ),
  kinds: z
    .record(key, z.enum(['goods', 'service', 'gift-card']))
    .default({})
    .describe('What articles are, by number, where they are not goods: PK-500 → gift-card.'),
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
  currency: z.enum(['SEK', 'NOK']).default('SEK').describe('What prices of products are in.'),
  prices: z
    .enum(['with-vat', 'without-vat'])
    .default('with-vat')
    .describe('Whether prices of products hold their VAT.'),
  lessToPay: z
    .enum(['ask', 'gift-card'])
    .default('ask')
    .describe(
      'What it means when less is to be paid than an order comes to: ask each time, or it was ' +
        'paid with a gift card of the shop.',
    ),
  states: z
    .record(key, z.enum(['open', 'accepted', 'shipped', 'cancelled']))
    .default({})
    .describe('Where an order stands, for numbers that are not documented: 3 → cancelled.'),
});

/** The key travels with each call: in the clear it never leaves this machine. */
function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
}

/** Settings with their defaults filled in. */
export type QbSettings = z.infer<typeof settingsSchema>;
