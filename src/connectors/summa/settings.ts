import { z } from 'zod';

/** The settings of a connection to a Summa Kalkylsystem. The form is made of this. */
export const settingsSchema = z.object({
  house: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .default('summa')
    .describe(
      'What the printing house is called here: invoices do not name it, and two installations ' +
        'may number their jobs alike.',
    ),
});

/** Settings with their defaults filled in. */
export type SummaSettings = z.infer<typeof settingsSchema>;
