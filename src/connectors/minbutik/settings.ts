import { z } from 'zod';

/** The settings of a connection to MinButik's files. The form is made of this. */
export const settingsSchema = z.object({
  stores: z
    .array(z.string().trim().min(1).max(20))
    .max(1_000)
    .default([])
    .describe(
      'The numbers of the stores whose reports belong to this company. A report of another ' +
        'store is not taken. Leave empty to take every store.',
    ),
  currency: z
    .enum(['SEK', 'NOK', 'DKK', 'EUR', 'ISK'])
    .default('SEK')
    .describe('The currency of the amounts in the files.'),
  tenderCodes: z
    .record(
      z.string().trim().min(1).max(50),
      z.enum(['card', 'swish', 'cash', 'gift-card', 'chain-gift-card', 'bonus', 'credit', 'other']),
    )
    .default({})
    .describe(
      'What the till’s payment codes mean, where it is not the usual: AMEX → card. ' +
        'A * at the end stands for anything: KORT* → card.',
    ),
  agencyCodes: z
    .record(z.string().trim().min(1).max(50), z.enum(['gaming', 'other']))
    .default({})
    .describe(
      'Whose money the till’s agency codes are: ATG → gaming. A * at the end stands for anything.',
    ),
  profiles: z
    .array(z.record(z.string(), z.unknown()))
    .max(50)
    .default([])
    .describe(
      'Mapping profiles for exports that are not in one of the standard formats. ' +
        'The first profile whose header matches the file is used.',
    ),
});

/** Settings with their defaults filled in. */
export type MinButikSettings = z.infer<typeof settingsSchema>;
