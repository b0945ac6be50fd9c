import { z } from 'zod';

const REGISTER = z.enum(['keep', 'create', 'existing']);

/** What a company may choose about invoices that another system has coded, as it is written. */
export const SALES_INVOICING = z
  .object({
    as: z
      .enum(['draft', 'booked'])
      .default('draft')
      .describe('Book the invoice in the ledger, or leave it for a person to book'),
    send: z
      .enum(['no', 'email', 'e-invoice'])
      .default('no')
      .describe('Have the ledger send the invoice to the customer'),
    customers: REGISTER.default('keep').describe(
      'keep: made where missing, and kept like the cards of the source as far as customerFields ' +
        'says; create: made where missing; existing: the ledger has them',
    ),
    projects: REGISTER.default('keep').describe(
      'keep: made where missing, name and start as the source tells them; create: made where ' +
        'missing; existing: the ledger has them',
    ),
    costCentres: z
      .enum(['create', 'existing'])
      .default('create')
      .describe('create: made where missing; existing: the ledger has them'),
  })
  .strict();
