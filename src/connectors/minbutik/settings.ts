import { z } from 'zod';
import { INVOICE_MODES } from '../../domain/document/customer.ts';
import { BALANCE_FIELDS } from './return/fields.ts';

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
  creditInvoices: z
    .enum(INVOICE_MODES)
    .default('month')
    .describe(
      'What of a customer’s purchases on account stands on one invoice: each receipt, the ' +
        'purchases of a month with the same reference, those of a week, or those of a month. ' +
        'A customer’s own invoice_mode comes first.',
    ),
  chainName: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('ICA Sverige AB')
    .describe('Who sends the invoices in icafaktura.csv, which names no sender.'),
  chainNumber: z
    .string()
    .transform((text) => text.replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^(\d{9,12})?$/, 'an organisation number, such as 559999-0032'))
    .default('')
    .describe(
      'Its organisation number, as it stands on the invoices. By it the supplier is found in the ' +
        'ledger, and an invoice that comes as Peppol too is known to be the same.',
    ),
  balances: z
    .object({
      encoding: z.enum(['utf-8', 'windows-1252', 'cp850']).default('utf-8'),
      delimiter: z.enum([';', ',', '\t', '|']).default(';'),
      decimal: z.enum([',', '.']).default(','),
      columns: z
        .array(z.object({ header: z.string().max(100), field: z.enum(BALANCE_FIELDS) }))
        .max(50)
        .default([]),
    })
    .default({ encoding: 'utf-8', delimiter: ';', decimal: ',', columns: [] })
    .describe('How the till reads the balances of customers: columns, encoding, decimal sign.'),
  journalStores: z
    .record(z.string().trim().min(1).max(100), z.string().trim().min(1).max(20))
    .default({})
    .describe(
      'Whose the journal of a till is, which names no store: register, address or organisation ' +
        'number → store number. Needed only when the company has several stores.',
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
