import { z } from 'zod';

const invoiceClass = z.enum(['goods', 'overhead', 'service']);
const key = z.string().trim().min(1).max(200);

/** The settings of a connection to Peppol's files. The form is made of this. */
export const settingsSchema = z.object({
  classes: z
    .record(key, invoiceClass)
    .default({})
    .describe(
      'What the invoices of a supplier are for, by organisation number, VAT number or electronic ' +
        'address: 5599990032 → goods. What an invoice itself says is read by the flow.',
    ),
});

/** Settings with their defaults filled in. */
export type PeppolSettings = z.infer<typeof settingsSchema>;
