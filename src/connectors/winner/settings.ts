import { z } from 'zod';

/** The settings of a connection to a Winner installation. The form is made of this. */
export const settingsSchema = z.object({
  dealer: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .default('winner')
    .describe(
      'What the dealer or shop is called here: quotes do not name it, and two installations may ' +
        'number their projects alike.',
    ),
  currency: z
    .enum(['NOK', 'SEK', 'DKK', 'EUR'])
    .default('NOK')
    .describe('Currency of the invoice journal, whose files do not say it; quotes say theirs'),
});

/** Settings with their defaults filled in. */
export type WinnerSettings = z.infer<typeof settingsSchema>;
