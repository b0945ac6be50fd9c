import { z } from 'zod';

/** What a Tripletex connection is set up with. The descriptions are the help of the form. */
export const TRIPLETEX_SETTINGS = z.object({
  clientCompany: z
    .string()
    .regex(/^\d*$/)
    .default('')
    .describe("Accountants: the client's company id in Tripletex; empty is the own company"),
  voucherType: z
    .string()
    .default('')
    .describe('Kind of voucher (bilagsart) by its name, where the flow names none; may be empty'),
  collectiveCustomer: z
    .string()
    .regex(/^\d*$/)
    .default('')
    .describe('Number of the customer that rows on 1500 are of when a document names nobody'),
  collectiveSupplier: z
    .string()
    .regex(/^\d*$/)
    .default('')
    .describe('Number of the supplier that rows on 2400 are of when a document names nobody'),
  projectManager: z
    .string()
    .max(100)
    .default('')
    .describe(
      'E-mail of the employee who leads projects that are made; empty: the one whose token it is',
    ),
  apiUrl: z.url().default('https://tripletex.no/v2').describe('Only changed for tests'),
});

export type TripletexSettings = z.infer<typeof TRIPLETEX_SETTINGS>;
