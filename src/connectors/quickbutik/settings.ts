import { z } from 'zod';

const key = z.string().trim().min(1).max(200);
const RATE = z.string().regex(/^\d{1,2}([.,]\d{1,2})?$/, 'a VAT rate in percent, such as 25');

/** The settings of a connection to a Quickbutik shop. The form is made of this. */
export const settingsSchema = z.object({
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
});

/** Settings with their defaults filled in. */
export type QbSettings = z.infer<typeof settingsSchema>;
