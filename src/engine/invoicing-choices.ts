import { z } from 'zod';
import { CARD_POLICIES, ORDER_BECOMES } from '../domain/posting/invoicing.ts';

const CODE = z.string().max(30);
const POLICY = z.enum(CARD_POLICIES).default('never');

/** What a company may choose about orders that become invoices, as it is written. */
export const INVOICING = z
  .object({
    as: z.enum(ORDER_BECOMES).default('voucher').describe('What an order becomes'),
    otherwise: z
      .enum(['ask', 'voucher'])
      .default('ask')
      .describe("What no invoice can say, such as another country's VAT: ask, or book a voucher"),
    customers: z
      .enum(['email', 'org-number', 'one'])
      .default('email')
      .describe('How customers are known; one: all of them are customerNumber'),
    customerNumber: CODE.default('').describe('The customer of all orders, for customers=one'),
    customerCards: z
      .object({ name: POLICY, orgNumber: POLICY, address: POLICY, email: POLICY })
      .strict()
      .prefault({})
      .describe(
        'The card of a customer who is found, part by part. never: left alone; fill: what is ' +
          'empty is filled in; follow: it changes with the shop too, unless changed in the ledger',
      ),
    articles: z
      .enum(['sku', 'fixed', 'text'])
      .default('sku')
      .describe('Articles by the number of the shop, one for all (articleNumber), or text alone'),
    articleNumber: CODE.default('').describe('The article of all rows, for articles=fixed'),
    cashInvoices: z
      .boolean()
      .default(true)
      .describe('An order that is paid on its own day is a cash invoice, where the ledger can'),
    revised: z
      .enum(['hold', 'credit'])
      .default('hold')
      .describe('A booked invoice whose order changes or is cancelled: ask, or credit it'),
    ourReference: z.string().max(50).default('').describe('Our reference on each invoice'),
    costCentre: CODE.default('').describe('Cost centre of each invoice'),
    project: CODE.default('').describe('Project of each invoice'),
    methods: z
      .record(
        z.string(),
        z.object({ terms: CODE, costCentre: CODE, project: CODE, mode: CODE }).partial().strict(),
      )
      .default({})
      .describe('Terms of payment, mode of payment, cost centre and project by method of payment'),
  })
  .strict()
  .refine(({ customers, customerNumber }) => customers !== 'one' || customerNumber !== '', {
    path: ['customerNumber'],
    message: 'the number of the customer that all orders are of',
  })
  .refine(({ articles, articleNumber }) => articles !== 'fixed' || articleNumber !== '', {
    path: ['articleNumber'],
    message: 'the number of the article that all rows are of',
  });
