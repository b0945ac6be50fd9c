import { z } from 'zod';
import { PAYOUT_PROVIDERS } from '../../domain/document/payout.ts';

const columns = z.record(z.string(), z.string().trim().min(1).max(200));

/** The settings of a connection to providers' settlement files. The form is made of this. */
export const settingsSchema = z.object({
  currency: z
    .enum(['SEK', 'NOK', 'DKK', 'EUR', 'USD'])
    .default('SEK')
    .describe('The currency of settlements that do not tell theirs (Swish, Zettle).'),
  dateOrder: z
    .enum(['auto', 'day-first', 'month-first'])
    .default('auto')
    .describe(
      'How days such as 9/4/2026 are written. auto: as other days of the same file show; a file ' +
        'that shows neither is not read.',
    ),
  klarnaAmounts: z
    .enum(['auto', 'minor', 'decimal'])
    .default('auto')
    .describe(
      'Whether amounts in Klarna’s CSV are öre (10000) or kronor (100.00). auto: kronor when a ' +
        'decimal mark stands anywhere; a file that shows neither is not read.',
    ),
  columns: z
    .partialRecord(z.enum(PAYOUT_PROVIDERS), columns)
    .default({})
    .describe(
      'Names of columns where a file uses others than those known, for each provider: amount → ' +
        'Belopp SEK. The fields of each provider stand in the README.',
    ),
});

/** Settings with their defaults filled in. */
export type PayoutSettings = z.infer<typeof settingsSchema>;
